import { aFamily, familyGuid, lsn } from './aBackup.ts';
import type { Row } from './aBackup.ts';
import type { Happening, Kind } from './happenings.ts';

/** A transaction that was committed on the source. */
export interface Commit {
  readonly id: number;
  readonly lsn: number;
  readonly at: number;
  /** What the log record carries: the server's wall time. */
  readonly local: number;
}

/** What really is in a backup; no server ever tells. */
export interface Content {
  readonly commits: readonly Commit[];
}

export interface SimulatedSource {
  readonly rows: readonly Row[];
  readonly contents: ReadonlyMap<string, Content>;
  /** Moments worth asking for: around every start and end. */
  readonly moments: readonly number[];
  /** The transactions of production as it stood at the moment. */
  truthAt(at: number): readonly number[];
}

const minute = 60_000;

/** Lives through the happenings and keeps both what msdb would hold and what was true. */
export function simulateSource(
  things: readonly Happening[],
  { hasValidTimes = false, hasSandbox = false } = {},
): SimulatedSource {
  const rows: Row[] = [];
  const contents = new Map<string, Content>();
  const states: { at: number; commits: readonly Commit[] }[] = [];
  const moments: number[] = [];
  let commits: Commit[] = [];
  let forkStarts: { fork: string; from: number }[] = [{ fork: 'f0', from: 0 }];
  let forks = 1;
  let replica = 1;
  let sandbox: { fork: string; from: number } | undefined;
  let backups = 0;
  let clock = Date.UTC(2026, 9, 24, 20);
  const firstZone = (things[0]?.size ?? 0) % 2 === 0 ? 8 : 4;
  let zone = firstZone;
  let position = 100;
  let ids = 0;
  let logStart: number | undefined;
  let differentialBase: string | undefined;
  let model = 'FULL';
  let version = 15;
  let isBulk = false;

  const forkAt = (at: number) => forkStarts.findLast(({ from }) => from <= at)?.fork ?? 'f0';
  const currentFork = () => forkStarts.at(-1)?.fork ?? 'f0';
  const local = (at: number) => new Date(at + zone * 15 * minute).toISOString().slice(0, 19);
  const work = (count: number, step: number) => {
    for (let done = 0; done < count; done += 1) {
      // Commits carry a datetime: 137 ms is one of its ticks.
      clock += step - (clock % 1000) + 137;
      ids += 1;
      commits = commits.concat({ id: ids, lsn: position, at: clock, local: clock + zone * 15 * minute });
      position += 1;
      states.push({ at: clock, commits });
    }
  };
  const backUp = (type: string, first: number, more: Row, runs: number) => {
    clock += 1000 - (clock % 1000);
    const started = clock;
    const startZone = zone;
    const begin = local(started);
    // Data backups take along what is written while they run; log backups end where they started.
    const logEnd = position;
    if (runs > 0) work(runs % 3, minute);
    clock += runs * minute + 1000 - (clock % 1000);
    const last = type === 'L' ? logEnd : position;
    const uuid = `b${String(backups)}`;
    backups += 1;
    const firstFork = type === 'L' ? forkAt(first) : currentFork();
    const forkPoint = forkStarts.find(({ from }, index) => forkStarts[index - 1]?.fork === firstFork && from >= first);
    rows.push({
      backup_set_uuid: uuid,
      type,
      database_name: 'AxDB',
      server_name: `SQL${String(replica)}`,
      family_guid: familyGuid,
      first_lsn: lsn(first),
      last_lsn: lsn(last),
      first_recovery_fork_guid: firstFork,
      last_recovery_fork_guid: currentFork(),
      fork_point_lsn: firstFork === currentFork() || forkPoint === undefined ? null : lsn(forkPoint.from),
      backup_start_date: begin,
      backup_finish_date: local(clock),
      last_valid_restore_time: hasValidTimes ? begin : null,
      time_zone: startZone,
      recovery_model: model,
      software_major_version: version,
      family_count: 1,
      families: [aFamily(`${uuid}.bak`)],
      ...more,
    });
    contents.set(uuid, {
      commits: commits.filter((commit) => commit.lsn < last && (type !== 'L' || commit.lsn >= first)),
    });
    moments.push(started - 1, started, started + 1, clock - 1, clock, clock + 1, Math.floor((started + clock) / 2));
    return uuid;
  };
  const change = (pick: number, more: Row) => {
    const index = rows.length === 0 ? -1 : pick % rows.length;
    const row = rows[index];
    if (row !== undefined) rows[index] = { ...row, ...more };
  };

  const live: Record<Kind, (size: number, pick: number) => void> = {
    work: (size, pick) => work(size % 5, (1 + (pick % 20)) * minute),
    full: (size) => {
      const uuid = backUp('D', position, {}, size % 7);
      differentialBase = uuid;
      if (model !== 'SIMPLE') logStart ??= contents.get(uuid)?.commits.at(-1)?.lsn ?? position;
    },
    copyOnlyFull: (size) => void backUp('D', position, { is_copy_only: true }, size % 5),
    differential: (size) => {
      if (differentialBase === undefined) return;
      backUp('I', position, { differential_base_guid: differentialBase }, size % 3);
      if (model !== 'SIMPLE') logStart ??= position;
    },
    log: (size) => {
      if (model === 'SIMPLE' || logStart === undefined) return;
      const first = logStart;
      logStart = position;
      backUp('L', first, { has_bulk_logged_data: isBulk }, size % 3 === 0 ? 1 : 0);
      isBulk = false;
    },
    copyOnlyLog: (size) => {
      if (model === 'SIMPLE' || logStart === undefined) return;
      backUp('L', logStart, { is_copy_only: true, has_bulk_logged_data: isBulk }, size % 3 === 0 ? 1 : 0);
    },
    bulk: () => {
      isBulk = true;
      work(1, minute);
    },
    restore: (size, pick) => {
      if (commits.length === 0 || logStart === undefined) return;
      clock += (1 + (size % 4)) * 7 * minute;
      const point = (commits[pick % commits.length]?.lsn ?? position) + 1;
      const containing = rows.findLast(
        (row) =>
          row['type'] === 'L' &&
          BigInt(String(row['first_lsn'])) <= BigInt(lsn(point)) &&
          BigInt(String(row['last_lsn'])) >= BigInt(lsn(point)) &&
          forkStarts.some(({ fork }) => fork === row['last_recovery_fork_guid']),
      );
      const begin = containing === undefined ? point : Number(String(containing['first_lsn']).slice(4, -5));
      commits = commits.filter((commit) => commit.lsn < point);
      forkStarts = [...forkStarts.filter(({ from }) => from < point), { fork: `f${String(forks)}`, from: point }];
      forks += 1;
      position = point;
      logStart = Math.min(begin, point);
      isBulk = false;
      states.push({ at: clock, commits });
    },
    clock: (size) => {
      // Once: months lie between the two changes of a year, and no history shows two within one backup.
      if (zone !== firstZone) return;
      zone = zone === 8 ? 4 : 8;
      clock += (size % 3) * minute;
    },
    toSimple: () => {
      model = 'SIMPLE';
      logStart = undefined;
    },
    toFull: () => {
      model = 'FULL';
    },
    lose: (_, pick) => void rows.splice(rows.length === 0 ? 0 : pick % rows.length, 1),
    damage: (_, pick) => change(pick, { is_damaged: true }),
    loseStripe: (_, pick) => change(pick, { family_count: 2 }),
    snapshot: (_, pick) => change(pick, { is_snapshot: true }),
    forgetZone: (_, pick) => change(pick, { time_zone: 127 }),
    partial: (_, pick) => void backUp(pick % 2 === 0 ? 'P' : 'F', position, {}, 1),
    failOver: () => {
      replica = 3 - replica;
    },
    // A second database of the same name and family: restored from this one, it goes on by itself.
    sandbox: (size, pick) => {
      if (!hasSandbox || logStart === undefined) return;
      const isNew = sandbox === undefined;
      sandbox ??= { fork: 'e0', from: position };
      const to = sandbox.from + size;
      const bridge = {
        first_recovery_fork_guid: currentFork(),
        fork_point_lsn: lsn(sandbox.from),
        first_lsn: lsn(logStart),
      };
      backUp(
        isNew && pick % 2 === 0 ? 'D' : 'L',
        sandbox.from,
        {
          server_name: 'SQL9',
          first_recovery_fork_guid: 'e0',
          last_recovery_fork_guid: 'e0',
          fork_point_lsn: null,
          last_lsn: lsn(to),
          ...(isNew && pick % 2 === 1 ? bridge : {}),
        },
        0,
      );
      sandbox.from = to;
    },
    upgrade: () => {
      version += 1;
    },
  };
  live.full(3, 0);
  for (const { kind, size, pick } of things) live[kind](size, pick);

  return {
    rows,
    contents,
    moments: [...new Set([...moments, ...states.flatMap(({ at }) => [at - 1, at])])],
    truthAt: (at) => (states.findLast((state) => state.at <= at)?.commits ?? []).map(({ id }) => id),
  };
}

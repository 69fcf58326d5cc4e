import type { BackupSet } from '../../../../../engine/environments/sqlServer/chain/backupSet.ts';
import { timeBackups } from '../../../../../engine/environments/sqlServer/chain/timing.ts';

export type SlowAnswer =
  | { readonly kind: 'chain'; readonly base: readonly string[]; readonly logs: number; readonly isExact: boolean }
  | { readonly kind: 'ambiguous' }
  | { readonly kind: 'none' };

/** The fewest log backups that lead to a proof, and of equal proofs the one that reaches least far. */
interface Arrival {
  readonly logs: number;
  readonly proof: BackupSet;
}

interface Place {
  readonly fork: string;
  readonly lsn: bigint;
}

/** Tries everything: every full backup, every differential, every order of log backups, restored one by one. */
export function planSlowly(sets: readonly BackupSet[], at: number): SlowAnswer {
  const times = timeBackups(sets);
  const timeOf = (set: BackupSet) => times.get(set) ?? fail();
  const usable = sets.filter((set) => set.defect === null && (set.type === 'log' || timeOf(set).finishedAt < Infinity));
  const logs = usable.filter(({ type }) => type === 'log');
  const found: (Arrival & { base: BackupSet[]; fork: string })[] = [];
  const bases = listBases(usable);

  for (const base of bases) {
    if (base.some((set) => timeOf(set).finishedAt > at)) continue;
    const last = base.at(-1) ?? fail();
    if (last.isSimpleRecovery) continue;
    for (const [fork, arrival] of restoreEverything({ fork: last.lastPath, lsn: last.lastLsn }))
      found.push({ base, ...arrival, fork });
  }
  if (new Set(found.map(({ fork }) => fork)).size > 1) return { kind: 'ambiguous' };
  found.sort((left, right) => compareBases(left.base, right.base) || left.logs - right.logs);
  const [best] = found;
  if (best !== undefined)
    return { kind: 'chain', base: best.base.map(({ uuid }) => uuid), logs: goOn(best), isExact: true };
  return withoutLogs();

  /** Per fork on which the moment is proved to be covered, the fewest log backups that lead there. */
  function restoreEverything(start: Place): Map<string, Arrival> {
    const arrivals = new Map<string, Arrival>();
    const seen = new Set<string>();
    let places = [start];
    for (let count = 0; places.length > 0; count += 1) {
      const next: Place[] = [];
      for (const place of places) {
        const key = `${place.fork} ${String(place.lsn)}`;
        if (seen.has(key)) continue;
        seen.add(key);
        for (const log of logs) {
          const isEmpty = log.firstLsn === log.lastLsn && log.lastLsn === place.lsn;
          const isOn = log.firstPath === place.fork && log.lastPath === place.fork;
          if (isEmpty && isOn && timeOf(log).coveredUntil >= at) arrive(count, log);
        }
        for (const log of logs) {
          if (!accepts(place, log) || timeOf(log).wholeUntil > at) continue;
          if (timeOf(log).coveredUntil >= at) arrive(count + 1, log);
          next.push({ fork: log.lastPath, lsn: log.lastLsn });
        }
      }
      places = next;
    }
    return arrivals;

    function arrive(count: number, proof: BackupSet) {
      const known = arrivals.get(proof.lastPath);
      if (known === undefined || count < known.logs || (count === known.logs && isNearer(proof, known.proof)))
        arrivals.set(proof.lastPath, { logs: count, proof });
    }
  }

  function isNearer(one: BackupSet, other: BackupSet): boolean {
    const further = timeOf(one).coveredUntil - timeOf(other).coveredUntil;
    if (further !== 0) return further < 0;
    return one.lastLsn === other.lastLsn ? one.uuid < other.uuid : one.lastLsn < other.lastLsn;
  }

  /** What a secondary took may lack an hour: the next log backups are restored too, up to one that lacks nothing. */
  function goOn({ logs: count, proof }: Arrival): number {
    const hour = 3_600_000;
    let place = { fork: proof.lastPath, lsn: proof.lastLsn };
    let last = proof;
    for (let more = count; ; more += 1) {
      if (timeOf(last).coveredUntil >= (timeOf(last).isFromReplica ? at + hour : at)) return more;
      const next = logs.filter(
        (log) => log.lastPath === place.fork && accepts(place, log) && timeOf(log).wholeUntil <= at,
      );
      const [nearest] = next.sort((one, other) =>
        one.lastLsn === other.lastLsn ? (one.uuid < other.uuid ? -1 : 1) : Number(one.lastLsn - other.lastLsn),
      );
      if (nearest === undefined) return more;
      last = nearest;
      place = { fork: place.fork, lsn: nearest.lastLsn };
    }
  }

  /** What RESTORE LOG says to a database that stands at `place`: 4326, 4305, 4330 or yes. */
  function accepts(place: Place, log: BackupSet): boolean {
    if (log.lastLsn <= place.lsn || log.firstLsn > place.lsn) return false;
    if (place.fork === log.lastPath) return true;
    if (place.fork !== log.firstPath || log.pathPointLsn === null || place.lsn > log.pathPointLsn) return false;
    return isAfterRestore(log.lastFork) && (log.lastPath === log.lastFork || isAfterParting(log.lastFork));
  }

  /** Two lines hold the same as long as what they share is backed up. */
  function isAfterParting(shared: string): boolean {
    return sets.every((set) => set.lastPath !== shared || timeOf(set).coveredUntil < at);
  }

  /** No backup of another fork, taken before the first of this one, was still seen at the moment or later. */
  function isAfterRestore(fork: string): boolean {
    const dated = sets.filter((set) => set.zoneMinutes !== null && timeOf(set).startedAt > -Infinity);
    const seen = (set: BackupSet) => timeOf(set).startedAt;
    const own = dated.filter(({ lastFork }) => lastFork === fork).map(seen);
    if (own.length === 0) return false;
    const first = Math.min(...own);
    return dated.every(
      (set) =>
        set.lastFork === fork ||
        seen(set) > first ||
        (seen(set) === first && set.lastFork > fork) ||
        Math.max(seen(set), timeOf(set).coveredUntil) < at,
    );
  }

  function withoutLogs(): SlowAnswer {
    const ends = [
      ...bases.map((base) => ({ base, end: Math.max(...base.map((set) => timeOf(set).finishedAt)) })),
      ...logs.map((log) => ({ base: undefined, end: timeOf(log).finishedAt })),
    ].filter(({ end }) => end <= at);
    const latest = Math.max(...ends.map(({ end }) => end));
    const candidates = ends
      .filter(({ end }) => end === latest)
      .flatMap(({ base }) => (base === undefined ? [] : [base]));
    const [base] = candidates.sort(compareBases);
    if (base === undefined || (latest !== at && base.at(-1)?.isSimpleRecovery !== true)) return { kind: 'none' };
    return { kind: 'chain', base: base.map(({ uuid }) => uuid), logs: 0, isExact: latest === at };
  }

  /** Newest full backup first, then its newest differential, then the full backup alone. */
  function compareBases(left: readonly BackupSet[], right: readonly BackupSet[]): number {
    for (const index of [0, 1]) {
      const one = left[index];
      const other = right[index];
      if (one === other) continue;
      if (one === undefined) return 1;
      if (other === undefined) return -1;
      const older = timeOf(other).finishedAt - timeOf(one).finishedAt;
      if (older !== 0) return older;
      if (one.lastLsn !== other.lastLsn) return one.lastLsn > other.lastLsn ? -1 : 1;
      return one.uuid > other.uuid ? -1 : 1;
    }
    return 0;
  }
}

function listBases(usable: readonly BackupSet[]): BackupSet[][] {
  return usable.flatMap((full) => {
    if (full.type !== 'full') return [];
    const differentials = usable.filter(
      (set) => set.type === 'differential' && !full.isCopyOnly && set.differentialBaseGuid === full.uuid,
    );
    return [[full], ...differentials.map((differential) => [full, differential])];
  });
}

function fail(): never {
  throw new Error('unreachable');
}

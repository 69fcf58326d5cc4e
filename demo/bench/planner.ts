import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { systemClock } from '../../engine/clock.ts';
import { arrangeBackups } from '../../engine/environments/sqlServer/chain/arrangement.ts';
import { readBackupHistory } from '../../engine/environments/sqlServer/chain/history/backupHistory.ts';
import type { BackupSet, DatabaseHistory } from '../../engine/environments/sqlServer/chain/backupSet.ts';
import { findRecoveryWindows } from '../../engine/environments/sqlServer/chain/recoveryWindows.ts';
import { planRestoreChain } from '../../engine/environments/sqlServer/chain/restoreChain.ts';

export interface PlannerFigures {
  readonly rows: number;
  /** Windows and a chain, from the parsed history. */
  readonly planMs: number;
  /** The same by the way one would write it first. */
  readonly naiveMs: number;
  readonly ratio: number;
  /** The parsed history and everything that planning leaves behind. */
  readonly heapMegabytes: number;
}

const minuteMs = 60_000;
const fork = 'aaaaaaaa-0000-4000-8000-00000000000a';

/** Plans from `rows` backups (weekly full, daily differential, a log backup every 15 minutes) and compares, best of five. */
export function measurePlanner(rows = 100_000): PlannerFigures {
  const heapBefore = usedHeap();
  const history = makeHistory(rows);
  const at = Math.max(...history.sets.slice(-1).map(({ startedLocal }) => startedLocal)) - minuteMs;
  const fast = () => {
    const arrangement = arrangeBackups(history);
    const windows = findRecoveryWindows(arrangement);
    return {
      windows: windows.length,
      chain: planRestoreChain(arrangement, { at }).steps.map(({ backup }) => backup.uuid),
    };
  };
  const naive = () => {
    const logs = sortLogs(history.sets);
    return { windows: findWindowsNaively(history.sets, logs), chain: planNaively(history.sets, logs, at) };
  };
  const left = fast();
  const right = naive();
  if (left.chain.join() !== right.chain.join() || left.windows !== right.windows) {
    throw new Error('the two planners disagree, so their times say nothing');
  }
  const heapMegabytes = (usedHeap() - heapBefore) / 2 ** 20;
  const times = Array.from({ length: 5 }, () => ({ planMs: time(fast), naiveMs: time(naive) }));
  const planMs = Math.min(...times.map((one) => one.planMs));
  const naiveMs = Math.min(...times.map((one) => one.naiveMs));
  return { rows: history.sets.length, planMs, naiveMs, ratio: planMs / naiveMs, heapMegabytes };
}

/** What is still in use: without a collection first, the figure would be chance. */
function usedHeap(): number {
  setFlagsFromString('--expose-gc');
  runInNewContext('gc')();
  return process.memoryUsage().heapUsed;
}

function time(work: () => unknown): number {
  const start = systemClock.elapsedMs();
  work();
  return systemClock.elapsedMs() - start;
}

function makeHistory(rows: number): DatabaseHistory {
  const reader = readBackupHistory();
  let lsn = 1_000_000n;
  let logStart = lsn;
  let full = '';
  const start = Date.UTC(2024, 0, 1);
  for (let row = 0; row < rows; row += 1) {
    const perDay = 97;
    const day = Math.floor(row / perDay);
    const ofDay = row % perDay;
    const type = ofDay > 0 ? 'L' : day % 7 === 0 ? 'D' : 'I';
    const startedAt = start + (day * 96 + ofDay) * 15 * minuteMs;
    const uuid = `${row.toString(16).padStart(8, '0')}-0000-4000-8000-000000000000`;
    const from = type === 'L' ? logStart : lsn;
    lsn += 1000n;
    if (type === 'L') logStart = lsn;
    if (type === 'D') full = uuid;
    reader.add({
      backup_set_uuid: uuid,
      type,
      database_name: 'AxDB',
      server_name: 'SQL1',
      family_guid: fork,
      first_lsn: String(from * 10n ** 14n),
      last_lsn: String(lsn * 10n ** 14n),
      first_recovery_fork_guid: fork,
      last_recovery_fork_guid: fork,
      differential_base_guid: type === 'I' ? full : null,
      backup_start_date: new Date(startedAt).toISOString().slice(0, 19),
      backup_finish_date: new Date(startedAt + minuteMs).toISOString().slice(0, 19),
      time_zone: 0,
      recovery_model: 'FULL',
      backup_size: '1000000',
      family_count: 1,
      families: [
        {
          family_sequence_number: 1,
          mirror: 0,
          physical_device_name: `\\\\nas\\sql\\AxDB_${uuid}.trn`,
          device_type: 2,
        },
      ],
    });
  }
  const [history] = reader.databases();
  if (history === undefined) throw new Error('no history');
  return history;
}

/** Each full backup in turn: walk the sorted log backups from its end. */
function findWindowsNaively(sets: readonly BackupSet[], logs: readonly BackupSet[]): number {
  const ranges = sets
    .filter(({ type }) => type === 'full')
    .map((full) => {
      const last = walkNaively(logs, full.lastLsn, () => false).at(-1);
      return { from: full.finishedLocal, to: Math.max(full.finishedLocal, last?.startedLocal ?? 0) };
    })
    .sort((left, right) => left.from - right.from);
  let windows = 0;
  let end = -Infinity;
  for (const { from, to } of ranges) {
    if (from > end) windows += 1;
    end = Math.max(end, to);
  }
  return windows;
}

function planNaively(sets: readonly BackupSet[], logs: readonly BackupSet[], at: number): string[] {
  const fulls = sets.filter(({ type, finishedLocal }) => type === 'full' && finishedLocal <= at);
  for (const full of fulls.sort((left, right) => right.finishedLocal - left.finishedLocal)) {
    const differential = sets
      .filter((set) => set.differentialBaseGuid === full.uuid && set.finishedLocal <= at)
      .sort((left, right) => right.finishedLocal - left.finishedLocal)[0];
    const base = differential ?? full;
    const walked = walkNaively(logs, base.lastLsn, ({ startedLocal }) => startedLocal >= at);
    if ((walked.at(-1)?.startedLocal ?? -Infinity) >= at) {
      return [full, ...(differential === undefined ? [] : [differential]), ...walked].map(({ uuid }) => uuid);
    }
  }
  return [];
}

function sortLogs(sets: readonly BackupSet[]): BackupSet[] {
  const logs = sets.filter(({ type }) => type === 'log');
  return logs.sort((left, right) => (left.firstLsn < right.firstLsn ? -1 : left.firstLsn > right.firstLsn ? 1 : 0));
}

function walkNaively(
  logs: readonly BackupSet[],
  from: bigint,
  isEnough: (log: BackupSet) => boolean,
): readonly BackupSet[] {
  const walked: BackupSet[] = [];
  let lsn = from;
  for (const log of logs) {
    if (log.firstLsn > lsn) break;
    if (log.lastLsn <= lsn) continue;
    walked.push(log);
    lsn = log.lastLsn;
    if (isEnough(log)) break;
  }
  return walked;
}

if (import.meta.main) {
  const { rows, planMs, naiveMs, ratio, heapMegabytes } = measurePlanner();
  const figures = [`${planMs.toFixed(0)} ms`, `naive ${naiveMs.toFixed(0)} ms`, `${heapMegabytes.toFixed(0)} MB`];
  process.stdout.write(`${String(rows)} backups: ${figures.join(', ')}\nratio ${ratio.toFixed(3)}\n`);
}

import type { BackupSet } from './backupSet.ts';
import { compareEnds, compareLsns } from './lsnOrder.ts';

/** Log backups of one database follow each other without an overlap; only copy-only ones stand beside them. */
export const isRegularLog = (set: BackupSet): boolean =>
  set.type === 'log' && !set.isCopyOnly && set.firstLsn !== set.lastLsn;

/** Whether two databases must have written these log backups of one recovery fork. */
export function isOverlapping(sets: readonly BackupSet[]): boolean {
  const logs = sets.filter(isRegularLog).toSorted(compareEnds);
  return logs.some((log, index) => log.firstLsn < (logs[index - 1]?.lastLsn ?? -1n));
}

/**
 * A database that was detached, copied and attached elsewhere keeps name, family and recovery fork, and both write log backups
 * with overlapping LSNs. Nothing in one backup tells them apart: the log backups are divided into lines that can have been written
 * one after the other, each becomes a path of its own, and what lies before the first difference is the path of all.
 * `ascending` by `lastLsn`; comes back as it is where every fork is one line.
 */
export function separateLines(ascending: readonly BackupSet[]): readonly BackupSet[] {
  const crowded = findCrowdedForks(ascending);
  if (crowded.size === 0) return ascending;
  const changed = new Map<BackupSet, BackupSet>();
  for (const fork of crowded) {
    const onFork = ascending.filter(({ lastFork }) => lastFork === fork);
    for (const [set, paths] of separateFork(fork, onFork)) changed.set(set, { ...set, ...paths });
  }
  return ascending.map((set) => changed.get(set) ?? set);
}

function findCrowdedForks(ascending: readonly BackupSet[]): ReadonlySet<string> {
  const ends = new Map<string, bigint>();
  const crowded = new Set<string>();
  for (const set of ascending) {
    if (!isRegularLog(set)) continue;
    if (set.firstLsn < (ends.get(set.lastFork) ?? -1n)) crowded.add(set.lastFork);
    ends.set(set.lastFork, set.lastLsn);
  }
  return crowded;
}

interface Line {
  readonly begin: bigint;
  readonly logs: BackupSet[];
  readonly writers: Set<string>;
  end: bigint;
}

type Paths = Pick<BackupSet, 'firstPath' | 'lastPath' | 'pathPointLsn'>;

function separateFork(fork: string, onFork: readonly BackupSet[]): readonly (readonly [BackupSet, Paths])[] {
  const lines = divide(onFork.filter(isRegularLog));
  const begins = lines.map(({ begin }) => begin).toSorted(compareLsns);
  // All lines but the one that goes back furthest begin somewhere on it.
  const shared = begins[1] ?? 0n;
  const written = new Map(lines.flatMap((line, index) => line.logs.map((log) => [log, String(index)] as const)));
  return onFork.flatMap((set) => {
    // An empty log backup at the parting tells of its own line only.
    if (set.lastLsn < shared || (set.lastLsn === shared && set.firstLsn !== shared)) return [];
    const lastPath = `${fork}#${written.get(set) ?? lineOf(set, lines)}`;
    if (set.type !== 'log') return [[set, { firstPath: lastPath, lastPath, pathPointLsn: null }]];
    if (set.firstFork !== fork) return [[set, { firstPath: set.firstFork, lastPath, pathPointLsn: set.forkPointLsn }]];
    const isJoining = set.firstLsn <= shared;
    return [[set, { firstPath: isJoining ? fork : lastPath, lastPath, pathPointLsn: isJoining ? shared : null }]];
  });
}

/** The fewest lines without an overlap, by who wrote them and by how they join. */
function divide(logs: readonly BackupSet[]): readonly Line[] {
  const strangers = findStrangers(logs);
  const lines: Line[] = [];
  for (const log of logs) {
    const writer = writerOf(log);
    const begin = log.firstLsn;
    const possible = lines.filter(
      (line) => line.end <= begin && [...line.writers].every((other) => !strangers.has(`${writer}\n${other}`)),
    );
    const own = possible.filter((line) => line.writers.has(writer));
    const joined = possible.filter((line) => line.end === begin);
    const line = own.find((one) => joined.includes(one)) ??
      own[0] ??
      joined[0] ?? { begin, logs: [], writers: new Set(), end: begin };
    if (line.logs.length === 0) lines.push(line);
    line.logs.push(log);
    line.writers.add(writer);
    line.end = log.lastLsn;
  }
  return lines;
}

/** Pairs of writers whose log backups overlap: they never wrote one line. A writer who overlaps itself is two of one name. */
function findStrangers(logs: readonly BackupSet[]): ReadonlySet<string> {
  const strangers = new Set<string>();
  let running: BackupSet[] = [];
  for (const log of logs.toSorted((one, other) => compareLsns(one.firstLsn, other.firstLsn))) {
    running = running.filter(({ lastLsn }) => lastLsn > log.firstLsn);
    for (const other of running) {
      const [one, two] = [writerOf(log), writerOf(other)];
      if (one !== two) strangers.add(`${one}\n${two}`).add(`${two}\n${one}`);
    }
    running.push(log);
  }
  return strangers;
}

/** A backup beside the log backups belongs to the line of its writer; with none or several of them, to none. */
function lineOf(set: BackupSet, lines: readonly Line[]): string {
  const [writer, server] = [writerOf(set), `${set.serverName.toLowerCase()} `];
  const named = lines.flatMap(({ writers }, line) => (writers.has(writer) ? [line] : []));
  const onServer = lines.flatMap(({ writers }, line) =>
    [...writers].some((one) => one.startsWith(server)) ? [line] : [],
  );
  const own = named.length > 0 ? named : onServer;
  return own.length === 1 ? String(own[0]) : '?';
}

const writerOf = ({ serverName, databaseName, databaseGuid }: BackupSet): string =>
  `${serverName} ${databaseName} ${databaseGuid}`.toLowerCase();

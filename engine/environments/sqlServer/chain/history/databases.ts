import type { BackupSet, DatabaseHistory } from '../backupSet.ts';
import { isOverlapping, isRegularLog } from '../lines.ts';

/**
 * One history per database of each family. A database is what one name stood for, with what carried another name before:
 * a renamed database keeps its recovery fork, one that was restored from another name leads back to that one's fork.
 */
export function divideByDatabase(sets: readonly BackupSet[]): readonly DatabaseHistory[] {
  return [...Map.groupBy(sets, ({ familyGuid }) => familyGuid)].flatMap(([familyGuid, own]) => {
    const names = Map.groupBy(own, ({ databaseName }) => databaseName.toLowerCase());
    if (names.size === 1) return [{ databaseName: newestOf(own).databaseName, formerNames: [], familyGuid, sets: own }];
    const gathered = [...names.values()].map((named) => gather(named, own));
    // Former and present name of one database lead to the same present name.
    const present = Map.groupBy(gathered, ({ databaseName }) => databaseName.toLowerCase());
    return [...present.values()].map((parts) => {
      const all = new Set(parts.flatMap((part) => part.sets));
      const databaseName = parts[0]?.databaseName ?? '';
      const others = new Map([...all].map((set) => [set.databaseName.toLowerCase(), set.databaseName]));
      others.delete(databaseName.toLowerCase());
      const formerNames = [...others.values()].toSorted();
      return { databaseName, formerNames, familyGuid, sets: own.filter((set) => all.has(set)) };
    });
  });
}

interface Gathered {
  readonly databaseName: string;
  readonly sets: readonly BackupSet[];
}

function newestOf(sets: readonly BackupSet[]): BackupSet {
  return sets.reduce((newest, set) => {
    const later = startOf(set) - startOf(newest);
    return later > 0 || (later === 0 && set.uuid > newest.uuid) ? set : newest;
  });
}

/** The backups of one name, and those of other names that belong to the same database. */
function gather(named: readonly BackupSet[], family: readonly BackupSet[]): Gathered {
  const gathered = new Set(named);
  const byFork = Map.groupBy(family, ({ lastFork }) => lastFork);
  for (const fork of new Set(named.map(({ lastFork }) => lastFork)))
    for (const one of renamedOn(byFork.get(fork) ?? [], gathered)) gathered.add(one);
  // A set that grows while it is gone through: what is found leads further back.
  for (const { firstFork, forkPointLsn: point } of gathered) {
    if (point === null) continue;
    for (const one of byFork.get(firstFork) ?? []) if (one.lastLsn <= point) gathered.add(one);
  }
  const sets = family.filter((set) => gathered.has(set));
  const { lastFork } = newestOf(named);
  return { databaseName: newestOf(sets.filter((set) => set.lastFork === lastFork)).databaseName, sets };
}

function renamedOn(onFork: readonly BackupSet[], gathered: ReadonlySet<BackupSet>): readonly BackupSet[] {
  const own = onFork.filter((set) => gathered.has(set));
  const others = Map.groupBy(
    onFork.filter((set) => !gathered.has(set)),
    ({ databaseName }) => databaseName.toLowerCase(),
  );
  return [...others.values()].filter((other) => isRenamed(own, other)).flat();
}

/** Two names on one fork are one database when their log backups join, or one came after the other on one server. */
function isRenamed(own: readonly BackupSet[], other: readonly BackupSet[]): boolean {
  if (isOverlapping([...own, ...other])) return false;
  if (joins(own, other) || joins(other, own)) return true;
  const servers = new Set(own.map(({ serverName }) => serverName.toLowerCase()));
  const isOnSameServer = other.some(({ serverName }) => servers.has(serverName.toLowerCase()));
  return isOnSameServer && (isBefore(own, other) || isBefore(other, own));
}

function joins(before: readonly BackupSet[], after: readonly BackupSet[]): boolean {
  const ends = new Set(before.filter(isRegularLog).map(({ lastLsn }) => lastLsn));
  return after.some((set) => isRegularLog(set) && ends.has(set.firstLsn));
}

const isBefore = (some: readonly BackupSet[], others: readonly BackupSet[]): boolean =>
  some.every((one) => others.every((other) => startOf(one) < startOf(other)));

const startOf = ({ startedLocal, zoneMinutes }: BackupSet): number => startedLocal - (zoneMinutes ?? 0) * 60_000;

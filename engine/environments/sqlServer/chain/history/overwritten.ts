import type { BackupDevice, BackupSet } from '../backupSet.ts';
import type { ReadRow } from './backupRow.ts';
import { fileKey } from './mediaNames.ts';

const summerTimeMs = 60 * 60_000;
/** Of the wall times of two servers at one moment. */
const furthestApartMs = 28 * 60 * 60_000;

/**
 * A file that is written WITH INIT or FORMAT begins anew: its positions start again at 1, and msdb goes on listing what stood
 * there before. A backup is gone when a later one, of whatever database, stands at its position of the same file or before it.
 * Where another mirror still has the backup, that one is used.
 */
export function findOverwritten(rows: readonly ReadRow[]): ReadonlyMap<BackupSet, BackupSet> {
  const files = groupByFile(rows);
  const changed = new Map<BackupSet, BackupSet>();
  if (files.size === 0) return changed;
  for (const row of rows) {
    const { set, otherMirrors, position } = row;
    if (position === null || set.defect !== null) continue;
    const gone = findGone(set, row, files);
    if (gone === undefined) continue;
    const mirror = otherMirrors.find(({ devices }) => findGone({ ...set, devices }, row, files) === undefined);
    const by = `${gone.by.type} backup ${gone.by.uuid} of ${gone.by.databaseName}`;
    const defect = { kind: 'overwritten', name: gone.name, by } as const;
    changed.set(set, mirror === undefined ? { ...set, defect } : { ...set, devices: mirror.devices });
  }
  return changed;
}

/** The backups in each file that has several. */
type Files = ReadonlyMap<string, readonly ReadRow[]>;

function groupByFile(rows: readonly ReadRow[]): Files {
  const first = new Map<string, ReadRow>();
  const files = new Map<string, ReadRow[]>();
  const put = ({ name }: BackupDevice, row: ReadRow) => {
    const key = fileKey(name, row.set.serverName);
    const before = first.get(key);
    if (before === undefined) first.set(key, row);
    else files.set(key, [...(files.get(key) ?? [before]), row]);
  };
  for (const row of rows) {
    if (row.position === null) continue;
    for (const device of row.set.devices) put(device, row);
    for (const { devices } of row.otherMirrors) for (const device of devices) put(device, row);
  }
  return files;
}

function findGone(set: Pick<BackupSet, 'devices'>, row: ReadRow, files: Files) {
  for (const { name } of set.devices) {
    const others = files.get(fileKey(name, row.set.serverName)) ?? [];
    const by = others.find((other) => isOver(other, row));
    if (by !== undefined) return { name, by: by.set };
  }
  return undefined;
}

const isOver = (later: ReadRow, { set, position }: ReadRow): boolean =>
  later.set !== set && (later.position ?? 0) <= (position ?? 0) && isLater(later.set, set);

function isLater(one: BackupSet, other: BackupSet): boolean {
  // Of one server the LSN tells better than a clock that may have been changed; a secondary may have lagged.
  const isAlike = one.lastFork === other.lastFork && one.familyGuid === other.familyGuid;
  if (isAlike && one.serverName === other.serverName && one.lastLsn !== other.lastLsn)
    return one.lastLsn > other.lastLsn;
  // Where nobody knows which came last, neither is relied upon.
  if (one.doubt !== null || other.doubt !== null) return true;
  const [zone, otherZone] = [one.zoneMinutes, other.zoneMinutes];
  const [at, otherAt] = [one.startedLocal, other.startedLocal];
  if (zone !== null && otherZone !== null) return at - otherAt > (zone - otherZone) * 60_000;
  return otherAt - at < (one.serverName === other.serverName ? summerTimeMs : furthestApartMs);
}

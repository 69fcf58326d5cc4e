import type { BackupSet, DatabaseHistory } from '../backupSet.ts';
import { createInterner, readBackupRow, type ReadRow } from './backupRow.ts';
import { divideByDatabase } from './databases.ts';
import { BackupHistoryUnusableError } from '../errors.ts';
import { findOverwritten } from './overwritten.ts';

/** A row that is left out, or of which something is not used. */
export interface OddRow {
  /** Its place, from 1. */
  readonly row: number;
  /** Its first file, or else its uuid. */
  readonly name: string;
  readonly why: string;
}

export interface BackupHistoryReader {
  /** Takes the next row as it came from JSON or from msdb. One that is odd never ends the history. */
  add(row: unknown): void;
  /** Counts a row that could not even be taken apart. */
  leaveOut(why: string): void;
  /**
   * One history per database (divideByDatabase), in the order of first appearance.
   * @throws BackupHistoryUnusableError naming the first rows and why, when none of them can be used.
   */
  databases(): readonly DatabaseHistory[];
  oddRows(): readonly OddRow[];
}

const mostProblems = 5;

/** Collects exported rows, from one server or from several replicas: a backup that appears twice is one backup. */
export function readBackupHistory(): BackupHistoryReader {
  const odd: OddRow[] = [];
  const byUuid = new Map<string, ReadRow>();
  const contradicted = new Set<string>();
  const interner = createInterner();
  let rows = 0;

  return {
    add(row) {
      rows += 1;
      const read = readBackupRow(row, interner);
      if (typeof read === 'string') {
        odd.push({ row: rows, name: nameOf(row), why: `${read}, so that it is left out` });
        return;
      }
      if (read.odd !== null) odd.push({ row: rows, name: nameOf(row), why: read.odd });
      const key = read.set.uuid.toLowerCase();
      const known = byUuid.get(key);
      if (known !== undefined && !isSameBackup(known.set, read.set)) {
        contradicted.add(key);
        odd.push({
          row: rows,
          name: nameOf(row),
          why: 'its uuid stands for two different backups, and neither counts',
        });
      }
      // A restore writes the history of what it read into its own msdb, with its own paths: any complete media will do.
      if (known === undefined || isBetter(read, known)) byUuid.set(key, read);
    },

    leaveOut(why) {
      rows += 1;
      odd.push({ row: rows, name: '', why: `${why}, so that it is left out` });
    },

    databases() {
      for (const key of contradicted) byUuid.delete(key);
      const read = [...byUuid.values()];
      if (rows === 0) throw new BackupHistoryUnusableError('it holds no backup');
      if (read.length === 0) {
        const first = odd.slice(0, mostProblems).map(({ row, why }) => `Row ${String(row)}: ${why}`);
        throw new BackupHistoryUnusableError(first.join('\n'));
      }
      const changed = findOverwritten(read);
      return divideByDatabase(read.map(({ set }) => changed.get(set) ?? set));
    },

    oddRows: () => odd,
  };
}

/** Which of two rows of one backup counts, whatever their order. */
function isBetter(one: ReadRow, other: ReadRow): boolean {
  const defects = Number(one.set.defect !== null) - Number(other.set.defect !== null);
  const zones = Number(one.set.zoneMinutes === null) - Number(other.set.zoneMinutes === null);
  const order = defects || zones;
  return order === 0 ? describe(one) < describe(other) : order < 0;
}

const describe = ({ set, position }: ReadRow): string =>
  JSON.stringify([set.devices, position, set.serverName, set.databaseName, set.startedLocal, set.finishedLocal]);

function isSameBackup(left: BackupSet, right: BackupSet): boolean {
  return (
    left.type === right.type &&
    left.familyGuid === right.familyGuid &&
    left.firstLsn === right.firstLsn &&
    left.lastLsn === right.lastLsn
  );
}

function nameOf(row: unknown): string {
  // Only looked into, and nothing is taken for granted.
  const { families, backup_set_uuid: uuid } = (row ?? {}) as { families?: unknown; backup_set_uuid?: unknown };
  const [first] = Array.isArray(families) ? families : [];
  const name: unknown = typeof first === 'object' && first !== null ? Reflect.get(first, 'physical_device_name') : null;
  return [name, uuid].find((text): text is string => typeof text === 'string') ?? '';
}

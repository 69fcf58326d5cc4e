import type { Clock } from '../../../clock.ts';
import { DATABASE_ROLES, type Environment } from '../../../contracts.ts';
import type { DatabaseHistory } from '../chain/backupSet.ts';
import { readBackupHistory } from '../chain/backupHistory.ts';
import { SourceHistoryError } from '../errors.ts';
import { openReadingLine } from '../line.ts';
import type { Servers } from '../servers.ts';
import type { LocationSettings } from '../settings.ts';
import type { Skipped } from './backupHeader.ts';
import type { HeaderCache } from './headerCache.ts';
import { type HistoryRow, historyRowsOf } from './historyRows.ts';
import { listBackupFiles } from './listBackupFiles.ts';
import { readHeaders } from './readHeaders.ts';
import { type Dating, dateRows } from './zones.ts';

export interface LocationHistory {
  readonly histories: readonly DatabaseHistory[];
  /** What whoever looks after the backups has to know: files that do not count, an offset that nobody measured. */
  readonly notes: readonly string[];
}

export interface HistoryNeeds {
  readonly servers: Servers;
  readonly clock: Clock;
  readonly headers: HeaderCache;
}

/** Asks a target's server what lies in folders and on devices. Production is not connected to. */
export async function readBackupLocation(
  source: Environment,
  settings: LocationSettings,
  since: string,
  { servers, clock, headers }: HistoryNeeds,
): Promise<LocationHistory> {
  await using line = await openReadingLine(servers.address(settings.server));
  const listing = await listBackupFiles(line, settings, since);
  const kept = headers.of(source.name, settings.server);
  const readings = await readHeaders(line, listing.files, kept, Date.parse(clock.now()));
  const failed = readings.flatMap((one) => ('failure' in one ? [one] : []));
  // The same reason for all of them, most likely; its remedy is worth more than a count.
  if (failed[0] !== undefined && failed.length === readings.length) throw failed[0].failure;

  const names = DATABASE_ROLES.map((role) => source.databases[role]);
  const found = historyRowsOf(
    readings.flatMap((one) => ('headers' in one ? [one] : [])),
    names,
  );
  const dating = dateRows(found.rows, settings.serverTimeZone);
  const skipped: Skipped[] = [
    ...listing.skipped,
    ...failed.map(({ device, failure }) => ({ name: device.name, why: failure.message })),
    ...found.skipped,
  ];
  const reader = readBackupHistory((row, why) => skipped.push({ name: nameOf(dating.rows, row), why }));
  for (const row of dating.rows) reader.add(row);
  if (dating.rows.length === 0) throw nothingFound(source.name, names, readings.length, listing.others);
  return { histories: reader.databases(), notes: [...skippedNote(skipped), ...zoneNotes(dating, settings)] };
}

const nameOf = (rows: readonly HistoryRow[], row: unknown) =>
  rows.find((one) => one === row)?.families[0]?.physical_device_name ?? '';

const nothingFound = (source: string, databases: readonly string[], files: number, others: number) =>
  new SourceHistoryError(
    source,
    `none of the ${String(files)} backup files holds a backup of ${databases.join(' or ')}` +
      (others === 0 ? '' : `; ${String(others)} files have other extensions`),
    'Name the folders of its backups under `backupFolders`, and under `extensions` how their names end.',
  );

const MOST_NAMES = 5;

function skippedNote(skipped: readonly Skipped[]): readonly string[] {
  if (skipped.length === 0) return [];
  const named = skipped.slice(0, MOST_NAMES).map(({ name, why }) => `${name}: ${why}`);
  const more = skipped.length - named.length;
  const count = skipped.length === 1 ? 'One backup file does' : `${String(skipped.length)} backup files do`;
  return [`${count} not count. ${named.join('; ')}${more > 0 ? `; and ${String(more)} more` : ''}`];
}

function zoneNotes({ declared, undated, contradiction }: Dating, { serverTimeZone = '' }: LocationSettings): string[] {
  const notes: string[] = [];
  if (contradiction !== undefined) {
    const place = contradiction.families[0]?.physical_device_name ?? '';
    notes.push(`The clock of production is not that of ${serverTimeZone}, as the header of ${place} tells`);
  }
  if (declared > 0)
    notes.push(
      `The zone of production’s clock is declared, not measured, for ${String(declared)} backups: ${serverTimeZone}`,
    );
  if (undated > 0 && contradiction === undefined && serverTimeZone === '')
    notes.push(`Nothing tells the zone of production’s clock for ${String(undated)} backups: declare serverTimeZone`);
  return notes;
}

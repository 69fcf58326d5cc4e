import type { Clock } from '../../../../clock.ts';
import { DATABASE_ROLES, type Environment } from '../../../../contracts.ts';
import { readBackupHistory } from '../../chain/history/backupHistory.ts';
import type { DatabaseHistory } from '../../chain/backupSet.ts';
import { SourceHistoryError } from '../../errors.ts';
import { openReadingConnection } from '../../../../databases/sqlServer/connection.ts';
import type { Servers } from '../../../../databases/sqlServer/servers.ts';
import type { LocationSettings } from '../../settings.ts';
import type { HeaderCache } from './headerCache.ts';
import { historyRowsOf } from './historyRows.ts';
import { listBackupFiles } from './listBackupFiles.ts';
import { skippedNote, zoneNotes } from './notes.ts';
import { readBackToBase } from './readBackToBase.ts';
import { dateRows } from './zones.ts';

export interface LocationHistory {
  readonly histories: readonly DatabaseHistory[];
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
  await using connection = await openReadingConnection(servers.address(settings.server));
  const listing = await listBackupFiles(connection, settings, since);
  const databases = DATABASE_ROLES.map((role) => source.databases[role]);
  const kept = headers.of(source.name, settings.server);
  const readings = await readBackToBase(connection, listing.files, databases, kept, Date.parse(clock.now()));
  const read = readings.flatMap((one) => ('headers' in one ? [one] : []));
  const failed = readings.flatMap((one) => ('failure' in one ? [one] : []));
  // All for the same reason, most likely: its remedy says more than a count.
  if (failed[0] !== undefined && read.length === 0) throw failed[0].failure;

  const found = historyRowsOf(read, databases);
  const dating = dateRows(found.rows, settings.serverTimeZone);
  const skipped = [
    ...listing.skipped,
    ...failed.map(({ device, failure }) => ({ name: device.name, why: failure.message })),
    ...found.skipped,
  ];
  if (found.rows.length === 0) {
    const why = [
      `none of the ${String(readings.length)} backup files of its location holds a backup of ${databases.join(' or ')}`,
      ...(listing.others === 0 ? [] : [`${String(listing.others)} files have other extensions`]),
      ...skippedNote(skipped),
    ];
    throw new SourceHistoryError(
      source.name,
      why.join('; '),
      'Name the folders of its backups under `backupFolders`, and under `extensions` how the names of its files end.',
    );
  }
  const reader = readBackupHistory();
  for (const row of dating.rows) reader.add(row);
  const histories = reader.databases();
  skipped.push(...reader.oddRows());
  return { histories, notes: [...skippedNote(skipped), ...zoneNotes(dating, settings.serverTimeZone)] };
}

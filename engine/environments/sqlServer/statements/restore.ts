import { quoteName, quoteText } from '../../../databases/sqlServer/quote.ts';

/** One backup on its media: all stripes, and its place on them. */
export interface Media {
  readonly devices: readonly { readonly kind: 'disk' | 'url'; readonly name: string }[];
  readonly position: number;
}

export interface Move {
  readonly logicalName: string;
  readonly physicalName: string;
}

/** A full or differential backup; the database stays in RESTORING. Never REPLACE: the name is new or it is ours already. */
export function restoreDatabase(database: string, media: Media, moves: readonly Move[]): string {
  return [
    `RESTORE DATABASE ${quoteName(database)}`,
    from(media),
    withOptions([...position(media), ...moves.map(move), 'NORECOVERY', 'STATS = 5']),
  ].join('\n');
}

/**
 * A log backup, stopped at `stopAt`: wall time of the server that wrote the log, the same on every log of a chain.
 * MOVE only for files that were added to the source while this log was written.
 */
export function restoreLog(database: string, media: Media, moves: readonly Move[], stopAt: string | null): string {
  return [
    `RESTORE LOG ${quoteName(database)}`,
    from(media),
    withOptions([
      ...position(media),
      ...moves.map(move),
      'NORECOVERY',
      'STATS = 5',
      ...(stopAt === null ? [] : [`STOPAT = ${quoteText(stopAt)}`]),
    ]),
  ].join('\n');
}

/** Ends the restore with the doors closed: members of db_owner, dbcreator and sysadmin only. */
export const recoverDatabase = (database: string): string =>
  `RESTORE DATABASE ${quoteName(database)} WITH RECOVERY, RESTRICTED_USER`;

/** For a server that refuses the door in the statement above. */
export const recoverUnrestricted = (database: string): string =>
  `RESTORE DATABASE ${quoteName(database)} WITH RECOVERY`;

export const from = ({ devices }: Media): string =>
  `FROM ${devices.map(({ kind, name }) => `${kind === 'url' ? 'URL' : 'DISK'} = ${quoteText(name)}`).join(',\n     ')}`;

/** A blob holds one backup, and its statements take no FILE ("SQL Server Backup to URL", Support for Restore Arguments). */
export const position = ({ devices, position: at }: Media): string[] =>
  devices.some(({ kind }) => kind === 'url') ? [] : [`FILE = ${String(at)}`];

export const withOptions = (options: readonly string[]): string => `WITH ${options.join(',\n     ')}`;

const move = ({ logicalName, physicalName }: Move) => `MOVE ${quoteText(logicalName)} TO ${quoteText(physicalName)}`;

import type { BackupDevice } from '../chain/backupSet.ts';
import { quoteName, quoteText } from '../../../databases/sqlServer/quote.ts';
import type { Statement } from '../../../databases/sqlServer/statement.ts';

/** Names of the columns that a server gives for a label and for a header, in its order. */
export interface HeaderShape {
  readonly label: readonly string[];
  readonly header: readonly string[];
}

type Reading = (column: string) => string;
const whole: Reading = (column) => `CAST(${column} AS int)`;
const digits: Reading = (column) => `CAST(${column} AS varchar(25))`;
const guid: Reading = (column) => `CAST(${column} AS varchar(36))`;
const time: Reading = (column) => `CONVERT(varchar(23), ${column}, 126)`;
const asItIs: Reading = (column) => column;

type Wanted = Readonly<Record<string, readonly [type: string, read: Reading, as: string]>>;

const label: Wanted = {
  MediaSetId: ['uniqueidentifier', guid, 'media_set_id'],
  FamilyCount: ['int', asItIs, 'family_count'],
  FamilySequenceNumber: ['int', asItIs, 'family_sequence_number'],
};

/** Types of "RESTORE HEADERONLY (Transact-SQL)"; what is read is called as in msdb.dbo.backupset. */
const header: Wanted = {
  BackupType: ['smallint', whole, 'backup_type'],
  Position: ['smallint', whole, 'position'],
  ServerName: ['nvarchar(128)', asItIs, 'server_name'],
  DatabaseName: ['nvarchar(128)', asItIs, 'database_name'],
  BackupSize: ['numeric(20,0)', digits, 'backup_size'],
  FirstLSN: ['numeric(25,0)', digits, 'first_lsn'],
  LastLSN: ['numeric(25,0)', digits, 'last_lsn'],
  BackupStartDate: ['datetime', time, 'backup_start_date'],
  BackupFinishDate: ['datetime', time, 'backup_finish_date'],
  SoftwareVersionMajor: ['int', asItIs, 'software_major_version'],
  RecoveryForkID: ['uniqueidentifier', guid, 'last_recovery_fork_guid'],
  FamilyGUID: ['uniqueidentifier', guid, 'family_guid'],
  HasBulkLoggedData: ['bit', asItIs, 'has_bulk_logged_data'],
  IsSnapshot: ['bit', asItIs, 'is_snapshot'],
  IsDamaged: ['bit', asItIs, 'is_damaged'],
  HasIncompleteMetaData: ['bit', asItIs, 'has_incomplete_metadata'],
  IsCopyOnly: ['bit', asItIs, 'is_copy_only'],
  FirstRecoveryForkID: ['uniqueidentifier', guid, 'first_recovery_fork_guid'],
  ForkPointLSN: ['numeric(25,0)', digits, 'fork_point_lsn'],
  RecoveryModel: ['nvarchar(60)', asItIs, 'recovery_model'],
  DifferentialBaseGUID: ['uniqueidentifier', guid, 'differential_base_guid'],
  BackupSetGUID: ['uniqueidentifier', guid, 'backup_set_uuid'],
  CompressedBackupSize: ['bigint', digits, 'compressed_backup_size'],
  EncryptorThumbprint: ['varbinary(20)', (column) => `CONVERT(varchar(42), ${column}, 1)`, 'encryptor_thumbprint'],
  LastValidRestoreTime: ['datetime', time, 'last_valid_restore_time'],
  // Documented as nvarchar(32), sent as smallint: a text takes both.
  TimeZone: ['nvarchar(32)', asItIs, 'time_zone'],
};

const restore = (what: 'LABELONLY' | 'HEADERONLY', { kind }: BackupDevice): string =>
  `RESTORE ${what} FROM ${kind === 'url' ? 'URL' : 'DISK'} = @device;`;

/** Label or headers as the server gives them: only good for the names of their columns, since the driver rounds LSNs. */
export const readColumns = (what: 'LABELONLY' | 'HEADERONLY', device: BackupDevice): Statement => ({
  text: restore(what, device),
  parameters: { device: device.name },
});

/**
 * Label and headers of one file, every digit of them: by INSERT … EXEC, which needs a table with just the columns that
 * this version gives (213 otherwise). 2016 to 2019 give 56; since 2022 there are three more, undocumented for half a year.
 */
export const readBackupFile = (device: BackupDevice, shape: HeaderShape): Statement => ({
  text: [
    createTable('#label', shape.label, label),
    createTable('#header', shape.header, header),
    insert('#label', restore('LABELONLY', device)),
    insert('#header', restore('HEADERONLY', device)),
    `SELECT ${[...read('l', shape.label, label), ...read('h', shape.header, header)].join(',\n       ')}`,
    'FROM #header AS h CROSS JOIN #label AS l;',
  ].join('\n'),
  parameters: { device: device.name },
});

/** What is not read is a text: everything becomes one without being asked. */
const createTable = (name: string, columns: readonly string[], wanted: Wanted): string =>
  `CREATE TABLE ${name} (${columns.map((column) => `${quoteName(column)} ${find(wanted, column)?.[0] ?? 'nvarchar(4000)'} NULL`).join(', ')});`;

const insert = (table: string, statement: string): string =>
  `INSERT INTO ${table} EXEC sys.sp_executesql ${quoteText(statement)}, N'@device nvarchar(4000)', @device = @device;`;

const read = (alias: string, columns: readonly string[], wanted: Wanted): readonly string[] =>
  columns.flatMap((column) => {
    const found = find(wanted, column);
    return found === undefined ? [] : [`${found[1](`${alias}.${quoteName(column)}`)} AS ${found[2]}`];
  });

const find = (wanted: Wanted, column: string): Wanted[string] | undefined =>
  Object.entries(wanted).find(([name]) => name.toLowerCase() === column.toLowerCase())?.[1];

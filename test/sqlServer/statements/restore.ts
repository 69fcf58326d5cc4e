import { inform, outsideTransaction, type Context, type Run, type StatementFamily } from '../execute/context.ts';
import { isDamaged, openBackup, openFiles, terminating, type OpenedBackup } from '../restore/devices.ts';
import {
  fileListColumns,
  fileListRows,
  headerColumns,
  headerRow,
  labelColumns,
  labelRow,
  newHeaderColumns,
  ordered,
  typed,
  unfinishedRow,
} from '../restore/headers.ts';
import { advance } from '../restore/progress.ts';
import {
  readDatabaseName,
  readDevices,
  readOptions,
  type Device,
  type RestoreOptions,
  type Text,
} from '../restore/readRestore.ts';
import { recover, recoverNamed } from '../restore/recover.ts';
import { restoreDifferential, restoreFull } from '../restore/restoreData.ts';
import { restoreLog } from '../restore/restoreLog.ts';
import { notEmulated, sqlErrors } from '../sql/sqlError.ts';
import type { Server } from '../state/model.ts';
import { hasServerPermission } from '../state/permissions.ts';
import { sendRows } from './query.ts';

/** RESTORE DATABASE and RESTORE LOG, with or without a backup. */
const restoreFamily: StatementFamily = {
  starts: [
    ['RESTORE', 'DATABASE'],
    ['RESTORE', 'LOG'],
  ],
  read(cursor): Run {
    cursor.expect('RESTORE');
    const kind = cursor.accept('DATABASE') ? 'DATABASE' : 'LOG';
    if (kind === 'LOG') cursor.expect('LOG');
    const name = readDatabaseName(cursor);
    const devices = cursor.accept('FROM') ? readDevices(cursor) : undefined;
    const options = readOptions(cursor, devices);
    const what = `RESTORE ${kind}`;
    return async (context) => {
      outsideTransaction(context, () =>
        sqlErrors([3021, 'Cannot perform a backup or restore operation within a transaction.'], terminating(what)),
      );
      if (devices) await restore(context, what, name, devices, options);
      else if (options.recovery === 'no-recovery' || kind === 'LOG')
        throw notEmulated(`${what} without a backup and without RECOVERY`);
      else recoverNamed(context, name(context), options.isRestricted);
      context.reply.done();
    };
  },
};

async function restore(
  context: Context,
  what: string,
  name: Text,
  devices: readonly Device[],
  options: RestoreOptions,
): Promise<void> {
  const backup = openBackup(
    context.server,
    devices.map(({ path }) => path(context)),
    options.file,
    what,
  );
  requireUsable(context, backup, what);
  const isRecovered = options.recovery !== 'no-recovery';
  const target = name(context);
  const { type } = backup.set;
  if (what === 'RESTORE LOG' && type !== 'L')
    throw sqlErrors(
      [
        3135,
        `The backup set in file '${backup.files[0]?.path ?? ''}' was created by BACKUP DATABASE and cannot be used for this restore operation.`,
      ],
      terminating(what),
    );
  if (type === 'L') {
    const { database, isReady } = await restoreLog(context, target, backup, options);
    if (isRecovered && isReady) recover(context, database, options.isRestricted, options.broker);
    return;
  }
  const database =
    type === 'D'
      ? await restoreFull(context, target, backup, options)
      : await restoreDifferential(context, target, backup, options);
  if (isRecovered) recover(context, database, options.isRestricted, options.broker);
}

function requireUsable({ server }: Context, { set }: OpenedBackup, what: string): void {
  const version = (parts: readonly number[]) => `${parts[0]}.${String(parts[1]).padStart(2, '0')}.${parts[2]}`;
  if (set.version[0] > server.version[0])
    throw sqlErrors(
      [
        3169,
        `The database was backed up on a server running version ${version(set.version)}. That version is incompatible with this server, which is running version ${version(server.version)}. Either restore the database on a server that supports the backup, or use a backup that is compatible with this server.`,
      ],
      terminating(what),
    );
  requireCertificate(server, set.backupEncryptor, what);
  requireCertificate(server, set.encryptor, what);
}

function requireCertificate(server: Server, wanted: string | undefined, what: string): void {
  if (wanted === undefined) return;
  const keys = (server.otherRows.get('sys.asymmetric_keys') ?? []).flatMap(({ thumbprint }) =>
    Buffer.isBuffer(thumbprint) ? [thumbprint.toString('hex')] : [],
  );
  const held = [...server.certificates.map(({ thumbprint }) => thumbprint), ...keys];
  if (held.some((thumbprint) => thumbprint.toLowerCase() === wanted.toLowerCase())) return;
  throw sqlErrors(
    [33_111, `Cannot find server certificate with thumbprint '0x${wanted.toUpperCase()}'.`],
    terminating(what),
  );
}

/** What only looks at backups. */
const inspectFamily: StatementFamily = {
  starts: ['HEADERONLY', 'FILELISTONLY', 'LABELONLY', 'VERIFYONLY'].map((kind) => ['RESTORE', kind]),
  read(cursor): Run {
    cursor.expect('RESTORE');
    const kind = cursor.next().value;
    cursor.expect('FROM');
    const devices = readDevices(cursor);
    const options = readOptions(cursor, devices);
    return async (context) => {
      const { server, session } = context;
      const what = `RESTORE ${kind}`;
      if (!hasServerPermission(session.login, 'CREATE ANY DATABASE'))
        throw sqlErrors([262, "CREATE DATABASE permission denied in database 'master'."], terminating(what));
      const paths = devices.map(({ path }) => path(context));
      switch (kind) {
        case 'HEADERONLY': {
          const columns = server.version[0] >= 16 ? { ...headerColumns, ...newHeaderColumns } : headerColumns;
          const [file] = openFiles(server, paths, what);
          const sets = file?.sets.filter(({ position }) => !options.hasFile || position === options.file) ?? [];
          for (const { backupEncryptor } of sets) requireCertificate(server, backupEncryptor, what);
          const unfinished = file?.fault?.kind === 'unfinished' ? file.sets.at(-1) : undefined;
          const rows = sets
            .map((set) => (set === unfinished ? unfinishedRow(set) : headerRow(set, devices[0]?.kind === 'URL')))
            .map((row) => ordered(columns, row));
          return sendRows(context, typed(columns), rows);
        }
        case 'FILELISTONLY': {
          const { set } = openBackup(server, paths, options.file, what);
          requireCertificate(server, set.backupEncryptor, what);
          requireCertificate(server, set.encryptor, what);
          return sendRows(
            context,
            typed(fileListColumns),
            fileListRows(set).map((row) => ordered(fileListColumns, row)),
          );
        }
        case 'LABELONLY':
          return sendRows(
            context,
            typed(labelColumns),
            openFiles(server, paths, what).map((file) => ordered(labelColumns, labelRow(file))),
          );
        default:
          return verify(context, openBackup(server, paths, options.file, what), options);
      }
    };
  },
};

async function verify(context: Context, backup: OpenedBackup, options: RestoreOptions): Promise<void> {
  const what = 'VERIFY DATABASE';
  if (options.isChecksum && !backup.set.hasChecksums)
    throw sqlErrors(
      [3187, 'RESTORE WITH CHECKSUM cannot be specified because the backup set does not contain checksum information.'],
      terminating(what),
    );
  await advance(
    context,
    { command: 'RESTORE VERIFYONLY', stats: options.stats, durationMs: context.server.pace.restoreMs },
    () => {
      if (isDamaged(backup)) throw sqlErrors([3189, 'Damage to the backup set was detected.'], terminating(what));
    },
  );
  inform(context, 3262, `The backup set on file ${options.file} is valid.`);
  context.reply.done();
}

export const restoreFamilies: readonly StatementFamily[] = [restoreFamily, inspectFamily];

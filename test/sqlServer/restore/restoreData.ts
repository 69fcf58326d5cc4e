import type { ErrorNumber } from '../sql/errorNumbers.ts';
import { copyFileSync } from 'node:fs';
import { inform, type Context } from '../execute/context.ts';
import { sqlErrors } from '../sql/sqlError.ts';
import type { BackupSet } from '../state/backups.ts';
import { placeDatabase, removeDatabase } from '../state/databases.ts';
import type { Database, DatabaseFile } from '../state/databaseModel.ts';
import { hasServerPermission, mayAlterDatabase } from '../state/permissions.ts';
import { findDatabase } from '../state/sessions.ts';
import { isDamaged, terminating, type OpenedBackup } from './devices.ts';
import { placeFiles } from './placeFiles.ts';
import { advance } from './progress.ts';
import type { RestoreOptions } from './readRestore.ts';

const what = 'RESTORE DATABASE';

/** A full backup becomes a database in the RESTORING state. @returns it. */
export async function restoreFull(
  context: Context,
  name: string,
  backup: OpenedBackup,
  options: RestoreOptions,
): Promise<Database> {
  const { server, session } = context;
  const { set } = backup;
  const existing = findDatabase(server, name);
  requirePermission(context, name, existing);
  if (existing) requireRoom(context, existing, set, options.isReplace);
  const stopAt = options.stopAt?.(context);
  if (stopAt !== undefined && Date.parse(`${stopAt}Z`) < set.finishedAt + set.zone * 900_000)
    throw sqlErrors(
      [
        4338,
        'The STOPAT clause specifies a point too early to allow this backup set to be restored. Choose a different stop point or use RESTORE DATABASE WITH RECOVERY to recover at the current point.',
      ],
      terminating(what),
    );
  const moves = options.moves.map(({ logicalName, path }) => ({
    logicalName: logicalName(context),
    path: path(context),
  }));
  const files = placeFiles(server, existing, set, moves, options.isReplace);
  if (existing) removeDatabase(server, existing);
  const database = placeDatabase(server, { name, owner: session.login.name, files });
  database.state = 'RESTORING';
  await readPages(context, backup, options);
  fill(database, set);
  sayDone(context, name, files, what);
  return database;
}

/** A differential backup goes over the full one that it is based on. */
export async function restoreDifferential(
  context: Context,
  name: string,
  backup: OpenedBackup,
  options: RestoreOptions,
): Promise<Database> {
  const { set } = backup;
  const database = findDatabase(context.server, name);
  requirePermission(context, name, database);
  if (!database)
    throw sqlErrors(
      [
        3118,
        `The database "${name}" does not exist. RESTORE can only create a database when restoring either a full backup or a file backup of the primary file.`,
      ],
      terminating(what),
    );
  if (database.state !== 'RESTORING')
    throw sqlErrors(
      [3117, 'The log or differential backup cannot be restored because no files are ready to rollforward.'],
      terminating(what),
    );
  const { restoring } = database;
  if (!restoring || restoring.hasLogs || restoring.baseUuid !== set.baseUuid)
    throw sqlErrors(
      [
        3136,
        'This differential backup cannot be restored because the database has not been restored to the correct earlier state.',
      ],
      terminating(what),
    );
  await readPages(context, backup, options);
  fill(database, set, restoring.baseUuid);
  sayDone(context, name, set.files, what);
  return database;
}

function requirePermission({ session: { login } }: Context, name: string, existing: Database | undefined): void {
  if (existing && !mayAlterDatabase(existing, login))
    throw sqlErrors([3110, `User does not have permission to RESTORE database '${name}'.`], terminating(what));
  if (!existing && !hasServerPermission(login, 'CREATE ANY DATABASE'))
    throw sqlErrors([262, "CREATE DATABASE permission denied in database 'master'."], terminating(what));
}

/** An existing database gives way only if it is being restored already, or is to be replaced and nobody is in it. */
function requireRoom({ server, session }: Context, existing: Database, set: BackupSet, isReplace: boolean): void {
  const fail = (number: ErrorNumber, message: string) => sqlErrors([number, message], terminating(what));
  if (session.database === existing)
    throw fail(
      3102,
      `RESTORE cannot process database '${existing.name}' because it is in use by this session. It is recommended that the master database be used when performing this operation.`,
    );
  const isUsed = [...server.sessions.values()].some((each) => each !== session && each.database === existing);
  const isHeld =
    existing.userAccess === 'SINGLE_USER' && existing.holder !== undefined && existing.holder !== session.id;
  if (isUsed || isHeld) throw fail(3101, 'Exclusive access could not be obtained because the database is in use.');
  if (existing.state === 'RESTORING' || isReplace) return;
  if (existing.familyGuid !== set.familyGuid)
    throw fail(
      3154,
      `The backup set holds a backup of a database other than the existing '${existing.name}' database.`,
    );
  throw fail(
    3159,
    `The tail of the log for the database "${existing.name}" has not been backed up. Use BACKUP LOG WITH NORECOVERY to backup the log if it contains work you do not want to lose. Use the WITH REPLACE or WITH STOPAT clause of the RESTORE statement to just overwrite the contents of the log.`,
  );
}

async function readPages(context: Context, backup: OpenedBackup, options: RestoreOptions): Promise<void> {
  const { set } = backup;
  if (options.isChecksum && !set.hasChecksums)
    throw sqlErrors(
      [3187, 'RESTORE WITH CHECKSUM cannot be specified because the backup set does not contain checksum information.'],
      terminating(what),
    );
  await advance(context, { command: what, stats: options.stats, durationMs: context.server.pace.restoreMs }, () => {
    if (isDamaged(backup))
      throw sqlErrors(
        [
          3183,
          `RESTORE detected an error on page (1:1448) in database "${set.databaseName}" as read from the backup set.`,
        ],
        terminating(what),
      );
  });
}

function fill(database: Database, set: BackupSet, baseUuid = set.uuid): void {
  const { snapshot } = set;
  if (!snapshot) throw new RangeError('A data backup always has a snapshot');
  copyFileSync(snapshot.path, database.path);
  database.familyGuid = set.familyGuid;
  database.options = structuredClone(snapshot.options);
  database.principals = snapshot.principals.map((each) => ({
    ...each,
    roles: new Set(each.roles),
    permissions: [...each.permissions],
  }));
  database.properties = snapshot.properties.map((each) => ({ ...each }));
  database.ownRows = new Map([...snapshot.ownRows].map(([view, rows]) => [view, [...rows]]));
  database.restoring = {
    position: set.last,
    forkGuid: set.lastFork,
    baseUuid,
    at: set.finishedAt,
    isHalted: false,
    stopAt: undefined,
    logFrom: set.last,
    applied: [],
    hasLogs: false,
  };
}

export function sayDone(context: Context, name: string, files: readonly DatabaseFile[], verb: string): void {
  let pages = 0;
  for (const { logicalName, sizeBytes } of files) {
    const filePages = Math.ceil(sizeBytes / 8192);
    pages += filePages;
    inform(context, 4035, `Processed ${filePages} pages for database '${name}', file '${logicalName}' on file 1.`);
  }
  inform(
    context,
    3014,
    `${verb} successfully processed ${pages} pages in 0.100 seconds (${(pages / 12.8).toFixed(3)} MB/sec).`,
  );
}

import type { ErrorNumber } from '../sql/errorNumbers.ts';
import { inform, type Context } from '../execute/context.ts';
import { parseDate, fromDateText } from '../sql/dates.ts';
import { sqlErrors } from '../sql/sqlError.ts';
import { toLsn, type BackupSet } from '../state/backups.ts';
import { change, openConnection } from '../state/connection.ts';
import type { Commit, Database, Restoring } from '../state/databaseModel.ts';
import { mayAlterDatabase } from '../state/permissions.ts';
import { fromLocal } from '../state/serverTime.ts';
import { findDatabase } from '../state/sessions.ts';
import { isDamaged, terminating, type OpenedBackup } from './devices.ts';
import { advance } from './progress.ts';
import type { RestoreOptions } from './readRestore.ts';
import { sayDone } from './restoreData.ts';

const what = 'RESTORE LOG';
const fail = (number: ErrorNumber, message: string) => sqlErrors([number, message], terminating(what));

/** Rolls a restoring database forward. @returns it, and whether it may be recovered now. */
export async function restoreLog(
  context: Context,
  name: string,
  backup: OpenedBackup,
  options: RestoreOptions,
): Promise<{ readonly database: Database; readonly isReady: boolean }> {
  const { set } = backup;
  const database = findDatabase(context.server, name);
  if (!database)
    throw fail(
      3118,
      `The database "${name}" does not exist. RESTORE can only create a database when restoring either a full backup or a file backup of the primary file.`,
    );
  if (!mayAlterDatabase(database, context.session.login))
    throw fail(3110, `User does not have permission to RESTORE database '${name}'.`);
  if (database.state !== 'RESTORING')
    throw fail(3117, 'The log or differential backup cannot be restored because no files are ready to rollforward.');
  const { restoring } = database;
  if (!restoring)
    throw fail(
      4319,
      `A previous restore operation was interrupted and did not complete processing on file '${database.files[0]?.logicalName ?? name}'. Either restore the backup set that was interrupted or restart the restore sequence.`,
    );
  requireFit(database, restoring, set);
  const stopAt = readStopAt(context, set, options);
  if (stopAt !== undefined && stopAt < restoring.at)
    throw fail(
      4335,
      'The specified STOPAT time is too early. All or part of the database is already rolled forward beyond that point.',
    );
  if (stopAt !== undefined && set.isBulkLogged && stopAt < set.startedAt)
    throw fail(
      4341,
      'This log backup contains bulk-logged changes. It cannot be used to stop at an arbitrary point in time.',
    );
  await advance(context, { command: what, stats: options.stats, durationMs: context.server.pace.restoreMs }, () => {
    if (isDamaged(backup))
      throw fail(
        3183,
        `RESTORE detected an error on page (1:1448) in database "${set.databaseName}" as read from the backup set.`,
      );
  });

  // The log of a backup holds whatever was committed before the backup began.
  const isReached = stopAt !== undefined && (stopAt <= set.startedAt || set.commits.some(({ at }) => at > stopAt));
  rollForward(database, restoring, set, stopAt);
  sayDone(context, name, [], what);
  if (isReached) {
    restoring.isHalted = true;
    if (options.recovery === 'no-recovery')
      inform(
        context,
        4332,
        `RESTORE LOG has been halted. To use the database in its current state, run RESTORE DATABASE ${name} WITH RECOVERY.`,
      );
  } else {
    restoring.position = set.last;
    restoring.forkGuid = set.lastFork;
    restoring.at = Math.max(restoring.at, set.startedAt);
    if (stopAt !== undefined)
      inform(
        context,
        4322,
        'This backup set contains records that were logged before the designated point in time. The database is being left in the restoring state so that more roll forward can be performed.',
      );
  }
  return { database, isReady: stopAt === undefined || isReached };
}

/** The rules of the log's numbers and of recovery forks. */
function requireFit(database: Database, restoring: Restoring, set: BackupSet): void {
  if (set.familyGuid !== database.familyGuid)
    throw fail(
      3154,
      `The backup set holds a backup of a database other than the existing '${database.name}' database.`,
    );
  if (set.first > restoring.position)
    throw fail(
      4305,
      `The log in this backup set begins at LSN ${toLsn(set.first)}, which is too recent to apply to the database. An earlier log backup that includes LSN ${toLsn(restoring.position)} can be restored.`,
    );
  if (set.last <= restoring.position)
    throw fail(
      4326,
      `The log in this backup set terminates at LSN ${toLsn(set.last)}, which is too early to apply to the database. A more recent log backup that includes LSN ${toLsn(restoring.position)} can be restored.`,
    );
  const joins =
    set.lastFork === restoring.forkGuid ||
    (set.firstFork === restoring.forkGuid && restoring.position <= (set.forkPoint ?? set.last));
  if (!joins)
    throw fail(
      4330,
      'This backup set cannot be applied because it is on a recovery path that is inconsistent with the database. The recovery path is the sequence of data and log backups that have brought the database to a particular recovery point.',
    );
}

function readStopAt(context: Context, set: BackupSet, options: RestoreOptions): number | undefined {
  const text = options.stopAt?.(context);
  if (text === undefined) return undefined;
  const parsed = parseDate(text);
  if (parsed === undefined) throw sqlErrors([3003, `The STOPAT value '${text}' is not a date.`], terminating(what));
  // Wall time of the server that wrote the log.
  return fromLocal(set.zone, fromDateText(parsed));
}

function rollForward(database: Database, restoring: Restoring, set: BackupSet, stopAt: number | undefined): void {
  const commits = set.commits.filter(
    ({ position, at }) => position >= restoring.position && at <= (stopAt ?? Infinity),
  );
  replay(database.path, commits);
  const last = commits.at(-1);
  if (last) {
    restoring.position = last.position + 1;
    restoring.at = last.at;
  }
  restoring.hasLogs = true;
  restoring.logFrom = set.first;
  restoring.applied = [...restoring.applied, ...commits];
  restoring.stopAt = stopAt;
}

function replay(path: string, commits: readonly Commit[]): void {
  if (commits.length === 0) return;
  const connection = openConnection(path);
  try {
    connection.db.exec('BEGIN');
    for (const { statements } of commits)
      for (const { text, parameters } of statements) change(connection, text, parameters);
    connection.db.exec('COMMIT');
  } finally {
    connection.db.close();
  }
}

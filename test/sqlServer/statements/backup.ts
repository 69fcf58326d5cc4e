import { outsideTransaction, type Run, type StatementFamily } from '../execute/context.ts';
import { terminating } from '../restore/devices.ts';
import { advance } from '../restore/progress.ts';
import { readDatabaseName, readDevices, readOptions } from '../restore/readRestore.ts';
import { sayDone } from '../restore/restoreData.ts';
import { sqlErrors } from '../sql/sqlError.ts';
import { isDbOwner, userOf } from '../state/permissions.ts';
import { databaseNamed } from '../state/sessions.ts';
import { takeBackup } from '../state/takeBackup.ts';

/** BACKUP DATABASE and BACKUP LOG: what the source's administrators do. */
export const backupFamily: StatementFamily = {
  starts: [
    ['BACKUP', 'DATABASE'],
    ['BACKUP', 'LOG'],
  ],
  read(cursor): Run {
    cursor.expect('BACKUP');
    const kind = cursor.next().value;
    const name = readDatabaseName(cursor);
    cursor.expect('TO');
    const devices = readDevices(cursor);
    const options = readOptions(cursor);
    const what = `BACKUP ${kind}`;
    return async (context) => {
      const { server, session } = context;
      outsideTransaction(context, () =>
        sqlErrors([3021, 'Cannot perform a backup or restore operation within a transaction.'], terminating(what)),
      );
      const database = databaseNamed(server, name(context));
      const isOperator = userOf(database, session.login)?.roles.has('db_backupoperator') === true;
      if (!isDbOwner(database, session.login) && !isOperator)
        throw sqlErrors([262, `${what} permission denied in database '${database.name}'.`], terminating(what));
      const certificate = server.certificates.find((each) => each.name === options.encryptedBy);
      if (options.encryptedBy !== undefined && !certificate)
        throw sqlErrors(
          [
            15151,
            `Cannot find the certificate '${options.encryptedBy}', because it does not exist or you do not have permission.`,
          ],
          terminating(what),
        );
      await advance(context, { command: what, stats: options.stats, durationMs: server.pace.restoreMs });
      takeBackup(server, database, {
        type: kind === 'LOG' ? 'L' : options.isDifferential ? 'I' : 'D',
        paths: devices.map(({ path }) => path(context)),
        isCopyOnly: options.isCopyOnly,
        hasChecksums: options.isChecksum,
        isInit: options.isInit,
        ...(certificate ? { encryptor: certificate.thumbprint } : {}),
        isUrl: devices[0]?.kind === 'URL',
      });
      sayDone(context, database.name, database.files, what);
      context.reply.done();
    };
  },
};

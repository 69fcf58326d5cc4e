import { inform, type StatementFamily } from '../execute/context.ts';
import { advance } from '../restore/progress.ts';
import { readInteger, readList, readName } from '../sql/cursor.ts';
import { notEmulated, sqlError, sqlErrors } from '../sql/sqlError.ts';
import { isDbOwner } from '../state/permissions.ts';
import { databaseNamed, obstacle } from '../state/sessions.ts';

const known = new Set([
  'NO_INFOMSGS',
  'ALL_ERRORMSGS',
  'PHYSICAL_ONLY',
  'TABLOCK',
  'ESTIMATEONLY',
  'DATA_PURITY',
  'EXTENDED_LOGICAL_CHECKS',
]);

/** DBCC CHECKDB and SHRINKFILE. A database is damaged when a test has put rows into `msdb.dbo.suspect_pages`. */
export const dbccFamily: StatementFamily = {
  starts: [['DBCC']],
  read(cursor) {
    cursor.expect('DBCC');
    const kind = readName(cursor).toUpperCase();
    if (kind === 'SHRINKFILE') {
      cursor.expect('(');
      readName(cursor);
      if (cursor.accept(',') && !cursor.accept('TRUNCATEONLY')) readInteger(cursor);
      cursor.expect(')');
      return async ({ reply }) => reply.done();
    }
    if (kind !== 'CHECKDB') throw notEmulated(`DBCC ${kind}`);
    let name: string | undefined;
    if (cursor.accept('(')) {
      name = cursor.peek().kind === 'string' ? cursor.next().value : readName(cursor);
      if (cursor.accept(',')) cursor.expect('NOINDEX');
      cursor.expect(')');
    }
    const options = cursor.accept('WITH') ? readList(cursor, () => cursor.next().value) : [];
    if (options.some((option) => !known.has(option))) throw cursor.incorrect();
    return async (context) => {
      const { server, session, reply } = context;
      const database = name === undefined ? session.database : databaseNamed(server, name);
      const refused = obstacle(session, database);
      if (refused) throw sqlError(refused.number, refused.message, refused);
      if (!isDbOwner(database, session.login))
        throw sqlError(
          7983,
          `User '${session.login.name}' does not have permission to run DBCC CHECKDB for database '${database.name}'.`,
          { severity: 14 },
        );
      await advance(
        { ...context, reply: { ...reply, message: () => undefined } },
        { command: 'DBCC', stats: 10, durationMs: server.pace.checkMs },
      );
      const isDamaged = (server.otherRows.get('msdb.dbo.suspect_pages') ?? []).some(
        ({ database_id }) => database_id === database.id,
      );
      if (isDamaged)
        throw sqlErrors(
          [
            8928,
            'Object ID 245575913, index ID 1, partition ID 72057594043432960: Page (1:1448) could not be processed. See other errors for details.',
          ],
          [8939, 'Table error: Object ID 245575913, index ID 1: Test (IS_OFF (BUF_IOERR, pBUF->bstat)) failed.'],
          [8990, `CHECKDB found 0 allocation errors and 2 consistency errors in database '${database.name}'.`],
        );
      if (!options.includes('NO_INFOMSGS'))
        inform(
          context,
          8989,
          `CHECKDB found 0 allocation errors and 0 consistency errors in database '${database.name}'.`,
        );
      reply.done();
    };
  },
};

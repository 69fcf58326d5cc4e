import type { Run, StatementFamily } from '../execute/context.ts';
import { readNameParts } from '../sql/cursor.ts';
import { sqlError } from '../sql/sqlError.ts';

/** What leads out of a database is rows that a test has put into `database.ownRows`; these statements take them out again. */
const family = (words: readonly string[], view: string): StatementFamily => ({
  starts: [['DROP', ...words]],
  read(cursor): Run {
    cursor.expect('DROP', ...words);
    const name = readNameParts(cursor).at(-1) ?? '';
    return async ({ session: { database, transaction }, reply }) => {
      const rows = database.ownRows.get(view) ?? [];
      const others = rows.filter((row) => String(row['name']).toLowerCase() !== name.toLowerCase());
      if (others.length === rows.length)
        throw sqlError(
          3701,
          `Cannot drop the object '${name}', because it does not exist or you do not have permission.`,
        );
      transaction?.undo.push(() => database.ownRows.set(view, rows));
      database.ownRows.set(view, others);
      reply.done();
    };
  },
});

export const outsideFamilies: readonly StatementFamily[] = [
  family(['SYNONYM'], 'sys.synonyms'),
  family(['EXTERNAL', 'DATA', 'SOURCE'], 'sys.external_data_sources'),
  family(['DATABASE', 'SCOPED', 'CREDENTIAL'], 'sys.database_scoped_credentials'),
];

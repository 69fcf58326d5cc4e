import { sql } from 'kysely';
import type { Migration } from 'kysely/migration';
import type { ColumnTypes } from '../tables.ts';

/** What was proved of the copies of runs, as it was signed. */
export const reportTable = ({ name, text }: ColumnTypes): Migration => ({
  async up(db) {
    await db.schema
      .createTable('report')
      .addColumn('run_id', name, (column) => column.notNull().references('run.run_id'))
      .addColumn('sha256', name, (column) => column.notNull())
      .addColumn('text', text, (column) => column.notNull())
      .addPrimaryKeyConstraint('report_key', ['run_id', 'sha256'])
      .execute();
    // A worker of before there were reports would switch without one.
    await sql`update journal_state set value = 3 where name = 'protocol'`.execute(db);
  },
});

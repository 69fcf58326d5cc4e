import type { Migration } from 'kysely/migration';
import type { ColumnTypes } from '../tables.ts';

/** What receivers over the web are to be told, and until when it was looked for each of them. */
export const webhookTables = ({ name, text }: ColumnTypes): Migration => ({
  async up(db) {
    await db.schema.createIndex('record_by_time').on('record').column('at').execute();
    await db.schema
      .createTable('webhook')
      .addColumn('id', name, (column) => column.primaryKey().notNull())
      .addColumn('hook', name, (column) => column.notNull())
      .addColumn('run_id', name, (column) => column.notNull().references('run.run_id'))
      .addColumn('what', name, (column) => column.notNull())
      .addColumn('body', text, (column) => column.notNull())
      .addColumn('due_at', name)
      .addColumn('until', name, (column) => column.notNull())
      .addColumn('tries', 'integer', (column) => column.notNull())
      .execute();
    await db.schema.createIndex('webhook_by_due').on('webhook').column('due_at').execute();
    await db.schema
      .createTable('webhook_look')
      .addColumn('hook', name, (column) => column.primaryKey().notNull())
      .addColumn('until', name, (column) => column.notNull())
      .execute();
  },
});

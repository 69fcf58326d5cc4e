import type { Migration } from 'kysely/migration';
import type { ColumnTypes } from '../tables.ts';

/** Schedules, and which run carries out which of their occurrences. */
export const scheduleTables = ({ name, text }: ColumnTypes): Migration => ({
  async up(db) {
    await db.schema
      .createTable('schedule')
      .addColumn('number', 'integer', (column) => column.primaryKey().notNull())
      .addColumn('target', name, (column) => column.notNull())
      .addColumn('state', name, (column) => column.notNull())
      .addColumn('version', 'integer', (column) => column.notNull())
      .addColumn('handled_until', name, (column) => column.notNull())
      .addColumn('document', text, (column) => column.notNull())
      .execute();
    await db.schema.createIndex('schedule_by_state').on('schedule').columns(['state', 'target']).execute();
    await db.schema
      .createTable('occurrence')
      .addColumn('schedule', 'integer', (column) => column.notNull())
      .addColumn('at', name, (column) => column.notNull())
      .addColumn('run_id', name, (column) => column.notNull())
      .addPrimaryKeyConstraint('occurrence_key', ['schedule', 'at'])
      .execute();
  },
});

import { sql } from 'kysely';
import type { Migration } from 'kysely/migration';
import type { ColumnTypes } from '../tables.ts';

/** What people decide about schedules, one chain of records for each, like those of runs. */
export const scheduleRecords = ({ name, text }: ColumnTypes): Migration => ({
  async up(db) {
    await db.schema
      .createTable('schedule_record')
      .addColumn('schedule', 'integer', (column) => column.notNull())
      .addColumn('seq', 'integer', (column) => column.notNull())
      .addColumn('at', name, (column) => column.notNull())
      .addColumn('actor_id', text, (column) => column.notNull())
      .addColumn('actor_name', text, (column) => column.notNull())
      .addColumn('actor_tenant', text, (column) => column.notNull())
      .addColumn('actor_way', text)
      .addColumn('event', name, (column) => column.notNull())
      .addColumn('data', text, (column) => column.notNull())
      .addColumn('evidence', text, (column) => column.notNull())
      .addColumn('previous_hash', name, (column) => column.notNull())
      .addColumn('hash', name, (column) => column.notNull())
      .addPrimaryKeyConstraint('schedule_record_key', ['schedule', 'seq'])
      .execute();
  },
});

/**
 * Schedules whose decisions are recorded, or that come once a month: a process of before would change them without a record, which
 * an audit would take for somebody's who may not.
 */
export const scheduleProtocol: Migration = {
  async up(db) {
    await sql`update journal_state set value = 5 where name = 'protocol'`.execute(db);
  },
};

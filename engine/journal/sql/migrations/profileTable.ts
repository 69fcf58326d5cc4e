import type { Migration } from 'kysely/migration';
import type { ColumnTypes } from '../tables.ts';

/** Ids of users and jobs of sandboxes, for a while. */
export const profileTable = ({ name, text }: ColumnTypes): Migration => ({
  async up(db) {
    await db.schema
      .createTable('profile_list')
      .addColumn('run_id', name, (column) => column.notNull().references('run.run_id'))
      .addColumn('kind', name, (column) => column.notNull())
      .addColumn('text', text, (column) => column.notNull())
      .addColumn('until_at', name, (column) => column.notNull())
      .addPrimaryKeyConstraint('profile_list_key', ['run_id', 'kind'])
      .execute();
    await db.schema.createIndex('profile_list_by_time').on('profile_list').column('until_at').execute();
  },
});

/** How long each list is kept behind the end of its run; of lists that are there already, a day. */
export const profileTimes: Migration = {
  async up(db) {
    await db.schema.alterTable('profile_list').addColumn('kept_seconds', 'integer').execute();
  },
};

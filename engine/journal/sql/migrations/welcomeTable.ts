import type { Migration } from 'kysely/migration';
import type { ColumnTypes } from '../tables.ts';

/** In which conversations Rewind has said its first words. */
export const welcomeTable = ({ name }: ColumnTypes): Migration => ({
  async up(db) {
    await db.schema
      .createTable('welcome')
      .addColumn('key', name, (column) => column.primaryKey().notNull())
      .addColumn('said_at', name, (column) => column.notNull())
      .execute();
  },
});

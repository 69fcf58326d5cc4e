import type { Migration } from 'kysely/migration';
import type { ColumnTypes } from '../tables.ts';

/** In which zone and language a personal chat is read. */
export const chatReaderTable = ({ name }: ColumnTypes): Migration => ({
  async up(db) {
    await db.schema
      .createTable('chat_reader')
      .addColumn('key', name, (column) => column.primaryKey().notNull())
      .addColumn('zone', name, (column) => column.notNull())
      .addColumn('locale', name, (column) => column.notNull())
      .execute();
  },
});

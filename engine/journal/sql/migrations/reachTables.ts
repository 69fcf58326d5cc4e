import type { Migration } from 'kysely/migration';
import type { ColumnTypes } from '../tables.ts';

/** Whom a message was brought to and why it could not be, the personal chats of approvers, and the homes of sandboxes. */
export const reachTables = ({ name, text }: ColumnTypes): Migration => ({
  async up(db) {
    await db.schema.alterTable('message').addColumn('addressee', name).execute();
    await db.schema.alterTable('message').addColumn('gone_why', name).execute();
    await db.schema
      .createTable('personal_chat')
      .addColumn('person_id', name, (column) => column.primaryKey().notNull())
      .addColumn('address', text, (column) => column.notNull())
      .addColumn('seen_at', name, (column) => column.notNull())
      .execute();
    await db.schema
      .createTable('home')
      .addColumn('target', name, (column) => column.notNull())
      .addColumn('number', 'integer', (column) => column.notNull())
      .addColumn('conversation', text, (column) => column.notNull())
      .addColumn('address', text, (column) => column.notNull())
      .addColumn('chosen_by', text, (column) => column.notNull())
      .addColumn('chosen_at', name, (column) => column.notNull())
      .addPrimaryKeyConstraint('home_key', ['target', 'number'])
      .execute();
  },
});

import { sql } from 'kysely';
import type { Migration } from 'kysely/migration';
import type { CardAddress } from '../../../contracts.ts';
import { settle } from '../dueMessages.ts';
import { liesAt } from '../liesAt.ts';
import type { ColumnTypes, JournalTables } from '../tables.ts';

const CARDS_PER_READ = 500;

/** What is looked for again and again is found by an index, however much was written before. */
export const atHand = ({ name }: ColumnTypes): Migration => ({
  // Kysely hands every migration a database of unknown tables.
  async up(db) {
    await db.schema.alterTable('message').addColumn('lies_at', name).execute();
    await db.schema
      .alterTable('message')
      .addColumn('settled', 'integer', (column) => column.notNull().defaultTo(0))
      .execute();
    for (let last = ''; ;) {
      const rows: Pick<JournalTables['message'], 'id' | 'address'>[] = await db
        .selectFrom('message')
        .select(['id', 'address'])
        .where('id', '>', last)
        .orderBy('id')
        .offset(0)
        .fetch(CARDS_PER_READ)
        .execute();
      for (const { id, address } of rows) {
        // Written by an earlier version, from a CardAddress.
        const lies_at = liesAt(JSON.parse(address) as CardAddress);
        if (lies_at !== null) await db.updateTable('message').set({ lies_at }).where('id', '=', id).execute();
      }
      const end = rows.at(-1);
      if (!end) break;
      last = end.id;
    }
    await settle(db);
    await db.schema.createIndex('message_by_place').on('message').column('lies_at').execute();
    await db.schema
      .createIndex('message_by_settled')
      .on('message')
      .columns(['gone_at', 'settled', 'added_at'])
      .execute();
    await db.schema.createIndex('message_by_age').on('message').column('added_at').execute();
    await db.schema.createIndex('run_by_target_and_state').on('run').columns(['target', 'state', 'number']).execute();
    // A process of before would write records of settled cards without opening them, and change schedules without a record, which an
    // audit takes for somebody's who may not.
    await sql`update journal_state set value = 5 where name = 'protocol'`.execute(db);
  },
});

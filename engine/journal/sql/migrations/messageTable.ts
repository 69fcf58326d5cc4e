import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';
import type { ColumnTypes, JournalTables } from '../tables.ts';

/** Every message is recorded before it is sent; the cards of before move in. */
export function messageTable({ name, text }: ColumnTypes): Migration {
  return {
    async up(db) {
      await db.schema
        .createTable('message')
        .addColumn('id', name, (column) => column.primaryKey().notNull())
        .addColumn('added_at', 'bigint', (column) => column.notNull())
        .addColumn('run_id', name)
        .addColumn('kind', name, (column) => column.notNull())
        .addColumn('conversation', text, (column) => column.notNull())
        .addColumn('address', text, (column) => column.notNull())
        .addColumn('picture', text)
        .addColumn('posts', 'integer', (column) => column.notNull())
        .addColumn('tried', 'integer', (column) => column.notNull())
        .addColumn('replaced', 'integer', (column) => column.notNull())
        .addColumn('shown_seq', 'integer', (column) => column.notNull())
        .addColumn('shown_holder', name, (column) => column.notNull())
        .addColumn('shown_generation', 'integer', (column) => column.notNull())
        .addColumn('gone_at', name)
        .execute();
      await db.schema.createIndex('message_by_run').on('message').column('run_id').execute();
      await moveCards(db);
    },
  };
}

async function moveCards(db: Kysely<OldCards>): Promise<void> {
  const cards = await db.selectFrom('card').selectAll().execute();
  for (const { run_id, kind, address, shown_seq, gone_at } of cards)
    await db
      .insertInto('message')
      .values({
        ...{ id: `${run_id} ${kind}`, added_at: 0, run_id, kind, conversation: '', address, picture: null },
        ...{ posts: 1, tried: 0, replaced: 0, shown_seq, shown_holder: '', shown_generation: -1, gone_at },
      })
      .execute();
  await db.schema.dropTable('card').execute();
}

interface OldCards {
  readonly message: Omit<JournalTables['message'], 'settled'>;
  readonly card: Pick<JournalTables['message'], 'kind' | 'address' | 'shown_seq' | 'gone_at'> & {
    readonly run_id: string;
  };
}

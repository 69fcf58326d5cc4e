import type { Migration } from 'kysely/migration';
import type { Freeze, Person } from '../../../contracts.ts';
import type { ColumnTypes, JournalTables } from '../tables.ts';

/** Times in which nothing is switched, which of them is in force, and which of them a card shows. */
export const freezeTable = ({ name, text }: ColumnTypes): Migration => ({
  async up(db) {
    await db.schema
      .createTable('freeze')
      .addColumn('target', name, (column) => column.notNull())
      .addColumn('number', 'integer', (column) => column.notNull())
      .addColumn('from_at', name, (column) => column.notNull())
      .addColumn('until_at', name, (column) => column.notNull())
      .addColumn('reason', text, (column) => column.notNull())
      .addColumn('set_by', text, (column) => column.notNull())
      .addColumn('lifted_by', text)
      .addColumn('lifted_at', name)
      .addPrimaryKeyConstraint('freeze_key', ['target', 'number'])
      .execute();
    await db.schema.alterTable('target').addColumn('freeze_number', 'integer').execute();
    await db.schema.alterTable('message').addColumn('shown_freeze', 'integer').execute();
  },
});

/** Written by `freeze`. */
export function freezeIn(
  row: Pick<JournalTables['freeze'], 'number' | 'from_at' | 'until_at' | 'reason' | 'set_by'>,
): Freeze {
  const { number, from_at: from, until_at: until, reason } = row;
  return { number, from, until, reason, by: JSON.parse(row.set_by) as Person };
}

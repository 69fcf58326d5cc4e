import type { Migration } from 'kysely/migration';
import type { Person, Reservation } from '../../../contracts.ts';
import type { ColumnTypes, JournalTables } from '../tables.ts';

/** Who keeps which sandbox for how long, which reservation is in force, and which of them a card shows. */
export const reservationTable = ({ name, text }: ColumnTypes): Migration => ({
  async up(db) {
    await db.schema
      .createTable('reservation')
      .addColumn('target', name, (column) => column.notNull())
      .addColumn('number', 'integer', (column) => column.notNull())
      .addColumn('from_at', name, (column) => column.notNull())
      .addColumn('until_at', name, (column) => column.notNull())
      .addColumn('reason', text, (column) => column.notNull())
      .addColumn('reserved_by', text, (column) => column.notNull())
      .addColumn('ended_by', text)
      .addColumn('ended_at', name)
      .addPrimaryKeyConstraint('reservation_key', ['target', 'number'])
      .execute();
    await db.schema.alterTable('target').addColumn('reservation_number', 'integer').execute();
    await db.schema.alterTable('message').addColumn('shown_reservation', 'integer').execute();
  },
});

/** Written by `reserve`. */
export function reservationIn(
  row: Pick<JournalTables['reservation'], 'number' | 'from_at' | 'until_at' | 'reason' | 'reserved_by'>,
): Reservation {
  const { number, from_at: from, until_at: until, reason } = row;
  return { number, from, until, reason, by: JSON.parse(row.reserved_by) as Person };
}

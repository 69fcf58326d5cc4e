import type { Person, Reservation } from '../../contracts.ts';
import { storable, type Change, type JournalAccess, type Reader } from '../access.ts';
import type { Journal } from '../journal.ts';
import type { JournalReservations } from '../freezes.ts';
import { reservationIn } from './migrations/reservationTable.ts';
import { ensureTarget } from './sqlTargets.ts';

/** Who keeps a sandbox. The target's row names the reservation in force, so that a confirmation meets it there. */
export function sqlReservations(access: JournalAccess): Pick<Journal, keyof JournalReservations> {
  const putInForce = (change: Change, target: string, reservation_number: number | null) =>
    change.updateTable('target').set({ reservation_number }).where('name', '=', target).execute();

  /** The one in force. The target's row is locked until the change ends. */
  const present = async (change: Change, target: string): Promise<Reservation | undefined> => {
    await change
      .updateTable('target')
      .set((row) => ({ reservation_number: row.ref('reservation_number') }))
      .where('name', '=', target)
      .execute();
    const at = await access.now(change);
    const row = await inForce(change).selectAll('reservation').where('target.name', '=', target).executeTakeFirst();
    return row && row.until_at > at ? reservationIn(row) : undefined;
  };

  const end = async (change: Change, target: string, { number }: Reservation, by: Person): Promise<void> => {
    await putInForce(change, target, null);
    await change
      .updateTable('reservation')
      .set({ ended_by: storable(JSON.stringify(by)), ended_at: await access.now(change) })
      .where('target', '=', target)
      .where('number', '=', number)
      .execute();
  };

  return {
    async reserve(target, { until, reason, by, ids, takesOver }) {
      await ensureTarget(access, target);
      return access.change(`The reservation of ${target}`, async (change) => {
        const former = await present(change, target);
        if (former && !takesOver && !ids.includes(former.by.id)) return { former };
        if (former) await end(change, target, former, by);
        const last = await change
          .selectFrom('reservation')
          .select((row) => row.fn.max('number').as('number'))
          .where('target', '=', target)
          .executeTakeFirst();
        const row = {
          ...{ target, number: (last?.number ?? 0) + 1, from_at: await access.now(change), until_at: until },
          ...{ reason: storable(reason), reserved_by: storable(JSON.stringify(by)), ended_by: null, ended_at: null },
        };
        await change.insertInto('reservation').values(row).execute();
        await putInForce(change, target, row.number);
        return { reservation: reservationIn(row), ...(former ? { former } : {}) };
      });
    },

    async release(target, by) {
      await ensureTarget(access, target);
      return access.change(`The reservation of ${target}`, async (change) => {
        const former = await present(change, target);
        if (former) await end(change, target, former, by);
        return former;
      });
    },

    endReservations: (at) =>
      access.read(async (db) => {
        const over = await inForce(db)
          .select(['reservation.target', 'reservation.number'])
          .where('reservation.until_at', '<=', at)
          .execute();
        for (const { target, number } of over)
          await db
            .updateTable('target')
            .set({ reservation_number: null })
            .where('name', '=', target)
            .where('reservation_number', '=', number)
            .execute();
      }),

    reservations: (target) =>
      access.read(async (db) => {
        const rows = await db
          .selectFrom('reservation')
          .selectAll()
          .where('target', '=', target)
          .orderBy('number', 'desc')
          .execute();
        return rows.map((row) => ({
          ...reservationIn(row),
          // Written by `release` or `reserve`.
          ...(row.ended_by === null ? {} : { endedBy: JSON.parse(row.ended_by) as Person }),
          ...(row.ended_at === null ? {} : { endedAt: row.ended_at }),
        }));
      }),
  };
}

/** Reservations that the rows of their targets name, also those whose time is over. */
const inForce = (db: Reader) =>
  db
    .selectFrom('target')
    .innerJoin('reservation', (join) =>
      join
        .onRef('reservation.target', '=', 'target.name')
        .onRef('reservation.number', '=', 'target.reservation_number'),
    );

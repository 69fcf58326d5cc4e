import type { Freeze, Person } from '../../contracts.ts';
import { storable, type Change, type JournalAccess, type Reader } from '../access.ts';
import type { JournalFreezes } from '../freezes.ts';
import type { Journal } from '../journal.ts';
import { freezeIn } from './migrations/freezeTable.ts';
import { ensureTarget } from './sqlTargets.ts';

/** When nothing is switched. The target's row names the freeze in force, so that a worker's change meets it there. */
export function sqlFreezes(access: JournalAccess): Pick<Journal, keyof JournalFreezes> {
  const putInForce = (change: Change, target: string, freeze_number: number | null) =>
    change.updateTable('target').set({ freeze_number }).where('name', '=', target).execute();

  /** Takes the one in force out of it. The target's row is locked until the change ends. */
  const end = async (change: Change, target: string, by: Person): Promise<Freeze | undefined> => {
    await change
      .updateTable('target')
      .set((row) => ({ freeze_number: row.ref('freeze_number') }))
      .where('name', '=', target)
      .execute();
    const at = await access.now(change);
    const row = await inForce(change).selectAll('freeze').where('target.name', '=', target).executeTakeFirst();
    await putInForce(change, target, null);
    if (!row || row.until_at <= at) return undefined;
    await change
      .updateTable('freeze')
      .set({ lifted_by: storable(JSON.stringify(by)), lifted_at: at })
      .where('target', '=', target)
      .where('number', '=', row.number)
      .execute();
    return freezeIn(row);
  };

  return {
    async freeze(target, { until, reason, by }) {
      await ensureTarget(access, target);
      return access.change(`The freeze of ${target}`, async (change) => {
        await end(change, target, by);
        const last = await change
          .selectFrom('freeze')
          .select((row) => row.fn.max('number').as('number'))
          .where('target', '=', target)
          .executeTakeFirst();
        const row = {
          ...{ target, number: (last?.number ?? 0) + 1, from_at: await access.now(change), until_at: until },
          ...{ reason: storable(reason), set_by: storable(JSON.stringify(by)), lifted_by: null, lifted_at: null },
        };
        await change.insertInto('freeze').values(row).execute();
        await putInForce(change, target, row.number);
        return freezeIn(row);
      });
    },

    async liftFreeze(target, by) {
      await ensureTarget(access, target);
      return access.change(`The freeze of ${target}`, (change) => end(change, target, by));
    },

    frozen: (at) =>
      access.read(async (db) => {
        const rows = await inForce(db).selectAll('freeze').where('freeze.until_at', '>', at).execute();
        return new Map(rows.map((row) => [row.target, freezeIn(row)]));
      }),

    endFreezes: (at) =>
      access.read(async (db) => {
        const over = await inForce(db)
          .select(['freeze.target', 'freeze.number'])
          .where('freeze.until_at', '<=', at)
          .execute();
        for (const { target, number } of over)
          await db
            .updateTable('target')
            .set({ freeze_number: null })
            .where('name', '=', target)
            .where('freeze_number', '=', number)
            .execute();
      }),

    freezes: (target) =>
      access.read(async (db) => {
        const rows = await db
          .selectFrom('freeze')
          .selectAll()
          .where('target', '=', target)
          .orderBy('number', 'desc')
          .execute();
        return rows.map((row) => ({
          ...freezeIn(row),
          // Written by `liftFreeze` or `freeze`.
          ...(row.lifted_by === null ? {} : { liftedBy: JSON.parse(row.lifted_by) as Person }),
          ...(row.lifted_at === null ? {} : { liftedAt: row.lifted_at }),
        }));
      }),
  };
}

/** Freezes that the rows of their targets name, also those whose time is over. */
const inForce = (db: Reader) =>
  db
    .selectFrom('target')
    .innerJoin('freeze', (join) =>
      join.onRef('freeze.target', '=', 'target.name').onRef('freeze.number', '=', 'target.freeze_number'),
    );

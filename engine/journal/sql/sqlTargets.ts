import { sql } from 'kysely';
import type { Survey } from '../../contracts.ts';
import { LeaseLostError } from '../errors.ts';
import type { Journal, Lease } from '../journal.ts';
import { freezeIn } from './migrations/freezeTable.ts';
import { reservationIn } from './migrations/reservationTable.ts';
import type { Milliseconds } from './tables.ts';
import { ChangedMeanwhile, type Change, type Reader, type JournalAccess } from '../access.ts';
import type { TargetHold } from '../rule/transitionContext.ts';

export interface TargetRow {
  readonly hold: TargetHold;
  readonly fence: number;
}

/** Targets: holder, lease and survey. A lease begins and ends by the database's clock, never by a worker's. */
export function sqlTargets(
  access: JournalAccess,
): Pick<Journal, 'hold' | 'acquireLease' | 'renewLease' | 'releaseLease' | 'leases' | 'saveSurvey' | 'survey'> {
  const after = (ttlMs: number) => sql<Milliseconds>`${access.nowMs()} + ${Math.round(ttlMs)}`;

  /** Changes the row as long as it is this very lease's, and was not given back: a late renewal brings nothing to life. */
  const updateOwn = async (lease: Lease, values: { lease_until: ReturnType<typeof after> | null }) => {
    const { numUpdatedRows } = await access.read((db) =>
      db
        .updateTable('target')
        .set(values)
        .where('name', '=', lease.target)
        .where('lease_worker', '=', lease.worker)
        .where('fence', '=', lease.fence)
        .where('lease_until', 'is not', null)
        .executeTakeFirstOrThrow(),
    );
    return numUpdatedRows === 1n;
  };

  return {
    hold: (target) => access.read(async (db) => (await readTarget(db, target)).hold),

    async acquireLease(target, worker, ttlMs) {
      await ensureTarget(access, target);
      return access.change(target, async (change) => {
        const renewed = await change
          .updateTable('target')
          .set({ lease_until: after(ttlMs) })
          .where('name', '=', target)
          .where('lease_worker', '=', worker)
          .where('lease_until', '>', access.nowMs())
          .executeTakeFirstOrThrow();
        if (renewed.numUpdatedRows === 0n) {
          const taken = await change
            .updateTable('target')
            .set((row) => ({ lease_worker: worker, lease_until: after(ttlMs), fence: row('fence', '+', 1) }))
            .where('name', '=', target)
            .where((row) => row.or([row('lease_until', 'is', null), row('lease_until', '<=', access.nowMs())]))
            .executeTakeFirstOrThrow();
          if (taken.numUpdatedRows === 0n) return undefined;
        }
        // The row is locked by the update until this transaction ends.
        return { target, worker, fence: (await readTarget(change, target)).fence };
      });
    },

    async renewLease(lease, ttlMs) {
      if (!(await updateOwn(lease, { lease_until: after(ttlMs) }))) throw new LeaseLostError(lease.target);
    },

    async releaseLease(lease) {
      await updateOwn(lease, { lease_until: null });
    },

    leases: () =>
      access.read(async (db) => {
        const rows = await db
          .selectFrom('target')
          .select(['name', 'lease_worker', 'lease_until'])
          .where('lease_until', '>', access.nowMs())
          .orderBy('name')
          .execute();
        return rows.map((row) => ({
          target: row.name,
          worker: row.lease_worker ?? '',
          until: new Date(Number(row.lease_until)).toISOString(),
        }));
      }),

    async saveSurvey(target, survey) {
      await ensureTarget(access, target);
      await access.read((db) =>
        db
          .updateTable('target')
          .set({ survey: JSON.stringify(survey) })
          .where('name', '=', target)
          .execute(),
      );
    },

    survey: (target) =>
      access.read(async (db) => {
        const row = await db.selectFrom('target').select('survey').where('name', '=', target).executeTakeFirst();
        // The text was written by `saveSurvey`.
        return row?.survey ? (JSON.parse(row.survey) as Survey) : undefined;
      }),
  };
}

/** A target that was never named before is free, and has switched nothing. */
export async function readTarget(db: Reader, target: string): Promise<TargetRow> {
  const row = await db
    .selectFrom('target')
    .leftJoin('freeze', (join) =>
      join.onRef('freeze.target', '=', 'target.name').onRef('freeze.number', '=', 'target.freeze_number'),
    )
    .leftJoin('reservation as kept', (join) =>
      join.onRef('kept.target', '=', 'target.name').onRef('kept.number', '=', 'target.reservation_number'),
    )
    .select(['held_by', 'generation', 'fence', 'freeze.number', 'freeze.from_at', 'freeze.until_at', 'freeze.reason'])
    .select(['set_by', 'kept.number as kept_number', 'kept.from_at as kept_from', 'kept.until_at as kept_until'])
    .select(['kept.reason as kept_reason', 'reserved_by'])
    .where('target.name', '=', target)
    .executeTakeFirst();
  if (!row) return { hold: { target, generation: 0 }, fence: 0 };
  const { held_by: heldBy, generation, fence, number, from_at, until_at, reason, set_by } = row;
  const isFrozen = number !== null && from_at !== null && until_at !== null && reason !== null && set_by !== null;
  return {
    hold: {
      ...{ target, generation, ...(heldBy === null ? {} : { heldBy }) },
      ...(isFrozen ? { freeze: freezeIn({ number, from_at, until_at, reason, set_by }) } : {}),
      ...reservationOfRow(row),
    },
    fence,
  };
}

function reservationOfRow({
  kept_number: number,
  kept_from: from_at,
  kept_until: until_at,
  kept_reason: reason,
  reserved_by,
}: {
  readonly kept_number: number | null;
  readonly kept_from: string | null;
  readonly kept_until: string | null;
  readonly kept_reason: string | null;
  readonly reserved_by: string | null;
}): Pick<TargetHold, 'reservation'> {
  const isKept = number !== null && from_at !== null && until_at !== null && reason !== null && reserved_by !== null;
  return isKept ? { reservation: reservationIn({ number, from_at, until_at, reason, reserved_by }) } : {};
}

/** Gives a target its row. Outside of a change: in PostgreSQL a key that exists already would end the transaction. */
export async function ensureTarget(access: JournalAccess, target: string): Promise<void> {
  try {
    await access.read(async (db) => {
      const row = await db.selectFrom('target').select('name').where('name', '=', target).executeTakeFirst();
      if (row) return;
      await db
        .insertInto('target')
        .values({
          name: target,
          held_by: null,
          fence: 0,
          lease_worker: null,
          lease_until: null,
          generation: 0,
          survey: null,
          freeze_number: null,
          reservation_number: null,
        })
        .execute();
    });
  } catch (error) {
    if (!access.dialect.isConflict(error)) throw error;
  }
}

/**
 * Compare-and-set of the target's holder, part of a change of its run. With a lease the row is written even when the holder
 * stays, so that no other worker can take the target between this change's look at the fence and its end.
 * @throws ChangedMeanwhile when the row is no longer what was read.
 */
export async function replaceHold(change: Change, before: TargetRow, hold: TargetHold, lease?: Lease): Promise<void> {
  const stays = before.hold.heldBy === hold.heldBy && before.hold.generation === hold.generation;
  if (stays && !lease) return;
  const { numUpdatedRows } = await change
    .updateTable('target')
    .set({ held_by: hold.heldBy ?? null, generation: hold.generation })
    .where('name', '=', hold.target)
    .where('held_by', before.hold.heldBy === undefined ? 'is' : '=', before.hold.heldBy ?? null)
    .where('generation', '=', before.hold.generation)
    .where('fence', '=', before.fence)
    .where('freeze_number', before.hold.freeze === undefined ? 'is' : '=', before.hold.freeze?.number ?? null)
    .where(
      'reservation_number',
      before.hold.reservation === undefined ? 'is' : '=',
      before.hold.reservation?.number ?? null,
    )
    .executeTakeFirstOrThrow();
  if (numUpdatedRows !== 1n) throw new ChangedMeanwhile();
}

import { sql, type ExpressionBuilder } from 'kysely';
import type { RunState } from '../../contracts.ts';
import { SHOWS_FREEZE } from '../../contracts/mayBeDone/index.ts';
import type { Change, Reader } from '../access.ts';
import type { JournalTables } from './tables.ts';

/** States in which a card may offer what takes the target: confirm, retry, roll back. */
const DEPENDS_ON_HOLD: readonly RunState[] = ['draft', 'completed', 'failed', 'rollback-failed'];

/** Whether a card of the run shows more than its records: who holds the target, or keeps it. All of `DEPENDS_ON_HOLD` are among them. */
const followsTarget = (where: ExpressionBuilder<JournalTables, 'run'>) =>
  where.and([
    where('run.state', 'in', SHOWS_FREEZE),
    // A refresh that is final offers nothing any more, and there are ever more of them.
    where.or([where('run.state', '<>', 'completed'), where('run.previous_due_at', 'is not', null)]),
  ]);

/** Of the open messages, which an index names: however many are settled, they are not read. */
export const dueMessages = (db: Reader, limit: number) =>
  db
    .selectFrom('message')
    .leftJoin('run', 'run.run_id', 'message.run_id')
    .leftJoin('target', 'target.name', 'run.target')
    .selectAll('message')
    .select('run.version')
    .where('message.gone_at', 'is', null)
    .where('message.settled', '=', 0)
    .where((where) =>
      where.or([
        where('message.posts', '=', 0),
        where('message.replaced', '=', 1),
        where('message.shown_seq', '<', where.ref('run.version')),
        where.and([
          followsTarget(where),
          where.or([
            where(
              where.fn.coalesce('message.shown_freeze', sql<number>`0`),
              '<>',
              where.fn.coalesce('target.freeze_number', sql<number>`0`),
            ),
            where(
              where.fn.coalesce('message.shown_reservation', sql<number>`0`),
              '<>',
              where.fn.coalesce('target.reservation_number', sql<number>`0`),
            ),
            where.and([
              where('run.state', 'in', DEPENDS_ON_HOLD),
              where.or([
                where('message.shown_generation', '<>', where.ref('target.generation')),
                where('message.shown_holder', '<>', where.fn.coalesce('target.held_by', sql<string>`''`)),
              ]),
            ]),
          ]),
        ]),
      ]),
    )
    .orderBy('message.added_at')
    .orderBy('message.id')
    .offset(0)
    .fetch(limit);

/**
 * Marks cards that show all that their runs have to say, unless another run or a freeze may change that; a new record of the
 * run opens them again. Within a change this comes as a statement of its own behind the one that wrote the card: that one waits for
 * a record that is being written, and this one sees it.
 */
export async function settle(db: Reader, id?: string): Promise<void> {
  let cards = db
    .updateTable('message')
    .set({ settled: 1 })
    .where('settled', '=', 0)
    .where('posts', '>', 0)
    .where('replaced', '=', 0)
    .where((where) =>
      where.exists(
        where
          .selectFrom('run')
          .select('run.run_id')
          .whereRef('run.run_id', '=', 'message.run_id')
          .whereRef('run.version', '<=', 'message.shown_seq')
          .where((run) => run.not(followsTarget(run))),
      ),
    );
  if (id !== undefined) cards = cards.where('id', '=', id);
  await cards.execute();
}

/** Before a record of the run is written. All its cards, so that it waits for one that is being settled. */
export async function unsettle(change: Change, runId: string): Promise<void> {
  await change.updateTable('message').set({ settled: 0 }).where('run_id', '=', runId).execute();
}

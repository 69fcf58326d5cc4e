import { TRANSITIONS } from '../events.ts';
import type { Chore, Journal } from '../journal.ts';
import type { JournalAccess } from '../access.ts';

/** What is due by itself, found by columns and their indexes: for any number of ended runs no document is read. */
export function sqlChores(access: JournalAccess): Pick<Journal, 'chores'> {
  return {
    chores: (at) =>
      access.read(async (db) => {
        const runs = db.selectFrom('run').select(['run_id as runId', 'target']).orderBy('number');
        const expired = await runs
          .where('expires_at', '<=', at)
          .where('state', 'in', TRANSITIONS.expire.from)
          .execute();
        const copies = await runs
          .where('copy_kept_until', '<=', at)
          .where('state', 'in', TRANSITIONS['copy-dropped'].from)
          .execute();
        const previous = await runs.where('previous_due_at', '<=', at).execute();

        // A target's present refresh, and the one before it: deeper down nothing changes by itself.
        const present = db.selectFrom('target as held').innerJoin('run', 'run.target', 'held.name');
        const reinstated = await present
          .select(['run.run_id as runId', 'run.target'])
          .whereRef('run.generation', '=', 'held.generation')
          .where('run.replaced_by', 'is not', null)
          .execute();
        // From row to row, so that the index on both columns is sought and no target's whole past is read.
        const replaced = await present
          .innerJoin('run as before', 'before.target', 'run.target')
          .select(['before.run_id as runId', 'before.target', 'run.run_id as by'])
          .whereRef('run.generation', '=', 'held.generation')
          .where((row) => row('before.generation', '=', row('run.generation', '-', 1)))
          .where((row) =>
            row.or([row('before.replaced_by', 'is', null), row('before.replaced_by', '<>', row.ref('run.run_id'))]),
          )
          .execute();
        const undecided = await db
          .selectFrom('target as held')
          .innerJoin('run', 'run.run_id', 'held.held_by')
          .select(['run.run_id as runId', 'run.target'])
          .where('run.state', '=', 'failed')
          .where('run.generation', 'is not', null)
          .execute();

        const as = (kind: Chore['kind'], found: readonly Omit<Chore, 'kind'>[]): readonly Chore[] =>
          found.map((one) => ({ kind, ...one }));
        return [
          ...as('expire', expired),
          ...as('note-succession', [...replaced, ...reinstated]),
          ...as('roll-back', undecided),
          ...as('drop-copy', copies),
          ...as('drop-previous', previous),
        ];
      }),
  };
}

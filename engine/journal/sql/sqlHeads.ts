import type { Journal } from '../journal.ts';
import type { JournalAccess } from '../access.ts';

/** Which ends of which runs were told outside of the journal. */
export function sqlHeads(access: JournalAccess): Pick<Journal, 'isHeadKept' | 'headKept'> {
  return {
    isHeadKept: ({ runId, state, endedAt }) =>
      access.read(async (db) => {
        const row = await db
          .selectFrom('kept_head')
          .select('run_id')
          .where('run_id', '=', runId)
          .where('state', '=', state)
          .where('ended_at', '=', endedAt)
          .executeTakeFirst();
        return row !== undefined;
      }),

    async headKept({ runId, state, endedAt }) {
      const row = { run_id: runId, state, ended_at: endedAt };
      await access
        .read((db) => db.insertInto('kept_head').values(row).execute())
        .catch((error: unknown) => {
          if (!access.dialect.isConflict(error)) throw error;
        });
    },
  };
}

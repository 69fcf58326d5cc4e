import type { Journal } from '../journal.ts';
import type { Session } from '../session.ts';

/** Which ends of which runs were told outside of the journal. */
export function sqlHeads(session: Session): Pick<Journal, 'isHeadKept' | 'headKept'> {
  return {
    isHeadKept: ({ runId, state, endedAt }) =>
      session.read(async (db) => {
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
      await session
        .read((db) => db.insertInto('kept_head').values(row).execute())
        .catch((error: unknown) => {
          if (!session.dialect.isConflict(error)) throw error;
        });
    },
  };
}

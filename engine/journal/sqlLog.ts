import type { LogLine } from '../contracts.ts';
import { LOG_LINES_PER_RUN, type Journal } from './journal.ts';
import { storable, type Session } from './session.ts';

/** SQL Server takes 2,100 parameters per statement, and a line has five. */
const LINES_PER_STATEMENT = 400;

/** The log of a run, as people download it. */
export function sqlLog(session: Session): Pick<Journal, 'appendLog' | 'log'> {
  return {
    async appendLog(runId, lines) {
      if (lines.length === 0) return;
      await session.change(runId, async (change) => {
        const { last } = await change
          .selectFrom('log')
          .select((select) => select.fn.max('seq').as('last'))
          .where('run_id', '=', runId)
          .executeTakeFirstOrThrow();
        const newLast = (last ?? 0) + lines.length;
        // Numbered as if all of them were kept, so that the first number left says how many are not.
        const kept = lines.slice(-LOG_LINES_PER_RUN);
        const first = newLast - kept.length + 1;
        for (let start = 0; start < kept.length; start += LINES_PER_STATEMENT) {
          const chunk = kept.slice(start, start + LINES_PER_STATEMENT).map(({ at, step, text }, index) => ({
            run_id: runId,
            seq: first + start + index,
            at,
            step: storable(step),
            text: storable(text),
          }));
          await change.insertInto('log').values(chunk).execute();
        }
        if (newLast <= LOG_LINES_PER_RUN) return;
        await change
          .deleteFrom('log')
          .where('run_id', '=', runId)
          .where('seq', '<=', newLast - LOG_LINES_PER_RUN)
          .execute();
      });
    },

    log: (runId) =>
      session.read(async (db) => {
        const rows = await db
          .selectFrom('log')
          .select(['seq', 'at', 'step', 'text'])
          .where('run_id', '=', runId)
          .orderBy('seq')
          .execute();
        const lines = rows.map(({ at, step, text }): LogLine => ({ at, step, text }));
        const [first] = rows;
        if (!first || first.seq === 1) return lines;
        const cut = (first.seq - 1).toLocaleString('en-US');
        return [{ at: first.at, step: first.step, text: `… ${cut} earlier lines are no longer kept` }, ...lines];
      }),
  };
}

import type { LogHead, LogLine } from '../../contracts.ts';
import { CHAIN_START, logHashOf } from '../hashChain.ts';
import { LOG_LINES_PER_RUN, type Journal } from '../journal.ts';
import { storable, type Reader, type JournalAccess } from '../access.ts';

/** SQL Server takes 2,100 parameters per statement, and a line has six. */
const LINES_PER_STATEMENT = 340;

/** The log of a run, as people download it. */
export function sqlLog(access: JournalAccess): Pick<Journal, 'appendLog' | 'log'> {
  return {
    async appendLog(runId, lines) {
      if (lines.length === 0) return;
      await access.change(runId, async (change) => {
        const last = await lastLine(change, runId);
        const newLast = (last?.seq ?? 0) + lines.length;
        // Numbered and hashed as if all of them were kept, so that the first number left says how many are not.
        const kept = linked(lines, last)
          .map((line, index) => ({ run_id: runId, seq: newLast - lines.length + 1 + index, ...line }))
          .slice(-LOG_LINES_PER_RUN);
        for (let start = 0; start < kept.length; start += LINES_PER_STATEMENT)
          await change
            .insertInto('log')
            .values(kept.slice(start, start + LINES_PER_STATEMENT))
            .execute();
        if (newLast <= LOG_LINES_PER_RUN) return;
        await change
          .deleteFrom('log')
          .where('run_id', '=', runId)
          .where('seq', '<=', newLast - LOG_LINES_PER_RUN)
          .execute();
      });
    },

    log: (runId) =>
      access.read(async (db) => {
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

/** How long a log is and the running hash behind it; undefined while there is none, or none that is hashed. */
export async function logHead(db: Reader, runId: string): Promise<LogHead | undefined> {
  const last = await lastLine(db, runId);
  return last && last.previous_hash !== null
    ? { lines: last.seq, hash: logHashOf(last.previous_hash, last) }
    : undefined;
}

const lastLine = (db: Reader, runId: string) =>
  db
    .selectFrom('log')
    .select(['seq', 'at', 'step', 'text', 'previous_hash'])
    .where('run_id', '=', runId)
    .orderBy('seq', 'desc')
    .offset(0)
    .fetch(1)
    .executeTakeFirst();

/** Each line with the hash of those before it. Behind lines of before there were hashes, the first begins anew. */
function linked(lines: readonly LogLine[], last: Awaited<ReturnType<typeof lastLine>>) {
  let previousHash = last && last.previous_hash !== null ? logHashOf(last.previous_hash, last) : CHAIN_START;
  return lines.map(({ at, step, text }) => {
    // As it will be read back.
    const line = { at, step: storable(step), text: storable(text) };
    const row = { ...line, previous_hash: previousHash };
    previousHash = logHashOf(previousHash, line);
    return row;
  });
}

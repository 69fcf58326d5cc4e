import type { Run } from '../../engine/contracts.ts';
import { openDatabase } from '../../engine/journal/dialects/openDatabase.ts';
import { columnsOf } from '../../engine/journal/sql/migrations/runColumns.ts';

/** SQL Server takes 2,100 parameters per statement. */
const ROWS_PER_STATEMENT = 150;
const FIRST_NUMBER = 100_001;

export interface EndedRuns {
  /** As a run of the journal's own, of which each of these is a copy that has ended. */
  readonly like: Run;
  readonly runs: number;
  readonly targets: number;
}

/** Fills a journal with refreshes that succeeded, the newest of each target with a way back, as years of use leave them. */
export async function fillWithEndedRuns(url: string, { like, runs, targets }: EndedRuns): Promise<void> {
  const { db } = openDatabase(url);
  const nameOf = (target: number) => `many-${String(target)}`;
  const rows = Array.from({ length: runs }, (_, n) => {
    const number = FIRST_NUMBER + n;
    const generation = Math.floor(n / targets) + 1;
    const isNewest = n + targets >= runs;
    const run: Run = {
      ...{ ...like, runId: `R-${String(number)}`, target: nameOf(n % targets), state: 'completed', targetState: 'new' },
      ...{ generation, expiresAt: undefined, previousKeptUntil: '2999-01-01T00:00:00.000Z' },
      ...(isNewest
        ? {}
        : {
            isPreviousRetired: true,
            replacedBy: { runId: `R-${String(number + targets)}`, at: like.updatedAt },
          }),
    };
    const { runId: run_id, target, state, version } = run;
    const row = { run_id, number, target, state, version, document: JSON.stringify(run), expires_at: null };
    return { ...row, ...columnsOf(run) };
  });
  try {
    for (let first = 0; first < rows.length; first += ROWS_PER_STATEMENT)
      await db
        .insertInto('run')
        .values(rows.slice(first, first + ROWS_PER_STATEMENT))
        .execute();
    for (let target = 0; target < targets; target++)
      await db
        .insertInto('target')
        .values({
          ...{ name: nameOf(target), held_by: null, fence: 0, lease_worker: null, lease_until: null, survey: null },
          generation: Math.floor((runs - 1 - target) / targets) + 1,
        })
        .execute();
  } finally {
    await db.destroy();
  }
}

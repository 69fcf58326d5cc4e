import type { Migration } from 'kysely/migration';
import type { Instant, Run } from '../../../contracts.ts';
import { isUndecided } from '../../../contracts/mayBeDone/index.ts';
import { TRANSITIONS } from '../../events.ts';
import type { ColumnTypes, JournalTables } from '../tables.ts';

/** The journal's clock decides whether a rollback comes in time, a worker's whether it is over: they may differ a little. */
const CLOCKS_DIFFER_MS = 60_000;

/** What is asked of many runs at once, out of the document, which is read for no such question. */
export function columnsOf(run: Run) {
  return {
    generation: run.generation ?? null,
    replaced_by: run.replacedBy?.runId ?? null,
    copy_kept_until: run.copyKeptUntil ?? null,
    previous_due_at: previousDueAt(run) ?? null,
  };
}

/** From when on the former databases may be dropped; undefined while they may not, or are gone. */
export function previousDueAt(run: Run): Instant | undefined {
  const isEnded = TRANSITIONS['previous-retired'].from.some((state) => state === run.state);
  if (!isEnded || run.generation === undefined || run.isPreviousRetired || isUndecided(run)) return undefined;
  if (run.state === 'signed-off') return run.updatedAt;
  if (run.previousKeptUntil === undefined) return undefined;
  return new Date(Date.parse(run.previousKeptUntil) + CLOCKS_DIFFER_MS).toISOString();
}

const RUNS_PER_READ = 500;

/** Columns for what is asked of many runs, filled for those that are there, and the way by which each record came. */
export const manyRuns = ({ name, text }: ColumnTypes): Migration => ({
  // Kysely hands every migration a database of unknown tables.
  async up(db) {
    await db.schema.alterTable('record').addColumn('actor_way', text).execute();
    await db.schema.alterTable('run').addColumn('generation', 'integer').execute();
    for (const column of ['replaced_by', 'copy_kept_until', 'previous_due_at'])
      await db.schema.alterTable('run').addColumn(column, name).execute();
    for (let first = 0; ;) {
      const rows: Pick<JournalTables['run'], 'run_id' | 'number' | 'document'>[] = await db
        .selectFrom('run')
        .select(['run_id', 'number', 'document'])
        .where('number', '>', first)
        .orderBy('number')
        .offset(0)
        .fetch(RUNS_PER_READ)
        .execute();
      for (const { run_id: runId, document } of rows) {
        // Written by an earlier version, from a Run.
        const columns = columnsOf(JSON.parse(document) as Run);
        if (Object.values(columns).some((value) => value !== null))
          await db.updateTable('run').set(columns).where('run_id', '=', runId).execute();
      }
      const last = rows.at(-1);
      if (!last) break;
      first = last.number;
    }
    await db.schema.createIndex('run_by_generation').on('run').columns(['target', 'generation']).execute();
    for (const column of ['expires_at', 'copy_kept_until', 'previous_due_at'])
      await db.schema.createIndex(`run_by_${column}`).on('run').column(column).execute();
  },
});

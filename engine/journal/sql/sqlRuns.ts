import type { Evidence, Person, Run, RunRecord } from '../../contracts.ts';
import { digestOf } from '../canonicalJson.ts';
import { isDeed, personOf, withShaper } from '../../contracts/mayBeDone/index.ts';
import { draftedRun } from '../draftedRun.ts';
import { LeaseLostError, OutdatedRequestError, RunNotFoundError } from '../errors.ts';
import { CHAIN_START, verifyChain } from '../hashChain.ts';
import type { Journal } from '../journal.ts';
import { columnsOf } from './migrations/runColumns.ts';
import { ChangedMeanwhile, type Change, type Reader, type JournalAccess } from '../access.ts';
import { PROTOCOL } from '../protocol.ts';
import type { SignDecision } from '../signatures.ts';
import { unsettle } from './dueMessages.ts';
import { columnsOfRecord, recordIn } from './recordRows.ts';
import { logHead } from './sqlLog.ts';
import { passOccurrence } from './schedules/sqlSchedules.ts';
import { ensureTarget, readTarget, replaceHold } from './sqlTargets.ts';
import { transition } from '../rule/transition.ts';

const FIRST_NUMBER = 1001;

/** Runs and their records: the part of the journal that decides. */
export function sqlRuns(
  access: JournalAccess,
): Pick<Journal, 'draft' | 'run' | 'runs' | 'record' | 'records' | 'verify'> {
  return {
    async draft(draft) {
      await ensureTarget(access, draft.target);
      return access.change('A new run', async (change) => {
        await access.dialect.lockNumbers(change);
        const begun = draft.pressed === undefined ? undefined : await draftBegunBy(change, draft.target, draft.pressed);
        if (begun) return begun;
        const { before, number } = await nextNumber(change);
        const at = await access.now(change);
        const former = draft.plannedAgainFrom === undefined ? undefined : await readRun(change, draft.plannedAgainFrom);
        const known = former && (await withShapers(change, former));
        const run = draftedRun(draft, known, { runId: `R-${number}`, at });
        await change
          .insertInto('run')
          .values({ ...rowOf(run), run_id: run.runId, number, target: run.target })
          .execute();
        if (draft.scheduled) await passOccurrence(change, draft.scheduled, run.runId);
        await append(change, {
          runId: run.runId,
          seq: 1,
          at,
          actor: draft.requestedBy,
          event: 'draft',
          data: draft,
          evidence: { ...(before ? { before } : {}), document: digestOf(run) },
          previousHash: CHAIN_START,
        });
        return parseRun(JSON.stringify(run));
      });
    },

    run: (runId) => access.read((db) => readRun(db, runId)),

    runs: ({ target, generation, states, actors, limit }) =>
      access.read(async (db) => {
        if (states?.length === 0 || actors?.length === 0) return [];
        let query = db.selectFrom('run').select('document').orderBy('number', 'desc');
        if (target !== undefined) query = query.where('target', '=', target);
        if (generation !== undefined) query = query.where('generation', '=', generation);
        if (states !== undefined) query = query.where('state', 'in', states);
        if (actors !== undefined)
          query = query.where((run) =>
            run.exists(
              run
                .selectFrom('record')
                .select('record.seq')
                .whereRef('record.run_id', '=', 'run.run_id')
                .where('record.actor_id', 'in', actors),
            ),
          );
        // Both dialects know OFFSET … FETCH, and LIMIT only one of them.
        if (limit !== undefined) query = query.offset(0).fetch(limit);
        return (await query.execute()).map((row) => parseRun(row.document));
      }),

    record: (runId, event, { actor, lease, sign }) =>
      access.change(runId, async (change) => {
        const found = await readRun(change, runId);
        if (!found) throw new RunNotFoundError(runId);
        const run = isDeed(event.kind) ? await withShapers(change, found) : found;
        const target = await readTarget(change, run.target);
        if (lease && (lease.target !== run.target || lease.fence !== target.fence))
          throw new LeaseLostError(run.target);
        const at = await access.now(change);
        // Whoever lets a run expire has looked at it earlier, and perhaps by another clock.
        if (event.kind === 'expire' && run.expiresAt !== undefined && run.expiresAt > at)
          throw new OutdatedRequestError(run, event.kind);
        const after = transition(run, event, { now: at, actor, hold: target.hold });
        await unsettle(change, runId);
        // Before the run is changed: whoever appends to the log waits for nobody who waits for the log.
        const log = await logHead(change, runId);
        const { numUpdatedRows } = await change
          .updateTable('run')
          .set(rowOf(after.run))
          .where('run_id', '=', runId)
          .where('version', '=', run.version)
          .executeTakeFirstOrThrow();
        if (numUpdatedRows !== 1n) throw new ChangedMeanwhile();
        await replaceHold(change, target, after.hold, lease);
        const { hash } = await change
          .selectFrom('record')
          .select('hash')
          .where('run_id', '=', runId)
          .where('seq', '=', run.version)
          .executeTakeFirstOrThrow();
        const { kind, ...data } = event;
        const content = {
          runId,
          seq: after.run.version,
          at,
          actor: personOf(actor),
          event: kind,
          data,
          previousHash: hash,
        };
        const evidence = { document: digestOf(after.run), ...(log ? { log } : {}) };
        await append(change, { ...content, evidence }, sign);
        return parseRun(JSON.stringify(after.run));
      }),

    records: (runId) => access.read((db) => readRecords(db, runId)),

    verify: (runId) =>
      access.read(async (db) => {
        // In this order, so that a record added in between makes the chain longer than the run says, never shorter.
        const run = await readRun(db, runId);
        if (!run) throw new RunNotFoundError(runId);
        const records = await readRecords(db, runId);
        return verifyChain(records, { length: Math.max(run.version, records.length) });
      }),
  };
}

function rowOf(run: Run) {
  return {
    state: run.state,
    version: run.version,
    document: JSON.stringify(run),
    expires_at: run.expiresAt ?? null,
    ...columnsOf(run),
  };
}

export async function readRun(db: Reader, runId: string): Promise<Run | undefined> {
  const row = await db.selectFrom('run').select('document').where('run_id', '=', runId).executeTakeFirst();
  return row && parseRun(row.document);
}

/** Nobody begins one in between: whoever asks holds the lock of the numbers. */
async function draftBegunBy(change: Change, target: string, pressed: string): Promise<Run | undefined> {
  const rows = await change
    .selectFrom('run')
    .select('document')
    .where('target', '=', target)
    .where('state', '=', 'draft')
    .execute();
  return rows.map(({ document }) => parseRun(document)).find((run) => run.pressed === pressed);
}

const SHAPING: ReadonlySet<string> = new Set(['draft', 'choose-moment', 'confirm']);

/** A document that is older than `shapedBy` does not say who chose the moment and who confirmed: its records do. */
async function withShapers(db: Reader, run: Run): Promise<Run> {
  if (run.shapedBy) return run;
  const shaping = (await readRecords(db, run.runId)).filter(({ event }) => SHAPING.has(event));
  const shapedBy = shaping.reduce<readonly Person[]>(
    (all, { actor }) => withShaper({ ...run, shapedBy: all }, actor),
    [run.requestedBy],
  );
  return { ...run, shapedBy };
}

/** The text was written by this file, from a Run. */
function parseRun(document: string): Run {
  return JSON.parse(document) as Run;
}

/** Numbers are given once: the highest one is kept apart from the runs, so that one that was deleted leaves a gap. */
async function nextNumber(change: Change): Promise<{ readonly number: number; readonly before: Evidence['before'] }> {
  const counter = change.selectFrom('journal_state').select('value').where('name', '=', 'run-number');
  const given = await counter.executeTakeFirstOrThrow();
  const newest = await change
    .selectFrom('run')
    .innerJoin('record', 'record.run_id', 'run.run_id')
    .select(['run.run_id as runId', 'run.number', 'record.seq', 'record.hash'])
    .orderBy('run.number', 'desc')
    .orderBy('record.seq', 'desc')
    .offset(0)
    .fetch(1)
    .executeTakeFirst();
  const number = Math.max(given.value, newest?.number ?? 0, FIRST_NUMBER - 1) + 1;
  await change.updateTable('journal_state').set({ value: number }).where('name', '=', 'run-number').execute();
  return { number, before: newest && { runId: newest.runId, seq: newest.seq, hash: newest.hash } };
}

async function append(change: Change, record: Omit<RunRecord, 'hash'>, sign?: SignDecision): Promise<void> {
  await change
    .insertInto('record')
    .values({ run_id: record.runId, protocol: PROTOCOL, ...columnsOfRecord(record, sign) })
    .execute();
}

export async function readRecords(db: Reader, runId: string): Promise<readonly RunRecord[]> {
  const rows = await db.selectFrom('record').selectAll().where('run_id', '=', runId).orderBy('seq').execute();
  return rows.map((row) => recordIn(runId, row));
}

import { STEP_NAMES, type Run, type RunRecord } from '../contracts.ts';
import { canonicalJson } from './canonicalJson.ts';
import { LeaseLostError, OutdatedRequestError, RunNotFoundError } from './errors.ts';
import { CHAIN_START, hashOf, verifyChain } from './hashChain.ts';
import type { Journal } from './journal.ts';
import { ChangedMeanwhile, storable, type Change, type Reader, type Session } from './session.ts';
import { ensureTarget, readTarget, replaceHold } from './sqlTargets.ts';
import { transition } from './transition.ts';

const FIRST_NUMBER = 1001;

/** Runs and their records: the part of the journal that decides. */
export function sqlRuns(session: Session): Pick<Journal, 'draft' | 'run' | 'runs' | 'record' | 'records' | 'verify'> {
  return {
    async draft(draft) {
      await ensureTarget(session, draft.target);
      return session.change('A new run', async (change) => {
        await session.dialect.lockNumbers(change);
        const { last } = await change
          .selectFrom('run')
          .select((select) => select.fn.max('number').as('last'))
          .executeTakeFirstOrThrow();
        const number = Math.max((last ?? 0) + 1, FIRST_NUMBER);
        const at = await session.now(change);
        const run: Run = {
          runId: `R-${number}`,
          state: 'draft',
          version: 1,
          ...draft,
          createdAt: at,
          updatedAt: at,
          isPlanning: false,
          steps: STEP_NAMES.map((name) => ({ name, state: 'waiting', detail: '' })),
          remembered: {},
          targetState: 'old',
          isPreviousRetired: false,
          figures: {},
          checklist: [],
        };
        await change
          .insertInto('run')
          .values({ ...rowOf(run), run_id: run.runId, number, target: run.target })
          .execute();
        await append(change, {
          runId: run.runId,
          seq: 1,
          at,
          actor: draft.requestedBy,
          event: 'draft',
          data: draft,
          previousHash: CHAIN_START,
        });
        return parseRun(JSON.stringify(run));
      });
    },

    run: (runId) => session.read((db) => readRun(db, runId)),

    runs: ({ target, states, limit }) =>
      session.read(async (db) => {
        if (states?.length === 0) return [];
        let query = db.selectFrom('run').select('document').orderBy('number', 'desc');
        if (target !== undefined) query = query.where('target', '=', target);
        if (states !== undefined) query = query.where('state', 'in', states);
        // Both dialects know OFFSET … FETCH, and LIMIT only one of them.
        if (limit !== undefined) query = query.offset(0).fetch(limit);
        return (await query.execute()).map((row) => parseRun(row.document));
      }),

    record: (runId, event, { actor, lease }) =>
      session.change(runId, async (change) => {
        const run = await readRun(change, runId);
        if (!run) throw new RunNotFoundError(runId);
        const target = await readTarget(change, run.target);
        if (lease && (lease.target !== run.target || lease.fence !== target.fence))
          throw new LeaseLostError(run.target);
        const at = await session.now(change);
        // Whoever lets a run expire has looked at it earlier, and perhaps by another clock.
        if (event.kind === 'expire' && run.expiresAt !== undefined && run.expiresAt > at)
          throw new OutdatedRequestError(run, event.kind);
        const after = transition(run, event, { now: at, actor, hold: target.hold });
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
        await append(change, { runId, seq: after.run.version, at, actor, event: kind, data, previousHash: hash });
        return parseRun(JSON.stringify(after.run));
      }),

    records: (runId) => session.read((db) => readRecords(db, runId)),

    verify: (runId) =>
      session.read(async (db) => {
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
  };
}

async function readRun(db: Reader, runId: string): Promise<Run | undefined> {
  const row = await db.selectFrom('run').select('document').where('run_id', '=', runId).executeTakeFirst();
  return row && parseRun(row.document);
}

/** The text was written by this file, from a Run. */
function parseRun(document: string): Run {
  return JSON.parse(document) as Run;
}

async function append(change: Change, content: Omit<RunRecord, 'hash'>): Promise<void> {
  // As it will be read back: the database keeps no half characters, and absent members are not kept at all.
  const record = {
    ...content,
    actor: wellFormed(content.actor),
    data: JSON.parse(canonicalJson(content.data)) as unknown,
  };
  await change
    .insertInto('record')
    .values({
      run_id: record.runId,
      seq: record.seq,
      at: record.at,
      actor_id: record.actor.id,
      actor_name: record.actor.name,
      actor_tenant: record.actor.tenantId,
      event: record.event,
      data: canonicalJson(record.data),
      previous_hash: record.previousHash,
      hash: hashOf(record),
    })
    .execute();
}

async function readRecords(db: Reader, runId: string): Promise<readonly RunRecord[]> {
  const rows = await db.selectFrom('record').selectAll().where('run_id', '=', runId).orderBy('seq').execute();
  return rows.map((row) => ({
    runId: row.run_id,
    seq: row.seq,
    at: row.at,
    actor: { id: row.actor_id, tenantId: row.actor_tenant, name: row.actor_name },
    event: row.event,
    data: JSON.parse(row.data) as unknown,
    previousHash: row.previous_hash,
    hash: row.hash,
  }));
}

function wellFormed({ id, tenantId, name }: RunRecord['actor']): RunRecord['actor'] {
  return { id: storable(id), tenantId: storable(tenantId), name: storable(name) };
}

import type { Kysely } from 'kysely';
import type { Run, Schedule } from '../../../engine/contracts.ts';
import { digestOf } from '../../../engine/journal/canonicalJson.ts';
import type { Journal } from '../../../engine/journal/journal.ts';
import { hashOf, logHashOf } from '../../../engine/journal/hashChain.ts';
import type { JournalTables } from '../../../engine/journal/sql/tables.ts';
import { BOB, NOW } from './builders.ts';

export interface Tampering {
  /** As docs/how-to/audit-a-run.md says it. */
  readonly what: string;
  readonly act: (tools: Tools) => Promise<unknown>;
  /** Empty: the journal alone cannot tell. */
  readonly finds: readonly string[];
}

export interface Tools {
  readonly db: Kysely<JournalTables>;
  readonly journal: Journal;
}

/** The run that ended, with a log, and that another one began behind; the run in the middle; the newest one, which holds its target. */
export const [ENDED, MIDDLE, NEWEST] = ['R-1001', 'R-1002', 'R-1003'] as const;

const record = ({ db }: Tools, runId: string, seq: number) =>
  db.updateTable('record').where('run_id', '=', runId).where('seq', '=', seq);

async function editRecord(tools: Tools, runId: string, seq: number, isHashed: boolean): Promise<void> {
  const found = (await tools.journal.records(runId)).find((one) => one.seq === seq);
  if (!found) throw new Error(`There is no record ${String(seq)}`);
  const edited = { ...found, actor: { ...found.actor, id: 'mallory' } };
  const hash = isHashed ? hashOf(edited) : found.hash;
  await record(tools, runId, seq).set({ actor_id: 'mallory', hash }).execute();
}

async function appendRecord({ db, journal }: Tools, runId: string, event: string, data: object): Promise<number> {
  const last = (await journal.records(runId)).at(-1);
  const run = await journal.run(runId);
  if (!last || !run) throw new Error(`There is no ${runId}`);
  const forged = { runId, seq: last.seq + 1, at: NOW, actor: BOB, event, data, previousHash: last.hash };
  const evidence = { document: digestOf({ ...run, version: forged.seq, state: 'queued' }) };
  await db
    .insertInto('record')
    .values({
      run_id: runId,
      seq: forged.seq,
      at: NOW,
      actor_id: BOB.id,
      actor_name: BOB.name,
      actor_tenant: BOB.tenantId,
      event,
      data: JSON.stringify(data),
      evidence: JSON.stringify(evidence),
      protocol: 3,
      previous_hash: last.hash,
      hash: hashOf({ ...forged, evidence }),
    })
    .execute();
  return forged.seq;
}

async function editDocument({ db, journal }: Tools, runId: string, change: Partial<Run>): Promise<void> {
  const document = JSON.stringify({ ...(await journal.run(runId)), ...change });
  await db.updateTable('run').set({ document }).where('run_id', '=', runId).execute();
}

async function editSchedule({ db, journal }: Tools, change: Partial<Schedule>): Promise<void> {
  const edited = { ...(await journal.schedule(1)), ...change };
  await db
    .updateTable('schedule')
    .set({ document: JSON.stringify(edited), ...(edited.state ? { state: edited.state } : {}) })
    .where('number', '=', 1)
    .execute();
}

const line = ({ db }: Tools, seq: number) => db.updateTable('log').where('run_id', '=', ENDED).where('seq', '=', seq);
const deleteLine = ({ db }: Tools, seq: number) =>
  db.deleteFrom('log').where('run_id', '=', ENDED).where('seq', '=', seq).execute();

async function deleteRun({ db }: Tools, runId: string): Promise<void> {
  for (const table of ['report', 'log', 'message', 'record', 'run'] as const)
    await db.deleteFrom(table).where('run_id', '=', runId).execute();
}

async function cutNewest({ db, journal }: Tools): Promise<void> {
  const run = await journal.run(NEWEST);
  const records = await journal.records(NEWEST);
  if (!run) throw new Error('There is no newest run');
  await db.deleteFrom('record').where('run_id', '=', NEWEST).where('seq', '=', run.version).execute();
  // What the record before had left, which whoever can do this can work out as well: here by trying.
  const candidates = [{ ...run, checklist: [], reason: undefined, expiresAt: run.expiresAt }];
  const bound = records.at(-2)?.evidence?.document;
  const former: Run[] = candidates.map((one) => ({
    ...one,
    state: 'draft',
    version: run.version - 1,
    updatedAt: records.at(-2)?.at ?? '',
  }));
  const fit = former.find((one) => digestOf(one) === bound);
  if (!fit) throw new Error('The former document is another one');
  await db
    .updateTable('run')
    .set({ document: JSON.stringify(fit), state: fit.state, version: fit.version, expires_at: fit.expiresAt ?? null })
    .where('run_id', '=', NEWEST)
    .execute();
  await db.updateTable('target').set({ held_by: null }).where('name', '=', fit.target).execute();
}

/** What whoever can write the journal's tables may do to them, and what of it an audit finds. */
export const TAMPERINGS: readonly Tampering[] = [
  {
    what: 'a record is edited',
    act: (tools) => editRecord(tools, ENDED, 5, false),
    finds: [`record-altered ${ENDED}`],
  },
  {
    what: 'a record is edited and hashed anew',
    act: (tools) => editRecord(tools, ENDED, 5, true),
    finds: [`record-altered ${ENDED}`],
  },
  {
    what: 'a record is deleted',
    act: ({ db }) => db.deleteFrom('record').where('run_id', '=', ENDED).where('seq', '=', 6).execute(),
    finds: [`record-missing ${ENDED}`],
  },
  {
    what: 'two records change places',
    async act(tools) {
      for (const [from, to] of [
        [5, 905],
        [6, 5],
        [905, 6],
      ] as const)
        await record(tools, ENDED, from).set({ seq: to }).execute();
    },
    finds: [`record-altered ${ENDED}`],
  },
  {
    what: 'the newest record of a run is deleted',
    act: ({ db }) => db.deleteFrom('record').where('run_id', '=', NEWEST).where('seq', '=', 4).execute(),
    finds: [`record-missing ${NEWEST}`, `document-altered ${NEWEST}`, 'target-altered journal'],
  },
  {
    what: 'a record is appended',
    act: (tools) => appendRecord(tools, NEWEST, 'approve', { digest: 'digest-1' }),
    finds: [`record-unexpected ${NEWEST}`, `document-altered ${NEWEST}`],
  },
  ...(
    [
      ['state', { state: 'failed' }],
      ['people', { approval: { by: { ...BOB, id: 'mallory' }, at: NOW, digest: 'digest-1' } }],
      ['digest', { approval: { by: BOB, at: NOW, digest: 'another' } }],
      ['figures', { figures: { totalSeconds: 1 } }],
      ['anything else', { remembered: { operation: '43' } }],
    ] as const
  ).map(([member, change]): Tampering => ({
    what: `a run’s document is edited: ${member}`,
    act: (tools) => editDocument(tools, ENDED, change),
    finds: [`document-altered ${ENDED}`],
  })),
  {
    what: 'a column of a run is edited',
    act: ({ db }) => db.updateTable('run').set({ state: 'queued' }).where('run_id', '=', MIDDLE).execute(),
    finds: [`document-altered ${MIDDLE}`],
  },
  {
    what: 'a line of a log is edited',
    act: (tools) => line(tools, 2).set({ text: 'Nothing happened' }).execute(),
    finds: [`log-altered ${ENDED}`],
  },
  {
    what: 'a line of a log is edited, and all behind it hashed anew',
    async act(tools) {
      await line(tools, 2).set({ text: 'Nothing happened' }).execute();
      const lines = await tools.db.selectFrom('log').selectAll().where('run_id', '=', ENDED).orderBy('seq').execute();
      let hash = '0'.repeat(64);
      for (const one of lines) {
        await line(tools, one.seq).set({ previous_hash: hash }).execute();
        hash = logHashOf(hash, one);
      }
    },
    finds: [`log-altered ${ENDED}`],
  },
  {
    what: 'a line of a log is deleted: the first',
    act: (tools) => deleteLine(tools, 1),
    finds: [`log-missing ${ENDED}`],
  },
  {
    what: 'a line of a log is deleted: one between',
    act: (tools) => deleteLine(tools, 2),
    finds: [`log-missing ${ENDED}`],
  },
  {
    what: 'a line of a log is deleted: the last that a record has seen',
    act: (tools) => deleteLine(tools, 4),
    finds: [`log-missing ${ENDED}`],
  },
  {
    what: 'the report of a run is edited',
    act: ({ db }) => db.updateTable('report').set({ text: '{}' }).execute(),
    finds: [`report-altered ${ENDED}`],
  },
  {
    what: 'the report of a run is deleted',
    act: ({ db }) => db.deleteFrom('report').execute(),
    finds: [`report-missing ${ENDED}`],
  },
  {
    what: 'a run is deleted: the first',
    act: (tools) => deleteRun(tools, ENDED),
    finds: [`run-missing ${ENDED}`, 'target-altered journal'],
  },
  {
    what: 'a run is deleted: one between',
    act: (tools) => deleteRun(tools, MIDDLE),
    finds: [`run-missing ${MIDDLE}`],
  },
  {
    what: 'a run is deleted: the newest',
    act: (tools) => deleteRun(tools, NEWEST),
    finds: [`run-missing ${NEWEST}`, 'target-altered journal'],
  },
  {
    what: 'the newest record of an earlier run is edited and hashed anew',
    act: (tools) => editRecord(tools, MIDDLE, 2, true),
    finds: [`run-altered ${MIDDLE}`],
  },
  {
    what: 'the highest number given is lowered',
    act: ({ db }) => db.updateTable('journal_state').set({ value: 1002 }).where('name', '=', 'run-number').execute(),
    finds: ['run-altered journal'],
  },
  {
    what: 'the row of a target is edited: its holder',
    act: ({ db }) => db.updateTable('target').set({ held_by: ENDED }).where('name', '=', 'test').execute(),
    finds: ['target-altered journal'],
  },
  {
    what: 'the row of a target is edited: how often it was switched',
    act: ({ db }) => db.updateTable('target').set({ generation: 7 }).where('name', '=', 'uat').execute(),
    finds: ['target-altered journal'],
  },
  {
    what: 'a schedule is taken up again, paused or ended in its row alone',
    act: (tools) => editSchedule(tools, { state: 'ended' }),
    finds: ['document-altered S-1'],
  },
  {
    what: 'the record of a decision about a schedule is edited',
    act: ({ db }) =>
      db
        .updateTable('schedule_record')
        .set({ actor_id: 'mallory' })
        .where('schedule', '=', 1)
        .where('seq', '=', 2)
        .execute(),
    finds: ['record-altered S-1'],
  },
  {
    what: 'the record of a decision about a schedule is deleted',
    act: ({ db }) => db.deleteFrom('schedule_record').where('schedule', '=', 1).where('seq', '=', 3).execute(),
    finds: ['record-missing S-1', 'document-altered S-1'],
  },
  {
    what: 'a schedule is deleted',
    act: ({ db }) => db.deleteFrom('schedule').where('number', '=', 2).execute(),
    finds: ['run-missing S-2'],
  },
  {
    what: 'the newest record of the newest run is deleted, and document and target put back to before it',
    act: cutNewest,
    finds: [],
  },
  {
    what: 'the newest run is deleted, and target and highest number put back to before it',
    async act(tools) {
      await deleteRun(tools, NEWEST);
      await tools.db.updateTable('journal_state').set({ value: 1002 }).where('name', '=', 'run-number').execute();
      await tools.db.updateTable('target').set({ held_by: null }).where('name', '=', 'test').execute();
    },
    finds: [],
  },
  {
    what: 'a decision is appended to the newest run with all that belongs to it',
    async act(tools) {
      const seq = await appendRecord(tools, NEWEST, 'approve', { digest: 'digest-1' });
      await editDocument(tools, NEWEST, { version: seq, state: 'queued' });
      await tools.db.updateTable('run').set({ version: seq, state: 'queued' }).where('run_id', '=', NEWEST).execute();
    },
    finds: [],
  },
  {
    what: 'where a card lies, or what a source can be restored to, is edited',
    async act({ db }) {
      await db.updateTable('message').set({ address: '{}' }).execute();
      await db.updateTable('target').set({ survey: null }).execute();
    },
    finds: [],
  },
  {
    what: 'a line of a log behind the last record is edited or deleted',
    act: (tools) => deleteLine(tools, 5),
    finds: [],
  },
];

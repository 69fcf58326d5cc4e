import type { Kysely } from 'kysely';
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { REWIND } from '../../../engine/contracts.ts';
import { examineAll } from '../../../engine/journal/audit/examineAll.ts';
import { openDatabase } from '../../../engine/journal/dialects/openDatabase.ts';
import { openJournal } from '../../../engine/journal/sql/sqlJournal.ts';
import type { JournalTables } from '../../../engine/journal/sql/tables.ts';
import { signReport } from '../../../engine/reports/signedReport.ts';
import { aReport, OWN } from '../reports/samples.ts';
import { readRows, writeRows, type AnyRows } from '../../fixtures/journal/tables.ts';
import { aDraft, aSchedule, ANN, BOB, EVENTS, NOW } from './builders.ts';
import { startSqlServer } from './sqlServerDatabase.ts';
import { ENDED, MIDDLE, NEWEST, TAMPERINGS } from './tampering.ts';
import { startTestServer, type TestServer } from './testDatabase.ts';

const line = (text: string) => [{ at: NOW, step: 'swap', text }];

describe.each([
  ['PostgreSQL', startTestServer],
  ['SQL Server', startSqlServer],
] as const)('an audit of a journal on %s', (_, startServer) => {
  let server: TestServer;
  let journal: ReturnType<typeof openJournal>;
  let db: Kysely<JournalTables>;
  let before: AnyRows;

  beforeAll(async () => {
    server = await startServer();
    const url = await server.newDatabase();
    journal = openJournal({ url });
    await journal.migrate();
    ({ db } = openDatabase(url));
    const worker = { actor: REWIND };
    await journal.draft(aDraft());
    for (const kind of ['choose-moment', 'plan-made', 'confirm'] as const)
      await journal.record(ENDED, EVENTS[kind], { actor: ANN });
    await journal.record(ENDED, EVENTS.approve, { actor: BOB });
    await journal.record(ENDED, EVENTS.start, worker);
    await journal.appendLog(ENDED, [...line('One'), ...line('Two')]);
    await journal.record(ENDED, EVENTS.remember, worker);
    await journal.appendLog(ENDED, [...line('Three'), ...line('Four')]);
    const signed = signReport(aReport({ run: ENDED }), OWN.own);
    await journal.keepReport(ENDED, { sha256: signed.head.sha256, text: signed.text });
    await journal.record(ENDED, { kind: 'report-made', report: signed.head }, worker);
    await journal.record(ENDED, EVENTS.swapped, worker);
    await journal.record(ENDED, EVENTS.complete, worker);
    await journal.appendLog(ENDED, line('Five'));
    await journal.addMessage({ runId: ENDED, kind: 'run', conversation: 'c', address: { id: 'a' }, posts: 1 });
    await journal.draft(aDraft());
    await journal.record(MIDDLE, EVENTS.keep, { actor: ANN });
    await journal.draft(aDraft({ target: 'test' }));
    for (const kind of ['choose-moment', 'plan-made', 'confirm'] as const)
      await journal.record(NEWEST, EVENTS[kind], { actor: ANN });
    await journal.addSchedule(aSchedule);
    await journal.addSchedule({ ...aSchedule, target: 'test' });
    await journal.setSchedule(1, 'paused', BOB);
    await journal.setSchedule(1, 'active', ANN);
    const of = ['run', 'record', 'target', 'message', 'log', 'journal_state', 'report', 'schedule', 'schedule_record'];
    before = await readRows(db, of);
  });
  afterAll(async () => {
    await db.destroy();
    await journal[Symbol.asyncDispose]();
    await server[Symbol.asyncDispose]();
  });

  const examine = (anchors: Parameters<typeof examineAll>[1]['anchors'] = []) =>
    examineAll(journal.audit, { keys: [], anchors });

  test('finds nothing in one that nobody touched', async () => {
    const { findings, runs } = await examine();
    expect(findings).toEqual([]);
    expect(runs.map(({ run }) => run.runId)).toEqual([ENDED, MIDDLE, NEWEST]);
    expect(runs[0]?.notes).toContain('Line 5 of the log came behind the last record that binds them');
  });

  test('finds nothing in one that nobody has used yet', async () => {
    await using unused = openJournal({ url: await server.newDatabase() });
    await unused.migrate();
    expect(await examineAll(unused.audit, { keys: [], anchors: [] })).toEqual({
      ...{ runs: [], schedules: [], findings: [] },
    });
  });

  test.each(TAMPERINGS.map(({ what, ...rest }) => [what, rest] as const))('%s', async (_what, { act, finds }) => {
    const anchors = (await journal.records(NEWEST)).slice(-1).map(({ runId, seq, hash }) => ({ runId, seq, hash }));
    await act({ db, journal });
    const { findings } = await examine();
    const anchored = (await examine(anchors)).findings.map(({ kind }) => kind).includes('anchor-broken');
    const isCut = (await journal.audit.hashAt(NEWEST, 4)) === undefined;
    await writeRows(db, before);
    const named = findings.map(({ kind, runId = 'journal' }) => `${kind} ${runId}`);
    expect([...new Set(named)]).toEqual(finds);
    expect(anchored).toBe(isCut);
    expect((await examine(anchors)).findings).toEqual([]);
  });
});

test('the handbook › says of each of these whether it is found', () => {
  const page = readFileSync(new URL('../../../docs/how-to/audit-a-run.md', import.meta.url), 'utf8');
  const rows = page.split('\n').flatMap((text) => {
    const [, what, found] = /^\| ([^|]+?) +\| ([^|]+?) +\|/.exec(text) ?? [];
    return what === undefined || found === undefined || /^-|what is done/.test(what) ? [] : [[what, found] as const];
  });
  const said = TAMPERINGS.map(({ what, finds }) => [what, finds.length > 0]);
  expect(rows.map(([what, found]) => [what, found.startsWith('`')])).toEqual(said);
  for (const [what, found] of rows) {
    const kinds =
      TAMPERINGS.find((one) => one.what === what)?.finds.map((one) => `\`${one.split(' ')[0] ?? ''}\``) ?? [];
    expect([what, kinds.length === 0 || found === [...new Set(kinds)].join(', ')]).toEqual([what, true]);
  }
});

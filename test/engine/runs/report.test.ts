import { expect, test } from 'vitest';
import type { Run } from '../../../engine/contracts.ts';
import type { RunEvent } from '../../../engine/journal/events.ts';
import type { Journal } from '../../../engine/journal/journal.ts';
import type { Report } from '../../../engine/reports/report.ts';
import { reportText } from '../../../engine/reports/reportText.ts';
import { examineReport, signReport } from '../../../engine/reports/signedReport.ts';
import { JONAS, MIRA } from '../../builders.ts';
import { proved, whenProving } from '../doubles/proving.ts';
import { OWN, FORMER, aReport } from '../reports/samples.ts';
import { aHouse, stepStates, type House, type HouseOptions } from '../house.ts';

const signing = { reportKey: OWN.own };

/** What comes of a run, and what was done to databases. */
async function proceeded(house: House, runId: string) {
  await house.proceed(runId);
  const { state, targetState, failure } = await house.run(runId);
  return { state, targetState, code: failure?.code, done: house.world.actions.map(({ action }) => action) };
}

async function reportOf({ journal, run }: House, runId: string) {
  const { report } = await run(runId);
  const text = report && (await journal.report(runId, report.sha256));
  if (!report || text === undefined) throw new Error(`${runId} has no report`);
  return { head: report, text, verdict: examineReport(text, [OWN.open], runId) };
}

const REFUSED = { state: 'failed', targetState: 'old', code: 'report-missing', done: ['restore'] };

test('a refresh › is switched with a signed report of what was proved, whose hash its chain binds', async () => {
  const house = aHouse({ parts: signing });
  const { runId } = await house.approvedRun();
  expect((await proceeded(house, runId)).state).toBe('completed');
  const { head, verdict } = await reportOf(house, runId);
  if (verdict.kind !== 'valid') throw new Error(verdict.kind);
  const { report } = verdict;
  const run = await house.run(runId);
  expect(report).toMatchObject({
    run: runId,
    source: { name: 'prod', identity: run.plan?.binding.sourceIdentity },
    target: { name: 'uat', identity: run.plan?.binding.targetIdentity },
    recoveryPoint: run.plan?.binding.at,
    plan: { digest: run.plan?.digest, packsHash: run.plan?.binding.packsHash },
    packs: [{ name: 'small', rules: 2 }],
    withoutPacks: [{ pack: 'lcs-2026' }, { pack: 'quiet' }, { pack: 'personal-data' }],
    decisions: [
      { decision: 'confirm', role: 'requester' },
      { decision: 'approve', role: 'approver' },
    ],
  });
  expect(
    report.rules.map(({ rule, rows, offendingRows, keptFromTarget }) => [rule, rows, offendingRows, keptFromTarget]),
  ).toEqual([
    ['addresses', 2, 0, undefined],
    ['printers', 1, 0, true],
  ]);
  const records = await house.journal.records(runId);
  const bound = records.findIndex(({ event }) => event === 'report-made');
  expect(records[bound]?.data).toMatchObject({ report: head });
  expect(report.chain.records).toBe(bound);
  expect(records.findIndex(({ event }) => event === 'closed')).toBeGreaterThan(bound);
});

test('a report › names nobody: neither who asked and approved, nor why', async () => {
  const house = aHouse({ parts: signing });
  const { runId } = await house.approvedRun({ reason: 'Anna Berger asked for it' });
  await house.proceed(runId);
  const { text } = await reportOf(house, runId);
  for (const personal of [JONAS.name, JONAS.id, MIRA.name, MIRA.id, 'Anna', 'contoso.example'])
    expect(text).not.toContain(personal);
});

test('a report › without a key says that it is not signed, and switches where that is allowed', async () => {
  const house = aHouse();
  const { runId } = await house.approvedRun();
  expect((await proceeded(house, runId)).state).toBe('completed');
  const { head, verdict } = await reportOf(house, runId);
  expect([head.key, verdict.kind]).toEqual([undefined, 'unsigned']);
  expect('report' in verdict && verdict.report.limits).toContain(
    'This report is not signed: whoever can change the file can write another one.',
  );
});

test('signed reports only › end the run before anybody is offline where a worker cannot sign', async () => {
  const house = aHouse();
  const parts = { ...house.parts, installation: { ...house.parts.installation, signedReportsOnly: true } };
  const strict = aHouse({ parts: { installation: parts.installation } });
  const { runId } = await strict.approvedRun();
  expect(await proceeded(strict, runId)).toEqual({ ...REFUSED, code: 'report-not-signed' });
});

const finding = { database: 'axdb', schema: 'dbo', table: 'CUSTTABLE', column: 'MEMO', kind: 'mail', count: 3 };

test.for<[string, RunEvent[]]>([
  ['a proof has found something', [proved('apply-target-settings', { findings: [finding] })]],
  ['an earlier proof has', [proved('verify-sanitization', { findings: [finding] }), proved('apply-target-settings')]],
  ['the last proof is not recorded', [proved('verify-sanitization')]],
])('a report › is not made where %s, and nothing is switched', async ([, events]) => {
  const house = aHouse({ parts: signing, journal: whenProving(events) });
  const { runId } = await house.approvedRun();
  expect(await proceeded(house, runId)).toEqual(REFUSED);
  expect((await house.run(runId)).report).toBeUndefined();
});

test('a report › says of each proof what it searched, what not, and that it has found nothing', async () => {
  const left = [{ what: 'mrdb', why: 'no rule protects a value of it' }];
  const events = [
    proved('verify-sanitization', { notSearched: left }),
    proved('apply-target-settings', { sampled: true }),
  ];
  const house = aHouse({ parts: signing, journal: whenProving(events) });
  const { runId } = await house.approvedRun();
  expect((await proceeded(house, runId)).state).toBe('completed');
  const { verdict } = await reportOf(house, runId);
  if (verdict.kind !== 'valid') throw new Error(verdict.kind);
  const text = reportText(verdict.report, '');
  expect(verdict.report.proofs).toMatchObject([
    { step: 'verify-sanitization', name: 'search', notSearched: left, findings: [], sampled: false },
    { step: 'apply-target-settings', name: 'search', notSearched: [], findings: [], sampled: true },
  ]);
  expect(text).toMatch(
    /\(verify-sanitization, .*\): 0 of 20 protected values in 9 columns of 3 tables, 4 kB; 0 findings\./,
  );
  expect(text).toContain('Search for values of production: mrdb: no rule protects a value of it');
  expect(text).toContain('A proof that says “sampled” has not looked at every row');
});

/** A worker that sees the run otherwise than it is. */
const seenAs =
  (change: (run: Run) => Run) =>
  (journal: Journal): Journal => ({
    ...journal,
    run: async (runId) => {
      const run = await journal.run(runId);
      return run && change(run);
    },
    record: async (runId, event, by) => change(await journal.record(runId, event, by)),
  });

const PROVING: ReadonlySet<string> = new Set(['sanitize', 'verify-sanitization', 'apply-target-settings']);

test('the switch › is refused where the steps that prove were passed over', async () => {
  const house = aHouse({
    parts: signing,
    journal: seenAs((run) => ({
      ...run,
      steps: run.steps.map((step) => (PROVING.has(step.name) ? { ...step, state: 'skipped' } : step)),
    })),
  });
  const { runId } = await house.approvedRun();
  expect(await proceeded(house, runId)).toEqual(REFUSED);
});

/** Does something to the journal right behind a record of a kind, once. */
function after(kind: RunEvent['kind'], act: (journal: Journal, run: Run) => Promise<void>): HouseOptions['journal'] {
  return (journal) => {
    let isDone = false;
    return {
      ...journal,
      async record(runId, event, by) {
        const run = await journal.record(runId, event, by);
        if (event.kind !== kind || isDone) return run;
        isDone = true;
        await act(journal, run);
        return (await journal.run(runId)) ?? run;
      },
    };
  };
}

/** What whoever can write the journal could put in the place of a report. */
async function putInstead(journal: Journal, { runId, report: head }: Run, change: (text: string) => string) {
  const text = change((await journal.report(runId, head?.sha256 ?? '')) ?? '');
  const { head: forged } = signReport(aReport({ key: undefined }));
  const sha256 = await sha256Of(text);
  await journal.keepReport(runId, { sha256, text });
  await journal.record(runId, { kind: 'report-made', report: { ...forged, sha256 } }, { actor: JONAS });
}

const sha256Of = async (text: string) =>
  Buffer.from(await crypto.subtle.digest('SHA-256', Buffer.from(text))).toString('hex');

interface Content {
  report: Record<string, unknown>;
  signature?: string;
}
const edited = (text: string, edit: (content: Content) => Content) => {
  const content = edit(JSON.parse(text) as Content);
  return signReport(aReport({ ...(content.report as object), key: undefined })).text;
};

const signedAnew = (text: string, change: Partial<Report>) =>
  signReport(aReport({ ...(JSON.parse(text) as Content).report, ...change }), OWN.own).text;

test.for<[string, (text: string) => string]>([
  ['an unsigned one of the same content', (text) => edited(text, (content) => content)],
  ['one that was written to', (text) => text.replace('"offendingRows":0', '"offendingRows":1')],
  ['a signed one of another plan', (text) => signedAnew(text, { plan: { digest: 'f'.repeat(64), packsHash: '' } })],
  ['the signed report of another run', () => signReport(aReport(), OWN.own).text],
  [
    'one that is signed by somebody else',
    (text) => signReport(aReport({ ...(JSON.parse(text) as Content).report, key: FORMER.own.id }), FORMER.own).text,
  ],
  ['nothing that is a report', () => '{}'],
])('the switch › is refused with %s', async ([, change]) => {
  const house = aHouse({
    parts: signing,
    journal: after('report-made', (journal, run) => putInstead(journal, run, change)),
  });
  const { runId } = await house.approvedRun();
  expect(await proceeded(house, runId)).toEqual(REFUSED);
});

test('the switch › is refused with the report of an earlier attempt', async () => {
  const first: { head?: NonNullable<Run['report']> } = {};
  const house = aHouse({
    parts: signing,
    journal: (journal) => ({
      ...journal,
      async record(runId, event, by) {
        const run = await journal.record(runId, event, by);
        if (event.kind !== 'report-made' || first.head === undefined) return run;
        return journal.record(runId, { kind: 'report-made', report: first.head }, by);
      },
    }),
  });
  house.world.inject({ at: 'swap:1', error: new Error('the server is busy') });
  const { runId } = await house.approvedRun();
  expect((await proceeded(house, runId)).state).toBe('failed');
  first.head = (await reportOf(house, runId)).head;
  await house.desk.retry(JONAS, runId);
  expect((await house.run(runId)).report).toBeUndefined();
  expect(await proceeded(house, runId)).toMatchObject({ state: 'failed', targetState: 'old', code: 'report-missing' });
});

test('a retry behind the switch › keeps the report of what was switched', async () => {
  const house = aHouse({ parts: signing });
  house.world.inject({ at: 'open:1', error: new Error('no login is let in') });
  const { runId } = await house.approvedRun();
  expect(await proceeded(house, runId)).toMatchObject({ state: 'failed', targetState: 'closed' });
  const before = await reportOf(house, runId);
  await house.desk.retry(JONAS, runId);
  expect((await proceeded(house, runId)).state).toBe('completed');
  expect(await reportOf(house, runId)).toEqual(before);
});

test('a run that was proved by a worker of before there were reports › is refused, and switched after a retry', async () => {
  const house = aHouse({ parts: signing, journal: dropping('report-made') });
  const { runId } = await house.approvedRun();
  expect(await proceeded(house, runId)).toEqual(REFUSED);
  await house.desk.retry(JONAS, runId);
  const result = await proceeded(house, runId);
  expect([result.state, result.done]).toEqual(['completed', ['restore', 'swap', 'open']]);
  expect(stepStates(await house.run(runId))).toMatchObject({ swap: 'done' });
});

/** Forgets the first record of a kind. */
function dropping(kind: RunEvent['kind']): HouseOptions['journal'] {
  return (journal) => {
    let isDropped = false;
    return {
      ...journal,
      async record(runId, event, by) {
        if (event.kind !== kind || isDropped) return journal.record(runId, event, by);
        isDropped = true;
        const run = await journal.run(runId);
        if (!run) throw new Error(`There is no ${runId}`);
        return run;
      },
    };
  };
}

test('a switch that has begun › is finished, although its report is gone meanwhile', async () => {
  const shutdown = new AbortController();
  let isGone = false;
  const house = aHouse({
    parts: signing,
    journal: (journal) => ({
      ...journal,
      report: async (runId, sha256) => (isGone ? undefined : journal.report(runId, sha256)),
      async record(runId, event, by) {
        // The worker ends between the switch and its record.
        if (event.kind === 'swapped' && !isGone) {
          isGone = true;
          shutdown.abort();
          throw new Error('The worker is ending');
        }
        return journal.record(runId, event, by);
      },
    }),
  });
  const { runId } = await house.approvedRun();
  await house.proceed(runId, { signal: shutdown.signal });
  expect((await house.run(runId)).state).toBe('in-progress');
  await house.proceed(runId, { worker: 'worker-b' });
  expect((await house.run(runId)).state).toBe('completed');
  expect(await house.logged(runId)).toContain('Finishing the switch that has begun, although The report of');
});

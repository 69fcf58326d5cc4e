import { expect, test } from 'vitest';
import type { Run } from '../../../engine/contracts.ts';
import { notCleanIn } from '../../../engine/planning/approvals.ts';
import type { Report } from '../../../engine/reports/report.ts';
import { reportText } from '../../../engine/reports/reportText.ts';
import { examineReport } from '../../../engine/reports/signedReport.ts';
import { JONAS, MIRA } from '../../builders.ts';
import { proved, whenProving } from '../doubles/proving.ts';
import { pack } from '../doubles/smallCompany.ts';
import { aHouse, type House, type HouseOptions } from '../house.ts';
import { FORMER, OWN, aReport } from '../reports/samples.ts';

const personal = { ...pack, name: 'personal-data' };
const CLEAN = [proved('verify-sanitization'), proved('apply-target-settings')];

function house({ proofs = CLEAN, parts = {} }: { proofs?: typeof CLEAN; parts?: HouseOptions['parts'] } = {}): House {
  return aHouse({
    sandbox: { packs: ['personal-data'], policy: { approvals: 'none' } },
    journal: whenProving(proofs),
    parts: { reportKey: OWN.own, packs: () => [personal], ...parts },
  });
}

/** Planned and confirmed, and no more. */
async function confirmed({ desk, run, parts }: House): Promise<Run> {
  const { createEngine } = await import('../../../engine/engine.ts');
  const { runId } = await desk.draft(JONAS, 'uat', 'UTC');
  await desk.chooseMoment(JONAS, runId, '2026-11-20T12:00:00.500Z');
  await createEngine(parts).plan(runId, new AbortController().signal);
  return desk.confirm(JONAS, runId, (await run(runId)).plan?.digest ?? '', 'Month-end tests');
}

/** A refresh that somebody had to approve, and that has ended well. */
async function first(of: House): Promise<Run> {
  const run = await confirmed(of);
  expect([run.state, run.plan?.notClean, run.plan?.binding.approvals]).toEqual([
    ...['awaiting-approval', 'no-report', undefined],
  ]);
  await of.desk.approve(MIRA, run.runId, run.plan?.digest ?? '');
  await of.proceed(run.runId);
  const ended = await of.run(run.runId);
  expect(ended.state).toBe('completed');
  return ended;
}

test('nobody has to approve › what comes behind a clean report: it goes on by itself, and report and records say so', async () => {
  const of = house();
  const before = await first(of);
  const run = await confirmed(of);
  expect(run.plan?.binding).toMatchObject({
    approvals: 0,
    cleanReport: { runId: before.runId, sha256: before.report?.sha256 },
  });
  expect([run.state, run.approval]).toEqual(['queued', undefined]);
  await of.proceed(run.runId);
  const { state, report } = await of.run(run.runId);
  expect(state).toBe('completed');
  expect((await of.journal.records(run.runId)).map(({ event }) => event)).toContain('go-ahead');
  const verdict = examineReport((await of.journal.report(run.runId, report?.sha256 ?? '')) ?? '', [OWN.open]);
  if (verdict.kind !== 'valid') throw new Error(verdict.kind);
  expect(verdict.report).toMatchObject({ approvalWaivedFor: before.runId, decisions: [{ decision: 'confirm' }] });
  expect(reportText(verdict.report, '')).toContain(`the report of ${before.runId} was clean`);
});

test.for<[string, string, Parameters<typeof house>[0], Parameters<typeof house>[0]]>([
  [
    'has searched for no value',
    'not-searched',
    { proofs: [proved('apply-target-settings', { searched: { tables: 1, columns: 1, bytes: 1, values: 0 } })] },
    {},
  ],
  [
    'has not looked at every row',
    'sampled',
    { proofs: [...CLEAN, proved('apply-target-settings', { sampled: true })] },
    {},
  ],
  ['is not signed', 'not-signed', { parts: { reportKey: undefined } }, {}],
  ['is signed by a key that is known no more', 'not-signed', {}, { parts: { reportKey: FORMER.own } }],
  [
    'is of other packs',
    'packs-changed',
    {},
    { parts: { packs: () => [{ ...personal, elements: pack.elements.slice(1) }] } },
  ],
])('somebody has to approve › what comes behind a report that %s', async ([, why, made, later]) => {
  const of = house(made);
  await first(of);
  const run = await confirmed({ ...of, parts: { ...of.parts, ...later?.parts } });
  expect([run.state, run.plan?.notClean, run.plan?.binding.approvals]).toEqual([
    ...['awaiting-approval', why, undefined],
  ]);
});

test('somebody has to approve › where the sandbox does without personal-data, whatever was proved', async () => {
  const of = aHouse({ sandbox: { policy: { approvals: 'none' } }, parts: { reportKey: OWN.own } });
  const { runId } = await of.approvedRun();
  await of.proceed(runId);
  expect((await confirmed(of)).plan?.notClean).toBe('no-personal-data');
});

test('a worker › starts nothing that no clean report bears out, whatever the journal says', async () => {
  const of = house();
  await first(of);
  const run = await confirmed(of);
  const forgotten = { ...of.journal, report: () => Promise.resolve(undefined) };
  await of.proceed(run.runId, { parts: { journal: forgotten } });
  expect((await of.run(run.runId)).failure?.code).toBe('plan-drifted');
});

const clean: Report = aReport({
  packs: [{ name: 'personal-data', hash: '', rules: 1 }],
  rules: [{ rule: 'r', pack: 'personal-data', database: 'application', table: 'T', rows: 1, offendingRows: 0 }],
});
const [proof] = clean.proofs;
const withProof = (change: Partial<Report['proofs'][number]>): Report =>
  proof ? { ...clean, proofs: [{ ...proof, ...change }] } : clean;

test.for<[string, Report, string | undefined]>([
  ['is clean', clean, undefined],
  ['has no personal-data', { ...clean, packs: [] }, 'no-personal-data'],
  [
    'has a rule that does not hold',
    { ...clean, rules: clean.rules.map((rule) => ({ ...rule, offendingRows: 1 })) },
    'findings',
  ],
  [
    'has a finding',
    withProof({ findings: [{ database: 'd', schema: 's', table: 't', column: 'c', kind: 'mail', count: 1 }] }),
    'findings',
  ],
  ['has not searched', { ...clean, proofs: [] }, 'not-searched'],
  ['has searched for nothing', withProof({ searched: { tables: 1, columns: 1, bytes: 1, values: 0 } }), 'not-searched'],
  ['has looked at some rows', withProof({ sampled: true }), 'sampled'],
])('a report › that %s, in the words of the plan', ([, report, why]) => {
  expect(notCleanIn(report)).toBe(why);
});

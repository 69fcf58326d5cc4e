import { expect, test } from 'vitest';
import type { Run } from '../../../engine/contracts.ts';
import { later } from '../../../engine/journal/desk.ts';
import { judgeFindings } from '../../../engine/runs/exceptions/judge.ts';
import { JONAS, LARS, MIRA, NOOR } from '../../builders.ts';
import { createEngine } from '../../../engine/engine.ts';
import { fact, pack, printer, promising } from '../doubles/smallCompany.ts';
import { aHouse, stepStates, type House, type HouseOptions } from '../house.ts';

/** Somebody’s address stands in a column of which no rule speaks. */
function aCompany(options: HouseOptions = {}, sandbox: HouseOptions['sandbox'] = {}): House {
  const house = aHouse({
    ...{ ...options, sandbox: { dataOwners: [NOOR.id, MIRA.id], ...sandbox } },
    parts: { packs: () => [pack, promising], ...options.parts },
  });
  house.world.commit('application', fact('CONTACT', 'ada@contoso.example'));
  return house;
}

async function started(house: House): Promise<string> {
  const at = house.clock.now();
  void house.clock.advance(1000);
  house.world.commit('financialReporting', fact('LATER', 'nothing'));
  const { runId } = await house.approvedRun({ at });
  await house.proceed(runId);
  return runId;
}

async function accept(house: House, runId: string, change: { until?: string; by?: typeof NOOR } = {}): Promise<Run> {
  const { by = NOOR, until = '2026-12-31' } = change;
  const digest = (await house.run(runId)).askedException?.digest ?? '';
  return house.desk.acceptFindings(by, runId, { digest, reason: 'A shop of our own', until });
}

const isLedgerIn = (house: House): boolean =>
  [...house.world.databasesOf('uat').values()].some(({ rows }) =>
    rows
      .prepare('PRAGMA database_list')
      .all()
      .some((each) => each['name'] === 'rewind'),
  );

const FOUND = { proof: 'coverage', table: 'SYSENVIRONMENTINFO', column: 'VALUE', kind: 'e-mail', count: 1 };

test('a copy in which something is found › waits, closed, until somebody who answers for the data accepts exactly that', async () => {
  const house = aCompany();
  const runId = await started(house);
  const run = await house.run(runId);
  expect(run).toMatchObject({ state: 'awaiting-exception', targetState: 'old', askedException: { findings: [FOUND] } });
  expect(house.databases()).toMatchObject({ axdb: 'its own', [`axdb__incoming_${runId}`]: runId });
  await accept(house, runId);
  await house.proceed(runId);
  const done = await house.run(runId);
  // Nothing of what was sought is left either.
  expect(isLedgerIn(house)).toBe(false);
  expect(done).toMatchObject({
    state: 'completed',
    exceptions: [{ by: { id: NOOR.id }, reason: 'A shop of our own', until: '2026-12-31', findings: [FOUND], runId }],
  });
  const [, record] = (await house.journal.records(runId)).filter(({ event }) => /exception|findings/.test(event));
  expect(record).toMatchObject({ event: 'accept-findings', actor: { id: NOOR.id } });
});

test('the hours until somebody accepts › are no work, be it accepted or not', async () => {
  const house = aCompany();
  const runId = await started(house);
  const { askedException } = await house.run(runId);
  await house.clock.advance(5 * 3_600_000);
  await accept(house, runId);
  await house.proceed(runId);
  const { figures, steps } = await house.run(runId);
  expect(steps.find(({ name }) => name === 'verify-sanitization')?.endedAt).toBe(askedException?.at);
  expect(figures.totalSeconds).toBeGreaterThanOrEqual(5 * 3600);
  expect(figures.workSeconds).toBeLessThan(3600);
  const next = (await house.approvedRun()).plan?.estimate;
  expect(next?.kind === 'known' && next.toSeconds).toBeLessThan(3600);
  const failing = aCompany();
  const other = await started(failing);
  await failing.clock.advance(25 * 3_600_000);
  await failing.proceed(other);
  expect((await failing.run(other)).figures.workSeconds).toBeLessThan(3600);
});

test('the report of a run with exceptions › says at its top who has accepted what, why and until when', async () => {
  const house = aCompany();
  const runId = await started(house);
  await accept(house, runId);
  await house.proceed(runId);
  const { report } = await house.run(runId);
  const text = await house.journal.report(runId, report?.sha256 ?? '');
  expect(JSON.parse(text ?? '')).toMatchObject({
    report: {
      exceptions: [{ by: 'Noor Haddad', reason: 'A shop of our own', until: '2026-12-31', findings: [FOUND] }],
    },
  });
});

test.for([
  ['asked', JONAS],
  ['approved', MIRA],
] as const)('whoever %s › accepts nothing', async ([, person]) => {
  const house = aCompany({}, { dataOwners: [NOOR.id, JONAS.id, MIRA.id] });
  const runId = await started(house);
  await expect(accept(house, runId, { by: person })).rejects.toMatchObject({ code: 'own-exception' });
  expect((await house.run(runId)).state).toBe('awaiting-exception');
});

test.for([
  ['is over', '2026-11-01'],
  ['is more than a year ahead', '2028-01-01'],
  ['is no day', '2026-02-30'],
  ['is missing', ''],
] as const)('an end that %s › is refused', async ([, until]) => {
  const house = aCompany();
  const runId = await started(house);
  await expect(accept(house, runId, { until })).rejects.toMatchObject({ code: 'exception-end' });
});

test('an exception › needs a reason, and is about the findings that were shown', async () => {
  const house = aCompany();
  const runId = await started(house);
  const digest = (await house.run(runId)).askedException?.digest ?? '';
  const until = '2026-12-31';
  await expect(house.desk.acceptFindings(NOOR, runId, { digest, reason: ' ', until })).rejects.toMatchObject({
    code: 'reason-missing',
  });
  await expect(
    house.desk.acceptFindings(NOOR, runId, { digest: 'of another copy', reason: 'why', until }),
  ).rejects.toMatchObject({ code: 'outdated-request' });
});

test.for([
  ['a key', 'password=hunter22;server=x', undefined, 'columns-undecided'],
  ['nobody is named who answers for the data', 'ada@contoso.example', { dataOwners: [] }, 'columns-undecided'],
  ['everybody who does has asked or approved', 'ada@contoso.example', { dataOwners: [MIRA.id] }, 'columns-undecided'],
] as const)('a copy › is refused at once where %s', async ([, value, sandbox, code]) => {
  const house = aCompany({}, sandbox);
  house.world.commit('application', fact('MORE', value));
  const runId = await started(house);
  expect(await house.run(runId)).toMatchObject({ state: 'failed', targetState: 'old', failure: { code } });
});

test('a finding that nobody accepts in time › fails the run and drops its copy; there is no Retry, and none is promised', async () => {
  const house = aCompany();
  const runId = await started(house);
  const { expiresAt = '' } = await house.run(runId);
  await house.clock.advance(Date.parse(expiresAt) - Date.parse(house.clock.now()));
  await expect(accept(house, runId)).rejects.toMatchObject({ code: 'expired' });
  await house.proceed(runId);
  const { failure, copyKeptUntil } = await house.run(runId);
  expect([failure?.code, copyKeptUntil, Object.keys(house.databases())]).toEqual([
    ...['exception-not-given', undefined],
    ['axdb', 'mrdb'],
  ]);
  expect(failure?.remedy).not.toMatch(/retry/i);
  await expect(house.desk.retry(JONAS, runId)).rejects.toMatchObject({ code: 'retry-impossible' });
});

test('no copy that waits for an exception › outlives the day after its start', async () => {
  const house = aCompany({}, { policy: { approvalExpiresMs: 99 * 3_600_000 } });
  const runId = await started(house);
  const { startedAt = '', expiresAt } = await house.run(runId);
  expect(expiresAt).toBe(later(startedAt, 24 * 3_600_000));
});

test('a run that waits for an exception › may be stopped; its copy goes', async () => {
  const house = aCompany();
  const runId = await started(house);
  await house.desk.stop(JONAS, runId);
  await house.proceed(runId);
  expect((await house.run(runId)).state).toBe('aborted');
  expect(Object.keys(house.databases())).toEqual(['axdb', 'mrdb']);
});

test('an exception whose last day is over before the switch › holds nothing; a day after the start there is no Retry', async () => {
  const house = aCompany({}, { policy: { cutover: { kind: 'on-click' } } });
  const runId = await started(house);
  await accept(house, runId, { until: house.clock.now().slice(0, 10) });
  await house.proceed(runId);
  expect((await house.run(runId)).state).toBe('awaiting-cutover');
  await house.clock.advance(24 * 3_600_000);
  await house.desk.switchNow(JONAS, runId);
  await house.proceed(runId);
  const failed = await house.run(runId);
  expect(failed).toMatchObject({ state: 'failed', targetState: 'old', failure: { code: 'exception-stale' } });
  expect(failed.failure?.remedy).toMatch(/^Plan the refresh again/);
  await expect(house.desk.retry(JONAS, runId)).rejects.toMatchObject({ code: 'retry-impossible' });
});

test('an exception that no longer holds of a copy whose hashes are destroyed › is no case for a Retry', async () => {
  const stopServices = { command: 'false', args: [], timeoutMs: 10_000 };
  const house = aCompany({}, { policy: { cutover: { kind: 'on-click' } }, commands: { stopServices } });
  await house.clock.advance(Date.parse('2026-11-20T22:50:00.000Z') - Date.parse(house.clock.now()));
  const runId = await started(house);
  await accept(house, runId, { until: '2026-11-20' });
  await house.proceed(runId);
  await house.desk.switchNow(JONAS, runId);
  await house.proceed(runId);
  expect([(await house.run(runId)).failure?.step, isLedgerIn(house)]).toEqual(['stop-services', false]);
  await house.desk.retry(JONAS, runId);
  await house.proceed(runId);
  await house.clock.advance(3_600_000);
  await house.desk.switchNow(JONAS, runId);
  await house.proceed(runId);
  const { failure } = await house.run(runId);
  expect([failure?.code, failure?.remedy]).toEqual([
    'exception-stale',
    expect.stringMatching(/^Plan the refresh again/),
  ]);
  expect(Object.keys(house.databases())).toEqual(['axdb', 'mrdb']);
  await expect(house.desk.retry(JONAS, runId)).rejects.toMatchObject({ code: 'retry-impossible' });
});

test('a retry after an exception that no longer holds › asks anew', async () => {
  const house = aCompany({}, { policy: { cutover: { kind: 'on-click' } } });
  // Shortly before midnight in the sandbox’s zone.
  await house.clock.advance(Date.parse('2026-11-20T22:50:00.000Z') - Date.parse(house.clock.now()));
  const runId = await started(house);
  await accept(house, runId, { until: '2026-11-20' });
  await house.proceed(runId);
  await house.clock.advance(3_600_000);
  await house.desk.switchNow(JONAS, runId);
  await house.proceed(runId);
  expect((await house.run(runId)).failure).toMatchObject({
    code: 'exception-stale',
    remedy: expect.stringMatching(/^Retry the run/) as string,
  });
  await house.desk.retry(JONAS, runId);
  await house.proceed(runId);
  expect(await house.run(runId)).toMatchObject({ state: 'awaiting-exception', askedException: { findings: [FOUND] } });
});

test('an accepted exception › holds for a later run that finds exactly the same, until its last day', async () => {
  const house = aCompany();
  const first = await started(house);
  await accept(house, first);
  await house.proceed(first);
  const second = await started(house);
  const run = await house.run(second);
  expect(run).toMatchObject({ state: 'completed', exceptions: [{ runId: first, findings: [FOUND] }] });
  await house.clock.advance(60 * 24 * 3_600_000);
  expect((await house.run(await started(house))).state).toBe('awaiting-exception');
});

test.for([
  ['another count', (house: House) => house.world.commit('application', fact('MORE', 'bob@contoso.example'))],
  ['another column', (house: House) => house.world.commit('application', fact('eve@contoso.example', 'x'))],
] as const)('an accepted exception › does not hold for %s', async ([, change]) => {
  const house = aCompany();
  const first = await started(house);
  await accept(house, first);
  await house.proceed(first);
  change(house);
  expect((await house.run(await started(house))).state).toBe('awaiting-exception');
});

test('an accepted exception › does not hold for a run that whoever accepted it has asked for', async () => {
  const house = aCompany({}, { requesters: [JONAS.id, NOOR.id] });
  const first = await started(house);
  await accept(house, first);
  await house.proceed(first);
  const at = house.clock.now();
  void house.clock.advance(1000);
  house.world.commit('financialReporting', printer(70, 'x'));
  const { runId } = await house.approvedRun({ at, by: NOOR });
  await house.proceed(runId);
  expect((await house.run(runId)).state).toBe('failed');
});

const foundInLast = async (house: House, runId: string) =>
  (await house.run(runId)).plan?.checks.find(({ name }) => name === 'found-in-last-copy');

async function planned(house: House, { by = JONAS, isUrgent = false, parts = house.parts } = {}): Promise<string> {
  const { runId } = await house.desk.draft(by, 'uat', 'Europe/Berlin', undefined, undefined, { isUrgent });
  const at = house.clock.now();
  void house.clock.advance(1000);
  house.world.commit('financialReporting', fact('LATER', 'nothing'));
  await house.desk.chooseMoment(by, runId, at);
  await createEngine(parts).plan(runId, new AbortController().signal);
  return runId;
}

test('the plan › says until when what the last copy held is accepted, and never of an urgent refresh or for whoever accepted it', async () => {
  const house = aCompany({}, { urgent: [JONAS.id], requesters: [JONAS.id, NOOR.id] });
  const first = await started(house);
  await accept(house, first);
  await house.proceed(first);
  const accepted = expect.stringContaining('accepted until 2026-12-31') as string;
  expect(await foundInLast(house, await planned(house))).toMatchObject({ detail: accepted });
  expect((await foundInLast(house, await planned(house, { by: NOOR })))?.detail).not.toMatch(/accepted/);
  const urgent = await foundInLast(house, await planned(house, { isUrgent: true }));
  expect(urgent?.detail).not.toMatch(/accepted/);
  expect(urgent?.remedy).toMatch(/refused: of an urgent refresh nobody accepts what is found/);
});

test('the plan of a sandbox with a profile › warns that nobody but Admin is enabled where the last copy held something', async () => {
  const house = aCompany();
  const first = await started(house);
  await accept(house, first);
  await house.proceed(first);
  const users = { enable: [], administrators: [], privilegedRoles: [] };
  const { installation } = house.parts;
  const sandboxes = installation.sandboxes.map((one) => ({ ...one, profile: { users, listKeptMs: 3_600_000 } }));
  const parts = { ...house.parts, installation: { ...installation, sandboxes } };
  const warningIn = async (runId: string) =>
    (await house.run(runId)).plan?.checks.find(({ title }) => /nobody but Admin is enabled where/.test(title));
  expect(await warningIn(await planned(house, { parts }))).toMatchObject({
    outcome: 'warning',
    detail: `something was found in the copy of ${first}`,
  });
  expect(await warningIn(await planned(house))).toBeUndefined();
});

test('an accepted exception › is asked for anew where nobody approves', async () => {
  const house = aCompany();
  const first = await started(house);
  await accept(house, first);
  await house.proceed(first);
  const run = await house.run(await planned(house));
  const { exceptions: [accepted] = [] } = await house.run(first);
  const judged = (approvals: 0 | 2) => {
    const plan = run.plan && { ...run.plan, binding: { ...run.plan.binding, approvals } };
    return judgeFindings(house.parts, { ...run, ...(plan && { plan }) }, accepted?.findings ?? []);
  };
  expect(await judged(2)).toMatchObject({ kind: 'held' });
  expect(await judged(0)).toEqual({ kind: 'ask' });
});

test('an accepted exception › does not hold once whoever accepted it answers for the data no more', async () => {
  const house = aCompany();
  const first = await started(house);
  await accept(house, first);
  await house.proceed(first);
  const at = house.clock.now();
  void house.clock.advance(1000);
  house.world.commit('financialReporting', printer(72, 'x'));
  const { runId } = await house.approvedRun({ at });
  const { installation } = house.parts;
  const sandboxes = installation.sandboxes.map((one) => ({ ...one, dataOwners: [JONAS.id, LARS.id] }));
  await house.proceed(runId, { parts: { installation: { ...installation, sandboxes } } });
  expect((await house.run(runId)).state).toBe('awaiting-exception');
});

test('an exception of a run that waits for its switch › does not hold once whoever accepted it answers for the data no more', async () => {
  const house = aCompany({}, { policy: { cutover: { kind: 'on-click' } } });
  const runId = await started(house);
  await accept(house, runId);
  await house.proceed(runId);
  await house.desk.switchNow(JONAS, runId);
  const { installation } = house.parts;
  const sandboxes = installation.sandboxes.map((one) => ({ ...one, dataOwners: [LARS.id] }));
  await house.proceed(runId, { parts: { installation: { ...installation, sandboxes } } });
  expect((await house.run(runId)).failure?.code).toBe('exception-stale');
});

test('a worker that is gone while a run waits, or right behind the decision › changes nothing of it', async () => {
  const house = aCompany();
  const runId = await started(house);
  await house.proceed(runId, { worker: 'worker-b' });
  expect((await house.run(runId)).state).toBe('awaiting-exception');
  await accept(house, runId);
  const gone = new AbortController();
  gone.abort();
  await house.proceed(runId, { worker: 'worker-c', signal: gone.signal });
  await house.proceed(runId, { worker: 'worker-d' });
  const run = await house.run(runId);
  expect([run.state, stepStates(run)['verify-sanitization']]).toEqual(['completed', 'done']);
});

import { expect, test } from 'vitest';
import type { Run } from '../../../engine/contracts.ts';
import { createEngine } from '../../../engine/engine.ts';
import { JONAS, MIRA } from '../../builders.ts';
import { aHouse, stepStates, type House, type HouseOptions } from '../house.ts';
import { address } from '../doubles/smallCompany.ts';
import { InjectedError } from '../doubles/troubles.ts';
import type { Provider } from '../../../engine/environments/provider.ts';
import { customized } from './customized.ts';

const synchronize = { command: 'true', args: [], timeoutMs: 60_000 };
const afterSwitch: HouseOptions['sandbox'] = { policy: { synchronize: 'after-switch' }, commands: { synchronize } };

const customizationsIn = ({ plan }: Run) =>
  plan?.checks.filter(({ name }) => name.startsWith('customization')).map(({ outcome, detail }) => [outcome, detail]);

async function plannedAgain(house: House): Promise<Run> {
  const { runId } = await house.desk.draft(JONAS, 'uat', 'Europe/Berlin');
  await house.desk.chooseMoment(JONAS, runId, '2026-11-20T12:00:00.500Z');
  await createEngine(house.parts).plan(runId, new AbortController().signal);
  return house.run(runId);
}

test('a customization that the copy does not admit › ends the run before anybody is offline, with what to do', async () => {
  const house = aHouse({ sandbox: afterSwitch, provider: customized() });
  const { runId, ...planned } = await house.approvedRun();
  expect(customizationsIn({ runId, ...planned })).toEqual([['passed', '1 of 1 tried on PROD as it is now']]);
  await house.proceed(runId);

  const run = await house.run(runId);
  expect(run.failure).toMatchObject({
    step: 'verify-sanitization',
    code: 'customization-misfit',
    message:
      'The synchronization of uat would fail behind the switch: unique index I_LOCATORIDX on LOGISTICSELECTRONICADDRESS (LOCATOR): 2 rows of the copy share their value with another row',
    remedy: expect.stringMatching(
      /^Withdraw the customization from uat and retry, or mend the rows in production and plan again/,
    ),
  });
  expect(stepStates(run)).toMatchObject({
    'verify-sanitization': 'failed',
    'stop-services': 'waiting',
    swap: 'waiting',
  });
  expect(run).toMatchObject({ targetState: 'old', copyKeptUntil: expect.any(String) });
  expect(await house.logged(runId)).toContain('does not fit: unique index I_LOCATORIDX on LOGISTICSELECTRONICADDRESS');
});

test('a customization that the copy does not admit › is withdrawn, and a retry goes on', async () => {
  let isThere = true;
  const house = aHouse({ sandbox: afterSwitch, provider: customized(() => isThere) });
  const { runId } = await house.approvedRun();
  await house.proceed(runId);
  isThere = false;
  await house.desk.retry(JONAS, runId);
  await house.proceed(runId);
  expect((await house.run(runId)).state).toBe('completed');
});

test('a customization that the last copy did not admit › is a warning of the next plan, and whoever approves it goes on', async () => {
  const house = aHouse({ sandbox: afterSwitch, provider: customized() });
  const first = await house.approvedRun();
  await house.proceed(first.runId);

  const second = await plannedAgain(house);
  expect(customizationsIn(second)).toEqual([
    [
      'warning',
      `I_LOCATORIDX on LOGISTICSELECTRONICADDRESS (LOCATOR): 2 rows of the copy of ${first.runId} share their value with another row`,
    ],
    ['passed', '1 of 1 tried on PROD as it is now'],
  ]);
  expect(second.plan?.checks.find(({ name }) => name === 'customization-fits')).toMatchObject({
    title: 'UAT’s own unique index does not fit the data',
    remedy: expect.stringContaining('synchronization fails on them behind the switch'),
  });
  const digest = second.plan?.digest ?? '';
  await house.desk.confirm(JONAS, second.runId, digest, 'all the same');
  await house.desk.approve(MIRA, second.runId, digest);
  await house.proceed(second.runId);
  const run = await house.run(second.runId);
  expect(run.state).toBe('completed');
  const again = run.steps.find(({ name }) => name === 'check-prerequisites')?.detail ?? '';
  const [, asked, left] = /^(\d+) checks, .*; the copy itself answers (\d+) more of the plan$/.exec(again) ?? [];
  // Whoever compares both numbers finds every check of the plan.
  expect(Number(asked) + Number(left)).toBe(second.plan?.checks.length);
  expect(run.steps.find(({ name }) => name === 'verify-sanitization')?.detail).toMatch(
    /protected values found; 0 of 1 indexes and constraints of the sandbox’s own fit$/,
  );
});

test('a customization that production does not admit now › is a warning of the first plan', async () => {
  const house = aHouse({ sandbox: afterSwitch, provider: customized() });
  house.world.commit('application', address(1));
  const { plan } = await plannedAgain(house);
  expect(plan?.misfits).toEqual([
    { kind: 'unique', name: 'I_LOCATORIDX', table: 'LOGISTICSELECTRONICADDRESS', columns: ['LOCATOR'], rows: 2 },
  ]);
  expect(JSON.stringify(plan)).not.toContain('@fabrikam.example');
});

test.each([
  ['never', {}, 'a synchronization by hand fails on them'],
  ['beside', { synchronize }, 'synchronizing the copy fails on them'],
] as const)('a sandbox that is synchronized %s › is refused nothing by the trial', async (policy, commands, remedy) => {
  const house = aHouse({ sandbox: { policy: { synchronize: policy }, commands }, provider: customized() });
  house.world.commit('application', address(1));
  await house.clock.advance(1000);
  const { runId, plan } = await house.approvedRun();
  expect(plan?.checks.find(({ name }) => name === 'customization-fits')?.remedy).toContain(remedy);
  await house.proceed(runId);
  expect((await house.run(runId)).state).toBe('completed');
});

test('a production that nobody may read › leaves the trial to the copy, and the plan says so', async () => {
  const unread = (provider: Provider): Provider => ({
    ...customized()(provider),
    async session(...args) {
      const [{ name }] = args;
      if (name === 'prod') throw new InjectedError();
      return customized()(provider).session(...args);
    },
  });
  const house = aHouse({ sandbox: afterSwitch, provider: unread });
  const { runId, plan } = await house.approvedRun();
  const said = 'PROD is not read for them; the copy is tried for them, before anybody is offline';
  expect(plan?.checks.find(({ name }) => name === 'customizations-tried')?.detail).toBe(said);
  await house.proceed(runId);
  expect((await house.run(runId)).failure?.code).toBe('customization-misfit');
  expect((await plannedAgain(house)).plan?.misfits?.map(({ name }) => name)).toEqual(['I_LOCATORIDX']);
});

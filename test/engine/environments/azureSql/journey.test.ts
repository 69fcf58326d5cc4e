import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Command, Policy, Sandbox } from '../../../../engine/contracts.ts';
import type { Journal } from '../../../../engine/journal/journal.ts';
import { aSandbox, aSource, JONAS } from '../../../builders.ts';
import { tables } from '../../../sqlServer/foCompany.ts';
import { productionInTsql } from '../../../sqlServer/foProduction.ts';
import { aCrew } from '../../crew.ts';
import { createLeasedJournal } from '../../doubles/leasedJournal.ts';
import { watched } from '../../doubles/troubles.ts';
import { lcs2020 } from '../../sanitization/packs.ts';
import { administrator, facts, OWN_SETTINGS } from '../sqlServer/journeyHouse.ts';
import { leftOn, writesToProduction } from './crashes.ts';
import { type AzureFixture, createAzureFixture } from './fixture.ts';

let fixture: AzureFixture;
let at: string;
let before: string;
beforeEach(async () => {
  fixture = await createAzureFixture();
  const { production, sandbox } = fixture.azure;
  for (const [server, application, reporting] of [
    [production, 'AxDB', 'MRDB'],
    [sandbox, 'AxUAT', 'MRUAT'],
  ] as const) {
    await server.sql.administer(application, tables('AxDB'));
    await server.sql.administer(reporting, tables('ManagementReporter'));
  }
  for (const statement of productionInTsql()) await production.sql.administer('AxDB', statement);
  for (const statement of OWN_SETTINGS) await sandbox.sql.administer('AxUAT', statement);
  await fixture.commit();
  at = await fixture.commit();
  await fixture.commit();
  await fixture.archive();
  before = await fixture.productionFingerprint();
});
afterEach(() => fixture[Symbol.asyncDispose]());

interface Wish {
  readonly commands?: Sandbox['commands'];
  readonly policy?: Partial<Policy>;
  readonly watch?: (journal: Journal) => Journal;
}

/** The real engine, desk and provider; Azure’s time is theirs. */
function aHouse({ commands = {}, policy = {}, watch = (one) => one }: Wish = {}) {
  const { clock, provider } = fixture;
  const { settings: from, databases: production } = fixture.source;
  const { settings: to, databases } = fixture.target;
  const source = aSource({ provider: 'azureSql', databases: production, facts, settings: from });
  const sandbox = aSandbox({
    provider: 'azureSql',
    databases,
    facts,
    settings: to,
    packs: ['lcs-2020'],
    administrator,
    commands,
    policy,
  });
  const { desk, engine, logged, approved, proceed } = aCrew({
    journal: watch(createLeasedJournal(clock)),
    sources: [source],
    sandboxes: [sandbox],
    provider: () => provider,
    packs: () => lcs2020,
    clock,
  });
  return {
    desk,
    housekeep: () => engine.housekeep('uat'),
    log: logged,
    approved: async () => approved({ at }),
    proceed: (runId: string) => proceed(runId, { leaseMs: DAYS_MS }),
  };
}

/** Longer than everything that passes in Azure meanwhile. */
const DAYS_MS = 20 * 86_400_000;

const ask = (text: string) => fixture.azure.sandbox.sql.administer('AxUAT', text);
const rows = async () => (await ask('SELECT n FROM dbo.moments ORDER BY n')).map(({ n }) => n);
const untouched = async () => {
  expect(await rows()).toEqual([-1]);
  expect(await ask('SELECT SERVERID FROM SYSSERVERCONFIG')).toEqual([{ SERVERID: 'UAT-AOS-1' }]);
  expect(await fixture.canOrdinaryLogin('target')).toBe(true);
  expect(writesToProduction(fixture)).toEqual([]);
  expect(await fixture.productionFingerprint()).toBe(before);
};

test('a refresh of Azure SQL › goes from the plan to a sandbox with production’s rows of the moment, sanitized, and back', async () => {
  const house = aHouse();
  const { runId, plan } = await house.approved();
  expect(plan?.checks.filter(({ outcome }) => outcome === 'blocked')).toEqual([]);
  expect(plan?.guarantees).toMatchObject({ progress: 'phases', fence: 'per-operation' });
  const run = await house.proceed(runId);
  expect(run.failure).toBeUndefined();
  expect(run).toMatchObject({ state: 'completed', targetState: 'new' });
  expect(await rows()).toEqual([1, 2]);
  expect(await ask('SELECT DISTINCT LOCATOR FROM LOGISTICSELECTRONICADDRESS WHERE TYPE = 2')).toEqual([
    { LOCATOR: '' },
  ]);
  expect(await ask('SELECT SERVERID FROM SYSSERVERCONFIG')).toEqual([{ SERVERID: 'UAT-AOS-1' }]);
  expect(await fixture.canOrdinaryLogin('target')).toBe(true);
  expect(leftOn(fixture.azure.production)).toEqual([]);
  expect(Object.keys(run.remembered).toSorted()).toEqual(
    expect.arrayContaining(['leads-outside-backups-application', 'not-kept-retention-application']),
  );

  await house.desk.rollBack(JONAS, runId);
  expect(await house.proceed(runId)).toMatchObject({ state: 'rolled-back', targetState: 'old' });
  await untouched();
});

test('a refresh of Azure SQL › that fails after the switch is rolled back to what the sandbox was', async () => {
  const synchronize: Command = { command: 'false', args: [], timeoutMs: 5000 };
  const house = aHouse({ commands: { synchronize }, policy: { synchronize: 'after-switch' } });
  const { runId } = await house.approved();
  expect(await house.proceed(runId)).toMatchObject({
    state: 'failed',
    targetState: 'closed',
    failure: { step: 'synchronize-database' },
  });
  expect(await rows()).toEqual([1, 2]);
  expect(await fixture.canOrdinaryLogin('target')).toBe(false);
  await house.desk.rollBack(JONAS, runId);
  expect(await house.proceed(runId)).toMatchObject({ state: 'rolled-back', targetState: 'old' });
  await untouched();
});

test('a refresh of Azure SQL › that meets a quota halfway fails with it, the sandbox as it was, and leaves nothing on either server', async () => {
  const house = aHouse();
  const { runId } = await house.approved();
  fixture.azure.faults.add({
    ...{ method: 'PUT', path: /MRUAT__incoming_[^/]*$/ },
    effect: { kind: 'answer', status: 409, code: 'ServerDtuQuotaExceeded' },
  });
  expect(await house.proceed(runId)).toMatchObject({
    state: 'failed',
    failure: { step: 'restore-beside', code: 'azure-quota-reached' },
  });
  await untouched();
  expect([...leftOn(fixture.azure.production), ...leftOn(fixture.azure.sandbox)]).toEqual([]);
});

test('a refresh of Azure SQL › that is stopped before the switch leaves the sandbox as it was, and nothing on either server', async () => {
  const asked: Promise<unknown>[] = [];
  const house = aHouse({
    watch: watched((event) => {
      if (event.kind === 'step-started' && event.step === 'sanitize') asked.push(house.desk.stop(JONAS, 'R-1042'));
    }),
  });
  const { runId } = await house.approved();
  expect(await house.proceed(runId)).toMatchObject({ state: 'aborted', targetState: 'old' });
  await Promise.all(asked);
  await untouched();
  expect(leftOn(fixture.azure.production)).toEqual([]);
});

test.each([
  ['was taken', 'after'],
  ['may have been taken', 'cut'],
])(
  'a refresh of Azure SQL › stopped right behind a request that %s leaves nothing, though Azure shows no database yet',
  async (_, how) => {
    const { faults, production, state } = fixture.azure;
    const house = aHouse();
    const { runId } = await house.approved();
    state.listedAfterMs = 300_000;
    const put = { method: 'PUT', path: /AxDB__rw_[^/]*$/, when: 'after' } as const;
    faults.add({ ...put, effect: { kind: 'run', run: async () => void (await house.desk.stop(JONAS, runId)) } });
    if (how === 'cut') faults.add({ ...put, effect: { kind: 'cut' } });
    const absent = { kind: 'answer', status: 404, code: 'ResourceNotFound' } as const;
    for (let nth = 1; nth <= 100; nth += 1) faults.add({ method: 'GET', path: /AxDB__rw_/, nth, effect: absent });
    expect(await house.proceed(runId)).toMatchObject({ state: 'aborted', targetState: 'old' });
    expect(await house.log(runId)).toContain(`AxDB__rw_${runId} was asked for or is listed, and does not show yet`);
    faults.clear();
    state.listedAfterMs = 0;
    fixture.clock.advance(600_000);
    await house.housekeep();
    expect(leftOn(production)).toEqual([]);
    await untouched();
  },
);

test('a refresh of Azure SQL › never repeats a token or a signed address in its log', async () => {
  const house = aHouse();
  const { runId } = await house.approved();
  const run = await house.proceed(runId);
  const told = `${await house.log(runId)}\n${JSON.stringify(run)}`;
  expect(told).toContain('AxUAT__incoming_');
  expect(told).not.toMatch(/a-token-for|Bearer|MIIH|[?&]s=|Conformance-2026/);
});

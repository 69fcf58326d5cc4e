import { expect, test } from 'vitest';
import { openRefreshes } from '../../../../demo/bench/refreshes.ts';
import type { Command, Run } from '../../../../engine/contracts.ts';
import { systemClock } from '../../../../engine/clock.ts';
import { JONAS } from '../../../builders.ts';
import { connectTo } from '../../../sqlServer/client.ts';
import { watched } from '../../doubles/troubles.ts';
import { stepStates } from '../../house.ts';
import { aJourneyHouse } from './journeyHouse.ts';

const OLD = { AxDB_uat: [-1], MR_uat: [-1] };
const isFull = (backup: unknown) =>
  typeof backup === 'object' && backup !== null && 'type' in backup && backup.type === 'D';
const failing = ({ failure }: Run) => `${failure?.step ?? ''}: ${failure?.message ?? ''}`;

test('a refresh of SQL Server › goes from the plan to a sandbox with production’s rows of the moment, sanitized, and back', async () => {
  await using house = await aJourneyHouse();
  const { runId, plan } = await house.approved();
  expect(plan?.checks.filter(({ outcome, name }) => outcome === 'blocked' || name === 'restore-chain')).toEqual([]);
  expect(plan?.chain.map((line) => line.split(' ')[0])).toEqual([
    ...['AxDB', 'AxDB', 'AxDB'],
    ...['ManagementReporter', 'ManagementReporter', 'ManagementReporter'],
  ]);

  const run = await house.proceed(runId);
  expect(failing(run)).toBe(': ');
  expect(run).toMatchObject({ state: 'completed', targetState: 'new' });
  const refreshed = [1, 2, 3];
  expect(house.moment.rows).toBe(3);
  expect(await house.rows()).toEqual({
    AxDB_uat: refreshed,
    MR_uat: refreshed,
    [`AxDB_uat__previous_${runId}`]: [-1],
    [`MR_uat__previous_${runId}`]: [-1],
  });
  expect(await house.ask('SELECT DISTINCT LOCATOR FROM LOGISTICSELECTRONICADDRESS WHERE TYPE = 2')).toEqual([
    { LOCATOR: '' },
  ]);
  expect(
    await house.ask('SELECT COUNT(*) AS n FROM CREDITCARDACCOUNTSETUP WHERE DATALENGTH(SECUREMERCHANTPROPERTIES) > 0'),
  ).toEqual([{ n: 0 }]);
  expect(await house.ask('SELECT ID FROM USERINFO WHERE [ENABLE] = 1 ORDER BY ID')).toEqual([
    { ID: 'Admin' },
    { ID: 'Axrunner' },
    { ID: 'FRSERVICEUSER ' },
  ]);
  expect(await house.ask('SELECT SERVERID FROM SYSSERVERCONFIG')).toEqual([{ SERVERID: 'UAT-AOS-1' }]);
  expect(await house.ask('SELECT CONVERT(varchar(23), CREATEDDATETIME, 126) AS at FROM BATCHSERVERCONFIG')).toEqual([
    { at: '2026-03-29T02:30:00.123' },
  ]);
  expect(await house.ask('SELECT CONVERT(varchar(20), APPLICATIONKEY, 1) AS bytes FROM POWERBICONFIG')).toEqual([
    { bytes: '0x00FF10' },
  ]);
  expect(await house.ask("SELECT SID FROM USERINFO WHERE ID = 'Admin'")).toEqual([{ SID: 'S-1-19-uat' }]);

  await house.desk.rollBack(JONAS, runId);
  expect(await house.proceed(runId)).toMatchObject({ state: 'rolled-back', targetState: 'old' });
  expect(await house.rows()).toEqual(OLD);
  expect(await house.ask('SELECT SERVERID FROM SYSSERVERCONFIG')).toEqual([{ SERVERID: 'UAT-AOS-1' }]);
  expect(house.sessionsOfProduction()).toBe(0);
});

test('a refresh of SQL Server › shows its copy to no login that asks for it every 20 ms, before it is sanitized or after', async () => {
  await using house = await aJourneyHouse();
  const { runId } = await house.approved();
  await using client = await connectTo(house.company.target, 'tester', 'AxDB_uat');
  const seen = new Set<unknown>();
  const refused = new Map<number, number>();
  const isOver = new AbortController();
  const polling = (async () => {
    while (!isOver.signal.aborted) {
      for (const name of [`AxDB_uat__incoming_${runId}`, 'AxDB_uat']) {
        const text = `SELECT LOCATOR FROM [${name}].dbo.LOGISTICSELECTRONICADDRESS`;
        // The swap ends the session; the next question opens another.
        const { rows, errors } = await client.run(text).catch(() => ({ rows: [], errors: [0] }));
        for (const { LOCATOR } of rows) seen.add(LOCATOR);
        for (const error of errors) refused.set(error, (refused.get(error) ?? 0) + 1);
      }
      await systemClock.sleep(20);
    }
  })();
  const run = await house.proceed(runId);
  isOver.abort();
  await polling;
  expect(failing(run)).toBe(': ');
  expect(refused.size).toBeGreaterThan(0);
  expect([...seen].filter((value) => String(value).includes('@'))).toEqual([]);
  expect(run.proofs?.map(({ step }) => step)).toEqual(['verify-sanitization', 'apply-target-settings']);
});

test('a plan of SQL Server › warns whoever approves it of what is odd about the restore chain', async () => {
  const fullFromOlderServer = (backup: unknown) =>
    Object.assign({}, backup, isFull(backup) ? { software_major_version: 15 } : {});
  await using house = await aJourneyHouse({ history: (backups) => backups.map(fullFromOlderServer) });
  const { plan } = await house.planned();
  const odd = plan?.checks.filter(({ name }) => name === 'restore-chain');
  expect(odd?.map(({ title, outcome, basis, detail }) => ({ title, outcome, basis, detail }))).toEqual(
    ['AxDB', 'ManagementReporter'].map((database) => ({
      title: `Restore chain of ${database}`,
      outcome: 'warning',
      basis: 'measured',
      detail: 'The backups come from SQL Server versions 15 and 16',
    })),
  );
});

test('a refresh of SQL Server › that fails after the switch is rolled back to what the sandbox was', async () => {
  const synchronize: Command = { command: 'false', args: [], timeoutMs: 5000 };
  await using house = await aJourneyHouse({
    sandbox: { commands: { synchronize }, policy: { synchronize: 'after-switch' } },
  });
  const { runId } = await house.approved();
  const failed = await house.proceed(runId);
  expect(failed).toMatchObject({
    state: 'failed',
    targetState: 'closed',
    failure: { step: 'synchronize-database', code: 'command-failed' },
  });
  expect((await house.rows())['AxDB_uat']).toEqual([1, 2, 3]);

  await house.desk.rollBack(JONAS, runId);
  expect(await house.proceed(runId)).toMatchObject({ state: 'rolled-back', targetState: 'old' });
  expect(await house.rows()).toEqual(OLD);
  expect(house.sessionsOfProduction()).toBe(0);
});

test('a refresh of SQL Server › that is stopped before the switch leaves the sandbox as it was', async () => {
  const asked: Promise<unknown>[] = [];
  await using house = await aJourneyHouse({
    journal: watched((event) => {
      if (event.kind === 'step-started' && event.step === 'sanitize') asked.push(house.desk.stop(JONAS, 'R-1042'));
    }),
  });
  const { runId } = await house.approved();
  const stopped = await house.proceed(runId);
  await Promise.all(asked);
  expect(stopped).toMatchObject({ state: 'aborted', targetState: 'old', ending: { how: 'stopped', by: JONAS } });
  expect(stepStates(stopped)).toMatchObject({ 'restore-beside': 'done', swap: 'waiting' });
  expect(await house.rows()).toEqual(OLD);
  expect(house.sessionsOfProduction()).toBe(0);
});

test('a refresh of SQL Server › without room beside a former database drops it as the approved plan says, and only then', async () => {
  await using house = await aJourneyHouse();
  const first = await house.approved();
  await house.proceed(first.runId);
  const former = `AxDB_uat__previous_${first.runId}`;
  const [volume] = house.company.target.state.volumes;
  if (!volume) throw new Error('no volume');
  volume.availableBytes = 20 * 1_048_576;

  const { runId, plan } = await house.approved();
  expect(plan?.binding.retires).toEqual([first.runId]);
  expect(plan?.checks.filter(({ name }) => name === 'retires-previous')).toEqual([
    {
      name: 'retires-previous',
      title: `Drops the former databases of ${first.runId}`,
      outcome: 'warning',
      basis: 'measured',
      detail: `${first.runId} cannot be rolled back afterwards. The copy has no room beside ${former} and MR_uat__previous_${first.runId} (32 MB)`,
      remedy: `Go on only if nobody wants ${first.runId} back.`,
    },
  ]);
  expect(Object.keys(await house.rows())).toContain(former);

  expect(failing(await house.proceed(runId))).toBe(': ');
  expect(Object.keys(await house.rows())).not.toContain(former);
  expect(Object.keys(await house.rows())).toContain(`AxDB_uat__previous_${runId}`);
  expect(await house.log(runId)).toContain(
    `The former databases of ${first.runId} are dropped, as the approved plan says; ${first.runId} can no longer be rolled back`,
  );
  expect(await house.log(first.runId)).toContain(`retire: ${former} is dropped`);
  expect(await house.journal.run(first.runId)).toMatchObject({ state: 'completed', isPreviousRetired: true });
});

test('a refresh of SQL Server › that came to need a former database dropped after the approval does not drop it', async () => {
  await using house = await aJourneyHouse();
  const first = await house.approved();
  await house.proceed(first.runId);
  const { runId, plan } = await house.approved();
  expect(plan?.binding.retires).toBeUndefined();
  const [volume] = house.company.target.state.volumes;
  if (!volume) throw new Error('no volume');
  volume.availableBytes = 20 * 1_048_576;
  expect(await house.proceed(runId)).toMatchObject({ state: 'failed', failure: { code: 'plan-drifted' } });
  expect(Object.keys(await house.rows())).toContain(`AxDB_uat__previous_${first.runId}`);
});

test('a refresh of SQL Server › takes hardly longer with the engine around it than without', async () => {
  await using house = await aJourneyHouse();
  const refreshes = openRefreshes(house.parts);
  const [bares, wholes]: [number[], number[]] = [[], []];
  for (let round = 0; round < 2; round += 1) {
    bares.push(await refreshes.bare('uat', house.moment.at));
    const { run, seconds } = await refreshes.whole('uat', house.moment.at);
    wholes.push(seconds);
    await refreshes.rollBack(run);
  }
  // The quickest of each: whatever else the machine does makes a round only longer.
  const [bare, whole] = [Math.min(...bares), Math.min(...wholes)];
  const overhead = whole - bare;
  console.log(
    `Orchestration on the stand-in: ${overhead.toFixed(2)} s (bare ${bare.toFixed(2)} s, whole ${whole.toFixed(2)} s)`,
  );
  expect(overhead).toBeLessThan(5);
});

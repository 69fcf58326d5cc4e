import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Action } from '../../../../engine/environments/provider.ts';
import { databaseIn, resourceOf } from '../../../azure/resources.ts';
import { aRun, leftOn, proveWhole, REFRESH, writesToProduction } from './crashes.ts';
import { type AzureFixture, createAzureFixture } from './fixture.ts';

let fixture: AzureFixture;
let at: string;
let earliest: string;
let fence = 1;
let runs = 0;
let before: string;
beforeAll(async () => {
  fixture = await createAzureFixture();
  await fixture.commit();
  at = await fixture.commit();
  await fixture.commit();
  await fixture.archive();
  before = await fixture.productionFingerprint();
  const [window] = (await fixture.provider.survey(fixture.source)).windows;
  earliest = window?.from ?? '';
});
afterAll(() => fixture[Symbol.asyncDispose]());

const after = (moment: string, ms: number) => new Date(Date.parse(moment) + ms).toISOString();
const plan = (moment = at) => fixture.provider.plan(fixture.source, fixture.target, moment);
const newRun = () => {
  const runId = `R-${String((runs += 1))}`;
  return { runId, run: aRun(fixture, runId, at, () => (fence += 1)) };
};
const carriedOut = ({ run }: ReturnType<typeof newRun>, actions: readonly Action[] = REFRESH) =>
  run.attempt(actions, fixture.provider, new AbortController().signal);
const left = () => [...leftOn(fixture.azure.production), ...leftOn(fixture.azure.sandbox)];
/** The sandbox is what it was, open to its people, and nothing is left beside it or beside production. */
const isAsBefore = async (one: ReturnType<typeof newRun>) => {
  expect(await carriedOut(one, ['swap-back', 'drop-incoming'])).toEqual([]);
  expect(await proveWhole(fixture, one.runId, false)).toBe('old');
  expect(await fixture.canOrdinaryLogin('target')).toBe(true);
  expect(left()).toEqual([]);
};
const database = (server: 'production' | 'sandbox', name: string) => {
  const found = databaseIn(fixture.azure[server], name);
  if (!found) throw new Error(`There is no ${name}`);
  return found;
};
const resource = (server: 'production' | 'sandbox', name: string) =>
  resourceOf(fixture.azure.state, database(server, name));

test.each([
  ['before the earliest', () => after(earliest, -1000), () => `the recovery window begins at ${earliest}`],
  ['in the future', () => after(fixture.clock.now(), 3_600_000), () => 'lies in the future'],
  ['within the lag', () => after(fixture.clock.now(), -1000), () => 'newest backups are taken to reach'],
])('a moment %s › is refused by the plan, with the nearest that can be reached', async (_, moment, says) => {
  const refusal = plan(moment());
  await expect(refusal).rejects.toMatchObject({
    code: 'recovery-point-unreachable',
    message: expect.stringContaining(says()) as string,
    remedy: expect.stringMatching(/\S/) as string,
  });
});

test('a moment › at the very beginning of what Azure offers is planned and restored', async () => {
  expect((await plan(earliest)).at).toEqual({ application: earliest, financialReporting: earliest });
  const runId = `R-${String((runs += 1))}`;
  const run = aRun(fixture, runId, earliest, () => (fence += 1));
  expect(await carriedOut({ runId, run }, ['restore'])).toEqual([]);
  expect(await carriedOut({ runId, run }, ['drop-incoming'])).toEqual([]);
});

test('a source that is paused › is planned and restored without being woken', async () => {
  for (const name of ['AxDB', 'MRDB']) resource('production', name).status = 'Paused';
  const woken = fixture.azure.production.sql.statements.filter(({ database: where }) => /^(AxDB|MRDB)$/.test(where));
  const one = newRun();
  await plan();
  expect(await carriedOut(one)).toEqual([]);
  expect(await proveWhole(fixture, one.runId, true)).toBe('new');
  expect(
    fixture.azure.production.sql.statements.filter(({ database: where }) => /^(AxDB|MRDB)$/.test(where)).length,
  ).toBe(woken.length);
  for (const name of ['AxDB', 'MRDB']) resource('production', name).status = undefined;
  await isAsBefore(one);
});

test.each([
  ['renamed', () => void (database('production', 'MRDB').name = 'MRDB-old')],
  [
    'dropped',
    () => {
      const { databases } = fixture.azure.production.sql.state;
      const [gone] = databases.splice(databases.indexOf(database('production', 'MRDB')), 1);
      return () => void (gone && databases.push(gone));
    },
  ],
])('a source that is %s between plan and run › stops the restore, the sandbox untouched', async (_, spoil) => {
  const planned = await plan();
  const mend = spoil() ?? (() => void (database('production', 'MRDB-old').name = 'MRDB'));
  const one = newRun();
  await expect(plan()).rejects.toThrow(/Azure has no backup yet that it could be restored from/);
  expect(await carriedOut(one, ['restore'])).toEqual(['restore']);
  expect(one.run.log.join('\n')).toMatch(/HTTP 404 SourceDatabaseNotFound/);
  mend();
  await isAsBefore(one);
  expect((await plan()).sourceIdentity).toBe(planned.sourceIdentity);
});

test('a source that is restored between plan and run › is another one, and its older moments are gone', async () => {
  const planned = await plan();
  const { sql } = fixture.azure.production;
  database('production', 'MRDB').name = 'MRDB-old';
  await sql.administer('master', 'CREATE DATABASE [MRDB]');
  fixture.clock.advance(1_200_000);
  const one = newRun();
  await expect(plan()).rejects.toThrow(/the recovery window begins at/);
  expect(await carriedOut(one, ['restore'])).toEqual(['restore']);
  expect(one.run.log.join('\n')).toMatch(/HTTP 400/);
  const anew = await plan(after(fixture.clock.now(), -660_000));
  expect(anew.sourceIdentity).not.toBe(planned.sourceIdentity);
  await sql.administer('master', 'DROP DATABASE [MRDB]');
  database('production', 'MRDB-old').name = 'MRDB';
  await isAsBefore(one);
});

test('a target that joins a failover group behind the restore › is not renamed, and a new plan is refused', async () => {
  const one = newRun();
  expect(await carriedOut(one, ['restore'])).toEqual([]);
  const { failoverGroups } = fixture.azure.sandbox;
  failoverGroups.push({ name: 'fog', databases: ['AxUAT', 'MRUAT'] });
  for (const name of ['AxUAT', 'MRUAT']) resource('sandbox', name).replication = 'Primary';
  expect(await carriedOut(one, ['swap'])).toEqual(['swap']);
  expect(one.run.log.join('\n')).toMatch(/DatabaseInReplicationRelationship/);
  expect(await proveWhole(fixture, one.runId, false)).toBe('old');
  await expect(plan()).rejects.toThrow(/AxUAT is replicated, and cannot be renamed/);
  failoverGroups.pop();
  for (const name of ['AxUAT', 'MRUAT']) resource('sandbox', name).replication = undefined;
  await isAsBefore(one);
});

test('a target whose one database alone joins a failover group › is switched in neither', async () => {
  const one = newRun();
  expect(await carriedOut(one, ['restore'])).toEqual([]);
  resource('sandbox', 'MRUAT').replication = 'Primary';
  expect(await carriedOut(one, ['swap'])).toEqual(['swap']);
  expect(await carriedOut(one, ['swap-back'])).toEqual([]);
  expect(await proveWhole(fixture, one.runId, false)).toBe('old');
  resource('sandbox', 'MRUAT').replication = undefined;
  await isAsBefore(one);
});

test('a target that is moved into a pool between plan and run › is switched all the same, to what `copy` says, and back', async () => {
  const planned = await plan();
  fixture.azure.sandbox.pools.push({ name: 'sandboxes', tier: 'GeneralPurpose', state: 'Ready' });
  for (const name of ['AxUAT', 'MRUAT']) resource('sandbox', name).pool = 'sandboxes';
  expect((await plan()).targetIdentity).toBe(planned.targetIdentity);
  const one = newRun();
  expect(await carriedOut(one)).toEqual([]);
  expect(await proveWhole(fixture, one.runId, true)).toBe('new');
  expect(resource('sandbox', 'AxUAT')).toMatchObject({ pool: undefined, sku: { capacity: 2 } });
  await isAsBefore(one);
  expect(resource('sandbox', 'AxUAT').pool).toBe('sandboxes');
  for (const name of ['AxUAT', 'MRUAT']) resource('sandbox', name).pool = undefined;
  fixture.azure.sandbox.pools.pop();
});

test('two installations › refresh from one production server side by side, each with its own intermediates', async () => {
  const [one, other] = [newRun(), newRun()];
  // Of the other installation, which has got as far as its intermediates.
  const theirs = [`AxDB__rw_${other.runId}`, `MRDB__rw_${other.runId}`];
  for (const name of theirs) {
    await fixture.azure.production.sql.administer('master', `CREATE DATABASE [${name}]`);
    resource('production', name).tags = { 'rewind-run': other.runId, 'rewind-target': 'azsql-dev/axdev' };
  }
  expect(await carriedOut(one)).toEqual([]);
  expect(await proveWhole(fixture, one.runId, true)).toBe('new');
  expect(leftOn(fixture.azure.production)).toEqual(theirs);
  for (const name of theirs) await fixture.azure.production.sql.administer('master', `DROP DATABASE [${name}]`);
  await isAsBefore(one);
});

test('production › was named by nothing that writes, and is what it was', async () => {
  expect(writesToProduction(fixture)).toEqual([]);
  expect(await fixture.productionFingerprint()).toBe(before);
});

import { expect, test } from 'vitest';
import type { Instant, Source } from '../../../engine/contracts.ts';
import { createEngine } from '../../../engine/engine.ts';
import { sandboxSourceChecks, sourceNow } from '../../../engine/planning/sandboxSource.ts';
import { surveyFrom } from '../../../engine/recovery/surveyFrom.ts';
import { aSandbox, aSource, JONAS } from '../../builders.ts';
import { aHouse, type House } from '../house.ts';

const ofUat = aSource({ name: 'uat', title: 'UAT', kind: 'sandbox-backups' });
const AT = '2026-11-20T12:00:00.500Z';

/** UAT can be refreshed, and TEST from production or from UAT. */
function aHouseOfTwo(source: Partial<Source> = {}) {
  const house = aHouse();
  const uat = house.parts.installation.sandboxes[0] ?? aSandbox();
  const test = aSandbox({ name: 'test', title: 'TEST', sources: ['prod', 'uat'] });
  const installation = {
    people: [],
    sources: [...house.parts.installation.sources, { ...ofUat, ...source }],
    sandboxes: [uat, test],
  };
  const parts = { ...house.parts, installation };
  return { ...house, parts, engine: createEngine(parts) };
}

async function switched(house: House): Promise<{ readonly runId: string; readonly at: Instant }> {
  const { runId } = await house.approvedRun();
  await house.proceed(runId);
  return { runId, at: (await house.run(runId)).swappedAt ?? '' };
}

const notBefore = async (house: House) => (await sourceNow(house.parts, ofUat)).notBefore;

test('the window of a sandbox › begins with its last switch, and with its last rollback', async () => {
  const house = aHouseOfTwo();
  expect(await notBefore(house)).toBeUndefined();
  const first = await switched(house);
  expect(await notBefore(house)).toBe(first.at);
  await house.clock.advance(60_000);
  const second = await switched(house);
  expect(await notBefore(house)).toBe(second.at);
  await house.clock.advance(60_000);
  await house.desk.rollBack(JONAS, second.runId);
  await house.proceed(second.runId);
  const { rollback } = await house.run(second.runId);
  expect(rollback?.endedAt && rollback.endedAt > second.at).toBe(true);
  expect(await notBefore(house)).toBe(rollback?.endedAt);
});

test('the window of a sandbox › is not moved by a run that failed before its switch, nor by one of another sandbox', async () => {
  const house = aHouseOfTwo();
  const { runId } = await house.approvedRun();
  await house.desk.stop(JONAS, runId);
  await house.proceed(runId);
  expect((await house.run(runId)).state).toBe('aborted');
  expect(await notBefore(house)).toBeUndefined();
  await switched(house);
  expect(await sourceNow(house.parts, aSource())).not.toHaveProperty('notBefore');
});

test('a survey › tells of every source, and one that cannot be read hides nothing of the first', async () => {
  const house = aHouseOfTwo();
  await house.engine.survey('test');
  const both = await house.journal.survey('test');
  expect([surveyFrom(both, 'prod')?.windows.length, surveyFrom(both, 'uat')?.windows.length]).toEqual([1, 1]);
  const { at } = await switched(house);
  await house.engine.survey('test');
  const after = await house.journal.survey('test');
  expect(surveyFrom(after, 'uat')?.windows.every(({ from }) => from >= at)).toBe(true);
  expect(surveyFrom(after, 'prod')).toMatchObject({ windows: surveyFrom(both, 'prod')?.windows });

  const provider = {
    ...house.parts.provider('model'),
    survey: (source: Source) =>
      source.name === 'uat' ? Promise.reject(new Error('away')) : house.parts.provider('model').survey(source),
  };
  await createEngine({ ...house.parts, provider: () => provider }).survey('test');
  expect(surveyFrom(await house.journal.survey('test'), 'uat')).toBeUndefined();
  expect(surveyFrom(await house.journal.survey('test'), 'prod')).toBeDefined();
});

test('a plan from a sandbox › says what that sandbox holds, and asks nothing of production but who it is', async () => {
  const house = aHouseOfTwo();
  const target = aSandbox({ name: 'test', title: 'TEST', sources: ['prod', 'uat'] });
  expect(await sandboxSourceChecks(house.parts, { source: aSource(), target })).toEqual([]);
  expect(await sandboxSourceChecks(house.parts, { source: ofUat, target })).toMatchObject([
    { name: 'source-is-sandbox', outcome: 'warning', detail: expect.stringContaining('UAT holds data of its own') },
  ]);
  const { runId } = await switched(house);
  const [check] = await sandboxSourceChecks(house.parts, { source: ofUat, target });
  expect(check?.detail).toBe(`UAT holds PROD as of ${AT} (${runId}), and whatever was changed in it since`);
});

test.each(['prod', 'uat'])('a source › that the file names no more blocks the plan: %s', async (name) => {
  const house = aHouseOfTwo();
  const source = house.parts.installation.sources.find((one) => one.name === name) ?? aSource();
  const target = aSandbox({ name: 'test', title: 'TEST', sources: ['other'] });
  expect(await sandboxSourceChecks(house.parts, { source, target })).toMatchObject([
    { name: 'source-not-listed', outcome: 'blocked' },
  ]);
});

test('the window of a sandbox › begins with its last switch, however many drafts came to nothing since', async () => {
  const house = aHouseOfTwo();
  const { at } = await switched(house);
  for (let n = 0; n < 201; n += 1) {
    const { runId } = await house.desk.draft(JONAS, 'uat', 'UTC');
    await house.desk.keep(JONAS, runId);
  }
  expect(await notBefore(house)).toBe(at);
});

test('a draft › names its source, and a source that the file does not list for its target is refused', async () => {
  const house = aHouse();
  const { source } = await house.desk.draft(JONAS, 'uat', 'UTC', undefined, 'prod');
  expect(source).toBe('prod');
  await expect(house.desk.draft(JONAS, 'uat', 'UTC', undefined, 'test')).rejects.toMatchObject({
    code: 'source-not-listed',
    message: 'UAT is not refreshed from “test”',
  });
  expect(await house.journal.runs({})).toHaveLength(1);
});

test('a production database › is no target of a refresh from a sandbox, neither as a whole nor one of two', async () => {
  const measures = { identity: 'uat+uat', databaseIdentities: ['uat-app', 'uat-fr'] };
  const production = { identity: 'prod+prod', databaseIdentities: ['prod-app', 'prod-fr'] };
  const planned = async (target: typeof measures, source: Partial<Source> = {}) => {
    const house = aHouseOfTwo(source);
    const model = house.parts.provider('model');
    const provider = {
      ...model,
      measure: async (one: { readonly name: string }) => (one.name === 'test' ? target : production),
    };
    const parts = { ...house.parts, provider: () => provider };
    const run = await house.journal.draft({
      ...{ target: 'test', source: 'uat', requestedBy: JONAS, zone: 'UTC', expiresAt: '2027-01-01T00:00:00.000Z' },
    });
    await house.journal.record(
      run.runId,
      { kind: 'choose-moment', at: AT, expiresAt: '2027-01-01T00:00:00.000Z' },
      { actor: JONAS },
    );
    await createEngine(parts).plan(run.runId, new AbortController().signal);
    const { plan, failure } = await house.run(run.runId);
    return plan?.checks.find(({ name }) => name === 'target-is-sandbox')?.outcome ?? failure?.message;
  };
  expect(await planned(measures)).toBe('passed');
  expect(await planned({ ...measures, identity: 'prod+prod' })).toBe('blocked');
  // The application database is production's, the other one its own.
  expect(await planned({ identity: 'prod+uat', databaseIdentities: ['prod-app', 'uat-fr'] })).toBe('blocked');
  expect(await planned({ identity: 'model:uat', databaseIdentities: [] })).toBe('blocked');
});

import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { isLongRun } from '../../../longRun.ts';
import { REFUSALS } from '../../../azure/refusals.ts';
import { aRun, dieAt, leftOn, type Point, proveWhole, REFRESH, writesToProduction } from './crashes.ts';
import { type AzureFixture, createAzureFixture } from './fixture.ts';

let fixture: AzureFixture;
let at: string;
let fence = 1;
let runs = 0;
let before: string;
async function begin(): Promise<void> {
  fixture = await createAzureFixture();
  await fixture.commit();
  at = await fixture.commit();
  await fixture.commit();
  await fixture.archive();
  before = await fixture.productionFingerprint();
}
beforeAll(begin);
afterAll(() => fixture[Symbol.asyncDispose]());
// What one has left behind is no other's fault.
afterEach(async ({ task }) => {
  if (task.result?.state !== 'fail') return;
  await fixture[Symbol.asyncDispose]();
  await begin();
});

const nextFence = () => (fence += 1);
const alive = () => new AbortController().signal;
const counts = () => ({
  request: fixture.azure.requests.length,
  source: fixture.azure.production.sql.statements.length,
  target: fixture.azure.sandbox.sql.statements.length,
});

/** The end of every run here: the former databases again, and nothing of it left on either server. */
async function undo(run: ReturnType<typeof aRun>, runId: string): Promise<void> {
  expect(await run.attempt(['swap-back', 'drop-incoming'], fixture.provider, alive())).toEqual([]);
  expect(await proveWhole(fixture, runId, false)).toBe('old');
  expect([...leftOn(fixture.azure.production), ...leftOn(fixture.azure.sandbox)]).toEqual([]);
}

async function dieAndGoOn(point: Point): Promise<void> {
  const runId = `R-${String((runs += 1))}`;
  const run = aRun(fixture, runId, at, nextFence);
  const worker = new AbortController();
  const death = dieAt(fixture, point, worker);
  const left = await run.attempt(REFRESH, fixture.another(), worker.signal);
  death.lift();
  await proveWhole(fixture, runId, left.length <= 1);
  const still = await run.attempt(left, fixture.another(), alive());
  expect({ still, log: still.length > 0 ? run.log : [] }).toEqual({ still: [], log: [] });
  expect(await proveWhole(fixture, runId, true)).toBe('new');
  expect(await fixture.canOrdinaryLogin('target')).toBe(true);
  expect(leftOn(fixture.azure.production)).toEqual([]);
  await undo(run, runId);
}

test('a refresh on Azure SQL › sends a number of requests and statements, and none that the platform refuses', async () => {
  const start = counts();
  const run = aRun(fixture, 'R-0', at, nextFence);
  expect(await run.attempt(REFRESH, fixture.another(), alive())).toEqual([]);
  await undo(run, 'R-0');
  const end = counts();
  expect(end.request - start.request).toBeGreaterThan(100);
  const refused = new Set(REFUSALS.map(({ number }) => number));
  const sent = [...fixture.azure.production.sql.statements, ...fixture.azure.sandbox.sql.statements];
  expect(sent.filter(({ outcome }) => Array.isArray(outcome) && outcome.some((number) => refused.has(number)))).toEqual(
    [],
  );
  expect(run.log.filter((line) => /stays open|by hand/.test(line))).toEqual([]);
});

const SOME = { request: [31, 92], target: [120], source: [] } as const;

/** As many of each as a refresh has, or a bit more. */
const ALL = { request: 140, target: 200, source: 60 } as const;

/** All of them in a long run; otherwise some that lie in the middle of a restore, a switch and an opening. */
const points: readonly Point[] = (['request', 'target', 'source'] as const).flatMap((place) =>
  (isLongRun ? Array.from({ length: ALL[place] }, (_, index) => index + 1) : SOME[place]).flatMap((nth) =>
    (['before', 'after'] as const).map((when) => ({ at: place, nth, when })),
  ),
);

test.each(points)(
  'a worker › that dies at $at $nth, $when it is taken, leaves old, new, or new but closed, and the next one finishes',
  async (point) => {
    await expect(dieAndGoOn(point)).resolves.toBeUndefined();
  },
);

test('production › was named by nothing that writes, and is what it was', async () => {
  expect(fixture.azure.requests.filter(({ method }) => method !== 'GET').length).toBeGreaterThan(10);
  expect(writesToProduction(fixture)).toEqual([]);
  expect(await fixture.productionFingerprint()).toBe(before);
});

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import type { Policy } from '../../../engine/contracts.ts';
import { createEngine } from '../../../engine/engine.ts';
import { shownSteps } from '../../../engine/runs/shownSteps.ts';
import { JONAS } from '../../builders.ts';
import { address } from '../doubles/smallCompany.ts';
import { InjectedError } from '../doubles/troubles.ts';
import { withWriter } from '../doubles/withWriter.ts';
import { aHouse, stepStates, type House } from '../house.ts';

const HOUR = 3_600_000;
const folder = mkdtempSync(join(tmpdir(), 'mended-'));
afterAll(() => rmSync(folder, { recursive: true }));
let places = 0;

/** A refresh whose synchronization has failed behind the switch, until somebody mends it. */
async function failedBehind(policy: Partial<Policy> = {}) {
  const mark = join(folder, String((places += 1)));
  const synchronize = { command: 'sh', args: ['-c', `test -e ${mark} && echo mended`], timeoutMs: 5000 };
  const begun: string[] = [];
  const house = aHouse({
    sandbox: { policy: { synchronize: 'after-switch', ...policy }, commands: { synchronize } },
    provider: withWriter((writer) => ({
      act(action, options) {
        begun.push(action);
        return writer.act(action, options);
      },
    })),
  });
  const { runId } = await house.approvedRun();
  await house.proceed(runId);
  expect(await house.run(runId)).toMatchObject({ state: 'failed', targetState: 'closed' });
  return { house, runId, begun, mend: () => writeFileSync(mark, '') };
}

async function again({ house, runId }: { readonly house: House; readonly runId: string }) {
  await house.desk.retry(JONAS, runId);
  await house.proceed(runId);
  return house.run(runId);
}

test('a synchronization that failed behind the switch › is gone on with once it is mended, and proved again before anybody is let in', async () => {
  const { house, runId, begun, mend } = await failedBehind({ keepPreviousMs: 2 * HOUR });
  await house.clock.advance(5 * HOUR);
  mend();
  const run = await again({ house, runId });
  expect(run).toMatchObject({ state: 'completed', targetState: 'new', failure: undefined });
  expect(begun).toEqual(['restore', 'swap', 'open']);
  const log = await house.logged(runId);
  const shown = shownSteps(run).filter(({ name }) => ['verify-sanitization', 'swap'].includes(name));
  expect(shown.map(({ name, state, isAgain = false }) => [name, state, isAgain])).toEqual([
    ['verify-sanitization', 'done', false],
    ['swap', 'done', false],
    ['verify-sanitization', 'done', true],
  ]);
  const starts = shown.map(({ startedAt = '' }) => startedAt);
  expect(starts).toEqual(starts.toSorted((one, other) => one.localeCompare(other)));
  expect(shown[0]).toMatchObject({
    detail: '2 rules proved, 0 of 0 protected values found',
    endedAt: expect.any(String) as string,
  });
  const order = ['mended', 'proved: addresses', 'Bring the sandbox online'].map((text) => log.lastIndexOf(text));
  expect(order).toEqual(order.toSorted((one, other) => one - other));
  expect(log.match(/^verify-sanitization: proved: addresses/gm)).toHaveLength(2);
  expect(house.content()).toEqual({ addresses: ['', ''], printers: ['printer of the sandbox'] });
  // What was promised at the switch is over by now; people get the whole time from here on.
  expect(run.previousKeptUntil).toBe(new Date(Date.parse(house.clock.now()) + 2 * HOUR).toISOString());
  await house.desk.rollBack(JONAS, runId);
  await house.proceed(runId);
  expect((await house.run(runId)).state).toBe('rolled-back');
});

test('a try behind the switch › that fails again waits for the same decision', async () => {
  const { house, runId, begun } = await failedBehind();
  const run = await again({ house, runId });
  expect(run).toMatchObject({ state: 'failed', targetState: 'closed', failure: { step: 'synchronize-database' } });
  expect(begun).not.toContain('open');
  expect((await house.journal.hold('uat')).heldBy).toBe(runId);
});

test('what was mended by hand › and holds data that belongs to nobody here is opened to nobody', async () => {
  const { house, runId, begun, mend } = await failedBehind();
  mend();
  house.world.change('uat', 'application', address(5));
  const run = await again({ house, runId });
  expect(run).toMatchObject({
    state: 'failed',
    targetState: 'closed',
    failure: { step: 'verify-sanitization', code: 'sanitization-unproved' },
  });
  expect(run.copyKeptUntil).toBeUndefined();
  expect(begun).not.toContain('open');
  house.world.change('uat', 'application', { sql: `UPDATE public."LOGISTICSELECTRONICADDRESS" SET "LOCATOR" = ''` });
  expect(await again({ house, runId })).toMatchObject({ state: 'completed', targetState: 'new' });
});

test('what the sandbox keeps › may have changed behind the switch', async () => {
  const { house, runId, mend } = await failedBehind();
  mend();
  house.world.change('uat', 'application', { sql: `UPDATE public."PRINTMGMTSETTINGS" SET "PRINTER" = 'the new one'` });
  expect((await again({ house, runId })).state).toBe('completed');
  expect(house.content().printers).toEqual(['the new one']);
});

test('a try behind the switch › goes on only with the approved plan', async () => {
  const { house, runId, begun, mend } = await failedBehind();
  mend();
  await house.desk.retry(JONAS, runId);
  const [sandbox] = house.parts.installation.sandboxes;
  if (!sandbox) throw new Error('There is no sandbox');
  const sandboxes = [{ ...sandbox, policy: { ...sandbox.policy, integrityCheck: 'full' as const } }];
  const engine = createEngine({ ...house.parts, installation: { ...house.parts.installation, sandboxes } });
  const lease = await house.journal.acquireLease('uat', 'worker-b', 15_000);
  if (!lease) throw new Error('The target is another worker’s');
  const work = engine.proceed(runId, { signal: new AbortController().signal, lease, progress: () => undefined });
  await house.clock.runUntil(work);
  expect(await house.run(runId)).toMatchObject({ state: 'failed', failure: { code: 'plan-drifted' } });
  expect(begun).not.toContain('open');
  await expect(house.desk.retry(JONAS, runId)).rejects.toMatchObject({
    message: `${runId} cannot be retried: what it would do is no longer what was approved`,
  });
});

test('a try behind the switch › is refused once somebody has taken the target over', async () => {
  const { house, runId, mend } = await failedBehind();
  mend();
  await house.desk.accept(JONAS, runId);
  await expect(house.desk.retry(JONAS, runId)).rejects.toMatchObject({
    message: `${runId} cannot be retried: somebody took the target over by hand`,
  });
});

test('a try behind the switch › does nothing to databases that are not the run’s', async () => {
  const { house, runId, begun, mend } = await failedBehind();
  mend();
  const lease = await house.journal.acquireLease('uat', 'by hand', 15_000);
  if (!lease) throw new Error('The target is another worker’s');
  const [sandbox] = house.parts.installation.sandboxes;
  const [source] = house.parts.installation.sources;
  if (!sandbox || !source) throw new Error('There is no pair');
  await house.parts
    .provider('model')
    .open(sandbox, { runId, fence: lease.fence, signal: new AbortController().signal }, source)
    .act('swap-back', {
      ...{ source, at: house.clock.now(), remembered: {}, remember: () => Promise.resolve() },
      ...{ progress: () => undefined, log: () => undefined },
    });
  await house.journal.releaseLease(lease);
  const before = begun.length;
  const run = await again({ house, runId });
  expect(run).toMatchObject({ state: 'failed', targetState: 'old', failure: { code: 'target-not-switched' } });
  expect(begun).toHaveLength(before);
  expect(stepStates(run)['verify-sanitization']).toBe('waiting');
  expect(shownSteps(run).filter(({ name }) => name === 'verify-sanitization')).toMatchObject([
    { state: 'done', detail: expect.stringMatching(/proved/) as string },
    { state: 'waiting', isAgain: true },
  ]);
});

test('a failure while its server was out of sight › can be gone on with once it answers', async () => {
  const { house, runId, mend } = await failedBehind();
  house.world.inject({ at: 'observe', error: new Error('no route to host') });
  house.world.inject({ at: 'observe', error: new Error('no route to host') });
  expect(await again({ house, runId })).toMatchObject({ state: 'failed', targetState: 'none' });
  mend();
  expect((await again({ house, runId })).state).toBe('completed');
});

test('a switch that is half done › is rolled back or finished by hand, not gone on with', async () => {
  const house = aHouse();
  const { runId } = await house.approvedRun();
  house.world.inject({ at: 'swap:3', error: new InjectedError() });
  house.world.inject({ at: 'swap-back:1', error: new InjectedError() });
  await house.proceed(runId);
  expect((await house.run(runId)).targetState).toBe('none');
  await expect(house.desk.retry(JONAS, runId)).rejects.toMatchObject({ code: 'retry-impossible' });
});

test('a switch that was finished all the same › is gone on with', async () => {
  const house = aHouse();
  const { runId } = await house.approvedRun();
  house.world.inject({ at: 'swap:5', error: new InjectedError() });
  await house.proceed(runId);
  expect(await house.run(runId)).toMatchObject({ state: 'failed', targetState: 'closed', failure: { step: 'swap' } });
  expect(await again({ house, runId })).toMatchObject({ state: 'completed', generation: 1 });
  expect(house.databases()).toMatchObject({ axdb: runId, mrdb: runId });
});

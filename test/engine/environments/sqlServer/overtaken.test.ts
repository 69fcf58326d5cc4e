import { CompiledQuery } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { FencedError } from '../../../../engine/environments/errors.ts';
import { aScene, type Scene } from './refresh.ts';

let scene: Scene;
let fence = 1;
beforeAll(async () => {
  scene = await aScene();
});
afterAll(() => scene[Symbol.asyncDispose]());

const writer = (runId: string, signal = new AbortController().signal) =>
  scene.fixture.provider.open(scene.fixture.target, { runId, fence: (fence += 1), signal }, scene.fixture.source);
const outcomeOf = (work: Promise<unknown>) =>
  work.then(
    () => 'done',
    (error: unknown) => error,
  );

test('a statement that a worker sent before it stood still › is refused when it arrives behind its successor’s proof', async () => {
  await scene.act('restore', 'R-1', { fence: (fence += 1) });
  await using late = await writer('R-1').session('incoming', 'application');
  const held = scene.standIn.fault({ match: /^SET XACT_ABORT/, login: scene.service, effect: 'hold' });
  const outcome = outcomeOf(late.execute(CompiledQuery.raw('DELETE FROM moments')));
  await held.reached;
  await using next = await writer('R-1').session('incoming', 'application');
  await next.execute(CompiledQuery.raw('UPDATE moments SET n = 7 WHERE n = 2'));
  held.release();
  expect(await outcome).toBeInstanceOf(FencedError);
  expect(await scene.rows('incoming', 'R-1')).toEqual([1, 7]);
  await scene.act('drop-incoming', 'R-1', { fence: (fence += 1) });
});

test('a statement that is under way › is waited for by whoever takes over, and what follows it is refused', async () => {
  await scene.act('restore', 'R-2', { fence: (fence += 1) });
  await using late = await writer('R-2').session('incoming', 'application');
  const held = scene.standIn.fault({ match: /^UPDATE moments/, login: scene.service, effect: 'hold' });
  const outcome = outcomeOf(late.execute(CompiledQuery.raw('UPDATE moments SET n = 8 WHERE n = 2')));
  await held.reached;
  let isTaken = false;
  const taking = writer('R-2')
    .session('incoming', 'application')
    .then((session) => {
      isTaken = true;
      return session;
    });
  // Others are answered meanwhile: only whoever takes over waits.
  await scene.observe('R-2');
  expect(isTaken).toBe(false);
  held.release();
  await using next = await taking;
  expect(await outcome).toBe('done');
  expect(await outcomeOf(late.execute(CompiledQuery.raw('DELETE FROM moments')))).toBeInstanceOf(FencedError);
  await next.execute(CompiledQuery.raw('UPDATE moments SET n = 2 WHERE n = 8'));
  expect(await scene.rows('incoming', 'R-2')).toEqual([1, 2]);
  await scene.act('drop-incoming', 'R-2', { fence: (fence += 1) });
});

test('a statement whose lease is over › is cancelled at the server and rolled back', async () => {
  await scene.act('restore', 'R-3', { fence: (fence += 1) });
  const lease = new AbortController();
  await using session = await writer('R-3', lease.signal).session('incoming', 'application');
  const held = scene.standIn.fault({
    match: /^DELETE FROM moments/,
    when: 'after',
    login: scene.service,
    effect: 'hold',
  });
  const outcome = outcomeOf(session.execute(CompiledQuery.raw('DELETE FROM moments')));
  await held.reached;
  lease.abort(new Error('the lease is over'));
  expect(await outcome).toMatchObject({ message: 'the lease is over' });
  expect(await scene.rows('incoming', 'R-3')).toEqual([1, 2]);
  await scene.act('drop-incoming', 'R-3', { fence: (fence += 1) });
});

test('a swap that a worker sent before it stood still › renames nothing when it arrives behind its successor’s way back', async () => {
  await scene.act('restore', 'R-4', { fence: (fence += 1) });
  const held = scene.standIn.fault({
    match: /MODIFY NAME|^SET XACT_ABORT/,
    nth: 1,
    login: scene.service,
    effect: 'hold',
  });
  const outcome = outcomeOf(scene.act('swap', 'R-4', { fence: (fence += 1) }));
  await held.reached;
  for (const action of ['swap', 'swap-back'] as const) await scene.act(action, 'R-4', { fence: (fence += 1) });
  held.release();
  expect(await outcome).toBeInstanceOf(FencedError);
  expect((await scene.observe('R-4')).target).toBe('old');
  expect(await scene.rows('target', 'R-4')).toEqual([-1]);
  await scene.act('drop-incoming', 'R-4', { fence: (fence += 1) });
});

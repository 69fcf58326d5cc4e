import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { reportError, RetryableError } from '../../../../engine/errors.ts';
import type { Action } from '../../../../engine/environments/provider.ts';
import { connect } from './admin.ts';
import { isLongRun } from '../../../longRun.ts';
import { aScene, type Scene } from './refresh.ts';
import { serverErrors } from '../../databases/sqlServer/serverErrors.ts';

vi.setConfig({ testTimeout: isLongRun ? 600_000 : 60_000, hookTimeout: 60_000 });

let scene: Scene;
beforeAll(async () => {
  scene = await aScene();
});
afterAll(() => scene[Symbol.asyncDispose]());

const untouched = async (runId: string) => {
  const { target, isOpen } = await scene.observe(runId);
  expect({ target, isOpen }).toEqual({ target: 'old', isOpen: true });
  expect(await scene.rows('target', runId)).toEqual([-1]);
};

/** The engine tries again what is retryable; what has no name is not, and ends the test. */
async function persist(action: Action, runId: string): Promise<number> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await scene.act(action, runId);
      return attempt;
    } catch (error) {
      if (!(error instanceof RetryableError) || attempt > 4) throw error;
    }
  }
}

/** How many statements of the service an action sends when nothing goes wrong. */
async function statementsOf(action: Action, runId: string): Promise<number> {
  const before = scene.standIn.statements.length;
  await scene.act(action, runId);
  return scene.standIn.statements.slice(before).filter(({ login }) => login === scene.service).length;
}

test('every error of RESTORE LOG › reaches the run as its cause, object and remedy, and leaves the target alone', async () => {
  const restoring = serverErrors.filter(
    ([number]) => number !== 4326 && (number < 5000 || number > 5999) && number !== 924,
  );
  for (const [number, text, code] of restoring) {
    const message = text.replaceAll(/%\.?\*?l?s/g, 'X').replaceAll(/%I64[du]|%d|%S_MSG|%hs/g, '7');
    scene.standIn.fault({
      match: /^RESTORE LOG/,
      login: scene.service,
      effect: {
        errors: [
          [number, message],
          [3013, 'RESTORE LOG is terminating abnormally.'],
        ],
      },
    });
    const error = await scene.act('restore', 'R-1').then(
      () => new Error('no error'),
      (thrown: unknown) => thrown,
    );
    expect(reportError(error)).toMatchObject({
      code,
      message: expect.stringContaining(`error ${String(number)} while restoring uatax`) as string,
    });
    await untouched('R-1');
    await scene.act('drop-incoming', 'R-1');
  }
});

const expected = {
  restore: ['old', true],
  swap: ['new', false],
  open: ['new', true],
  'swap-back': ['old', true],
} as const;
/** In `npm test` a sample, shifted by action so that all kinds of statements are met; in `npm run test:long` every one. */
const most = isLongRun ? Infinity : 5;

for (const action of ['restore', 'swap', 'open', 'swap-back'] as const) {
  test(`${action} › whose connection is cut at any statement gets there when it is tried again, with the copy exact and nothing lost`, async () => {
    const earlier = (['restore', 'swap', 'open'] as const).slice(
      0,
      ['restore', 'swap', 'open', 'swap-back'].indexOf(action),
    );
    const lead = async (runId: string) => {
      for (const one of earlier) await scene.act(one, runId);
    };
    const leave = async (runId: string) => {
      await scene.act('swap-back', runId);
      await scene.act('drop-incoming', runId);
      await untouched(runId);
    };
    const runId = `R-${action}`;
    await lead(runId);
    const count = await statementsOf(action, runId);
    await leave(runId);
    const stride = Math.max(1, Math.ceil(count / most));
    for (let nth = 1; nth <= count; nth += stride) {
      await lead(runId);
      const fault = scene.standIn.fault({ match: /./, login: scene.service, nth, effect: 'cut' });
      await persist(action, runId);
      fault.remove();
      const { target, isOpen } = await scene.observe(runId);
      expect([target, isOpen]).toEqual(expected[action]);
      expect(await scene.rows(target === 'new' ? 'target' : 'incoming', runId)).toEqual([1, 2]);
      await leave(runId);
    }
  });
}

for (const [action, kinds] of [
  ['swap', ['SINGLE_USER', 'MODIFY NAME', 'RESTRICTED_USER']],
  ['swap-back', ['SINGLE_USER', 'MODIFY NAME', 'RESTRICTED_USER', 'MULTI_USER']],
] as const) {
  test(`the batch of ${action} › that dies before or after any of its statements is led on; both databases or none`, async () => {
    const runId = `R-${action}-batch`;
    await scene.act('restore', runId);
    let deaths = 0;
    for (const kind of kinds) {
      for (const when of ['before', 'after'] as const) {
        for (let nth = 1; nth <= 4; nth += 1) {
          if (action === 'swap-back') await scene.act('swap', runId);
          const fault = scene.standIn.fault({
            match: new RegExp(`^ALTER DATABASE .*${kind}`),
            login: scene.service,
            nth,
            when,
            effect: 'cut',
          });
          if ((await persist(action, runId)) > 1) deaths += 1;
          fault.remove();
          const { target, isOpen } = await scene.observe(runId);
          expect([target, isOpen]).toEqual(expected[action]);
          if (action === 'swap') await scene.act('swap-back', runId);
          await untouched(runId);
        }
      }
    }
    expect(deaths).toBeGreaterThan(kinds.length * 4);
    await scene.act('drop-incoming', runId);
  });
}

test('a service that reconnects all the time › does not keep the swap from happening, and is let in again after the rollback', async () => {
  const runId = 'R-3';
  await scene.act('restore', runId);
  const over = new AbortController();
  const tester = (scene.fixture.target.settings as { server: string }).server.replaceAll('rewind_', 'tester_');
  const hammer = Array.from({ length: 4 }, async () => {
    let entered = 0;
    while (!over.signal.aborted) {
      const client = await connect(tester, scene.fixture.target.databases.application).catch(() => undefined);
      if (client !== undefined) entered += 1;
      await client?.close();
    }
    return entered;
  });
  await persist('swap', runId);
  expect(await scene.observe(runId)).toMatchObject({ target: 'new', isOpen: false });
  await persist('swap-back', runId);
  over.abort();
  const entered = await Promise.all(hammer);
  expect(Math.max(...entered)).toBeGreaterThan(0);
  await untouched(runId);
  await scene.act('drop-incoming', runId);
});

test('a swap whose last rename is refused › is undone on the same session before the error is thrown', async () => {
  const runId = 'R-4';
  await scene.act('restore', runId);
  const refused = scene.standIn.fault({
    match: /^ALTER DATABASE \[uatmr_rewindtest__incoming_R-4\] MODIFY NAME/,
    nth: 'every',
    effect: {
      errors: [
        [5030, 'The database could not be exclusively locked to perform the operation.'],
        [5069, 'ALTER DATABASE statement failed.'],
      ],
    },
  });
  await expect(scene.act('swap', runId)).rejects.toMatchObject({ code: 'database-in-use' });
  expect(scene.log.at(-1)).toBe('The swap was undone on the same session');
  await untouched(runId);
  refused.remove();
  await scene.act('swap', runId);
  expect(await scene.observe(runId)).toMatchObject({ target: 'new', isOpen: false });
  await scene.act('swap-back', runId);
  await scene.act('drop-incoming', runId);
});

test('a person who runs the statements of the handbook › is taken at their word', async () => {
  const runId = 'R-6';
  await scene.act('restore', runId);
  const { finish, undo } = await scene.fixture.provider.handbook(scene.fixture.target, runId, scene.fixture.source);
  const run = (lines: readonly string[]) => scene.fixture.admin.query('master', lines.join('\n'));
  await run(finish);
  expect(await scene.observe(runId)).toMatchObject({ target: 'new', isOpen: false });
  expect(await scene.rows('target', runId)).toEqual([1, 2]);
  await run(finish);
  await run(undo);
  await untouched(runId);
  await run(undo);
  await scene.act('swap', runId);
  await run(undo);
  await untouched(runId);
  await scene.act('drop-incoming', runId);
});

test('a restore that is stopped in its middle › answers within 2 s, and its copy is gone within 30 s', async () => {
  await using slow = await aScene();
  slow.standIn.state.pace.restoreMs = 60_000;
  const stop = new AbortController();
  let stoppedAt = 0;
  const progress = (percent: number | undefined) => {
    if ((percent ?? 0) < 1 || stoppedAt > 0) return;
    stoppedAt = performance.now();
    stop.abort(new Error('stopped by a person'));
  };
  await expect(slow.act('restore', 'R-5', { signal: stop.signal, progress })).rejects.toThrow('stopped by a person');
  expect(performance.now() - stoppedAt).toBeLessThan(2000);
  const startedAt = performance.now();
  await slow.act('drop-incoming', 'R-5');
  expect(performance.now() - startedAt).toBeLessThan(30_000);
  expect((await slow.observe('R-5')).artefacts.filter(({ role }) => role === 'incoming')).toEqual([]);
});

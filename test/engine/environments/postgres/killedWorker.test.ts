import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { CompiledQuery } from 'kysely';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { Instant } from '../../../../engine/contracts.ts';
import type { Action } from '../../../../engine/environments/provider.ts';
import { createPostgresFixture, type PostgresFixture } from './fixture.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let fixture: PostgresFixture;
let at: Instant;
let fence = 0;

beforeAll(async () => {
  fixture = await createPostgresFixture();
  at = await fixture.commit();
  await fixture.commit();
  await fixture.archive();
});
afterAll(() => fixture[Symbol.asyncDispose]());

/** Starts a worker process on `action` and kills it as soon as its log shows `line`. */
async function killAt(action: Action, runId: string, line: RegExp): Promise<void> {
  const { source, target } = fixture;
  const order = JSON.stringify({ action, source, target, runId, at, fence: (fence += 1) });
  const worker = spawn(process.execPath, [fileURLToPath(new URL('./worker.ts', import.meta.url)), order], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let seen = '';
  worker.stdout.setEncoding('utf8').on('data', (text: string) => {
    seen += text;
    if (line.test(seen)) worker.kill('SIGKILL');
  });
  const [, signal] = (await once(worker, 'exit')) as [number | null, string | null];
  expect(signal).toBe('SIGKILL');
}

async function act(action: Action, runId: string): Promise<void> {
  await fixture.provider.act(action, {
    source: fixture.source,
    target: fixture.target,
    runId,
    at,
    fence: (fence += 1),
    signal: new AbortController().signal,
    remember: async () => undefined,
    remembered: {},
    progress: () => undefined,
    log: () => undefined,
  });
}

async function rows(side: 'target' | 'incoming'): Promise<number[]> {
  await using session = await fixture.provider.session(fixture.target, side, 'application');
  const found = await session.select<{ n: number }>(CompiledQuery.raw('SELECT n FROM moments ORDER BY n'));
  return found.map(({ n }) => n);
}

test.for([/is copied to/, /are replayed/])(
  'a worker killed while it restores (%s) › the next one restores all the same',
  async (line) => {
    const runId = `killed-${String(line).length}`;
    await killAt('restore', runId, line);
    const { target, isOpen, artefacts } = await fixture.provider.observe(fixture.target, runId);
    expect({ target, isOpen }).toEqual({ target: 'old', isOpen: true });
    expect(artefacts.find(({ role }) => role === 'incoming')).toMatchObject({ runId, state: 'restoring' });

    await act('restore', runId);
    expect(await rows('incoming')).toEqual([1]);
    await act('drop-incoming', runId);
  },
);

test.for([/initial stops/, /current leads to/])(
  'a worker killed while it swaps (%s) › the next one finishes, or undoes it',
  async (line) => {
    const runId = `killed-${String(line).length}`;
    await act('restore', runId);
    await killAt('swap', runId, line);
    await act('swap', runId);
    expect(await rows('target')).toEqual([1]);
    expect(await fixture.canOrdinaryLogin('target')).toBe(false);
    await act('swap-back', runId);

    await act('restore', runId);
    await killAt('swap', runId, line);
    await act('swap-back', runId);
    expect(await rows('target')).toEqual(fixture.rowsInTargetAtFirst);
    expect(await fixture.canOrdinaryLogin('target')).toBe(true);
    await act('drop-incoming', runId);
  },
);

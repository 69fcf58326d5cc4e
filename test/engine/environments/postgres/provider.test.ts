import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { access, chown, mkdir, open, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CompiledQuery } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { systemClock } from '../../../../engine/clock.ts';
import type { Instant } from '../../../../engine/contracts.ts';
import { stopServer } from '../../../../engine/environments/postgres/clusterProcess.ts';
import { fenceOf } from '../../../../engine/environments/postgres/fence.ts';
import { type ClusterFolder, readClusterFolder } from '../../../../engine/environments/postgres/generations.ts';
import { generationName, RUN_MARK } from '../../../../engine/environments/postgres/marks.ts';
import { sandboxSettings } from '../../../../engine/environments/postgres/settings.ts';
import { withSettings } from '../../../../engine/environments/typedSettings.ts';
import type { Action } from '../../../../engine/environments/provider.ts';
import { actOn } from '../actOn.ts';
import { createPostgresFixture, type PostgresFixture } from './fixture.ts';

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

/** A worker process on `action` that gets `signal` once its log shows `line`; `signalled` when that is seen here. */
function startWorker(action: Action, runId: string, line: RegExp, signal: NodeJS.Signals) {
  const { source, target } = fixture;
  const order = JSON.stringify({
    action,
    source,
    target,
    runId,
    at,
    fence: (fence += 1),
    line: line.source,
    signalled: signal,
  });
  const worker = spawn(process.execPath, [fileURLToPath(new URL('./worker.ts', import.meta.url)), order], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let seen = '';
  const signalled = new Promise<void>((resolve) => {
    worker.stdout.setEncoding('utf8').on('data', (text: string) => {
      seen += text;
      if (line.test(seen)) resolve();
    });
  });
  return { worker, signalled };
}

async function killAt(action: Action, runId: string, line: RegExp): Promise<void> {
  const { worker } = startWorker(action, runId, line, 'SIGKILL');
  const [, signal] = (await once(worker, 'exit')) as [number | null, string | null];
  expect(signal).toBe('SIGKILL');
}

async function act(action: Action, runId: string): Promise<void> {
  await actOn(fixture.provider, action, {
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

const uat = () => withSettings(fixture.target, sandboxSettings);
const writer = (runId: string) =>
  fixture.provider.open(
    fixture.target,
    { runId, fence: (fence += 1), signal: new AbortController().signal },
    fixture.source,
  );

/** As a worker left it that was overtaken by all others. */
async function createOvertaken({ target, account }: ClusterFolder): Promise<string> {
  const dataFolder = join(target.settings.folder, 'generations', generationName('R-3', 0));
  await mkdir(dataFolder, { mode: 0o700 });
  if (account !== undefined) await chown(dataFolder, account.uid, account.gid);
  await writeFile(join(dataFolder, RUN_MARK), JSON.stringify({ runId: 'R-3', at, state: 'restoring' }));
  return dataFolder;
}

async function select<Row>(side: 'target' | 'incoming', sql: string): Promise<readonly Row[]> {
  await using session = await fixture.provider.session(fixture.target, side, 'application');
  return await session.select<Row>(CompiledQuery.raw(sql));
}
const rows = async (side: 'target' | 'incoming') =>
  (await select<{ n: number }>(side, 'SELECT n FROM moments ORDER BY n')).map(({ n }) => n);

test('who reads the copy without the application › are superusers, the owner of its databases, and members of that role', async () => {
  expect(await fixture.provider.reachers(fixture.target)).toEqual({
    administrators: { names: ['postgres', 'rewind'], count: 2 },
    owners: { names: ['shared', 'tester'], count: 2 },
    isComplete: true,
  });
});

test('a sandbox that is production by another path › has production’s identity', async () => {
  const { provider, source, target, root } = fixture;
  await symlink(join(root, 'prod'), join(root, 'sandbox-by-mistake'));
  const production = (await provider.measure(source)).identity;
  const identities = await Promise.all(
    ['prod', 'sandbox-by-mistake', 'uat'].map(async (name) => {
      // The fixture's own settings.
      const settings = { ...(target.settings as object), folder: join(root, name) };
      return (await provider.measure({ ...target, settings })).identity;
    }),
  );
  expect(identities.map((identity) => identity === production)).toEqual([true, true, false]);
});

test('a copy › archives nothing and leaves production’s roles as shells; under the target’s name it has the target’s own', async () => {
  await act('restore', 'R-1');
  const [settings] = await select(
    'incoming',
    `SELECT current_setting('archive_mode') AS archive_mode, current_setting('archive_library') AS archive_library,
            current_setting('restore_command') AS restore_command, current_setting('fsync') AS fsync`,
  );
  expect(settings).toEqual({ archive_mode: 'off', archive_library: '', restore_command: '', fsync: 'on' });
  const roles = `SELECT rolname, rolcanlogin AS login, rolsuper AS super, rolpassword IS NOT NULL AS password
                   FROM pg_authid WHERE rolname !~ '^pg_' ORDER BY 1`;
  const shell = { login: false, super: false, password: false };
  expect(await select('incoming', roles)).toEqual([
    { rolname: 'chief', ...shell },
    // It made production's cluster: PostgreSQL does not let it be less.
    { rolname: 'postgres', ...shell, super: true },
    { rolname: 'reader', ...shell },
    { rolname: 'rewind', login: true, super: true, password: true },
    { rolname: 'shared', ...shell },
  ]);

  const before = await select('target', roles.replace('IS NOT NULL', ''));
  await act('swap', 'R-1');
  const after = await select<{ rolname: string }>('target', roles.replace('IS NOT NULL', ''));
  expect(after.filter(({ rolname }) => rolname !== 'chief' && rolname !== 'reader')).toEqual(before);
  const memberships = `SELECT roleid::regrole::text AS role, member::regrole::text AS member FROM pg_auth_members
                        WHERE member::regrole::text !~ '^pg_'`;
  expect(await select('target', memberships)).toEqual([{ role: 'shared', member: 'tester' }]);
  await act('swap-back', 'R-1');
  await act('drop-incoming', 'R-1');
});

test('a damaged page in a copy › is found before the switch, and names its table', async () => {
  await act('restore', 'R-2');
  const [file] = await select<{ path: string }>('incoming', `SELECT pg_relation_filepath('moments') AS path`);
  const { generations, account } = await readClusterFolder(uat());
  const dataFolder = generations.find(({ run }) => run?.runId === 'R-2')?.dataFolder ?? '';
  const { binFolder } = uat().settings;
  await stopServer({ binFolder, account, clock: systemClock, fence: fenceOf(uat(), fence) }, dataFolder, 'fast');
  const handle = await open(join(dataFolder, file?.path ?? ''), 'r+');
  await handle.write(Buffer.from('damage'), 0, 6, 8000);
  await handle.close();
  await act('restore', 'R-2');
  for (const depth of ['physical', 'full'] as const) {
    const check = writer('R-2').checkIntegrity(depth);
    await expect(check).rejects.toMatchObject({
      code: 'copy-damaged',
      message: 'moments in the copy of axdb is damaged',
    });
  }
  await act('drop-incoming', 'R-2');
});

test.for([/is copied to/, /are replayed/])(
  'a worker killed while it restores (%s) › the next one restores all the same',
  async (line) => {
    const runId = `killed-${String(line).length}`;
    await killAt('restore', runId, line);
    const { target, isOpen, artefacts } = await fixture.provider.observe(fixture.target, runId, fixture.source);
    expect({ target, isOpen }).toEqual({ target: 'old', isOpen: true });
    expect(artefacts.find(({ role }) => role === 'incoming')).toMatchObject({ runId, state: 'restoring' });

    await act('restore', runId);
    expect(await rows('incoming')).toEqual([1]);
    await act('drop-incoming', runId);
  },
);

test.for([/is copied to/, /are replayed/])(
  'a worker that stands still while it restores (%s) and another takes over › leaves that one’s copy alone, and none of its own',
  async (line) => {
    const runId = `frozen-${String(line).length}`;
    const { worker, signalled } = startWorker('restore', runId, line, 'SIGSTOP');
    let said = '';
    worker.stderr.setEncoding('utf8').on('data', (text: string) => (said += text));
    await signalled;
    await act('restore', runId);
    const names = async () => (await readClusterFolder(uat())).generations.map(({ name }) => name);
    const before = await names();
    worker.kill('SIGCONT');
    const [code] = (await once(worker, 'close')) as [number | null];
    expect([code, said]).toEqual([1, expect.stringContaining('FencedError')]);
    expect(await names()).toEqual(before);
    expect(await rows('incoming')).toEqual([1]);
    await act('drop-incoming', runId);
  },
);

test('a copy that an overtaken worker began and nobody took away › is not the one that is switched to, and goes before the switch', async () => {
  await act('restore', 'R-3');
  const folder = await readClusterFolder(uat());
  const left = await createOvertaken(folder);
  await act('swap', 'R-3');
  expect(await rows('target')).toEqual([1]);
  await expect(access(left)).rejects.toThrow('ENOENT');
  await act('swap-back', 'R-3');

  await createOvertaken(folder);
  await act('drop-incoming', 'R-3');
  expect(
    (await fixture.provider.observe(fixture.target, 'R-3', fixture.source)).artefacts.map(({ role }) => role),
  ).toEqual(['target']);
});

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

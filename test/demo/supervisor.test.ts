import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { findRedisServer } from '../../demo/install/redisServer.js';
import { startRedis } from '../../demo/redis.ts';
import { freePort } from '../../demo/supervisor/freePort.ts';
import { identify } from '../../demo/supervisor/processIdentity.ts';
import { createSupervisor, type Supervisor } from '../../demo/supervisor/supervisor.ts';

const cleanUps: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).toReversed()) await cleanUp();
});

function aFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'rewind-supervisor-'));
  cleanUps.push(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

async function aSupervisor(folder = aFolder()): Promise<{ supervisor: Supervisor; folder: string; said: string[] }> {
  const said: string[] = [];
  const supervisor = await createSupervisor({ folder, say: (sentence) => said.push(sentence) });
  cleanUps.push(() => supervisor.stopAll());
  return { supervisor, folder, said };
}

const stays = { command: 'sh', args: ['-c', 'echo ready; while :; do sleep 1; done'], ready: { line: /^ready$/ } };

function recorded(folder: string): { name: string; pid: number }[] {
  return JSON.parse(readFileSync(join(folder, 'processes.json'), 'utf8')).processes;
}

test('a supervisor › starts a process, records it, logs its output and ends it', async () => {
  const { supervisor, folder } = await aSupervisor();
  await supervisor.start({ ...stays, name: 'one' });
  const pid = supervisor.pid('one') ?? 0;
  expect(recorded(folder)).toMatchObject([{ name: 'one', pid }]);
  expect(identify(pid)).toBeDefined();
  await supervisor.stop('one');
  expect(identify(pid)).toBeUndefined();
  expect(recorded(folder)).toEqual([]);
  expect(readFileSync(join(folder, 'logs/one.log'), 'utf8')).toBe('ready\n');
});

test('a supervisor › ends children of children', async () => {
  const { supervisor, folder } = await aSupervisor();
  const nested = `sh -c 'trap "" TERM; echo $$ > ${folder}/grandchild; while :; do sleep 1; done' & while [ ! -s ${folder}/grandchild ]; do sleep 0.01; done; echo ready; wait`;
  await supervisor.start({ name: 'parent', command: 'sh', args: ['-c', nested], ready: { line: /^ready$/ } });
  const grandchild = Number(readFileSync(join(folder, 'grandchild'), 'utf8'));
  expect(identify(grandchild)).toBeDefined();
  await supervisor.stop('parent');
  await vi.waitFor(() => expect(identify(grandchild)).toBeUndefined());
});

test('a supervisor › stops in reverse order', async () => {
  const { supervisor, folder } = await aSupervisor();
  const script = (name: string) =>
    `trap 'echo ${name} >> ${folder}/order; exit 0' TERM; echo ready; while :; do sleep 0.02; done`;
  for (const name of ['database', 'queue', 'bot']) {
    await supervisor.start({ name, command: 'sh', args: ['-c', script(name)], ready: { line: /^ready$/ } });
  }
  await supervisor.stopAll();
  expect(readFileSync(join(folder, 'order'), 'utf8')).toBe('bot\nqueue\ndatabase\n');
});

test('a supervisor › tells why a process never became ready', async () => {
  const { supervisor } = await aSupervisor();
  const spec = { name: 'broken', command: 'sh', args: ['-c', 'echo no licence; exit 3'], ready: { line: /^ready$/ } };
  await expect(supervisor.start(spec)).rejects.toThrow(
    /broken ended with exit code 3 before it was ready:\nno licence/,
  );
  await expect(supervisor.start({ ...spec, command: 'no-such-program' })).rejects.toThrow(/could not be started/);
  await expect(
    supervisor.start({ ...stays, name: 'slow', ready: { line: /never/ }, readyWithinMs: 100 }),
  ).rejects.toThrow(/slow is not ready after 100 ms:\nready/);
  expect(supervisor.pid('slow')).toBeUndefined();
});

test('a supervisor › starts again what was killed, when told so, and only then', async () => {
  const { supervisor, said } = await aSupervisor();
  await supervisor.start({ ...stays, name: 'worker', restart: 'always' });
  await supervisor.start({ ...stays, name: 'once' });
  const before = supervisor.pid('worker');
  supervisor.kill('worker', 'SIGKILL');
  supervisor.kill('once', 'SIGKILL');
  await vi.waitFor(() => {
    expect(said.toSorted()).toEqual(['once ended with SIGKILL', 'worker ended with SIGKILL and is started again']);
    expect(supervisor.pid('worker')).toBeGreaterThan(0);
  });
  expect(supervisor.pid('worker')).not.toBe(before);
  expect(supervisor.pid('once')).toBeUndefined();
});

test('a supervisor › ends what a killed one left behind, and nobody else', async () => {
  const folder = aFolder();
  const lostChild = spawn('sleep', ['60'], { detached: true });
  const stranger = spawn('sleep', ['60'], { detached: true });
  cleanUps.push(
    () => void stranger.kill('SIGKILL'),
    () => void lostChild.kill('SIGKILL'),
  );
  const pids = { lost: lostChild.pid ?? 0, stranger: stranger.pid ?? 0 };
  const processes = [
    { name: 'lost', pid: pids.lost, identity: identify(pids.lost) },
    { name: 'earlier owner of a reused pid', pid: pids.stranger, identity: 'another boot/1' },
  ];
  const owner = { name: 'supervisor', pid: 1, identity: 'another boot/1' };
  writeFileSync(join(folder, 'processes.json'), JSON.stringify({ owner, processes }));
  const { said } = await aSupervisor(folder);
  expect(said).toEqual(['lost was left running by an earlier start and has been ended']);
  expect(identify(pids.lost)).toBeUndefined();
  expect(identify(pids.stranger)).toBeDefined();
});

test('a supervisor › refuses a folder that a living one owns', async () => {
  const folder = aFolder();
  const other = spawn('sleep', ['60']);
  cleanUps.push(() => void other.kill('SIGKILL'));
  const owner = { name: 'supervisor', pid: other.pid, identity: identify(other.pid ?? 0) };
  writeFileSync(join(folder, 'processes.json'), JSON.stringify({ owner, processes: [] }));
  await expect(createSupervisor({ folder, say: () => {} })).rejects.toThrow(`is in use by process ${other.pid}`);
});

test('a supervisor › that is told to end by SIGTERM takes its processes with it', async () => {
  const folder = aFolder();
  const module = new URL('../../demo/supervisor/supervisor.ts', import.meta.url).href;
  const script = `const { createSupervisor } = await import('${module}');
    const supervisor = await createSupervisor({ folder: '${folder}', say() {} });
    await supervisor.start({ name: 'one', command: 'sleep', args: ['60'], ready: {} });
    setInterval(() => {}, 1000); console.log(supervisor.pid('one'));`;
  const parent = spawn(process.execPath, ['--input-type=module', '--eval', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = await once(parent.stdout, 'data');
  const pid = Number(String(line));
  expect(identify(pid)).toBeDefined();
  parent.kill('SIGTERM');
  const [, signal] = await once(parent, 'exit');
  expect(signal).toBe('SIGTERM');
  expect(identify(pid)).toBeUndefined();
});

function ask(port: number, command: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(command));
    socket.once('data', (data) => {
      socket.destroy();
      resolve(String(data));
    });
    socket.once('error', reject);
  });
}

test.skipIf(findRedisServer() === undefined && !process.env.CI)(
  'a private Redis › listens on loopback and keeps what was written when it is killed',
  async () => {
    vi.stubEnv('REDIS_URL', '');
    const { supervisor, folder } = await aSupervisor();
    const port = await freePort();
    const { url } = await startRedis({ supervisor, folder: join(folder, 'redis'), port });
    expect(url).toBe(`redis://127.0.0.1:${port}`);
    expect(await ask(port, 'CONFIG GET maxmemory-policy\r\n')).toContain('noeviction');
    expect(await ask(port, 'SET job R-1\r\n')).toBe('+OK\r\n');
    const killed = supervisor.pid('redis');
    supervisor.kill('redis', 'SIGKILL');
    await vi.waitFor(() => expect(supervisor.pid('redis')).not.toBe(killed), { timeout: 5_000 });
    await vi.waitFor(async () => expect(await ask(port, 'GET job\r\n')).toContain('R-1'), { timeout: 5_000 });
    expect(existsSync(join(folder, 'redis/appendonlydir'))).toBe(true);
  },
);

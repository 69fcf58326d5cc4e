import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { findRedisServer } from '../../demo/install/redisServer.js';
import { freePort } from '../engine/journal/testDatabase.ts';

/** A private Redis that a test may stop, freeze and empty. */
export interface TestRedis extends AsyncDisposable {
  readonly url: string;
  readonly client: Redis;
  start(): Promise<void>;
  kill(): Promise<void>;
  freeze(): void;
  thaw(): void;
}

export async function startTestRedis(): Promise<TestRedis> {
  const program = findRedisServer();
  if (!program) throw new Error('No redis-server on this machine: npm run setup installs it');
  const folder = await mkdtemp(join(tmpdir(), 'rewind-redis-'));
  const port = await freePort();
  let child: ChildProcess;
  const start = async () => {
    const args = ['--bind', '127.0.0.1', '--port', `${port}`, '--dir', folder, '--appendonly', 'yes', '--save', ''];
    child = spawn(program.command, args, { stdio: 'ignore', env: { ...process.env, ...program.env } });
    while (!(await answers(port))) await new Promise((resolve) => setTimeout(resolve, 10));
  };
  await start();
  const url = `redis://127.0.0.1:${port}`;
  const client = new Redis(url, { maxRetriesPerRequest: null });
  client.on('error', () => {});
  const kill = async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill('SIGKILL');
    await ended;
  };
  return {
    ...{ url, client, start, kill },
    freeze: () => child.kill('SIGSTOP'),
    thaw: () => child.kill('SIGCONT'),
    async [Symbol.asyncDispose]() {
      client.disconnect();
      await kill();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => socket.write('PING\r\n'));
    socket.on('data', (data) => {
      socket.destroy();
      resolve(data.toString().startsWith('+PONG'));
    });
    socket.on('error', () => resolve(false));
  });
}

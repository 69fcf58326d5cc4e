import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { addressOf } from '../../engine/databases/sqlServer/address.ts';
import { openLongConnection } from '../../engine/databases/sqlServer/connection.ts';
import { z } from 'zod';
import { isLongRun } from '../longRun.ts';

let folder: string;
let server: ChildProcess;
let url = '';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rewind-play-'));
  server = start('test/sqlServer/start.ts');
  for await (const line of createInterface({ input: server.stdout ?? process.stdin })) {
    url = line;
    break;
  }
});

afterAll(async () => {
  server.kill('SIGTERM');
  await once(server, 'close');
  await rm(folder, { recursive: true, force: true });
});

/** A script of the project, as a person at a terminal starts it. */
const start = (script: string, ...args: readonly string[]): ChildProcess =>
  spawn(process.execPath, [script, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });

async function demo(
  ...args: readonly string[]
): Promise<{ readonly code: unknown; readonly lines: readonly string[] }> {
  const child = start('demo/main.ts', '--folder', folder, ...args);
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (text) => (said += String(text)));
  const [code] = await once(child, 'close');
  return { code, lines: said.trimEnd().split('\n') };
}

async function namesOn(view: string): Promise<readonly string[]> {
  await using line = await openLongConnection(addressOf(url));
  const rows = await line.ask({ text: `SELECT name FROM ${view}` }, z.object({ name: z.string() }), {
    doing: 'looking',
  });
  return rows.map(({ name }) => name).filter((name) => name.startsWith('rewind'));
}

// On PostgreSQL, `npm test` plays it each time; a server of T-SQL in JavaScript takes two minutes for it.
test.runIf(isLongRun)(
  'the demo on SQL Server › plays the whole journey by TLS, proves it, and leaves the server as it found it',
  async () => {
    const { code, lines } = await demo('--play', '--sql-server', url);
    expect(lines.filter((line) => line.includes('✗'))).toEqual([]);
    expect(lines.at(-1)).toContain('"journey":"ok"');
    expect(lines.filter((line) => line.includes('✓')).length).toBe(14);
    expect(lines.at(-2)).toMatch(/ s {2}14 proofs hold$/);
    const result: unknown = JSON.parse(lines.at(-1) ?? '');
    expect(result).toMatchObject({
      proofs: 14,
      runs: [
        { target: 'uat', state: 'rolled-back' },
        { target: 'test', state: 'aborted' },
        { target: 'test', state: 'rolled-back' },
      ],
    });
    expect(code).toBe(0);
    expect(await namesOn('sys.databases')).toEqual([]);
    expect(await namesOn('sys.server_principals')).toEqual([]);
  },
  600_000,
);

test('the demo on SQL Server › says in one line why it cannot run, and ends with 1', async () => {
  const wrong = url.replace(/sa:[^@]*@/, 'sa:Wrong-2026@');
  const { code, lines } = await demo('--play', '--sql-server', wrong);
  const ours = lines.filter((line) => !/DEP0123|trace-deprecation/.test(line));
  expect(ours).toEqual([
    expect.stringMatching(/^127\.0\.0\.1:\d+ refuses the login that --sql-server names\. Check login/),
  ]);
  expect(code).toBe(1);
});

test('the demo › refuses what it does not understand', async () => {
  for (const [args, sentence] of [
    [['--sql-server'], "Option '--sql-server <value>' argument missing"],
    [['--sqlserver', url], "Unknown option '--sqlserver'"],
  ] as const) {
    const { code, lines } = await demo(...args);
    expect(lines[0]).toContain(sentence);
    expect(lines.length).toBe(1);
    expect(code).toBe(2);
  }
});

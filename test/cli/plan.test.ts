import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { plan } from '../../cli/commands/plan.ts';
import { aBackup, familyGuid } from '../engine/environments/sqlServer/chain/aBackup.ts';
import type { Row } from '../engine/environments/sqlServer/chain/aBackup.ts';

const folder = mkdtempSync(join(tmpdir(), 'rewind-plan-'));
afterAll(() => rmSync(folder, { recursive: true }));

const rows: readonly Row[] = [
  aBackup('full', 'D', '00:00', 100, 110, { time_zone: 4, position: 2 }),
  aBackup('log1', 'L', '01:00', 100, 120, { time_zone: 4 }),
  aBackup('log3', 'L', '03:00', 130, 140, { time_zone: 4 }),
  aBackup('full2', 'D', '04:00', 141, 142, { time_zone: 4 }),
];

async function run(history: unknown, ...args: string[]) {
  writeFileSync(join(folder, 'history.json'), typeof history === 'string' ? history : JSON.stringify(history));
  const out: string[] = [];
  const err: string[] = [];
  const io = {
    out: (text: string) => out.push(text),
    err: (text: string) => err.push(text),
    ask: () => Promise.resolve(''),
    cwd: folder,
  };
  const exitCode = await plan.run(['--history', 'history.json', ...args], io);
  return { exitCode, out: out.join('\n'), err: err.join('\n') };
}

test('rewind plan › writes a chain as JSON and exits with 0', async () => {
  const { exitCode, out } = await run(rows, '--at', '2026-11-20T00:30:00+01:00', '--json');
  expect(exitCode).toBe(0);
  expect(JSON.parse(out)).toMatchObject({
    chain: ['full', 'log1'],
    stopAt: '2026-11-20T00:30:00.000',
    windows: [
      { from: '2026-11-19T23:01:00.000Z', to: '2026-11-20T00:00:00.000Z' },
      { from: '2026-11-20T03:01:00.000Z', to: '2026-11-20T03:01:00.000Z' },
    ],
    refusal: null,
    gaps: [{ from: '2026-11-20T00:00:00.000Z', to: '2026-11-20T03:01:00.000Z' }],
    steps: [
      {
        backup: 'full',
        type: 'full',
        devices: [{ kind: 'disk', name: String.raw`E:\backup\full.bak` }],
        file: 2,
        stopAt: null,
      },
      { backup: 'log1', type: 'log', file: 1, stopAt: '2026-11-20T00:30:00.000' },
    ],
    warnings: [],
  });
});

test('rewind plan › writes a refusal as JSON and exits with 1', async () => {
  const { exitCode, out } = await run(rows, '--at', '2026-11-20T01:30:00Z', '--json');
  expect(exitCode).toBe(1);
  expect(JSON.parse(out)).toMatchObject({
    chain: [],
    stopAt: null,
    refusal: {
      code: 'restore-chain-gap',
      nearest: ['2026-11-20T00:00:00.000Z', '2026-11-20T03:01:00.000Z'],
    },
  });
});

test('rewind plan › shows a person the chain, its STOPAT and what else is reachable', async () => {
  const { out } = await run(rows, '--at', '2026-11-20T00:30:00+01:00');
  expect(out.split('\n')).toEqual([
    'AxDB as of 2026-11-19T23:30:00.000Z',
    String.raw`    1. full backup E:\backup\full.bak, LSN 4213000000000010000001 to 4213000000000011000001`,
    String.raw`    2. log backup E:\backup\log1.trn, LSN 4213000000000010000001 to 4213000000000012000001`,
    'STOPAT: 2026-11-20T00:30:00.000, UTC+01:00',
    '',
    'Reachable:',
    String.raw`  2026-11-19T23:01:00.000Z to 2026-11-20T00:00:00.000Z; then a log backup is missing between log backup E:\backup\log1.trn and log backup E:\backup\log3.trn: nothing holds LSN 4213000000000012000001 to 4213000000000013000001`,
    '  2026-11-20T03:01:00.000Z to 2026-11-20T03:01:00.000Z',
  ]);
});

test('rewind plan › tells a person why not, and what is reachable', async () => {
  const { exitCode, out, err } = await run(rows, '--at', '2026-11-20T09:00:00Z');
  expect([exitCode, out]).toEqual([1, '']);
  expect(err).toContain('no log backup follows');
  expect(err).toContain('the nearest: 2026-11-20T03:01:00.000Z');
});

test('rewind plan › exits with 2 on input that it cannot use', async () => {
  const at = ['--at', '2026-11-20T09:00:00Z'];
  for (const [history, args, reason] of [
    ['{}', at, 'not a JSON array'],
    [rows, [], 'rewind plan --history FILE --at INSTANT'],
    [rows, ['--at', '2026-11-20T09:00:00'], 'not an instant with a zone'],
    [rows, [...at, '--ta'], "Unknown option '--ta'"],
    [rows, [...at, '--database', 'MRDB'], 'The history holds no database MRDB; it holds:\n  AxDB  family'],
  ] as const) {
    const { exitCode, out, err } = await run(history, ...args);
    expect([exitCode, out]).toEqual([2, '']);
    expect(err).toContain(reason);
  }
});

test('rewind plan › asks which database is meant, by name or family', async () => {
  const other = { ...aBackup('other', 'D', '00:00', 100, 110), family_guid: 'ABC' };
  const both = [...rows, other, { ...other, backup_set_uuid: 'mr', database_name: 'MRDB' }];
  const at = ['--at', '2026-11-20T00:01:00Z', '--json'];
  const unasked = await run(both, ...at);
  expect(unasked.exitCode).toBe(2);
  expect(unasked.err.split('\n').map((line) => line.trim().replace(/ +/g, ' '))).toEqual([
    'The history holds several databases; choose one with --database NAME or FAMILY:',
    `AxDB family ${familyGuid.toLowerCase()} 4 backups 2026-11-20 to 2026-11-20 SQL1`,
    'AxDB family abc 1 backup 2026-11-20 to 2026-11-20 SQL1',
    'MRDB family abc 1 backup 2026-11-20 to 2026-11-20 SQL1',
  ]);
  expect((await run(both, ...at, '--database', 'mrdb')).out).toContain('"chain":["mr"]');
  expect((await run(both, ...at, '--database', familyGuid)).exitCode).toBe(1);
  expect((await run(both, ...at, '--database', 'axdb')).exitCode).toBe(2);
});

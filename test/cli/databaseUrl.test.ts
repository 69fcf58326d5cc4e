import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { examineDatabaseUrl } from '../../cli/doctor/databaseUrl.ts';
import type { Command } from '../../engine/contracts.ts';
import { aSandbox } from '../builders.ts';

const folder = mkdtempSync(join(tmpdir(), 'rewind-url-'));
afterAll(() => rmSync(folder, { recursive: true }));
const script = join(folder, 'synchronize.ps1');
writeFileSync(script, 'Invoke-Sqlcmd $env:REWIND_APPLICATION_URL');

const command = (args: readonly string[], more: Partial<Command> = {}): Command => ({
  command: 'powershell.exe',
  args,
  timeoutMs: 1,
  ...more,
});
const told = (
  commands: Parameters<typeof aSandbox>[0] extends infer S ? (S extends { commands?: infer C } ? C : never) : never,
) => examineDatabaseUrl(aSandbox({ commands })).map(({ outcome, detail, remedy }) => [outcome, detail, remedy]);

test('doctor › names a synchronization that reads the address of the database and does not ask for it', () => {
  expect(told({ synchronize: command(['-File', script]) })).toEqual([
    [
      'bad',
      `${script} reads REWIND_APPLICATION_URL and does not get it`,
      'Write `databaseUrl: true` under sandboxes.uat.commands.synchronize.',
    ],
  ]);
  expect(told({ synchronize: command(['-File', script], { databaseUrl: true }) })).toEqual([]);
});

test('doctor › asks about a program that it cannot read, until the file says what it needs', () => {
  expect(told({ synchronize: command([]) })).toMatchObject([
    ['doubtful', expect.stringContaining('gets no REWIND_APPLICATION_URL'), expect.stringContaining('`false`')],
  ]);
  expect(told({ synchronize: command([], { databaseUrl: false }) })).toEqual([]);
});

test('doctor › names any other command that counts on the address', () => {
  expect(told({ startServices: command(['-File', script]), stopServices: command([]) })).toEqual([
    ['bad', `${script} reads REWIND_APPLICATION_URL, which only synchronize can get`, 'Give it a login of its own.'],
  ]);
});

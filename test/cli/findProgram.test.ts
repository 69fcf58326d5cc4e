import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { findProgram } from '../../cli/doctor/commands.ts';

test('doctor on Windows › finds what Windows starts by its bare name, and no script that only a shell would find', () => {
  const folder = mkdtempSync(join(tmpdir(), 'rewind-programs-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  for (const name of ['stop.exe', 'start.cmd', 'sync.ps1']) writeFileSync(join(folder, name), '', { mode: 0o755 });
  const find = (command: string) => findProgram(command, { PATH: folder, PATHEXT: '.EXE;.CMD' }, 'win32');
  expect(find('stop')).toBe(join(folder, 'stop.exe'));
  expect(find('start')).toBeUndefined();
  expect(find('start.cmd')).toBe(join(folder, 'start.cmd'));
  expect(find(join(folder, 'sync.ps1'))).toBe(join(folder, 'sync.ps1'));
  expect(findProgram('stop', { PATH: folder }, 'linux')).toBeUndefined();
});

import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished, test, expect } from 'vitest';
import { zip } from '../../appPackage/zip.ts';
import { readZip } from './readZip.ts';

const ENTRIES = [
  { name: 'manifest.json', data: Buffer.from('{"äöü":"…"}') },
  { name: 'empty.txt', data: Buffer.alloc(0) },
  { name: 'color.png', data: Buffer.from(Array.from({ length: 70_000 }, (_, index) => (index * 7919) % 251)) },
];

test('a zip › gives back every file as it was', () => {
  expect(readZip(zip(ENTRIES))).toEqual(new Map(ENTRIES.map(({ name, data }) => [name, data])));
});

test('a zip › has the same bytes for the same files', () => {
  expect(zip(ENTRIES).equals(zip(ENTRIES))).toBe(true);
});

test('a zip › is read by an independent program', ({ skip }) => {
  const folder = mkdtempSync(join(tmpdir(), 'rewind-zip-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, 'x.zip');
  writeFileSync(file, zip(ENTRIES));
  // Each of them compares sizes and checksums and says so with its exit code; which one there is depends on the machine.
  const readers = [
    ['unzip', '-t', file],
    ['python3', '-m', 'zipfile', '-t', file],
  ] as const;
  const said = readers.map(([program, ...args]) => run(program, args)).find((output) => output !== undefined);
  if (said === undefined) return skip('no program here that checks zip files');
  expect(said).toMatch(/No errors detected|Done testing/);
});

function run(program: string, args: readonly string[]): string | undefined {
  try {
    return execFileSync(program, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

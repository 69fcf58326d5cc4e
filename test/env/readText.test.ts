import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test, vi } from 'vitest';
import { loadInstallation } from '../../env/environments.ts';
import { readPackDocuments } from '../../env/packs.ts';
import { ConfigurationError } from '../../env/problems.ts';
import { readText } from '../../env/readText.ts';
import { readVariables } from '../../env/variables.ts';

const folder = mkdtempSync(join(tmpdir(), 'rewind-text-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** As editors and PowerShell of Windows write a text. */
const written: Readonly<Record<string, (text: string) => Buffer>> = {
  'UTF-8': (text) => Buffer.from(text),
  'UTF-8 with a byte order mark': (text) => Buffer.from(`\uFEFF${text}`),
  'UTF-16 (little endian)': (text) => Buffer.from(`\uFEFF${text}`, 'utf16le'),
  'UTF-16 (big endian)': (text) => Buffer.from(`\uFEFF${text}`, 'utf16le').swap16(),
};
const lines = (...all: readonly string[]) => all.map((line) => `${line}\r\n`).join('');

for (const [encoding, write] of Object.entries(written)) {
  test(`a text in ${encoding} › is read as what it says`, () => {
    const file = join(folder, 'text');
    writeFileSync(file, write('naïve ‽ 数\r\n'));
    expect(readText(file)).toBe('naïve ‽ 数\r\n');
  });

  test(`a file of variables in ${encoding} › gives every one of them, and no other ends of lines`, () => {
    const env = join(folder, encoding);
    mkdirSync(env);
    writeFileSync(join(env, '.env.windows'), write(lines('REWIND_FIRST=one', 'REWIND_SECOND="two words"')));
    vi.stubEnv('TEAMSFX_ENV', 'windows').stubEnv('REWIND_FIRST', undefined).stubEnv('REWIND_SECOND', undefined);
    expect(readVariables(env)).toMatchObject({ REWIND_FIRST: 'one', REWIND_SECOND: 'two words' });
  });

  test(`rule packs in ${encoding} › are read`, () => {
    const packs = mkdtempSync(join(folder, 'packs-'));
    writeFileSync(join(packs, 'our-own.yaml'), write(lines('name: our-own', 'rules:', '  - a', '  - b')));
    expect(readPackDocuments([packs]).get('our-own')?.value).toEqual({ name: 'our-own', rules: ['a', 'b'] });
  });
}

test('what the process already has › wins over a file of variables', () => {
  const env = mkdtempSync(join(folder, 'env-'));
  writeFileSync(join(env, '.env.windows'), 'REWIND_FIRST=file\n');
  vi.stubEnv('TEAMSFX_ENV', 'windows').stubEnv('REWIND_FIRST', 'process');
  expect(readVariables(env)['REWIND_FIRST']).toBe('process');
});

test('environments.yaml in an encoding of its own › is a problem with a name', () => {
  const file = join(folder, 'environments.yaml');
  writeFileSync(file, Buffer.from('people: [{ name: Jürgen }]', 'latin1'));
  expect(() => loadInstallation(file, {}, {})).toThrow(ConfigurationError);
  expect(() => loadInstallation(file, {}, {})).toThrow(/UTF-8/i);
});

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, expect, test, vi } from 'vitest';
import { rewind } from '../cli/house.ts';
import { readProject } from './markdown.ts';

const page = readProject('docs/how-to/write-a-rule-pack.md');
const blocks = [...page.matchAll(/^ {3}```(\w*)\n([\s\S]*?)^ {3}```/gm)].map(([, language, text = '']) => ({
  language,
  text: text.replaceAll(/^ {3}/gm, ''),
}));
const [pack = ''] = blocks.filter(({ language }) => language === 'yaml').map(({ text }) => text);
const [good, wrong] = blocks.filter(({ language }) => language === '').map(({ text }) => text.trimEnd());

const folder = mkdtempSync(join(tmpdir(), 'rewind-how-to-'));
afterAll(() => rmSync(folder, { recursive: true }));
beforeEach(() => {
  vi.stubEnv('TEAMSFX_ENV', 'none');
  vi.stubEnv('REWIND_PACKS', folder);
});

async function check(text: string) {
  const file = join(folder, 'contoso.yaml');
  writeFileSync(file, text);
  return rewind('packs', 'check', file);
}

test('the how-to on rule packs › shows what the check says of its pack', async () => {
  expect(await check(pack)).toEqual({ exitCode: 0, out: good, err: '' });
});

test('the how-to on rule packs › shows what the check says when the table and the post-condition are wrong', async () => {
  const broken = pack.replace('CONTOSOLOYALTY', 'ContosoLoyalty').replace(/^ *offending: .*\n/m, '');
  expect(await check(broken)).toEqual({ exitCode: 1, out: wrong, err: '' });
});

test('the how-to on rule packs › names the schema for editors where it lies', () => {
  const [, path] = /\$schema=\.\.\/rewind\/(\S+)/.exec(page) ?? [];
  expect(Object.keys(JSON.parse(readProject(path ?? '')))).toContain('properties');
});

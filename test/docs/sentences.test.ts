import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { parsePack } from '../../engine/sanitization/pack/rulePack.ts';
import { codesIn, project, readProject, tableRows } from './markdown.ts';

const rows = tableRows(readProject('docs/sentences.md'));
const packFile = 'engine/sanitization/packs/lcs-2020.yaml';
const pack = parsePack(parse(readFileSync(join(project, packFile), 'utf8')), 'lcs-2020');

const checks = new Set(
  ['versions', 'surroundings'].flatMap((name) =>
    [...readProject(`engine/prerequisites/${name}.ts`).matchAll(/defineCondition\(\s*'([a-z-]+)'/g)].map(
      ([, check = '']) => check,
    ),
  ),
);
const rules = new Set(pack.elements.flatMap((element) => element.rules.map(({ id }) => id)));

/** Names after “check” or “rule”, up to the next word that is none of them. */
const namesAfter = (word: string, cell: string): readonly string[] =>
  [...cell.matchAll(new RegExp(`\\b${word}s? ((?:\`[a-z-]+\`(?:, | and )?)+)`, 'g'))].flatMap(([, list = '']) =>
    codesIn(list),
  );

test('the page on sentences › has a place for each of them, and every file exists', () => {
  expect(rows.length).toBeGreaterThan(50);
  const wrong = rows.flatMap(([sentence = '', , where = '']) => {
    const files = codesIn(where);
    return files.length > 0 && files.every((file) => existsSync(join(project, file))) ? [] : [sentence];
  });
  expect(wrong).toEqual([]);
});

test('the page on sentences › names every check of the plan, and none that does not exist', () => {
  const named = new Set(rows.flatMap(([, by = '']) => namesAfter('check', by)));
  expect([...named].sort()).toEqual([...checks].sort());
});

test('the page on sentences › names only rules of the pack, and at least one of each element', () => {
  const named = ['rule', 'cleared:'].flatMap((word) => rows.flatMap(([, by = '']) => namesAfter(word, by)));
  expect(named.filter((name) => !rules.has(name))).toEqual([]);
  const silent = pack.elements.filter((element) => !element.rules.some(({ id }) => named.includes(id)));
  expect(silent.map(({ id }) => id)).toEqual([]);
});

import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { codesIn, readProject, tableRows } from '../docs/markdown.ts';
import { errorNumbers } from './sql/errorNumbers.ts';
import { surface } from './surface.ts';

const page = readProject('docs/sql-server-stand-in.md');
const [, section = ''] = page.split('\n## What it knows, and how that is known\n');
const rows = tableRows(section.split('\n## ')[0] ?? '').map(([kind = '', mark = '', source = '', which = '']) => ({
  kind,
  mark,
  source,
  which: codesIn(which),
}));

const sorted = (names: Iterable<string>) => [...names].sort();

test.each(Object.keys(surface))('the surface of the stand-in › is what the page lists: %s', (kind) => {
  const listed = rows.filter((row) => row.kind === kind).flatMap(({ which }) => which);
  expect(sorted(listed)).toEqual(sorted(surface[kind] ?? []));
});

test('the surface of the stand-in › has a mark for each of its parts, and a source for what is not assumed', () => {
  expect(sorted(new Set(rows.map(({ kind }) => kind)))).toEqual(sorted(Object.keys(surface)));
  expect(sorted(new Set(rows.map(({ mark }) => mark)))).toEqual(['assumed', 'documented', 'recorded']);
  expect(rows.filter(({ mark, source }) => (mark === 'assumed') !== (source === '–'))).toEqual([]);
});

test('an error of the stand-in › has the same mark on the page and in code', () => {
  const marked = Map.groupBy(
    rows.filter(({ kind }) => kind === 'error'),
    ({ mark }) => mark,
  );
  for (const [mark, numbers] of Object.entries(errorNumbers))
    expect(sorted(marked.get(mark)?.flatMap(({ which }) => which) ?? [])).toEqual(sorted(numbers.map(String)));
});

test('an error of the stand-in › is given somewhere, or leaves the list', () => {
  const here = fileURLToPath(new URL('./', import.meta.url));
  const code = globSync('**/*.ts', { cwd: here })
    .filter((path) => !path.endsWith('.test.ts') && path !== 'sql/errorNumbers.ts')
    .map((path) => readFileSync(here + path, 'utf8').replaceAll(/\/\*[\s\S]*?\*\//g, ''))
    .join('\n')
    .replaceAll(/(?<=\d)_(?=\d)/g, '');
  const given = new Set([...code.matchAll(/\b\d{3,5}(?=\s*[,)]|\s+(?::|satisfies))/g)].map(([number]) => number));
  expect((surface['error'] ?? []).filter((number) => !given.has(number))).toEqual([]);
});

import { globSync } from 'node:fs';
import { expect, test } from 'vitest';
import { classify } from '../../engine/databases/sqlServer/classify.ts';
import { knownNumbers } from '../../engine/databases/sqlServer/knownNumbers.ts';
import { codeOf, project, readProject, tableRows } from './markdown.ts';

const rows = tableRows(readProject('docs/errors.md'));
const documented = rows.map(([first]) => codeOf(first) ?? '');

/** Zod's own word for a check of ours. */
const FOREIGN = new Set(['custom']);

/** Every way in which the source names a code. */
function codesOf(path: string): readonly string[] {
  const text = readProject(path);
  const plain = [...text.matchAll(/\bcode(?: =|:) ['"]([a-z][a-z0-9-]*)['"]/g)].map(([, code = '']) => code);
  // A map from status to code, a call with both, and a union of literals.
  const byStatus = [...text.matchAll(/\b[45]\d\d(?:: |, )'([a-z-]+)'/g)].map(([, code = '']) => code);
  const union = /readonly code:\n((?:\s+\| '[a-z-]+'\n?)+)/.exec(text)?.[1] ?? '';
  const ofUnion = [...union.matchAll(/'([a-z-]+)'/g)].map(([, code = '']) => code);
  return [
    ...plain,
    ...(path.startsWith('bot/http/') ? byStatus.filter((code) => !code.includes(' ')) : []),
    ...ofUnion,
  ];
}

const files = globSync('{engine,bot,queue,cli,env,demo,cards,appPackage}/**/*.ts', { cwd: project });
const used = new Set(files.flatMap((path) => codesOf(path)).filter((code) => !FOREIGN.has(code)));

test('the page on errors › describes every code of the source', () => {
  expect(used.size).toBeGreaterThan(100);
  expect([...used].filter((code) => !documented.includes(code))).toEqual([]);
});

test('the page on errors › describes no code that the source does not have', () => {
  expect(documented.filter((code) => !used.has(code))).toEqual([]);
});

test('the page on errors › describes every code once, with something to do', () => {
  expect(documented.filter((code, index) => documented.indexOf(code) !== index)).toEqual([]);
  expect(rows.filter((row) => row.length !== 3 || row.some((cell) => cell === ''))).toEqual([]);
});

test('the page on errors › puts every number of SQL Server where the engine does, knows as many, and marks those nobody has read', () => {
  const section = readProject('docs/errors.md')
    .split('\n## ')
    .find((one) => one.startsWith('SQL Server: what the server refuses'));
  const onPage = tableRows(section ?? '').flatMap(([code, numbers = '']) =>
    [...numbers.matchAll(/(\d+)(\?)?/g)].map(([, number, mark]) => ({
      code: codeOf(code),
      number: Number(number),
      isAssumed: mark === '?',
    })),
  );
  const inEngine = knownNumbers.map(({ number, isAssumed }) => {
    const { code } = classify({ number, state: 0, server: 's', doing: 'd', objects: [] });
    return { code, number, isAssumed };
  });
  const byNumber = (left: { number: number }, right: { number: number }) => left.number - right.number;
  expect(onPage.toSorted(byNumber)).toEqual(inEngine.toSorted(byNumber));
  expect(new Set(inEngine.map(({ number }) => number)).size).toBe(inEngine.length);
});

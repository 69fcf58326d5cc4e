import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { sanitizationGoldens } from '../../golden/sanitization.ts';

test.each(Object.entries(sanitizationGoldens()))(
  'generated T-SQL › %s is what test/golden holds (node test/golden/update.ts writes it anew)',
  (name, content) => {
    expect(content).toBe(readFileSync(new URL(`../../golden/${name}`, import.meta.url), 'utf8'));
  },
);

test('generated T-SQL › has no value in its text: values are parameters', () => {
  const statements = Object.entries(sanitizationGoldens())
    .filter(([name]) => name.startsWith('sanitization-lcs'))
    .map(([, content]) => content)
    .join('')
    .split('\n')
    .filter((line) => line !== '' && line !== 'GO' && !line.startsWith('--'));

  expect(statements.length).toBeGreaterThan(150);
  expect(statements.filter((statement) => statement.includes("'"))).toEqual([]);
});

test('generated T-SQL › says nothing that not every T-SQL server understands', () => {
  const text = ofSqlServer();

  expect(text.match(/\b(merge|waitfor|nocount|limit|returning|ctid|ilike)\b/gi)).toBeNull();
});

test('generated T-SQL › walks through a table by ranges of its key: no TOP, which begins at the first row each time', () => {
  const changes = ofSqlServer().match(/^(update|delete) .*$/gm) ?? [];

  expect(changes.length).toBeGreaterThan(30);
  expect(changes.filter((statement) => /\btop\b/i.test(statement))).toEqual([]);
});

const ofSqlServer = () =>
  Object.entries(sanitizationGoldens())
    .filter(([name]) => !name.includes('postgres'))
    .map(([, content]) => content)
    .join('');

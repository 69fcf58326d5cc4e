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
    // Questions to the catalogue know words of the server's own, and no value.
    .filter(([name]) => name !== 'sanitization-fit.sql')
    .map(([, content]) => content)
    .join('')
    .split('\n')
    .filter((line) => line !== '' && line !== 'GO' && !line.startsWith('--'));

  expect(statements.length).toBeGreaterThan(150);
  expect(statements.filter((statement) => statement.includes("'"))).toEqual([]);
});

test('generated T-SQL › says nothing that not every T-SQL server understands', () => {
  const text = Object.values(sanitizationGoldens()).join('');

  expect(text.match(/\b(merge|waitfor|nocount|limit|returning|ctid|ilike|truncate)\b/gi)).toBeNull();
});

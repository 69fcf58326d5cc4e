import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { usualPacksGoldens } from '../../golden/usualPacks.ts';

test.each(Object.entries(usualPacksGoldens()))(
  'the packs of 2026 › ask the server what %s holds (node test/golden/update.ts writes it anew)',
  (name, content) => {
    expect(content).toBe(readFileSync(new URL(`../../golden/${name}`, import.meta.url), 'utf8'));
  },
);

test('the packs of 2026 › have no value in the text of a statement: values are parameters', () => {
  const statements = Object.values(usualPacksGoldens())
    .join('')
    .split('\n')
    .filter((line) => line !== '' && line !== 'GO' && !line.startsWith('--'));

  expect(statements.length).toBeGreaterThan(500);
  expect(statements.filter((statement) => statement.includes("'"))).toEqual([]);
});

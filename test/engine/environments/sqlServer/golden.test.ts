import { readFile, writeFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { quoteName, quoteText } from '../../../../engine/databases/sqlServer/quote.ts';
import { everyStatement, hostile, realistic } from './everyStatement.ts';

const golden = new URL('../../../golden/sqlserver-statements.sql', import.meta.url);

/** Parameters stand there as variables, so that a record can be read by Microsoft's parser, or run by hand. */
const script = () =>
  [...everyStatement(realistic), ...everyStatement(hostile)]
    .map(({ text, parameters }) => {
      const values = Object.entries(parameters ?? {}).map(([name, value]) =>
        typeof value === 'number'
          ? `DECLARE @${name} bigint = ${String(value)};\n`
          : `DECLARE @${name} nvarchar(4000) = ${quoteText(String(value))};\n`,
      );
      return `${values.join('')}${text}\nGO\n`;
    })
    .join('');

test('statements › are those of test/golden/sqlserver-statements.sql (UPDATE_GOLDEN=1 writes them)', async () => {
  if (process.env['UPDATE_GOLDEN'] === '1') await writeFile(golden, script());
  expect(script()).toBe(await readFile(golden, 'utf8'));
});

/** A reader of T-SQL that knows nothing but quotes: what is left when literals and bracketed names are taken out. */
function skeletonOf(text: string): string {
  return text.replaceAll(/N'(?:[^']|'')*'/g, 'N?').replaceAll(/\[(?:[^\]]|\]\])*\]/g, '[?]');
}

test('statements › have the same skeleton for hostile names as for realistic ones', () => {
  const plain = everyStatement(realistic).map(({ text }) => skeletonOf(text));
  const wild = everyStatement(hostile).map(({ text }) => skeletonOf(text));
  expect(wild).toEqual(plain);
  expect(plain.join('\n')).not.toContain(realistic.application);
});

test('statements › never hold a line that a client would take for the end of a batch', () => {
  for (const { text } of everyStatement(hostile)) expect(text).not.toMatch(/^\s*GO\s*$/im);
});

test('quoteName › is read back by the rules of T-SQL as the name it was given', () => {
  for (const name of [
    realistic.application,
    hostile.application,
    hostile.financialReporting,
    ']',
    ']]',
    "'",
    'a'.repeat(128),
  ]) {
    expect(quoteName(name).slice(1, -1).replaceAll(']]', ']')).toBe(name);
    expect(quoteText(name).slice(2, -1).replaceAll("''", "'")).toBe(name);
  }
});

test('quoteName › refuses what no database of a careful administrator is called', () => {
  for (const name of ['', 'a'.repeat(129), 'a\nGO\nDROP DATABASE x', 'a\0b', 'a\u2028b', '\ud800']) {
    expect(() => quoteName(name)).toThrow(/characters/);
  }
});

import { expect, test } from 'vitest';
import { presentPart } from '../../../engine/sanitization/pack/presentPart.ts';
import { parsePack, rulesOf } from '../../../engine/sanitization/pack/rulePack.ts';
import type { Rule } from '../../../engine/sanitization/pack/rulePack.ts';

const only = (rule: unknown): Rule => {
  const element = {
    id: 'one',
    title: 'One',
    source: 'A test',
    disposition: 'cleared',
    reason: 'A test',
    rules: [rule],
  };
  const [parsed] = rulesOf([parsePack({ name: 'one', title: 'One', elements: [element] }, 'one.yaml')]);
  if (parsed === undefined) throw new Error('no rule');
  return parsed;
};
const notes = (...columns: readonly string[]) => ({
  ...{ id: 'notes', table: 'CUSTTABLE', whenColumnAbsent: 'skip', action: 'clear-columns', columns },
  offending: [{ any: columns.map((column) => ({ column, isNotEmpty: true })) }],
});
const lacks =
  (...missing: readonly string[]) =>
  (column: string) =>
    !missing.includes(column);

test('a rule whose columns may be absent › holds for those that are there, and so does its post-condition', () => {
  expect(presentPart(only(notes('MEMO', 'NOTES', 'TXT')), lacks('NOTES'))).toEqual(only(notes('MEMO', 'TXT')));
});

test('a rule whose columns may be absent › with one column left asks for that one', () => {
  expect(presentPart(only(notes('MEMO', 'NOTES')), lacks('NOTES'))).toMatchObject({
    columns: ['MEMO'],
    offending: [{ column: 'MEMO', isNotEmpty: true }],
  });
});

test('a rule whose columns may be absent › is skipped when none is there', () => {
  expect(presentPart(only(notes('MEMO', 'NOTES')), lacks('MEMO', 'NOTES'))).toBeUndefined();
});

test('a rule whose columns may be absent › is skipped without a column by which it chooses its rows', () => {
  const rule = {
    ...notes('MEMO', 'NOTES'),
    where: [
      {
        any: [
          { column: 'TYPE', equals: 1 },
          { column: 'MEMO', isNotNull: true },
        ],
      },
    ],
  };

  expect(presentPart(only(rule), lacks('TYPE'))).toBeUndefined();
});

test('a rule whose columns may be absent › keeps what it sets and masks of the others', () => {
  const set = only({
    ...{ id: 'dates', table: 'CUSTTABLE', action: 'set-columns', values: { BORN: '1900-01-01', DIED: '1900-01-01' } },
    offending: [{ column: 'BORN', differs: '1900-01-01' }],
  });
  const mask = only({
    ...{ id: 'names', table: 'CUSTTABLE', action: 'mask', columns: { NAME: 'person', OTHER: 'person' } },
    offending: [{ column: 'NAME', notMasked: 'person' }],
  });

  expect(presentPart(set, lacks('DIED'))).toMatchObject({ values: { BORN: '1900-01-01' } });
  expect(presentPart(mask, lacks('OTHER'))).toMatchObject({ columns: { NAME: 'person' } });
});

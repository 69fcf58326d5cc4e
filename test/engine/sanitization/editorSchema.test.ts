import { globSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { Ajv } from 'ajv';
import { expect, test } from 'vitest';
import { rulePack } from '../../../engine/sanitization/pack/rulePack.ts';
import { readPackDocument } from '../../../env/packs.ts';
import { PACK_SCHEMA, packSchema } from '../../golden/packSchema.ts';

const packs = resolve(import.meta.dirname, '..', '..', '..', 'engine', 'sanitization', 'packs');
const fitsSchema = new Ajv({ allErrors: true, strict: false }).compile(JSON.parse(readFileSync(PACK_SCHEMA, 'utf8')));

test('the schema for editors › is what the format says (node test/golden/update.ts writes it anew)', () => {
  expect(readFileSync(PACK_SCHEMA, 'utf8')).toBe(packSchema());
});

test('the schema for editors › admits every shipped pack', () => {
  const files = globSync(`${packs}/*.yaml`);
  expect(files.length).toBeGreaterThan(1);
  expect(files.filter((file) => !fitsSchema(readPackDocument(file).value))).toEqual([]);
});

const rule = { id: 'cards', table: 'CARDS', action: 'delete-rows', offending: 'any-row' };
const packWith = (changes: object, more: object = {}) => ({
  ...{ name: 'contoso', title: 'Ours' },
  elements: [
    {
      ...{ id: 'cards', title: 'Cards', source: 'Policy', disposition: 'cleared', reason: 'They identify people.' },
      rules: [{ ...rule, ...changes }],
    },
  ],
  ...more,
});

test.each([
  ['an unknown key', packWith({ colour: 'red' })],
  ['no post-condition', packWith({ offending: undefined })],
  ['a table in lower case', packWith({ table: 'cards' })],
  ['an action that does not exist', packWith({ action: 'shuffle' })],
  ['columns that are missing', packWith({ action: 'clear-columns' })],
  ['a mask that does not exist', packWith({ action: 'mask', columns: { NAME: 'nobody' } })],
  ['a statement with rows of its own', packWith({ action: 'sql', statements: {}, where: [] })],
  ['an empty list of packs', packWith({}, { extends: [] })],
  ['no element', packWith({}, { elements: [] })],
])('the schema for editors › refuses %s, as the format does', (_, document) => {
  // As it comes out of a file, where nothing is undefined.
  const written: unknown = JSON.parse(JSON.stringify(document));
  expect(fitsSchema(written)).toBe(false);
  expect(rulePack.safeParse(written).success).toBe(false);
});

import { expect, test } from 'vitest';
import { schemaOf } from '../../../engine/planning/sourceSchema.ts';
import type { EngineParts, Pair } from '../../../engine/parts.ts';
import { aSandbox, aSource } from '../../builders.ts';

const column = (change: object = {}) => ({
  ...{ schema: 'dbo', table: 'CUSTTABLE', name: 'ACCOUNTNUM', base: 'nvarchar', max_length: 40, is_nullable: false },
  ...change,
});

/** What a source of these columns is like; `financialReporting` has its own. */
async function schema(application: readonly object[], financialReporting: readonly object[] = [column()]) {
  const provider = {
    session: async (_: unknown, __: unknown, role: string) => ({
      dialect: 'mssql',
      select: async () => (role === 'application' ? application : financialReporting),
      [Symbol.asyncDispose]: async () => {},
    }),
  };
  const pair = { source: aSource(), target: aSandbox(), provider } as unknown as Pair;
  const parts = {
    installation: { people: [], sources: [pair.source], sandboxes: [pair.target] },
  } as unknown as EngineParts;
  return (await schemaOf(parts, pair)).schema;
}

test('the schema of a source › is the same in whatever order its columns come', async () => {
  const other = column({ name: 'NAME' });
  expect(await schema([column(), other])).toBe(await schema([other, column()]));
});

test.each([
  ['a column more', [column(), column({ name: 'NAME' })]],
  ['a column less', []],
  ['another type', [column({ base: 'bigint' })]],
  ['another length', [column({ max_length: 80 })]],
  ['a column that may be empty', [column({ is_nullable: true })]],
  ['another table', [column({ table: 'VENDTABLE' })]],
])('the schema of a source › is another with %s, in either database', async (_, columns) => {
  const before = await schema([column()]);
  expect(before).toMatch(/^[0-9a-f]{64}$/);
  expect(await schema(columns)).not.toBe(before);
  expect(await schema([column()], columns)).not.toBe(before);
});

test('the schema of a source › that cannot be read is none, and no reason to refuse the plan', async () => {
  expect(await schema([{ nothing: 'known' }])).toBeUndefined();
});

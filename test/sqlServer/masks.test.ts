import { sql, type CompiledQuery } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { isNotMasked } from '../../engine/sanitization/masks/forms.ts';
import { kindOf } from '../../engine/sanitization/masks/kinds.ts';
import { maskExpression, maskOnce } from '../../engine/sanitization/masks/maskExpression.ts';
import { keyFrom } from '../../engine/sanitization/masks/maskKey.ts';
import { setUpStatements } from '../../engine/sanitization/masks/setUpMasks.ts';
import { offlineBuilder } from '../../engine/sql.ts';
import { maskedBy } from '../engine/sanitization/masks/reference.ts';
import { EVERY_KIND, formsOf, HOSTILE_VALUES, KEY } from '../engine/sanitization/masks/samples.ts';
import { connectTo, type Client } from './client.ts';
import { startStandIn, type StandIn } from './standIn.ts';

let standIn: StandIn;
let client: Client;
beforeAll(async () => {
  standIn = await startStandIn();
  await standIn.administer('master', 'CREATE DATABASE ax');
  await standIn.administer('ax', 'CREATE TABLE dbo.T (ID int NOT NULL PRIMARY KEY, V nvarchar(max) NULL)');
  await standIn.administer(
    'ax',
    'CREATE TABLE rewind.mask_key (ipad varbinary(64) NOT NULL, opad varbinary(64) NOT NULL)',
  );
  client = await connectTo(standIn, 'sa', 'ax');
  for (const [index, value] of HOSTILE_VALUES.entries())
    await client.run('INSERT INTO dbo.T (ID, V) VALUES (@id, @v)', { id: index, v: value });
  const { ipad, opad } = keyFrom(KEY);
  await client.run('INSERT INTO rewind.mask_key (ipad, opad) VALUES (@ipad, @opad)', { ipad, opad });
});
afterAll(async () => {
  await client[Symbol.asyncDispose]();
  await standIn.close();
});

const textOf = (statement: { compile(db: ReturnType<typeof offlineBuilder>): CompiledQuery }): string => {
  const { sql: text, parameters } = statement.compile(offlineBuilder('mssql'));
  // Nothing of a mask is a parameter: neither a key nor a word.
  expect(parameters).toEqual([]);
  return text;
};

test.each(EVERY_KIND)('the mask %j › gives in T-SQL what the reference gives, in every form', async (kind) => {
  for (const mask of formsOf(kind)) {
    const text = textOf(sql`SELECT ${maskExpression('mssql', mask, 'V')} AS masked FROM dbo.T ORDER BY ID`);

    const { rows, errors } = await client.run(text);

    expect(errors).toEqual([]);
    expect(rows.map(({ masked }) => masked)).toEqual(
      HOSTILE_VALUES.map((value) => maskedBy(KEY, kind, value, mask.room)),
    );
  }
});

test.each(EVERY_KIND)('the mask %j › changes in T-SQL no value that it has given', async (kind) => {
  const [whole, ...shorter] = formsOf(kind);
  for (const mask of [whole, shorter.at(0), shorter.at(-1)].filter((each) => each !== undefined)) {
    const once = textOf(sql`SELECT ${maskOnce('mssql', mask, 'V')} AS V, ID FROM dbo.T`);
    const again = textOf(
      sql`SELECT ${maskOnce('mssql', mask, 'V')} AS masked FROM (${sql.raw(once)}) AS t ORDER BY ID`,
    );
    const isNot = isNotMasked(sql.id('V'), kindOf(kind, mask.room), 'mssql');
    const left = textOf(sql`SELECT COUNT(*) AS n FROM (${sql.raw(once)}) AS t WHERE ${isNot}`);

    expect((await client.run(again)).rows.map(({ masked }) => masked)).toEqual(
      HOSTILE_VALUES.map((value) => maskedBy(KEY, kind, value, mask.room)),
    );
    expect((await client.run(left)).rows).toEqual([{ n: 0 }]);
  }
});

test('what masks need on SQL Server › is made once, and the key is a parameter of nothing but its own row', () => {
  const statements = setUpStatements('mssql', [{ kind: 'person' }], keyFrom(KEY));

  expect(statements.map(({ sql: text, parameters }) => [text, parameters.length])).toEqual([
    ["IF SCHEMA_ID(N'rewind') IS NULL EXEC (N'CREATE SCHEMA rewind')", 0],
    [
      "IF OBJECT_ID(N'rewind.mask_key') IS NULL CREATE TABLE rewind.mask_key (ipad varbinary(64) NOT NULL, opad varbinary(64) NOT NULL)",
      0,
    ],
    ['INSERT INTO rewind.mask_key (ipad, opad) SELECT @1, @2 WHERE NOT EXISTS (SELECT 1 FROM rewind.mask_key)', 2],
  ]);
});

import { afterAll, beforeAll, expect, test } from 'vitest';
import { fitOf } from '../../engine/sanitization/fit/fitOf.ts';
import type { TableObstacles, UniqueIndex } from '../../engine/sanitization/fit/obstacles.ts';
import { readObstacles } from '../../engine/sanitization/fit/readObstacles.ts';
import { rulesOf } from '../../engine/sanitization/pack/rulePack.ts';
import { randomKey, type MaskKey } from '../../engine/sanitization/masks/maskKey.ts';
import { setUpMasks, tearDownMasks } from '../../engine/sanitization/masks/setUpMasks.ts';
import type { MaskKind } from '../../engine/sanitization/pack/maskSchema.ts';
import { countRows, prepareRules } from '../../engine/sanitization/rules/prepareRules.ts';
import { packOf, sandbox } from '../engine/sanitization/fit/subject.ts';
import { connectTo, type Client } from './client.ts';
import { engineSession } from './engineSession.ts';
import { startStandIn, type StandIn } from './standIn.ts';

let standIn: StandIn;
let client: Client;
beforeAll(async () => {
  standIn = await startStandIn();
  await standIn.administer('master', 'CREATE DATABASE ax');
  const columns = 'NAME nvarchar(40) NOT NULL, TAG nvarchar(12) NOT NULL, AREA nvarchar(10) NOT NULL';
  await standIn.administer('ax', `CREATE TABLE dbo.CUST (RECID bigint NOT NULL PRIMARY KEY, ${columns})`);
  client = await connectTo(standIn, 'sa', 'ax');
  for (const [id, name, tag, area] of [
    [1, 'Straße', 'one', 'a'],
    [2, 'Strasse', 'two', 'a'],
    [3, 'Ölmühle', '', 'a'],
    [4, 'Olmuhle', 'four', 'b'],
  ] as const)
    await client.run('INSERT INTO dbo.CUST (RECID, NAME, TAG, AREA) VALUES (@id, @name, @tag, @area)', {
      ...{ id, name, tag, area },
    });
});
afterAll(async () => {
  await client[Symbol.asyncDispose]();
  await standIn.close();
});

/** The stand-in knows no unique index and no collation but its own: they are what the catalogue of a server would say. */
async function answersTo(columns: Readonly<Record<string, MaskKind>>, more: Partial<TableObstacles>, trial?: MaskKey) {
  const session = engineSession(client);
  const rule = { id: 'masked', table: 'CUST', action: 'mask', columns, offending: 'any-row' };
  const prepared = await prepareRules(session, rulesOf(packOf(rule)), sandbox);
  const obstacles = await readObstacles(session, ['CUST']);
  const tables = obstacles.tables.map((table) => ({ ...table, ...more }));
  const { questions } = fitOf(
    prepared.rules,
    { ...obstacles, tables },
    { dialect: 'mssql', catalogue: prepared.catalogue, administrator: sandbox.administrator, trial },
  );
  return Promise.all(questions.map(async ({ why, count }) => [why, await countRows(session, count)]));
}

const index = (name: string, ...columns: readonly string[]): UniqueIndex => ({
  ...{ name, columns, nullsAreEqual: true },
  keys: columns.map((column) => `[${column}]`),
});
const meet = (name: string, kinds: string) =>
  `belongs to unique index ${name}, in which several made-up values (${kinds}) can be the same`;

test('a mask under a unique index › is asked about in T-SQL: how many groups of rows could become the same', async () => {
  expect(
    await answersTo(
      { NAME: 'token', TAG: 'token' },
      { uniqueIndexes: [index('names', 'NAME'), index('tags', 'TAG'), index('both', 'TAG', 'RECID')] },
    ),
  ).toEqual([
    ['belongs to unique index names, which tells values apart that masks take for the same', 1],
    [meet('tags', 'token'), 1],
    [meet('both', 'token'), 0],
  ]);
  expect(await answersTo({ NAME: 'person' }, { uniqueIndexes: [index('areas', 'AREA', 'NAME')] })).toEqual([
    [meet('areas', 'person'), 1],
  ]);
});

test('values that a collation of SQL Server may call equal › are asked about unless it compares code points', async () => {
  const [table] = (await readObstacles(engineSession(client), ['CUST'])).tables;
  const columnsIn = (collation: string, isLoose: boolean) =>
    new Map([...(table?.columns ?? [])].map(([name, facts]) => [name, { ...facts, collation, isLoose }] as const));
  const ask = (collation: string, isLoose: boolean) =>
    answersTo({ NAME: 'token' }, { uniqueIndexes: [], columns: columnsIn(collation, isLoose) });

  // The stand-in tells accents apart, as SQL_Latin1_General_CP1_CI_AS does.
  expect(await ask('SQL_Latin1_General_CP1_CI_AS', true)).toEqual([
    ['has values that its collation SQL_Latin1_General_CP1_CI_AS calls equal, and masks do not', 0],
  ]);
  expect(await ask('Latin1_General_100_BIN2', false)).toEqual([]);
});

test('a check constraint that a mask may break › is asked about in T-SQL, with the key of the copy and with one for a trial', async () => {
  const check = (name: string, definition: string) => ({ name, definition, isUnproved: false });
  const checks = [
    check('CK_MADE_UP', "([NAME] LIKE N'% ~')"),
    check('CK_REAL', "(NOT [NAME] LIKE N'% ~')"),
    check('CK_TAG', "([TAG]=N'' OR [TAG] LIKE N'%e%' OR [TAG]=N'two' OR [TAG]=N'four')"),
    check('CK_AREA', "([AREA]=N'a')"),
  ];
  const kinds = { NAME: 'person', TAG: 'token' } as const;
  const expected = [
    ['would break check constraint CK_MADE_UP', 0],
    ['would break check constraint CK_REAL', 4],
    ['would break check constraint CK_TAG', 3],
  ];

  expect(await answersTo(kinds, { uniqueIndexes: [], checks }, randomKey())).toEqual(expected);

  const session = engineSession(client);
  await setUpMasks(session, [], randomKey());
  expect(await answersTo(kinds, { uniqueIndexes: [], checks })).toEqual(expected);
  await tearDownMasks(session);
});

import { expect, test } from 'vitest';
import { applyTargetSettings } from '../../engine/sanitization/target/applyTargetSettings.ts';
import { packOf, sandbox } from '../engine/sanitization/fit/subject.ts';
import { connectTo } from './client.ts';
import { engineSession } from './engineSession.ts';
import { startStandIn } from './standIn.ts';

/** Values that the driver rounds when it reads them as numbers and dates of JavaScript. */
const COLUMNS: Readonly<Record<string, readonly [type: string, ...values: readonly string[]]>> = {
  EXACT: ['decimal(32,16)', "'1234567890123456.1234567890123456'", "'-0.0000000000000001'"],
  WHOLE: ['bigint', '9223372036854775807', '-9223372036854775808'],
  BITS: ['bit', '1', '0'],
  AMOUNT: ['money', "'922337203685477.5807'", "'-0.0001'"],
  OLD: ['datetime', "'2026-03-29T02:30:00.003'", "'1900-01-01T00:00:00'"],
  FINE: ['datetime2(7)', "'2026-03-29T02:30:00.1234567'", "'0001-01-01T00:00:00'"],
  DAY: ['date', "'2026-03-29'", "'9999-12-31'"],
  ID: ['uniqueidentifier', "'6F9619FF-8B86-D011-B42D-00CF4FC964FF'", 'NULL'],
  BYTES: ['varbinary(max)', '0x00FF10', 'NULL'],
  WORDS: ['nvarchar(60)', "N'Ünï 名前 '", "N'null'"],
  LONG: ['nvarchar(max)', "N'1.50'", 'NULL'],
};

test('settings of the target in T-SQL › arrive exactly, also where the driver reads numbers and dates of JavaScript', async () => {
  await using server = await startStandIn({});
  const columns = Object.entries(COLUMNS).map(([name, [type]]) => `${name} ${type} NULL`);
  for (const database of ['target', 'copy']) {
    await server.administer('master', `CREATE DATABASE ${database}`);
    await server.administer(
      database,
      `CREATE TABLE dbo.SETTINGS (RECID bigint NOT NULL, NAME nvarchar(20) NOT NULL, ${columns.join(', ')})`,
    );
  }
  const values = (row: number) => Object.values(COLUMNS).map((each) => each[row] ?? 'NULL');
  for (const [recId, name, row] of [
    [1, 'one', 1],
    [2, 'one', 2],
    [3, 'two', 1],
  ] as const)
    await server.administer(
      'target',
      `INSERT INTO dbo.SETTINGS VALUES (${String(recId)}, N'${name}', ${values(row).join(', ')})`,
    );
  await server.administer('copy', `INSERT INTO dbo.SETTINGS (RECID, NAME) VALUES (9, N'of production')`);
  await using target = await connectTo(server, 'sa', 'target');
  await using copy = await connectTo(server, 'sa', 'copy');
  const context = { target: engineSession(target), copy: engineSession(copy), sandbox, batchRows: 1 };
  const rule = { id: 'settings', table: 'SETTINGS', action: 'keep-rows', key: 'NAME', offending: 'any-row' };

  expect(await applyTargetSettings({ ...context, packs: packOf(rule) })).toMatchObject([{ rows: 3 }]);

  const all = `SELECT RECID, NAME, ${Object.keys(COLUMNS)
    .map((name) =>
      name === 'BYTES'
        ? name
        : `CONVERT(nvarchar(max), ${name}, ${name === 'OLD' || name === 'FINE' ? '126' : '0'}) AS ${name}`,
    )
    .join(', ')} FROM dbo.SETTINGS ORDER BY RECID`;
  expect((await copy.run(all)).rows).toEqual((await target.run(all)).rows);

  await server.administer(
    'copy',
    `UPDATE dbo.SETTINGS SET ${Object.keys(COLUMNS)
      .map((name) => `${name} = NULL`)
      .join(', ')}`,
  );
  const columnsOnly = {
    ...rule,
    action: 'keep-columns',
    key: 'RECID',
    columns: Object.keys(COLUMNS),
    offending: [{ column: 'WORDS', isNotNull: true }],
  };
  expect(await applyTargetSettings({ ...context, packs: packOf(columnsOnly) })).toMatchObject([{ rows: 3 }]);
  expect((await copy.run(all)).rows).toEqual((await target.run(all)).rows);
});

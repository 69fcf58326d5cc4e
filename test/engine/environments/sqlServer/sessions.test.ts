import { CompiledQuery } from 'kysely';
import { expect, test } from 'vitest';
import { systemClock } from '../../../../engine/clock.ts';
import { openSqlServerProvider } from '../../../../engine/environments/sqlServer/provider.ts';
import { dropLedger } from '../../../../engine/sanitization/passes/dropLedger.ts';
import { sanitize } from '../../../../engine/sanitization/sanitize.ts';
import { verifySanitization } from '../../../../engine/sanitization/verify.ts';
import { startFoCompany, type FoCompany } from '../../../sqlServer/foCompany.ts';
import { productionInTsql } from '../../../sqlServer/foProduction.ts';
import { lcs2020, lcs2023, sandbox } from '../../sanitization/packs.ts';
import { aSandbox, aSource } from '../builders.ts';

/** The provider's own session to the application database of the company's sandbox. */
async function openUat(company: FoCompany) {
  const provider = openSqlServerProvider({ clock: systemClock });
  const uat = aSandbox({
    provider: 'sqlServer',
    databases: { application: 'AxDB_uat', financialReporting: 'MR_uat' },
    settings: { server: company.target.url('rewind') },
  });
  const hold = { runId: 'R-1', fence: 1, signal: new AbortController().signal };
  const session = await provider.open(uat, hold, aSource()).session('target', 'application');
  return {
    session,
    [Symbol.asyncDispose]: async () => {
      await session[Symbol.asyncDispose]();
      await provider.close();
    },
  };
}

const CONTAINERS = [
  ['CREDITCARDACCOUNTSETUP', 'SECUREMERCHANTPROPERTIES'],
  ['RETAILHARDWAREPROFILE', 'SECUREMERCHANTPROPERTIES'],
  ['EXCHANGERATEPROVIDERCONFIGURATIONDETAILS', 'VALUE'],
] as const;

test.for([
  ['lcs-2020', lcs2020],
  ['lcs-2023', lcs2023],
] as const)('a session of SQL Server › sanitizes containers and everything else as %s says', async ([, packs]) => {
  await using company = await startFoCompany({ happened: '' });
  for (const statement of productionInTsql()) await company.target.administer('AxDB_uat', statement);
  await using uat = await openUat(company);
  const { session } = uat;
  const secrets = async () => {
    const found = await Promise.all(
      CONTAINERS.map(([table, column]) =>
        session.select<{ readonly n: number }>(
          CompiledQuery.raw(`SELECT COUNT(*) AS n FROM dbo.${table} WHERE DATALENGTH(${column}) > 0`),
        ),
      ),
    );
    return found.map(([row]) => row?.n);
  };
  expect(await secrets()).toEqual([1, 1, 1]);

  const results = await sanitize({ session, packs, sandbox });
  expect(results.filter(({ skipped }) => skipped !== undefined)).toEqual([]);
  expect(await secrets()).toEqual([0, 0, 0]);
  const verdicts = await verifySanitization({ session, packs, sandbox });
  expect(verdicts.filter(({ passed }) => !passed)).toEqual([]);
  await dropLedger(session);
  const again = await sanitize({ session, packs, sandbox });
  expect(again.filter(({ rows }) => rows > 0)).toEqual([]);
});

test('a session of SQL Server › carries bytes and instants there and back unchanged', async () => {
  await using company = await startFoCompany({ happened: '' });
  await using uat = await openUat(company);
  await company.target.administer(
    'AxDB_uat',
    'CREATE TABLE dbo.carried (n int NOT NULL PRIMARY KEY, bytes varbinary(max) NULL, at datetime2 NOT NULL)',
  );
  const rows = [
    { n: 1, bytes: Buffer.from('00ff10', 'hex'), at: new Date('2026-03-29T02:30:00.123Z') },
    { n: 2, bytes: Buffer.alloc(0), at: new Date('0001-01-01T00:00:00.000Z') },
    { n: 3, bytes: Buffer.alloc(9000, 7), at: new Date('9999-12-31T23:59:59.999Z') },
  ];
  for (const { n, bytes, at } of rows)
    await uat.session.execute(CompiledQuery.raw('INSERT INTO dbo.carried VALUES (@1, @2, @3)', [n, bytes, at]));
  const found = CompiledQuery.raw('SELECT n, bytes, at FROM dbo.carried ORDER BY n');
  expect(await uat.session.select(found)).toEqual(rows);
  const same = CompiledQuery.raw('SELECT n FROM dbo.carried WHERE bytes = @1 OR at = @2 ORDER BY n', [
    Buffer.alloc(0),
    rows[0]?.at,
  ]);
  expect(await uat.session.select(same)).toEqual([{ n: 1 }, { n: 2 }]);
});

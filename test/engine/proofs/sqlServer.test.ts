import { afterAll, beforeAll, expect, test } from 'vitest';
import { systemClock } from '../../../engine/clock.ts';
import { openSqlServerProvider } from '../../../engine/environments/sqlServer/provider.ts';
import { LONG, OVERLAP, PIECE } from '../../../engine/proofs/places/place.ts';
import { sqlServerPlaces } from '../../../engine/proofs/places/sqlServerPlaces.ts';
import type { FieldScanner } from '../../../engine/proofs/scan/fieldScanner.ts';
import { searchLong, searchPart } from '../../../engine/proofs/searchPlaces.ts';
import { createTally } from '../../../engine/proofs/tally.ts';
import { isLedgerLeft } from '../../../engine/sanitization/passes/ledger.ts';
import { dropLedger } from '../../../engine/sanitization/passes/dropLedger.ts';
import { placesOf } from '../../../engine/proofs/places/places.ts';
import { parsePack } from '../../../engine/sanitization/pack/rulePack.ts';
import { startStandIn, type StandIn } from '../../sqlServer/standIn.ts';
import { aSandbox, aSource } from '../environments/builders.ts';
import { sandbox } from '../sanitization/packs.ts';
import { placesIn, sanitizeNoting, search } from './copies.ts';

const element = { source: 'as the test says', reason: 'as the test says', disposition: 'cleared', title: 'Canaries' };
const pack = parsePack(
  {
    name: 'canaries',
    title: 'Two tables',
    elements: [
      {
        ...{ ...element, id: 'canaries' },
        rules: [
          {
            ...{ id: 'addresses', table: 'ADDRESSES', action: 'mask', columns: { MAIL: 'email', NAME: 'person' } },
            offending: [
              {
                any: [
                  { column: 'MAIL', notMasked: 'email' },
                  { column: 'NAME', notMasked: 'person' },
                ],
              },
            ],
          },
          { id: 'endpoints', table: 'ENDPOINTS', action: 'delete-rows', offending: 'any-row' },
        ],
      },
    ],
  },
  'canaries.yaml',
);

const mail = (n: number) => `anna.${String(n)}@contoso.example`;
const wide = (text: string) => `0x${Buffer.from(text, 'utf16le').toString('hex')}`;

/** One place after the other in which SQL Server keeps a value, and where it is found. */
const PLACES: readonly (readonly [type: string, value: string, kind?: string])[] = [
  ['nvarchar(200)', `N'ask ${mail(0)}'`],
  ['nvarchar(max)', `N'{"a":"${mail(1).replace('@', '\\u0040')}"}'`],
  ['varchar(200)', `'${mail(2).toUpperCase()}'`],
  ['nchar(100)', `N'${mail(3)}'`],
  ['varbinary(max)', wide(mail(4))],
  ['varbinary(200)', `0x00ff${Buffer.from(mail(5)).toString('hex')}00`],
  ['nvarchar(200)', `N'${Buffer.from(mail(6), 'utf16le').toString('base64')}'`],
  ['nvarchar(200)', `N'?q=${mail(7).replace('@', '%40')}'`],
  ['ntext', `N'<a>${mail(8)}</a>'`],
  ['nvarchar(200)', `N'ANNA KŘÍŽKOVÁ'`, 'full-name'],
  ['nvarchar(200)', `N'sql-7.contoso-prod.net'`, 'host'],
];

let standIn: StandIn;
beforeAll(async () => {
  standIn = await startStandIn({ logins: [{ name: 'rewind', password: 'Rewind-2026!', roles: ['sysadmin'] }] });
  for (const name of ['AxDB', 'MR']) await standIn.administer('master', `CREATE DATABASE ${name}`);
  const run = (text: string) => standIn.administer('AxDB', text);
  await run(
    'CREATE TABLE dbo.ADDRESSES (RECID int NOT NULL PRIMARY KEY, MAIL nvarchar(255) NOT NULL, NAME nvarchar(100) NOT NULL)',
  );
  await run('CREATE TABLE dbo.ENDPOINTS (RECID int NOT NULL PRIMARY KEY, URL nvarchar(max) NOT NULL)');
  for (let n = 0; n < 20; n += 1)
    await run(`INSERT INTO dbo.ADDRESSES VALUES (${String(n)}, N'${mail(n)}', N'Anna Křížková')`);
  await run(`INSERT INTO dbo.ENDPOINTS VALUES (1, N'Server=tcp:sql-7.contoso-prod.net,1433;Database=AX;User Id=ax')`);
  await run('CREATE SCHEMA loose');
  for (const [index, [type, value]] of PLACES.entries()) {
    await run(`CREATE TABLE loose.t${String(index)} (v ${type} NULL)`);
    await run(`INSERT INTO loose.t${String(index)} VALUES (${value})`);
  }
});
afterAll(() => standIn.close());

test('the search in T-SQL › finds on the stand-in, through the real client, what stands where no rule speaks of it', async () => {
  const ax = standIn.state.databases.find(({ name }) => name === 'AxDB');
  const definition = `CREATE VIEW loose.seen AS SELECT N'${mail(11)}' AS v`;
  ax?.ownRows.set('sys.sql_modules', [
    { object_id: await idOf('loose.t1'), definition },
    { object_id: 77, definition: `CREATE TRIGGER t ON DATABASE AS PRINT N'${mail(14)}'` },
    { object_id: 78, definition: null },
  ]);
  ax?.ownRows.set('sys.security_policies', [{ name: 'P', object_id: 9, schema_id: 1, is_enabled: 1 }]);
  await standIn.administer('AxDB', `CREATE TABLE loose.named ([${mail(17)}] int NULL)`);
  await standIn.administer('AxDB', `CREATE UNIQUE INDEX i ON loose.t3 (v) WHERE v = N'${mail(15)}'`);
  ax?.ownRows.set('sys.security_predicates', [
    { object_id: 9, target_object_id: await idOf('loose.t4'), predicate_definition: `([v]=N'${mail(16)}')` },
  ]);
  ax?.ownRows.set('sys.default_constraints', [
    { name: 'DF', parent_object_id: await idOf('loose.t2'), definition: `(N'${mail(13)}')` },
  ]);
  ax?.ownRows.set('sys.check_constraints', [
    {
      ...{ name: 'CK', parent_object_id: await idOf('loose.t0'), is_disabled: 0 },
      definition: `([v]<>N'${mail(12)}')`,
    },
  ]);
  ax?.ownRows.set('sys.synonyms', [
    { name: 'dw', object_id: 9, schema_id: 1, base_object_name: '[sql-7.contoso-prod.net].[dw].[dbo].[FACT]' },
  ]);

  const provider = openSqlServerProvider({ clock: systemClock });
  const target = aSandbox({
    ...{ provider: 'sqlServer', name: 'uat', databases: { application: 'AxDB', financialReporting: 'MR' } },
    settings: { server: standIn.url('rewind') },
  });
  const writer = provider.open(target, { runId: 'R-1', fence: 1, signal: new AbortController().signal }, aSource());
  try {
    await using application = await writer.session('target', 'application');
    await using financialReporting = await writer.session('target', 'financialReporting');
    const copy = { application, financialReporting };
    await sanitizeNoting({ copy, packs: [pack], ...sandbox });
    await using read = await writer.read('target', 'application');
    await using beside = await writer.read('target', 'financialReporting');
    const results = await search({ packs: [pack] }, { application: read, financialReporting: beside });
    expect(placesIn(results).toSorted()).toEqual(
      [
        ...PLACES.map(([, , kind = 'mail'], index) => `AxDB.loose.t${String(index)}.v: 1 ${kind}`),
        'AxDB.loose.t0.(constraints): 1 mail',
        'AxDB.loose.t1.(definitions): 1 mail',
        'AxDB.loose.t2.(defaults): 1 mail',
        'AxDB.a trigger of the database.(definitions): 1 mail',
        'AxDB.loose.t3.(indexes): 1 mail',
        'AxDB.loose.t4.(policies): 1 mail',
        'AxDB.dw.(synonyms): 1 host',
        'AxDB.loose.named.(names): 1 mail',
      ].toSorted(),
    );
    const left = results[0]?.notSearched;
    expect(left).toContainEqual({
      ...{ what: 'rows of loose.t4 of AxDB', why: 'a policy of the database hides rows from this account' },
    });
    expect(left).toContainEqual({
      ...{ what: 'definitions of 1 module of AxDB', why: 'they are encrypted, or this account may not see them' },
    });
    expect(JSON.stringify(left)).toMatch(/Query Store.*change tracking.*full-text.*plan guides.*msdb/);
    await dropLedger(financialReporting);
    await dropLedger(application);
    expect([await isLedgerLeft(read), await isLedgerLeft(beside)]).toEqual([false, false]);
  } finally {
    await provider.close();
  }
});

test('what SQL Server shows otherwise than it is › reads “not searched”, by name', async () => {
  const column = (name: string, more: Readonly<Record<string, unknown>>) => ({
    ...{ object_id: 1, schema: 'dbo', table: 'T', name, type: 'nvarchar', max_length: 100, ...more },
  });
  const columns = [
    column('SEEN', { is_masked: false, may_unmask: 0, encryption_type: null, hides_rows: 0 }),
    column('MASKED', { is_masked: true, may_unmask: 0, encryption_type: null, hides_rows: 0 }),
    column('UNMASKED', { is_masked: true, may_unmask: 1, encryption_type: null, hides_rows: 0 }),
    column('SEALED', { type: 'varbinary', encryption_type: 1 }),
    column('PLACE', { type: null }),
    column('COUNT', { type: 'int' }),
  ];
  const { tables, notSearched } = await placesOf.mssql.list({
    dialect: 'mssql',
    // The rows are what a server would give.
    select: async <Row>({ sql }: { readonly sql: string }) => (sql.includes('c.*') ? columns : []) as Row[],
    pour: async () => undefined,
    [Symbol.asyncDispose]: async () => undefined,
  });
  expect(tables.map((each) => each.columns.map(({ name }) => name))).toEqual([
    ['SEEN', 'MASKED', 'UNMASKED', 'SEALED'],
  ]);
  expect(notSearched.filter(({ what }) => what.startsWith('values of'))).toEqual([
    { what: 'values of dbo.T.SEALED', why: 'clients encrypt them (Always Encrypted)' },
    { what: 'values of dbo.T.MASKED', why: 'the database shows them masked to this account' },
    { what: 'values of dbo.T.PLACE', why: 'they are of CLR types' },
  ]);
});

test.each([
  ['ntext', (text: string) => `N'${text}'`],
  ['xml', (text: string) => `N'<a>${text}</a>'`],
  ['image', (text: string) => `0x${Buffer.from(text).toString('hex')}`],
])(
  'the search in T-SQL › reads a long %s in pieces, never whole, and finds what stands at its end',
  async (type, write) => {
    const text = `${'x'.repeat(LONG + 2 * OVERLAP)} ${mail(0)}`;
    await standIn.administer('AxDB', `CREATE TABLE loose.long (v ${type} NULL)`);
    await standIn.administer('AxDB', `INSERT INTO loose.long VALUES (${write(text)})`);
    const provider = openSqlServerProvider({ clock: systemClock });
    const target = aSandbox({
      ...{ provider: 'sqlServer', name: 'uat', databases: { application: 'AxDB', financialReporting: 'MR' } },
      settings: { server: standIn.url('rewind') },
    });
    const writer = provider.open(target, { runId: 'R-2', fence: 2, signal: new AbortController().signal }, aSource());
    try {
      await using session = await writer.read('target', 'application');
      const place = (await sqlServerPlaces.list(session)).tables.find(({ table }) => table === 'long');
      if (place === undefined) throw new Error('The table is not listed');
      expect(place.bytes).toBe(4096);
      const fields: string[] = [];
      const scanner: FieldScanner = {
        ...{ bytes: 0, flush: () => {} },
        field: (_column, _row, bytes, from, to) => void fields.push(Buffer.from(bytes.subarray(from, to)).toString()),
      };
      const context = { session, scanner, tally: createTally(), database: 'AxDB' };
      await searchPart(context, place, { kind: 'all' });
      expect(fields).toEqual([]);
      await searchLong(context, place);
      expect(fields.filter((field) => field.includes(mail(0)))).toHaveLength(1);
      expect(Math.max(...fields.map(({ length }) => length))).toBe(PIECE + OVERLAP);
    } finally {
      await provider.close();
      await standIn.administer('AxDB', 'DROP TABLE loose.long');
    }
  },
);

async function idOf(table: string) {
  const [row] = await standIn.administer('AxDB', `SELECT OBJECT_ID(N'${table}') AS id`);
  return row?.['id'] ?? null;
}

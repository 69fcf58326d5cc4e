import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  ColumnMismatchError,
  NoRulesError,
  PackInvalidError,
  RulesDoNotFitError,
} from '../../../engine/sanitization/errors.ts';
import { keyFrom } from '../../../engine/sanitization/masks/maskKey.ts';
import { parsePack, type RulePack } from '../../../engine/sanitization/pack/rulePack.ts';
import { selectPacks } from '../../../engine/sanitization/pack/selectPacks.ts';
import { dropLedger } from '../../../engine/sanitization/passes/dropLedger.ts';
import { sanitize, type SanitizeContext } from '../../../engine/sanitization/sanitize.ts';
import { verifySanitization } from '../../../engine/sanitization/verify.ts';
import { maskedBy } from './masks/reference.ts';
import { KEY } from './masks/samples.ts';
import { sandbox } from './packs.ts';
import { startTestServer, type TestDatabase, type TestServer } from './testDatabase.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer('');
}, 60_000);
afterAll(() => server[Symbol.asyncDispose]());

const USERS = `create table "USERINFO" ("RECID" bigserial primary key, "NAME" varchar(40), "SID" varchar(124) unique);
  insert into "USERINFO" ("NAME", "SID") values ('Ada Lovelace', 'S-1-19-1'), ('Bob Kahn', 'S-1-19-2');`;
const REPORTING = `create schema reporting;
  create table reporting."SECURITYUSER" ("USERID" uuid primary key, "USERNAME" varchar(60), "WINDOWSSECURITYIDENTIFIER" varchar(200) unique);
  insert into reporting."SECURITYUSER" values (gen_random_uuid(), 'Ada Lovelace', 's-1-19-1'), (gen_random_uuid(), 'Bob Kahn', 'S-1-19-2');`;

const users = {
  ...{ id: 'users', table: 'USERINFO', action: 'mask', columns: { NAME: 'person', SID: { token: 32 } } },
  offending: [
    {
      any: [
        { column: 'NAME', notMasked: 'person' },
        { column: 'SID', notMasked: { token: 32 } },
      ],
    },
  ],
};
const readers = {
  ...{ id: 'readers', database: 'financialReporting', table: 'SECURITYUSER', action: 'mask' },
  columns: { USERNAME: 'person', WINDOWSSECURITYIDENTIFIER: { token: 32 } },
  offending: [
    {
      any: [
        { column: 'USERNAME', notMasked: 'person' },
        { column: 'WINDOWSSECURITYIDENTIFIER', notMasked: { token: 32 } },
      ],
    },
  ],
};
const packOf = (...rules: readonly object[]): readonly RulePack[] => {
  const element = { id: 'e', title: 'T', source: 'S', disposition: 'kept-from-target', reason: 'R', rules };
  return [parsePack({ name: 'p', title: 'T', elements: [element] }, 'p')];
};
const both = packOf(users, readers);

interface Pair extends AsyncDisposable {
  readonly application: TestDatabase;
  readonly reporting: TestDatabase;
  readonly context: SanitizeContext;
}

async function aPair(more = ''): Promise<Pair> {
  const application = await server.emptyDatabase(USERS);
  const reporting = await server.emptyDatabase(REPORTING + more);
  return {
    ...{ application, reporting },
    context: { session: application.session, financialReporting: { session: reporting.session }, packs: both, sandbox },
    async [Symbol.asyncDispose]() {
      await application[Symbol.asyncDispose]();
      await reporting[Symbol.asyncDispose]();
    },
  };
}

const sidsOf = async ({ application, reporting }: Pair) => {
  const sids = async (database: TestDatabase, query: string) => (await database.rows(query)).map(({ sid }) => sid);
  return [
    await sids(application, 'select "SID" as sid from "USERINFO" order by 1'),
    await sids(reporting, 'select "WINDOWSSECURITYIDENTIFIER" as sid from reporting."SECURITYUSER" order by 1'),
  ] as const;
};

test('a rule for the Financial Reporting database › is carried out and proved there, and its masks join with those of the application', async () => {
  await using pair = await aPair();

  const results = await sanitize({ ...pair.context, maskKey: () => keyFrom(KEY) });

  expect(results.map(({ ruleId, table, rows }) => [ruleId, table, rows])).toEqual([
    ['users', 'USERINFO', 2],
    ['readers', 'reporting.SECURITYUSER', 2],
  ]);
  const sids = ['S-1-19-1', 'S-1-19-2'].map((sid) => String(maskedBy(KEY, { token: 32 }, sid))).toSorted();
  expect(await sidsOf(pair)).toEqual([sids, sids]);
  const proof = { session: pair.application.session, financialReporting: pair.reporting.session, packs: both, sandbox };
  expect((await verifySanitization(proof)).map(({ ruleId, passed }) => [ruleId, passed])).toEqual([
    ['users', true],
    ['readers', true],
  ]);
  for (const database of [pair.application, pair.reporting]) {
    expect(
      await database.rows(
        `select to_regclass('rewind.pass') is not null as ledger, to_regclass('rewind.mask_key') as key`,
      ),
    ).toEqual([{ ledger: true, key: null }]);
  }
});

test('what is left in the Financial Reporting database › is no switch', async () => {
  await using pair = await aPair();
  await sanitize(pair.context);
  await dropLedger(pair.application.session);
  const proof = { session: pair.application.session, financialReporting: pair.reporting.session, packs: both, sandbox };

  await expect(verifySanitization({ ...proof, kept: [] })).rejects.toThrow('still holds the schema rewind');

  await dropLedger(pair.reporting.session);
  await pair.reporting.rows(`update reporting."SECURITYUSER" set "USERNAME" = 'Ada Lovelace'`);
  expect((await verifySanitization({ ...proof, kept: [] })).map(({ ruleId, passed }) => [ruleId, passed])).toEqual([
    ['users', true],
    ['readers', false],
  ]);
});

test.each([
  [
    'too short a column',
    'alter table reporting."SECURITYUSER" alter "USERNAME" type varchar(3) using \'x\';',
    ColumnMismatchError,
    'reporting.SECURITYUSER.USERNAME holds 3',
  ],
  [
    'a unique index',
    'create unique index names on reporting."SECURITYUSER" ("USERNAME");',
    RulesDoNotFitError,
    'reporting.SECURITYUSER.USERNAME belongs to unique index names',
  ],
])(
  'a rule that does not fit the Financial Reporting database › leaves the application’s as it is: %s',
  async (_what, ddl, kind, says) => {
    await using pair = await aPair(ddl);
    const before = await pair.application.rows('select * from "USERINFO" order by 1');

    const refused = sanitize(pair.context);

    await expect(refused).rejects.toThrow(kind);
    await expect(refused).rejects.toThrow(says);
    expect(await pair.application.rows('select * from "USERINFO" order by 1')).toEqual(before);
    expect(await pair.application.rows(`select to_regclass('rewind.pass') as ledger`)).toEqual([{ ledger: null }]);
  },
);

test.each([
  ['the application’s', 'USERINFO'],
  ['the Financial Reporting one', 'SECURITYUSER'],
])(
  'a worker that ends while it masks %s › leaves a key behind, and the next one goes on with it',
  async (_which, table) => {
    await using pair = await aPair();
    const stop = new AbortController();
    const stopping = ({ session }: TestDatabase) => ({
      ...session,
      executeTogether: async (queries: Parameters<typeof session.executeTogether>[0]) => {
        const result = await session.executeTogether(queries);
        if (queries.some(({ sql }) => sql.startsWith('update') && sql.includes(`"${table}"`)))
          stop.abort(new Error('killed'));
        return result;
      },
    });
    const first = {
      ...pair.context,
      session: stopping(pair.application),
      financialReporting: { session: stopping(pair.reporting) },
    };
    const killed = sanitize({ ...first, signal: stop.signal }).then(() => stop.signal.throwIfAborted());
    await expect(killed).rejects.toThrow('killed');

    await sanitize(pair.context);

    const [application, reporting] = await sidsOf(pair);
    expect(application).toEqual(reporting);
    expect(application).not.toContain('S-1-19-1');
  },
);

test('a key that one database alone still has › is the other’s as well', async () => {
  await using pair = await aPair();
  const key = keyFrom(KEY);
  await pair.reporting.client.query(
    'create schema rewind; create table rewind.mask_key (ipad bytea not null, opad bytea not null)',
  );
  await pair.reporting.client.query('insert into rewind.mask_key values ($1, $2)', [key.ipad, key.opad]);

  await sanitize(pair.context);

  const sids = ['S-1-19-1', 'S-1-19-2'].map((sid) => String(maskedBy(KEY, { token: 32 }, sid))).toSorted();
  expect(await sidsOf(pair)).toEqual([sids, sids]);
});

test('progress over two databases › never goes back, and ends at the end', async () => {
  await using pair = await aPair();
  const seen: number[] = [];

  await sanitize({ ...pair.context, progress: (percent) => seen.push(percent) });

  expect(seen).toEqual(seen.toSorted((one, other) => one - other));
  expect(seen.at(-1)).toBe(100);
});

test('rules for a database that is not handed in › are nobody’s, and none at all are an error', async () => {
  await using pair = await aPair();
  const { session } = pair.application;

  expect((await sanitize({ session, packs: both, sandbox })).map(({ ruleId }) => ruleId)).toEqual(['users']);
  await expect(sanitize({ session, packs: packOf(readers), sandbox })).rejects.toThrow(NoRulesError);
  await expect(verifySanitization({ session, packs: packOf(readers), sandbox })).rejects.toThrow(NoRulesError);
});

test('a pack › says what is wrong with the database of a rule', () => {
  const kept = {
    id: 'kept',
    database: 'financialReporting',
    table: 'SECURITYUSER',
    action: 'keep-rows',
    offending: 'any-row',
  };

  expect(() => packOf(kept)).toThrow(PackInvalidError);
  expect(() => packOf(kept)).toThrow('has nothing that is kept from the target');
  expect(() => packOf({ ...users, database: 'ledger' })).toThrow('rule users, elements[0].rules[0].database');
});

test('rules of both databases › may write columns of the same name', () => {
  const clear = {
    id: 'there',
    database: 'financialReporting',
    table: 'USERINFO',
    action: 'clear-columns',
    columns: ['NAME'],
    offending: [{ column: 'NAME', isNotEmpty: true }],
  };
  const here = { ...clear, id: 'here', database: 'application' };

  expect(selectPacks(['p'], packOf(users, clear))).toHaveLength(1);
  expect(() => selectPacks(['p'], packOf(users, here))).toThrow(
    'rules users and here both write USERINFO.NAME of every row',
  );
});

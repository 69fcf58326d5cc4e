import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ReadSession, Session } from '../../../engine/environments/provider.ts';
import { applyTargetSettings } from '../../../engine/sanitization/target/applyTargetSettings.ts';
import { MandatoryTableMissingError, TargetSettingsError } from '../../../engine/sanitization/errors.ts';
import { sanitize } from '../../../engine/sanitization/sanitize.ts';
import { verifySanitization } from '../../../engine/sanitization/verify.ts';
import { createTables } from './foSchema.ts';
import { lcs2023 as packs, sandbox } from './packs.ts';
import { PRODUCTION } from './production.ts';
import { startTestServer } from './testDatabase.ts';
import type { TestDatabase, TestServer } from './testDatabase.ts';

/** Settings of a sandbox in use: record numbers that sort differently as text, microseconds, bytes, unicode. */
const UAT = `
insert into "SYSSERVERCONFIG" ("SERVERID", "RECID") values ('UAT-AOS-1', 9), ('UAT-AOS-2', 10), ('UAT-AOS-3', 11),
  ('UAT-AOS-4', 5637144576), ('Öl-Prüfstand "4"; --', 100);
insert into "SYSCORPNETPRINTERS" ("PRINTERPATH") values ('\\\\print\\uat');
insert into "BATCHSERVERCONFIG" ("SERVERID", "MAXBATCHSESSIONS", "CREATEDDATETIME")
  values ('UAT-AOS-1', 8, '2026-03-29 02:30:00.123456');
insert into "POWERBICONFIG" ("CLIENTID", "TENANTID", "APPLICATIONKEY") values ('client-of-uat', 't', '\\x00ff10'), ('b', 't', null);
insert into "USERINFO" ("ID", "NETWORKALIAS", "SID") values ('ADMIN', 'Admin@fabrikam.example', 'S-1-19-uat'), ('Jörg', 'j', 'S-9');
`;
const KEPT_TABLES = ['SYSSERVERCONFIG', 'SYSCORPNETPRINTERS', 'BATCHSERVERCONFIG', 'BATCHSERVERGROUP', 'POWERBICONFIG'];

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer(createTables());
}, 60_000);
afterAll(() => server[Symbol.asyncDispose]());

test('target settings › reach the copy exactly, page by page, also when applied twice', async () => {
  await using target = await server.database(UAT);
  await using copy = await sanitizedCopy();
  const context = { target: target.session, copy: copy.session, packs, sandbox, batchRows: 2 };

  const results = await applyTargetSettings(context);
  const again = await applyTargetSettings(context);

  expect(results.map(({ ruleId, table, rows }) => ({ ruleId, table, rows }))).toEqual([
    { ruleId: 'server-configuration', table: 'SYSSERVERCONFIG', rows: 5 },
    { ruleId: 'network-printers', table: 'SYSCORPNETPRINTERS', rows: 1 },
    { ruleId: 'batch-servers', table: 'BATCHSERVERCONFIG', rows: 1 },
    { ruleId: 'batch-server-groups', table: 'BATCHSERVERGROUP', rows: 0 },
    { ruleId: 'administrator-sid', table: 'USERINFO', rows: 1 },
    { ruleId: 'power-bi-registration', table: 'POWERBICONFIG', rows: 2 },
    { ruleId: 'provisioning-messages', table: 'PROVISIONINGMESSAGETABLE', rows: 0 },
  ]);
  expect(again).toEqual(results);
  for (const table of KEPT_TABLES) expect(await contentOf(copy, table)).toEqual(await contentOf(target, table));
  expect(
    await copy.rows(`select "ID", "SID" from "USERINFO" where lower("ID") in ('admin', 'jörg') order by 1`),
  ).toEqual([
    { ID: 'Admin', SID: 'S-1-19-uat' },
    { ID: 'Jörg', SID: 'S-4' },
  ]);
});

test('target settings › are counted when the copy is verified once more', async () => {
  await using target = await server.database(UAT);
  await using copy = await sanitizedCopy();
  const kept = await applyTargetSettings({ target: target.session, copy: copy.session, packs, sandbox });
  const failing = async () =>
    (await verifySanitization({ session: copy.session, packs, sandbox, kept }))
      .filter(({ passed }) => !passed)
      .map(({ ruleId, offendingRows }) => ({ ruleId, offendingRows }));

  expect(await failing()).toEqual([]);

  await copy.rows(`insert into "BATCHSERVERGROUP" ("GROUPID") values ('PROD')`);
  await copy.rows(`update "LOGISTICSELECTRONICADDRESS" set "LOCATOR" = 'a@b' where "TYPE" = 3`);
  expect(await failing()).toEqual([
    { ruleId: 'email-addresses', offendingRows: 1 },
    { ruleId: 'batch-server-groups', offendingRows: 1 },
  ]);
});

test('target settings › leave the administrator without a SID when the target’s Admin is another account', async () => {
  await using target = await server.database(
    `insert into "USERINFO" ("ID", "NETWORKALIAS", "SID") values ('Admin', 'somebody@else.example', 'S-1-19-else')`,
  );
  await using copy = await sanitizedCopy();

  await applyTargetSettings({ target: target.session, copy: copy.session, packs, sandbox });

  expect(await copy.rows(`select "SID" from "USERINFO" where "ID" = 'Admin'`)).toEqual([{ SID: '' }]);
});

test('target settings › travel in the columns that both sides have', async () => {
  await using target = await server.database(
    `${UAT} alter table "SYSSERVERCONFIG" add column "ONLYINUAT" text default 'u', add column "SUM" int default 5;`,
  );
  await using copy = await sanitizedCopy(
    `alter table "SYSSERVERCONFIG" add column "ONLYINPROD" text default 'p', add column "SUM" int generated always as (1 + 1) stored;`,
  );

  await applyTargetSettings({ target: target.session, copy: copy.session, packs, sandbox });

  expect(await copy.rows('select "SERVERID", "ONLYINPROD", "SUM" from "SYSSERVERCONFIG" where "RECID" = 9')).toEqual([
    { SERVERID: 'UAT-AOS-1', ONLYINPROD: 'p', SUM: 2 },
  ]);
});

test('target settings › are complete after an attempt that broke off between two rows', async () => {
  await using target = await server.database(UAT);
  await using copy = await sanitizedCopy();
  let statements = 0;
  const broken: Session = {
    ...copy.session,
    execute: (query) =>
      (statements += 1) > 2 ? Promise.reject(new Error('connection lost')) : copy.session.execute(query),
  };
  await expect(
    applyTargetSettings({ target: target.session, copy: broken, packs, sandbox, batchRows: 2 }),
  ).rejects.toThrow('connection lost');
  expect((await contentOf(copy, 'SYSSERVERCONFIG')).length).toBeGreaterThan(0);

  await applyTargetSettings({ target: target.session, copy: copy.session, packs, sandbox, batchRows: 2 });

  expect(await contentOf(copy, 'SYSSERVERCONFIG')).toEqual(await contentOf(target, 'SYSSERVERCONFIG'));
});

test('target settings › that do not arrive are noticed, also where the number of rows is right', async () => {
  await using target = await server.database(UAT);
  await using copy = await sanitizedCopy(
    `alter table "BATCHSERVERCONFIG" alter column "CREATEDDATETIME" type timestamp(0)`,
  );

  const refusal = applyTargetSettings({ target: target.session, copy: copy.session, packs, sandbox });

  await expect(refusal).rejects.toThrow(TargetSettingsError);
  await expect(refusal).rejects.toThrow(
    '(rule batch-servers): what stands in the 1 rows of BATCHSERVERCONFIG is not what was read',
  );
});

test('target settings › that a session only says it has written are noticed', async () => {
  await using target = await server.database(UAT);
  for (const [table, rule] of [
    ['BATCHSERVERCONFIG', 'batch-servers'],
    ['USERINFO', 'administrator-sid'],
  ] as const) {
    await using copy = await sanitizedCopy();
    const lying: Session = {
      ...copy.session,
      execute: (query) =>
        /^(insert|update)/.test(query.sql) && query.sql.includes(`"${table}"`)
          ? Promise.resolve({ rowCount: 1 })
          : copy.session.execute(query),
    };

    await expect(applyTargetSettings({ target: target.session, copy: lying, packs, sandbox })).rejects.toThrow(
      `(rule ${rule})`,
    );
  }
});

test('target settings › arrive past triggers of the copy, which are awake afterwards', async () => {
  await using target = await server.database(UAT);
  await using copy = await sanitizedCopy(`
    create function swallow() returns trigger language plpgsql as $$ begin return null; end $$;
    create trigger swallow before insert on "BATCHSERVERCONFIG" for each row execute function swallow();
    create trigger swallow before update on "USERINFO" for each row execute function swallow();`);

  await applyTargetSettings({ target: target.session, copy: copy.session, packs, sandbox });

  expect(await contentOf(copy, 'BATCHSERVERCONFIG')).toEqual(await contentOf(target, 'BATCHSERVERCONFIG'));
  expect(await copy.rows(`select distinct tgenabled::text as state from pg_trigger where tgname = 'swallow'`)).toEqual([
    { state: 'O' },
  ]);
});

test('target settings › are refused when the target has lost a table that every environment has', async () => {
  await using target = await server.database(`${UAT} drop table "BATCHSERVERGROUP"`);
  await using copy = await sanitizedCopy();

  await expect(applyTargetSettings({ target: target.session, copy: copy.session, packs, sandbox })).rejects.toThrow(
    MandatoryTableMissingError,
  );
});

test('target settings › are only read from the target, and never logged', async () => {
  await using target = await server.database(UAT);
  await using copy = await sanitizedCopy();
  const lines: string[] = [];
  const asked: string[] = [];
  const readOnly: ReadSession = {
    dialect: 'postgres',
    select: (query) => {
      asked.push(query.sql);
      return target.session.select(query);
    },
    pour: (query) => Promise.reject(new Error(`nobody reads at length: ${query.sql}`)),
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };

  await applyTargetSettings({ target: readOnly, copy: copy.session, packs, sandbox, log: (line) => lines.push(line) });

  expect(asked.filter((sql) => !/^\s*(select|with recursive)\s/.test(sql))).toEqual([]);
  expect(lines).toContain('server-configuration (SYSSERVERCONFIG): 5 rows kept from the target');
  expect(lines.filter((line) => /UAT|client|S-1|print\\/.test(line))).toEqual([]);
});

async function sanitizedCopy(script = ''): Promise<TestDatabase> {
  const copy = await server.database(PRODUCTION);
  await sanitize({ session: copy.session, packs, sandbox });
  await copy.rows(script);
  return copy;
}

function contentOf(database: TestDatabase, table: string): Promise<readonly unknown[]> {
  return database.rows(`select row_to_json("${table}")::text as row from "${table}" order by "RECID"`);
}

test('a column of a CLR type › is named as not kept, and the rest of its row is kept', async () => {
  await using target = await server.database(UAT);
  await using copy = await sanitizedCopy();
  // SQL Server's catalogue has no basic type for geography, hierarchyid and types of assemblies.
  const withClr = <One extends ReadSession>(session: One): One => ({
    ...session,
    select: async (query: Parameters<ReadSession['select']>[0]) => {
      const rows = await session.select<Record<string, unknown>>(query);
      return rows.map((row) => (row['column'] === 'MAXBATCHSESSIONS' ? { ...row, base: null, type: '' } : row));
    },
  });
  const log: string[] = [];
  const results = await applyTargetSettings({
    target: withClr(target.session),
    copy: withClr(copy.session),
    packs,
    sandbox,
    log: (text) => log.push(text),
  });
  expect(log).toContain(
    'batch-servers (BATCHSERVERCONFIG): MAXBATCHSESSIONS, of a CLR type, cannot be kept from the target',
  );
  expect(results.find(({ ruleId }) => ruleId === 'batch-servers')).toMatchObject({ rows: 1 });
  const [row] = await copy.rows(`select "SERVERID", "MAXBATCHSESSIONS" from "BATCHSERVERCONFIG"`);
  expect(row).toMatchObject({ SERVERID: 'UAT-AOS-1' });
  expect(row?.['MAXBATCHSESSIONS']).not.toBe(8);
});

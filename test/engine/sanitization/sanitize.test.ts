import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Session } from '../../../engine/environments/provider.ts';
import {
  ColumnMismatchError,
  MandatoryTableMissingError,
  NoRulesError,
  ReferenceRowError,
} from '../../../engine/sanitization/errors.ts';
import { dropLedger } from '../../../engine/sanitization/passes/dropLedger.ts';
import { columnsOf } from '../../../engine/sanitization/pack/ruleColumns.ts';
import { rulesOf } from '../../../engine/sanitization/pack/rulePack.ts';
import { sanitize } from '../../../engine/sanitization/sanitize.ts';
import { verifySanitization } from '../../../engine/sanitization/verify.ts';
import { createScrub } from '../../../env/scrub.ts';
import { createTables } from './foSchema.ts';
import { lcs2020, lcs2023, sandbox } from './packs.ts';
import { PRODUCTION } from './production.ts';
import { inTransaction, startTestServer } from './testDatabase.ts';
import type { TestServer } from './testDatabase.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer(createTables() + PRODUCTION);
}, 60_000);
afterAll(() => server[Symbol.asyncDispose]());

const packs = lcs2023;
const PERSONAL = /kröger|@|contoso|secret|prod-aos|smtp\.|Jörg/;

test('sanitization › leaves production’s data as every rule says, and proves it on another session', async () => {
  await using copy = await server.database();

  const results = await sanitize({ session: copy.session, packs, sandbox });
  const verdicts = await verifySanitization({ session: copy.session, packs, sandbox });

  expect(Object.fromEntries(results.filter(({ rows }) => rows > 0).map(({ ruleId, rows }) => [ruleId, rows])))
    .toMatchInlineSnapshot(`
    {
      "administrator-reset": 1,
      "administrator-sid": 1,
      "batch-constraint-history": 1,
      "batch-job-history": 2,
      "batch-jobs-withheld": 8,
      "batch-server-groups": 1,
      "batch-servers": 1,
      "batch-task-history": 1,
      "batch-tasks-withheld": 4,
      "brazilian-fiscal-establishments": 1,
      "brazilian-fiscal-establishments-staging": 1,
      "client-sessions": 1,
      "commerce-database-profiles": 1,
      "commerce-hardware-profiles": 1,
      "commerce-hardware-profiles-staging": 1,
      "commerce-payment-connectors": 1,
      "credit-card-setup": 1,
      "deleted-attachments": 1,
      "document-attachments": 2,
      "document-templates": 1,
      "dual-write-fields": 1,
      "dual-write-projects": 1,
      "email-addresses": 4,
      "event-endpoints": 1,
      "event-endpoints-azure": 1,
      "event-endpoints-blob-storage": 1,
      "event-endpoints-event-grid": 1,
      "event-endpoints-event-hub": 1,
      "event-endpoints-flow": 1,
      "exchange-rate-providers": 1,
      "mailer": 1,
      "maintenance-mode": 1,
      "network-printers": 1,
      "oauth-user-tokens": 2,
      "person-identification-numbers": 1,
      "personnel-integration": 1,
      "power-bi-registration": 1,
      "print-management-documents": 1,
      "print-management-settings": 1,
      "provisioning-messages": 1,
      "server-configuration": 2,
      "server-sessions": 1,
      "smtp-password": 1,
      "smtp-relay-server": 1,
      "tenant-setting": 1,
      "user-partition": 2,
      "users-disabled": 2,
      "worker-hire-identification-numbers": 1,
    }
  `);
  expect(verdicts.filter(({ passed }) => !passed)).toEqual([]);
  expect(await copy.rows('select "TYPE", "LOCATOR" from "LOGISTICSELECTRONICADDRESS" order by "RECID"')).toEqual([
    { TYPE: 2, LOCATOR: '' },
    { TYPE: 3, LOCATOR: '' },
    { TYPE: 2, LOCATOR: '' },
    { TYPE: 1, LOCATOR: '+49 30 901820' },
    { TYPE: 2, LOCATOR: '' },
    { TYPE: 2, LOCATOR: '' },
  ]);
  expect(
    await copy.rows(
      'select "ID", "ENABLE", "PARTITION"::int, "DEFAULTPARTITION", "SID" from "USERINFO" order by "RECID"',
    ),
  ).toEqual([
    { ID: 'Admin', ENABLE: 1, PARTITION: 1, DEFAULTPARTITION: 1, SID: '' },
    { ID: 'Axrunner', ENABLE: 1, PARTITION: 1, DEFAULTPARTITION: 1, SID: 'S-2' },
    { ID: 'FRSERVICEUSER ', ENABLE: 1, PARTITION: 1, DEFAULTPARTITION: 1, SID: 'S-3' },
    { ID: 'Jörg', ENABLE: 0, PARTITION: 1, DEFAULTPARTITION: 1, SID: 'S-4' },
    { ID: 'Admin2', ENABLE: 0, PARTITION: 1, DEFAULTPARTITION: 1, SID: 'S-5' },
    { ID: 'Guest', ENABLE: 0, PARTITION: 1, DEFAULTPARTITION: 1, SID: 'S-6' },
  ]);
  expect(
    await copy.rows(
      `select "NETWORKALIAS", "NETWORKDOMAIN", "IDENTITYPROVIDER", "OBJECTID" from "USERINFO" where "ID" = 'Admin'`,
    ),
  ).toEqual([
    {
      NETWORKALIAS: sandbox.administrator.signIn,
      NETWORKDOMAIN: `https://sts.windows.net/${sandbox.administrator.tenantId}`,
      IDENTITYPROVIDER: `https://sts.windows.net/${sandbox.administrator.tenantId}`,
      OBJECTID: sandbox.administrator.objectId,
    },
  ]);
  expect(await copy.rows('select "STATUS" from "BATCHJOB" order by "RECID"')).toEqual(
    Array.from({ length: 9 }, () => ({ STATUS: 0 })),
  );
  expect(await copy.rows('select "STATUS" from "BATCH" order by "RECID"')).toEqual(
    [0, 0, 0, 3, 4, 0, 6, 0, 8].map((STATUS) => ({ STATUS })),
  );
  expect(await copy.rows('select "PARM", "VALUE" from "SQLSYSTEMVARIABLES" order by 1')).toEqual([
    { PARM: 'CONFIGURATIONMODE', VALUE: 0 },
    { PARM: 'SYSTEMTABLEVERSION', VALUE: 1045 },
  ]);
  expect(await copy.rows('select "PASSWORD", "RECVERSION" from "SYSEMAILSMTPPASSWORD"')).toEqual([
    { PASSWORD: null, RECVERSION: 1 },
  ]);
  expect(await copy.rows('select "VALUE" from "SYSSERVICECONFIGURATIONSETTING" order by "NAME"')).toEqual([
    { VALUE: 'https://prod.example/' },
    { VALUE: sandbox.administrator.tenantId },
  ]);
});

test('sanitization › changes nothing when it is repeated, and says what the first time has done', async () => {
  await using copy = await server.database();
  const first = await sanitize({ session: copy.session, packs, sandbox });
  const changes: string[] = [];
  const session: Session = {
    ...copy.session,
    async executeTogether(queries) {
      changes.push(...queries.map(({ sql }) => sql));
      return copy.session.executeTogether(queries);
    },
  };

  const again = await sanitize({ session, packs, sandbox });

  expect(again).toEqual(first.map((each) => (each.skipped === undefined ? { ...each, by: 'earlier' } : each)));
  expect(changes).toEqual([]);
});

test('sanitization › finds nothing to change once the ledger has gone with the switch', async () => {
  await using copy = await server.database();
  await sanitize({ session: copy.session, packs, sandbox });
  await dropLedger(copy.session);

  const again = await sanitize({ session: copy.session, packs, sandbox });

  expect(again.filter(({ rows }) => rows > 0)).toEqual([]);
});

test('sanitization › copes with NULL in every column', async () => {
  const nulls = rulesOf(packs).map(({ table }) => `insert into "${table}" default values;`);
  const blank = [...new Set([...rulesOf(packs).flatMap(columnsOf)].map(({ table, column }) => ({ table, column })))]
    .filter(({ table, column }) => table !== 'PARTITIONS' && column !== 'RECID')
    .map(({ table, column }) => `update "${table}" set "${column}" = null;`);
  await using copy = await server.emptyDatabase(
    createTables({ nullable: true }) + nulls.join('') + blank.join('') + PRODUCTION,
  );

  await sanitize({ session: copy.session, packs, sandbox });

  expect((await verifySanitization({ session: copy.session, packs, sandbox })).filter(({ passed }) => !passed)).toEqual(
    [],
  );
  expect(await copy.rows('select distinct "ENABLE" from "USERINFO" where "ID" is null')).toEqual([{ ENABLE: 0 }]);
});

test('sanitization › increases RECVERSION of changed rows only, and starts again after the largest number', async () => {
  await using copy = await server.database(
    `update "USERINFO" set "RECVERSION" = 2147483647 where "ID" = 'Jörg';
     update "BATCHJOB" set "RECVERSION" = 7;`,
  );

  await sanitize({ session: copy.session, packs, sandbox });

  expect(await copy.rows('select distinct "RECVERSION" from "BATCHJOB" order by 1')).toEqual([
    { RECVERSION: 7 },
    { RECVERSION: 8 },
  ]);
  expect(await copy.rows(`select "RECVERSION" from "USERINFO" where "ID" = 'Jörg'`)).toEqual([{ RECVERSION: 1 }]);
});

test('sanitization › logs rule, table and number of rows, never a value', async () => {
  await using copy = await server.database();
  const lines: string[] = [];

  await sanitize({ session: copy.session, packs, sandbox, log: (text) => lines.push(text) });

  expect(lines).toHaveLength(rulesOf(packs).length);
  expect(lines).toContain('email-addresses (LOGISTICSELECTRONICADDRESS): 4 rows');
  expect(
    lines.filter((line) => !/^[a-z0-9-]+ \([A-Z_]+\): ([\d,]+ rows?|skipped, no such (table|column))$/.test(line)),
  ).toEqual([]);
  // Names of rules and tables look like passwords at times; the log shows them all the same.
  expect(lines.map(createScrub([]))).toEqual(lines);
  expect(lines.filter((line) => PERSONAL.test(line))).toEqual([]);
});

test('sanitization › lets triggers rest where the rule says so, and wakes them again', async () => {
  await using copy = await server.database(
    `insert into "RETAILHARDWAREPROFILE" ("SECUREMERCHANTPROPERTIES") values ('\\x01');
     create function forbid() returns trigger language plpgsql as $$ begin raise 'the trigger is awake'; end $$;
     create trigger forbid before update on "RETAILHARDWAREPROFILE" for each row execute function forbid();`,
  );

  await sanitize({ session: copy.session, packs, sandbox });

  await expect(copy.rows('update "RETAILHARDWAREPROFILE" set "RECVERSION" = 1')).rejects.toThrow(
    'the trigger is awake',
  );
});

test('sanitization › skips tables that a database need not have', async () => {
  const mandatory = new Set([
    ...rulesOf(packs)
      .filter((rule) => rule.whenAbsent === 'fail')
      .map(({ table }) => table),
    'PARTITIONS',
  ]);
  const optional = [...new Set(rulesOf(packs).map(({ table }) => table))].filter((table) => !mandatory.has(table));
  await using copy = await server.database(optional.map((table) => `drop table "${table}";`).join(''));

  const results = await sanitize({ session: copy.session, packs, sandbox });
  const verdicts = await verifySanitization({ session: copy.session, packs, sandbox });

  const skipped = (list: readonly { readonly table: string; readonly skipped?: string }[]) =>
    list.filter((each) => each.skipped === 'no such table').map(({ table }) => table);
  expect(new Set(skipped(results))).toEqual(new Set(optional));
  expect(skipped(verdicts)).toEqual(skipped(results));
  expect(verdicts.filter(({ passed }) => !passed)).toEqual([]);
});

test('sanitization › refuses a database that is not of Finance & Operations before it changes a row', async () => {
  const mandatory = new Set(
    rulesOf(packs)
      .filter((rule) => rule.whenAbsent === 'fail')
      .map(({ table }) => table),
  );
  await using copy = await server.database();
  for (const table of mandatory) {
    await inTransaction(copy, async () => {
      await copy.rows(`drop table "${table}"`);

      const refusal = sanitize({ session: { ...copy.session, execute: never }, packs, sandbox });

      await expect(refusal).rejects.toThrow(MandatoryTableMissingError);
      await expect(refusal).rejects.toThrow(`no table ${table} (rule `);
    });
  }
});

test('sanitization › without a rule is neither carried out nor proved', async () => {
  await using copy = await server.database();

  await expect(sanitize({ session: copy.session, packs: [], sandbox })).rejects.toThrow(NoRulesError);
  await expect(verifySanitization({ session: copy.session, packs: [], sandbox })).rejects.toThrow(NoRulesError);
});

test('sanitization › does not take a view for a table', async () => {
  await using copy = await server.database(
    `alter table "USERINFO" rename to "USERINFO_"; create view "USERINFO" as select * from "USERINFO_";`,
  );

  await expect(sanitize({ session: copy.session, packs, sandbox })).rejects.toThrow(MandatoryTableMissingError);
});

test('schema drift › a column that was renamed fails before the first change, whichever it is', async () => {
  await using copy = await server.database();
  const columns = rulesOf(packs)
    .filter((rule) => rule.whenColumnAbsent === 'fail')
    .flatMap((rule) => columnsOf(rule).map(({ table, column }) => `${table}.${column}`));
  const outcomes: string[] = [];

  for (const name of new Set(columns)) {
    const [table = '', column = ''] = name.split('.');
    await copy.rows(`alter table "${table}" rename column "${column}" to "${column}_CUSTOM"`);
    const refused = await sanitize({ session: { ...copy.session, execute: never }, packs, sandbox }).catch(
      (error: unknown) => error,
    );
    const isNamed = refused instanceof ColumnMismatchError && refused.message.includes(`${name} does not exist`);
    const verification = await verifySanitization({ session: copy.session, packs, sandbox }).catch(
      (error: unknown) => error,
    );
    if (!isNamed || !(verification instanceof ColumnMismatchError)) outcomes.push(name);
    await copy.rows(`alter table "${table}" rename column "${column}_CUSTOM" to "${column}"`);
  }

  expect(columns.length).toBeGreaterThan(40);
  expect(outcomes).toEqual([]);
});

test('schema drift › a retired column may be gone', async () => {
  await using copy = await server.database(
    `alter table "HCMWORKERACTIONHIRE" drop column "PERSONIDENTIFICATIONNUMBER";`,
  );

  const results = await sanitize({ session: copy.session, packs, sandbox });

  expect(results.filter(({ skipped }) => skipped !== undefined)).toEqual([
    { ruleId: 'worker-hire-identification-numbers', table: 'HCMWORKERACTIONHIRE', rows: 0, skipped: 'no such column' },
  ]);
});

test('schema drift › a column that can neither be empty nor NULL is refused', async () => {
  await using copy = await server.database(
    `alter table "SYSEMAILSMTPPASSWORD" drop column "PASSWORD", add column "PASSWORD" xml not null default '<a/>';`,
  );

  await expect(sanitize({ session: copy.session, packs, sandbox })).rejects.toThrow(
    'SYSEMAILSMTPPASSWORD.PASSWORD has no empty value and must not be NULL (rule smtp-password of lcs-2020)',
  );
});

test('a value from another table › is refused unless exactly one row gives it', async () => {
  for (const [change, rows] of [
    [`delete from "PARTITIONS" where "PARTITIONKEY" = 'initial'`, 0],
    [`insert into "PARTITIONS" ("PARTITIONKEY") values ('Initial ')`, 2],
  ] as const) {
    await using copy = await server.database(`${change};`);

    const refusal = sanitize({ session: { ...copy.session, execute: never }, packs: lcs2020, sandbox });

    await expect(refusal).rejects.toThrow(ReferenceRowError);
    await expect(refusal).rejects.toThrow(`PARTITIONS.RECID, which has ${String(rows)} matching rows instead of one`);
  }
});

/** For sessions in which nothing may be changed any more. */
function never(): Promise<never> {
  return Promise.reject(new Error('A statement was executed'));
}

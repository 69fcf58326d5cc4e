import { afterAll, beforeAll, expect, test } from 'vitest';
import { packOf } from '../sanitization/fit/subject.ts';
import { startTestServer, type TestDatabase, type TestServer } from '../sanitization/testDatabase.ts';
import { stepsOver, type Steps } from './stepsOver.ts';

const HOST = 'https://erp.contoso-prod.net/api';
const SCHEMA = `
create table "ENDPOINTS" ("RECID" bigint primary key, "URL" text not null);
create table "PRINTERS" ("RECID" bigint primary key, "PATH" varchar(80) not null, "NOTE" text, "SECRET" text, "MODIFIEDDATETIME" timestamp, "RECVERSION" int);
create table "SHOPS" ("RECID" bigint primary key, "CODE" varchar(20) not null, "TILL" text not null default '');
insert into "SHOPS" ("RECID", "CODE") select n, 'S' || n from generate_series(1, 3) n;
`;
const PRODUCTION = `
insert into "ENDPOINTS" values (1, '${HOST}');
insert into "PRINTERS" values (1, 'printer of production');
update "SHOPS" set "TILL" = 'till of production';
`;
const SANDBOX = `
insert into "PRINTERS" select n, 'printer ' || n, '', 'a', '2026-01-01', 1 from generate_series(1, 4) n;
update "SHOPS" set "TILL" = 'own till';
`;

const packs = packOf(
  {
    ...{ id: 'endpoints', table: 'ENDPOINTS', action: 'clear-columns', columns: ['URL'] },
    offending: [{ column: 'URL', isNotEmpty: true }],
  },
  { id: 'printers', table: 'PRINTERS', action: 'keep-rows', offending: 'any-row' },
  {
    ...{ id: 'tills', table: 'SHOPS', action: 'keep-columns', key: 'CODE', columns: ['TILL'] },
    offending: [{ column: 'TILL', isNotEmpty: true }],
  },
);

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer(SCHEMA);
}, 60_000);
afterAll(() => server[Symbol.asyncDispose]());

interface Scene extends AsyncDisposable {
  readonly living: TestDatabase;
  readonly copy: TestDatabase;
  readonly steps: Steps;
}

async function planned(production = ''): Promise<Scene> {
  const living = await server.database(SANDBOX);
  const copy = await server.database(PRODUCTION + production);
  const beside = await server.emptyDatabase('');
  const databases = { living: living.session, copy: copy.session, financialReporting: beside.session };
  return {
    ...{ living, copy, steps: await stepsOver(databases, packs) },
    async [Symbol.asyncDispose]() {
      for (const each of [living, copy, beside]) await each[Symbol.asyncDispose]();
    },
  };
}

test('what the sandbox keeps › is what was so at the plan and is so at the switch; the rest is left and listed', async () => {
  await using scene = await planned();
  const { living, copy, steps } = scene;
  await steps.sanitize();
  expect(await steps.verify()).toMatchObject({ kind: 'done' });
  await living.rows(`insert into "PRINTERS" values (9, 'ask ${HOST}', '', '', now(), 1)`);
  await living.rows(`update "PRINTERS" set "NOTE" = 'ask ${HOST}' where "RECID" = 2`);
  await living.rows(`delete from "PRINTERS" where "RECID" = 3`);
  // Touched, and as it was.
  await living.rows(`update "PRINTERS" set "MODIFIEDDATETIME" = now(), "RECVERSION" = 2 where "RECID" = 4`);
  await living.rows(`update "SHOPS" set "TILL" = 'ask ${HOST}' where "CODE" = 'S2'`);

  expect(await steps.apply()).toMatchObject({
    kind: 'done',
    detail: '4 rows kept from the sandbox, by 2 rules, 3 left, added or changed since the plan',
  });
  expect(await copy.rows('select "RECID", "PATH" from "PRINTERS" order by 1')).toEqual([
    { RECID: '1', PATH: 'printer 1' },
    { RECID: '4', PATH: 'printer 4' },
  ]);
  expect(await copy.rows('select "CODE", "TILL" from "SHOPS" order by 1')).toEqual([
    { CODE: 'S1', TILL: 'own till' },
    { CODE: 'S2', TILL: '' },
    { CODE: 'S3', TILL: 'own till' },
  ]);
  expect(steps.lines).toContain('printers (PRINTERS): 2 rows left, added or changed since the plan (RECID 2, 9)');
  expect(steps.lines).toContain('tills (SHOPS): 1 row left, added or changed since the plan (RECID 2)');
});

test('a row that somebody adds to the sandbox behind the plan › spares nothing of production from the search', async () => {
  await using scene = await planned(`create table "NOTES" ("V" text); insert into "NOTES" values ('see ${HOST}')`);
  const { living, steps } = scene;
  await living.rows(`insert into "PRINTERS" values (9, '${HOST}', '', '', now(), 1)`);
  await steps.sanitize();
  const asked = await steps.verify();
  expect(asked.kind === 'ask-exception' ? asked.findings : []).toContainEqual({
    ...{ proof: 'hosts', database: 'axdb', schema: 'public', table: 'NOTES', column: 'V', kind: 'host', count: 1 },
  });
});

import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ReadSession } from '../../../../engine/environments/provider.ts';
import { nameOf, type ColumnFacts } from '../../../../engine/sanitization/fit/obstacles.ts';
import { readObstacles } from '../../../../engine/sanitization/fit/readObstacles.ts';
import { tablesWrittenBy } from '../../../../engine/sanitization/fit/tablesWrittenBy.ts';
import { startTestServer, type TestDatabase, type TestServer } from '../testDatabase.ts';

let server: TestServer;
let database: TestDatabase;
beforeAll(async () => {
  server = await startTestServer('');
  database = await server.emptyDatabase(`
    create schema ax;
    create table "CUSTTABLE" ("RECID" bigint generated always as identity primary key, "NAME" varchar(60) not null,
      "AMOUNT" numeric(32,16), "UPPERNAME" text generated always as (upper("NAME")) stored, "NOTE" xml,
      "MAIL" text collate "C", check ("NAME" <> 'x'));
    create unique index "I_MAIL" on "CUSTTABLE" (lower("MAIL"), "NAME") where "AMOUNT" > 0;
    create table ax."CUSTTABLE" ("NAME" text, "GROUP" text);
  `);
  await database.rows(`
    create table "ORDERS" ("ID" int primary key, "CUST" bigint references "CUSTTABLE" on delete cascade, "SUM" int);
    create view "V" as select "NAME" from "CUSTTABLE";
    create materialized view ax."M" as select * from "V";
    create function counted() returns bigint language plpgsql as 'begin return (select count(*) from public."CUSTTABLE"); end';
    create materialized view "HIDDEN" as select counted() as n;
    create table "CUSTAUDIT" ("OLD" text);
    create function audit() returns trigger language plpgsql as 'begin insert into "CUSTAUDIT" values (old."NAME"); return new; end';
    create trigger audit after update on "CUSTTABLE" for each row execute function audit();
    create trigger off_now after update on "CUSTTABLE" for each row execute function audit();
    create trigger always_on after update on "CUSTTABLE" for each row execute function audit();
    alter table "CUSTTABLE" disable trigger off_now; alter table "CUSTTABLE" enable always trigger always_on;
    create rule kept as on delete to "CUSTTABLE" do also insert into "CUSTAUDIT" values (old."NAME");
    alter table "CUSTTABLE" enable row level security;
    create policy few on "CUSTTABLE" using (false);
    create statistics both_of_them on "NAME", "AMOUNT" from "CUSTTABLE";
    create table "LOG" ("ID" int, "AT" date) partition by range ("AT");
    create table "LOG_1" partition of "LOG" for values from ('2020-01-01') to ('2021-01-01');
    create table ax."LOG_2" partition of "LOG" for values from ('2021-01-01') to ('2022-01-01');
  `);
}, 60_000);
afterAll(async () => {
  await database[Symbol.asyncDispose]();
  await server[Symbol.asyncDispose]();
});

test('obstacles › are read of every table of a name, its partitions and children, in every schema', async () => {
  const { tables } = await readObstacles(database.session, ['CUSTTABLE', 'LOG', 'ORDERS']);

  expect(tables.map((each) => `${nameOf(each)} ${each.kind}`)).toEqual([
    'ax.CUSTTABLE table',
    'ax.LOG_2 table',
    'public.CUSTTABLE table',
    'public.LOG partitioned',
    'public.LOG_1 table',
    'public.ORDERS table',
  ]);
  expect(tables.find(({ table }) => table === 'LOG')?.parts).toEqual([
    { schema: 'public', table: 'LOG_1' },
    { schema: 'ax', table: 'LOG_2' },
  ]);
});

test('obstacles › are everything that the catalogue says of a table', async () => {
  const { tables, unclearViews } = await readObstacles(database.session, ['CUSTTABLE']);
  const main = tables.find(({ schema }) => schema === 'public');
  const columns = main?.columns ?? new Map<string, ColumnFacts>();
  const facts = { ...main, id: 0, columns: [...columns.keys()] };

  expect(columns.get('AMOUNT')).toMatchObject({ type: 'numeric(32,16)', base: 'numeric', precision: 32, scale: 16 });
  expect(columns.get('NAME')).toMatchObject({ length: 60, isNullable: false });
  expect(columns.get('UPPERNAME')).toMatchObject({ isComputed: true, definition: 'upper(("NAME")::text)' });
  expect(columns.get('RECID')).toMatchObject({ isServerMade: true });
  expect(facts).toMatchInlineSnapshot(`
    {
      "checks": [
        {
          "definition": "(("NAME")::text <> 'x'::text)",
          "isUnproved": false,
          "name": "CUSTTABLE_NAME_check",
        },
      ],
      "columns": [
        "RECID",
        "NAME",
        "AMOUNT",
        "UPPERNAME",
        "NOTE",
        "MAIL",
      ],
      "denied": [],
      "hidesRows": false,
      "id": 0,
      "isCaptured": false,
      "isTracked": false,
      "kind": "table",
      "partOf": [],
      "parts": [],
      "referencedBy": [
        {
          "columns": [
            "CUST",
          ],
          "from": {
            "schema": "public",
            "table": "ORDERS",
          },
          "name": "ORDERS_CUST_fkey",
          "to": {
            "schema": "public",
            "table": "CUSTTABLE",
          },
          "toColumns": [
            "RECID",
          ],
        },
      ],
      "references": [],
      "schema": "public",
      "statistics": [
        {
          "definition": "CREATE STATISTICS public.both_of_them ON "NAME", "AMOUNT" FROM "CUSTTABLE"",
          "name": "both_of_them",
          "schema": "public",
        },
      ],
      "table": "CUSTTABLE",
      "triggers": [
        {
          "kind": "trigger",
          "name": "always_on",
          "state": "always",
          "writes": [
            "CUSTAUDIT",
          ],
        },
        {
          "kind": "trigger",
          "name": "audit",
          "state": "on",
          "writes": [
            "CUSTAUDIT",
          ],
        },
        {
          "kind": "rule",
          "name": "kept",
          "state": "on",
          "writes": [
            "CUSTAUDIT",
          ],
        },
        {
          "kind": "trigger",
          "name": "off_now",
          "state": "off",
          "writes": [
            "CUSTAUDIT",
          ],
        },
      ],
      "uniqueIndexes": [
        {
          "columns": [
            "RECID",
          ],
          "keys": [
            ""RECID"",
          ],
          "name": "CUSTTABLE_pkey",
          "nullsAreEqual": false,
        },
        {
          "columns": [
            "AMOUNT",
            "MAIL",
            "NAME",
          ],
          "filter": "("AMOUNT" > (0)::numeric)",
          "keys": [
            "lower("MAIL")",
            ""NAME"",
          ],
          "name": "I_MAIL",
          "nullsAreEqual": false,
        },
      ],
      "views": [
        {
          "depth": 1,
          "isFilled": true,
          "kind": "view",
          "schema": "public",
          "view": "V",
        },
        {
          "depth": 2,
          "isFilled": true,
          "kind": "materialized",
          "schema": "ax",
          "view": "M",
        },
      ],
    }
  `);
  expect(unclearViews).toEqual([{ schema: 'public', view: 'HIDDEN', kind: 'materialized', isFilled: true, depth: 1 }]);
});

test('obstacles › cost as many questions for a hundred tables as for one', async () => {
  await using many = await server.emptyDatabase(
    Array.from({ length: 100 }, (_, index) => `create table "T${String(index)}" ("RECID" bigint primary key);`).join(
      '',
    ),
  );
  const asked: string[] = [];
  const session: ReadSession = {
    ...many.session,
    select: (query) => {
      asked.push(query.sql);
      return many.session.select(query);
    },
  };

  await readObstacles(session, ['T0']);
  const one = asked.splice(0).length;
  const { tables } = await readObstacles(
    session,
    Array.from({ length: 100 }, (_, index) => `T${String(index)}`),
  );

  expect(tables).toHaveLength(100);
  expect(asked).toHaveLength(one);
});

test('the text of a trigger › tells which tables it writes', () => {
  const text = `CREATE TRIGGER [dbo].[TR] ON dbo.USERS AFTER INSERT, UPDATE, DELETE AS -- update [NOT].[ME]
    INSERT INTO [audit].[User Log] SELECT * FROM deleted; UPDATE dbo.COUNTERS SET N += 1; DELETE FROM "OLD";
    MERGE archive.USERS AS t USING inserted ON 1 = 1 WHEN MATCHED THEN UPDATE SET X = 1; IF UPDATE(NAME) RETURN`;

  expect(tablesWrittenBy(text)).toEqual(['audit.User Log', 'dbo.COUNTERS', 'OLD', 'archive.USERS']);
});

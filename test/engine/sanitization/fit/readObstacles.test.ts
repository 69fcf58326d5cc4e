import { afterAll, beforeAll, expect, test } from 'vitest';
import { readObstacles } from '../../../../engine/sanitization/fit/readObstacles.ts';
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

test('show', async () => {
  const found = await readObstacles(database.session, ['CUSTTABLE', 'LOG', 'ORDERS']);
  console.dir(found, { depth: 6 });
  expect(found.tables.length).toBe(6);
});

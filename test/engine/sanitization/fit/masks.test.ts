import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Fit } from '../../../../engine/sanitization/fit/fit.ts';
import { fitOf } from '../../../../engine/sanitization/fit/fitOf.ts';
import { readObstacles } from '../../../../engine/sanitization/fit/readObstacles.ts';
import { FOREIGN_KEY } from '../../../../engine/sanitization/passes/rest/resting.ts';
import { restTables, wakeTables } from '../../../../engine/sanitization/passes/rest/restTables.ts';
import { rulesOf } from '../../../../engine/sanitization/pack/rulePack.ts';
import { readCatalogue } from '../../../../engine/sanitization/rules/catalogue.ts';
import type { PreparedRule, ReadyRule } from '../../../../engine/sanitization/rules/prepareRules.ts';
import { startTestServer, type TestDatabase, type TestServer } from '../testDatabase.ts';
import { packOf, sandbox } from './subject.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer(`
    create table "CUST" ("ACCOUNT" varchar(20) primary key, "NAME" varchar(60), "SEARCH" text generated always as (upper("NAME")) stored,
      "BIRTH" date, "DATA" xml);
    create table "ORDERS" ("ID" int, "CUST" varchar(20) references "CUST", "NOTE" text);
    insert into "CUST" ("ACCOUNT", "NAME") values ('C1', 'Ada'), ('C2', 'Bob');
    insert into "ORDERS" values (1, 'C1'), (2, 'C1'), (3, 'C2'), (4, null);`);
}, 60_000);
afterAll(() => server[Symbol.asyncDispose]());

const mask = (table: string, columns: Readonly<Record<string, unknown>>) => ({
  ...{ id: `masked-${table.toLowerCase()}`, table, action: 'mask', columns, offending: 'any-row' },
});

/** A mask's statements belong to those who carry it out; what is tried here is what the catalogue says of it. */
async function fitFor({ session }: TestDatabase, ...rules: readonly ReturnType<typeof mask>[]): Promise<Fit> {
  const names = rules.map(({ table }) => table);
  const catalogue = await readCatalogue(session, names);
  const never = { sql: 'select 0 as rows', parameters: [] };
  const prepared = rulesOf(packOf(...rules)).map((rule): PreparedRule => {
    const compiled = { references: [], isWhole: true, pending: never, batch: never, offending: never };
    // Nothing of a compiled rule is looked at before it is carried out.
    return {
      kind: 'ready',
      rule,
      table: rule.table,
      place: { schema: 'public', table: rule.table },
      compiled,
    } as unknown as ReadyRule;
  });
  return fitOf(prepared, await readObstacles(session, names), {
    dialect: 'postgres',
    catalogue,
    ...sandbox,
  });
}

test('a mask › is refused in columns that are computed, no text, or one end of a foreign key', async () => {
  await using database = await server.database();

  const { refusals } = await fitFor(
    database,
    mask('CUST', { SEARCH: 'person', BIRTH: 'token', DATA: 'token', ACCOUNT: 'token' }),
  );

  expect(refusals.map(({ what, why }) => `${what} ${why}`)).toEqual([
    'public.CUST.SEARCH is computed by the server as upper(("NAME")::text)',
    'public.CUST.BIRTH has the type date, and masks are text',
    'public.CUST.DATA has the type xml, and masks are text',
    'public.CUST.ACCOUNT belongs to foreign key ORDERS_CUST_fkey with public.ORDERS.CUST, which is not masked in the same way',
  ]);
});

test('a mask › at both ends of a foreign key in the same way lets the key rest, which is checked when it is enforced again', async () => {
  await using database = await server.database();
  const same = [mask('CUST', { ACCOUNT: { token: 12 } }), mask('ORDERS', { CUST: { token: 12 } })] as const;
  const { refusals, restingKeys } = await fitFor(database, ...same);
  const keys = restingKeys.map(({ name, from }) => ({ kind: FOREIGN_KEY, ...from, name, state: '' }));
  const other = await fitFor(database, same[0], mask('ORDERS', { CUST: { token: 10 } }));
  const masked = (table: string, column: string) =>
    database.rows(`update "${table}" set "${column}" = left(md5("${column}"), 12)`);

  expect(refusals).toEqual([]);
  expect(other.refusals.map(({ what }) => what)).toEqual(['public.CUST.ACCOUNT', 'public.ORDERS.CUST']);
  await restTables(database.session, [], keys);
  await masked('CUST', 'ACCOUNT');
  await expect(wakeTables(database.session, [])).rejects.toThrow('violates foreign key');
  await masked('ORDERS', 'CUST');
  await wakeTables(database.session, []);
  const joined = `select count(*)::int as orders from "ORDERS" join "CUST" on "ACCOUNT" = "CUST" where "ACCOUNT" ~ '^[0-9a-f]{12}$'`;
  expect(await database.rows(joined)).toEqual([{ orders: 3 }]);
  await expect(database.rows(`insert into "ORDERS" values (9, 'nobody')`)).rejects.toThrow('violates foreign key');
});

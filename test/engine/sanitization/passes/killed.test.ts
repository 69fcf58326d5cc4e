import type { Client } from 'pg';
import type { CompiledQuery } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Session } from '../../../../engine/environments/provider.ts';
import { dropLedger } from '../../../../engine/sanitization/passes/dropLedger.ts';
import { parsePack } from '../../../../engine/sanitization/pack/rulePack.ts';
import { sanitize } from '../../../../engine/sanitization/sanitize.ts';
import { verifySanitization } from '../../../../engine/sanitization/verify.ts';
import { sessionOf, startTestServer, type TestDatabase, type TestServer } from '../testDatabase.ts';
import { EVENT_TRIGGER, HARD_TABLES, hardPacks, sandbox, SMALL, STATES, TABLES } from './hardTables.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer(HARD_TABLES);
}, 60_000);
afterAll(() => server[Symbol.asyncDispose]());

test('a copy whose worker is killed at every statement › is changed exactly once, and everything that rested is as it was', async () => {
  await using copy = await server.database();
  await copy.rows(EVENT_TRIGGER);
  const before = await copy.rows(STATES);
  const killed = new Set<string>();
  let deaths = 0;
  for (;;) {
    const outcome = await attempt(copy, killed).catch((error: unknown) => error);
    if (outcome === undefined) break;
    expect(outcome).toMatchObject({ message: expect.stringMatching(/killed|terminat/) });
    deaths += 1;
  }
  expect(deaths).toBeGreaterThan(40);
  expect(await copy.rows(STATES)).toEqual(before);
  await expectSanitized(copy);
  expect(await copy.rows('select count(*)::int as n from "AUDIT"')).toEqual([{ n: 0 }]);
  await dropLedger(copy.session);
  expect(await copy.rows("select count(*)::int as n from pg_namespace where nspname = 'rewind'")).toEqual([{ n: 0 }]);
}, 120_000);

test('keys that are masked at both ends, by workers killed at every statement › join as before, and are keys again', async () => {
  await using copy = await server.database(`
    create table "CUST" ("ACCOUNT" varchar(40) primary key, "RECID" bigint not null);
    create table "ORDERS" ("RECID" bigint primary key, "CUST" varchar(40) not null references "CUST");
    insert into "CUST" select 'C-' || n, n from generate_series(1, 300) n;
    insert into "ORDERS" select n, 'C-' || (n % 300 + 1) from generate_series(1, 900) n;`);
  const mask = (table: string, column: string) => ({
    ...{ id: table.toLowerCase(), table, action: 'mask', columns: { [column]: { token: 20 } } },
    offending: [{ column, notMasked: { token: 20 } }],
  });
  const element = { id: 'keys', title: 'Keys', source: 'A test', disposition: 'cleared', reason: 'a test' };
  const rules = [mask('CUST', 'ACCOUNT'), mask('ORDERS', 'CUST')];
  const keys = [parsePack({ name: 'keys', title: 'Keys', elements: [{ ...element, rules }] }, 'keys.yaml')];
  const killed = new Set<string>();
  let deaths = 0;
  while ((await attempt(copy, killed, keys).catch((error: unknown) => error)) !== undefined) deaths += 1;

  expect(deaths).toBeGreaterThan(5);
  const joined = await copy.rows(
    `select count(*)::int as n, count(*) filter (where "ACCOUNT" like 'C-%')::int as left from "ORDERS" join "CUST" on "ACCOUNT" = "CUST" where "CUST"."RECID" = "ORDERS"."RECID" % 300 + 1`,
  );
  expect(joined).toEqual([{ n: 900, left: 0 }]);
  await expect(copy.rows(`insert into "ORDERS" values (1000, 'nobody')`)).rejects.toThrow('violates foreign key');
}, 120_000);

/** Dies at the first writing statement that nobody has died at: first inside of its transaction, then behind it. */
async function attempt(copy: TestDatabase, killed: Set<string>, packs = hardPacks): Promise<void> {
  const clients: Client[] = [];
  const open = async (): Promise<Session> => {
    const client = await copy.connect();
    client.on('error', () => undefined);
    clients.push(client);
    const session = sessionOf(client);
    return { ...session, executeTogether: (queries) => dying(copy, client, session, queries, killed) };
  };
  try {
    await sanitize({ session: await open(), open, packs, sandbox, sizes: SMALL });
  } finally {
    await Promise.all(clients.map((client) => client.end().catch(() => undefined)));
  }
}

async function dying(
  copy: TestDatabase,
  client: Client,
  session: Session,
  queries: readonly CompiledQuery[],
  killed: Set<string>,
): Promise<readonly number[]> {
  const what = JSON.stringify(queries.map(({ sql, parameters }) => [sql, parameters]));
  for (const where of ['inside', 'behind'] as const) {
    if (killed.has(where + what)) continue;
    killed.add(where + what);
    if (where === 'behind') await session.executeTogether(queries);
    else {
      const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid');
      await client.query('begin');
      for (const query of queries) await client.query(query.sql, [...query.parameters]);
      await copy.rows(`select pg_terminate_backend(${String(rows[0]?.pid)}, 5000)`);
    }
    throw new Error(`killed ${where} a statement`);
  }
  return session.executeTogether(queries);
}

async function expectSanitized(copy: TestDatabase): Promise<void> {
  const verdicts = await verifySanitization({ session: copy.session, packs: hardPacks, sandbox });
  expect(verdicts.filter(({ passed }) => !passed)).toEqual([]);
  // Every row that a rule means was changed once: RECVERSION counts how often.
  const versions = (table: string) =>
    copy.rows(`select "RECVERSION" as version, count(*)::int as rows from "${table}" group by 1 order by 1`);
  expect(Object.fromEntries(await Promise.all(TABLES.map(async (table) => [table, await versions(table)])))).toEqual({
    REWRITTEN: [{ version: 2, rows: 1_500 }],
    RANGED: [
      { version: 1, rows: 1_200 },
      { version: 2, rows: 150 },
    ],
    SLICED: [
      { version: 1, rows: 1_200 },
      { version: 2, rows: 150 },
    ],
    THINNED: [{ version: 1, rows: 1_350 }],
    ...{ EMPTIED: [], EMPTIEDLINES: [], REFERRED: [] },
    SMALL: [{ version: 2, rows: 5 }],
  });
  expect(
    await copy.rows(`select "KIND", "NOTE", count(*)::int as n from "SLICED" where "NOTE" !~ 'Secret' group by 1, 2`),
  ).toEqual([{ KIND: 4, NOTE: 'second', n: 150 }]);
}

import { CompiledQuery } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { addressOf, openClient } from '../../engine/environments/postgres/client.ts';
import { openSession } from '../../engine/environments/postgres/sessions.ts';
import { fenceOf } from '../../engine/environments/postgres/fence.ts';
import { sandboxSettings } from '../../engine/environments/postgres/settings.ts';
import { withSettings } from '../../engine/environments/typedSettings.ts';
import { aSandbox } from '../engine/environments/builders.ts';
import type { Session } from '../../engine/environments/provider.ts';
import { quoteText } from '../../demo/company/dialects/dialect.ts';
import { startTestServer, type TestDatabase, type TestServer } from '../engine/sanitization/testDatabase.ts';
import { CANARIES, toldIn, type Canary } from './canaries.ts';
import { failingCopy, refreshAndListen, tellOfError } from './witness.ts';

const SCHEMA = `
  CREATE TYPE mood AS ENUM ('good');
  CREATE TABLE custtable (accountnum text CONSTRAINT custaccount UNIQUE, name varchar(3), mood mood, amount smallint CHECK (amount < 5), due date);
  CREATE TABLE custtrans (accountnum text NOT NULL CONSTRAINT custtrans_fk REFERENCES custtable (accountnum));
  CREATE TABLE twice (accountnum text);
  CREATE TABLE guarded (note text);
  CREATE FUNCTION guard() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    RAISE NOTICE 'about to refuse %', NEW.note;
    RAISE EXCEPTION 'Document % of % cannot be posted', NEW.note, NEW.note USING DETAIL = NEW.note, HINT = NEW.note;
  END $$;
  CREATE TRIGGER guard BEFORE INSERT ON guarded FOR EACH ROW EXECUTE FUNCTION guard();`;

/** Every way in which PostgreSQL can be made to say a value; \`v\` is quoted already. */
const WAYS: readonly ((v: string) => string)[] = [
  (v) => `INSERT INTO guarded VALUES (${v})`,
  (v) => `INSERT INTO custtable (accountnum) VALUES (${v}), (${v})`,
  (v) => `INSERT INTO custtrans VALUES (${v})`,
  (v) => `INSERT INTO custtable (accountnum, name) VALUES (${v}, ${v} || 'four')`,
  (v) => `INSERT INTO custtable (accountnum, mood) VALUES (${v}, CAST(${v} AS mood))`,
  (v) => `INSERT INTO custtable (accountnum, amount) VALUES (${v}, 7)`,
  (v) => `INSERT INTO custtrans SELECT NULL FROM (SELECT ${v}) AS one`,
  (v) => `INSERT INTO custtable (due) VALUES (CAST(${v} AS date))`,
  (v) => `SELECT CAST(${v} AS integer)`,
  (v) => `SELECT CAST(${v} AS json)`,
  (v) => `SELECT CAST(${v} AS uuid)`,
  (v) => `SELECT CAST(${v} AS bigint[])`,
  (v) => `SELECT ${v}::xml`,
  (v) => `DO $do$ BEGIN EXECUTE format('SELECT * FROM %I', ${v}); END $do$`,
  (v) => `DO $do$ BEGIN EXECUTE format('SELECT %I FROM twice', ${v}); END $do$`,
  (v) =>
    `DO $do$ BEGIN INSERT INTO twice VALUES (${v}), (${v}); CREATE UNIQUE INDEX twice_accountnum ON twice (accountnum); END $do$`,
  (v) => `SELECT set_config('work_mem', ${v}, false)`,
  (v) => `SELECT to_date(${v}, 'YYYY')`,
  (v) => `SELECT ${v} ~ ('(' || ${v})`,
  ...[
    '23505',
    '23503',
    '23514',
    '22P02',
    '22003',
    '22001',
    '40001',
    '40P01',
    '57014',
    '57P01',
    '08006',
    '3D000',
    '42P01',
    '53100',
    'KLAUS',
  ].map(
    (state) => (v: string) =>
      `DO $do$ BEGIN RAISE EXCEPTION USING ERRCODE = '${state}', MESSAGE = 'duplicate key value violates unique constraint "' || ${v} || '"', DETAIL = ${v}, HINT = ${v}, TABLE = ${v}, COLUMN = ${v}, CONSTRAINT = ${v}, SCHEMA = ${v}, DATATYPE = ${v}; END $do$`,
  ),
];

let server: TestServer;
let database: TestDatabase;
let session: Session;
beforeAll(async () => {
  server = await startTestServer(SCHEMA);
  database = await server.database();
  const uat = aSandbox({ settings: { folder: '/nowhere', binFolder: '/', service: database.url, copyPort: 1024 } });
  session = await openSession(addressOf(database.url), new URL(database.url).pathname.slice(1), {
    fence: fenceOf(withSettings(uat, sandboxSettings), 0),
    signal: new AbortController().signal,
  });
});
afterAll(async () => {
  await session[Symbol.asyncDispose]();
  await database[Symbol.asyncDispose]();
  await server[Symbol.asyncDispose]();
});

async function errorOf(sql: string): Promise<unknown> {
  return session.execute(CompiledQuery.raw(sql)).then(
    () => undefined,
    (error: unknown) => error,
  );
}

/** As a step meets it, and as it is where nobody has made one of our errors of it. */
async function errorsOf(way: (v: string) => string, { value }: Canary) {
  const sql = way(quoteText(value));
  const ours = await errorOf(sql);
  const raw = await database.client.query(sql).then(
    () => undefined,
    (error: unknown) => error,
  );
  return { ours, raw };
}

test('PostgreSQL › whatever way a value takes into an error, none of 200 is told on at any edge of a process', async () => {
  const silent: string[] = [];
  let errors = 0;
  for (const [index, canary] of CANARIES.entries()) {
    // A few of the ways per value, and every way with many values.
    for (const way of WAYS.filter((_, n) => (n + index) % 11 === 0)) {
      const { ours, raw } = await errorsOf(way, canary);
      if (ours === undefined) continue;
      errors += 1;
      for (const error of [ours, raw]) {
        const told = tellOfError(error);
        expect(toldIn(told)).toEqual([]);
        if (!/withheld|…|SQLSTATE/.test(told)) silent.push(String(error));
      }
    }
  }
  expect(errors).toBeGreaterThan(500);
  expect(silent).toEqual([]);
});

test.for(WAYS.map((way, index) => [index, way] as const))(
  'PostgreSQL › a refresh that meets error %i tells no value on',
  async ([index, way]) => {
    const canary = CANARIES[index * 5];
    if (!canary) throw new Error('Not enough canaries');
    const { ours, raw } = await errorsOf(way, canary);
    if (ours === undefined) throw new Error('The statement was taken');
    // What is not made one of our errors takes another way; every third time is enough to see it.
    for (const error of index % 3 === 0 ? [ours, raw] : [ours]) {
      const told = await refreshAndListen({ provider: failingCopy(() => Promise.reject(error)) });
      expect(toldIn(told)).toEqual([]);
      expect(told).toMatch(/withheld|…/);
    }
  },
);

test('PostgreSQL › known sentences keep the names of objects that the catalogue has, and number and severity', async () => {
  const message = async (sql: string) => String(await errorOf(sql)).replace(/ \((SQLSTATE.*?), while.*$/, ' ($1)');
  await database.rows(`INSERT INTO custtable (accountnum) VALUES ('C-1')`);
  expect(await message(`INSERT INTO custtable (accountnum) VALUES ('C-1')`)).toBe(
    'PostgresRefusedError: PostgreSQL refused a statement: duplicate key value violates unique constraint "custaccount" (SQLSTATE 23505, ERROR)',
  );
  expect(await message(`INSERT INTO custtrans VALUES ('C-2')`)).toContain(
    'insert or update on table "custtrans" violates foreign key constraint "custtrans_fk"',
  );
  expect(await message(`SELECT CAST('C-3' AS integer)`)).toContain(
    'invalid input syntax for type integer: "…" (SQLSTATE 22P02',
  );
  expect(await message(`DO $$ BEGIN EXECUTE 'SELECT * FROM "Meier"'; END $$`)).toContain('relation "…" does not exist');
  // A name that a trigger has made up is none of the catalogue's.
  expect(
    await message(
      `DO $$ BEGIN RAISE EXCEPTION USING ERRCODE = '23505', MESSAGE = 'duplicate key value violates unique constraint "Meier"'; END $$`,
    ),
  ).toContain('unique constraint "…"');
});

test('PostgreSQL › a withheld text is said to be one, and where and when a DBA finds it', async () => {
  const error = await errorOf(`INSERT INTO guarded VALUES ('x')`);
  const told = await refreshAndListen({ provider: failingCopy(() => Promise.reject(error)) });
  expect(told).toContain(
    'PostgreSQL refused a statement: text withheld: it may hold data (SQLSTATE P0001, ERROR, while writing to',
  );
  expect(told).toMatch(/A DBA finds the text in the error log of PostgreSQL on 127\.0\.0\.1:\d+, at 2026-\d\d-\d\dT/);
});

test('PostgreSQL › a notice of a trigger reaches nobody', async () => {
  const [url, written] = [new URL(database.url), [] as string[]];
  const write = process.stdout.write.bind(process.stdout);
  process.stdout.write = (text: string | Uint8Array) => written.push(String(text)) > 0;
  try {
    await using open = await openClient(addressOf(database.url), url.pathname.slice(1));
    await open.client.query(
      `DO $$ BEGIN RAISE NOTICE 'qzvbxkw'; RAISE WARNING 'qzvbxkw'; RAISE INFO 'qzvbxkw'; END $$`,
    );
  } finally {
    process.stdout.write = write;
  }
  expect(toldIn(written.join(''))).toEqual([]);
});

test('PostgreSQL › a login or a database that is refused is named, and nothing hangs', async () => {
  const address = addressOf(database.url);
  const refused = (one: typeof address, name: string) => openClient(one, name).catch((error: unknown) => String(error));
  expect(await refused({ ...address, password: 'wrong' }, 'postgres')).toContain(
    'password authentication failed for user "postgres" (SQLSTATE 28P01, FATAL, while connecting to postgres on',
  );
  expect(await refused(address, 'nowhere')).toContain('database "nowhere" does not exist (SQLSTATE 3D000');
});

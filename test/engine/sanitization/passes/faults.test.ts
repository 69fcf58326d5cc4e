import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { z } from 'zod';
import { systemClock } from '../../../../engine/clock.ts';
import { PostgresDiskFullError } from '../../../../engine/databases/postgres/faults.ts';
import { isServerError } from '../../../../engine/databases/sqlServer/faults.ts';
import { addressOf } from '../../../../engine/environments/postgres/client.ts';
import { fenceOf } from '../../../../engine/environments/postgres/fence.ts';
import { openSession } from '../../../../engine/environments/postgres/sessions.ts';
import type { Session } from '../../../../engine/environments/provider.ts';
import { openSqlServerProvider } from '../../../../engine/environments/sqlServer/provider.ts';
import { withRetries } from '../../../../engine/runs/retries.ts';
import { keyFrom, randomKey } from '../../../../engine/sanitization/masks/maskKey.ts';
import { ask } from '../../../../engine/sanitization/passes/facts/ask.ts';
import { sanitize } from '../../../../engine/sanitization/sanitize.ts';
import { verifySanitization } from '../../../../engine/sanitization/verify.ts';
import { startStandIn } from '../../../sqlServer/standIn.ts';
import { aSandbox, aSource } from '../../environments/builders.ts';
import { packOf } from '../fit/subject.ts';
import { maskedBy } from '../masks/reference.ts';
import { KEY } from '../masks/samples.ts';
import { startTestServer, type TestDatabase, type TestServer } from '../testDatabase.ts';
import { sandbox, SMALL } from './hardTables.ts';

let server: TestServer;
beforeAll(async () => {
  // The view keeps the table from being written anew: it is walked through in slices of a hundred rows.
  server = await startTestServer(`
    create table "CUST" ("RECID" int primary key, "NAME" varchar(40) not null, "RECVERSION" int not null default 1);
    create view "SEEN" as select "NAME" from "CUST";
    create function undo() returns trigger language plpgsql as $$ begin return old; end $$;
    create trigger undo before update on "CUST" for each row execute function undo();
    insert into "CUST" select n, 'Person ' || n from generate_series(1, 300) n;`);
}, 60_000);
afterAll(() => server[Symbol.asyncDispose]());

const rule = { id: 'names', table: 'CUST', action: 'mask', columns: { NAME: 'person' } };
const packs = packOf({ ...rule, offending: [{ column: 'NAME', notMasked: 'person' }] });
const sizes = { ...SMALL, smallRows: 10, rowsPerSlice: 100 };
const nameOf = (id: number) => maskedBy(KEY, 'person', `Person ${String(id)}`);

/** As a step of a run is tried: the first attempt brings a key, and every other one a key of its own. */
async function asRun(
  attempt: (maskKey: () => ReturnType<typeof randomKey>) => Promise<unknown>,
  log: string[] = [],
): Promise<readonly string[]> {
  let attempts = 0;
  await withRetries(
    () => {
      attempts += 1;
      return attempt(attempts === 1 ? () => keyFrom(KEY) : randomKey);
    },
    {
      clock: { ...systemClock, sleep: () => Promise.resolve() },
      signal: new AbortController().signal,
      log: (text) => log.push(text),
    },
  );
  return log;
}

/** Through the engine's own session, with its fence. */
async function sanitizeOnPostgres(copy: TestDatabase, maskKey: () => ReturnType<typeof randomKey>): Promise<void> {
  const [, database = ''] = new URL(copy.url).pathname.split('/');
  const fence = fenceOf({ name: 'copy', settings: { folder: server.folder } }, 1);
  const signal = new AbortController().signal;
  await using session = await openSession(addressOf(copy.url), database, { fence, signal });
  await sanitize({ session, packs, sandbox, sizes, maskKey });
}

async function expectMaskedOnce(copy: TestDatabase): Promise<void> {
  const rows = await copy.rows(`select "RECID" as id, "NAME" as name, "RECVERSION" as version from "CUST" order by 1`);
  expect(rows).toEqual(rows.map((_, index) => ({ id: index + 1, name: nameOf(index + 1), version: 2 })));
  expect(rows).toHaveLength(300);
  expect(await copy.rows(`select tgenabled::text from pg_trigger where tgname = 'undo'`)).toEqual([{ tgenabled: 'O' }]);
  const verdicts = await verifySanitization({ session: copy.session, packs, sandbox });
  expect(verdicts).toMatchObject([{ passed: true, offendingRows: 0 }]);
}

test('a deadlock in the middle of a mask on PostgreSQL › is tried again, and every row is masked once', async () => {
  await using copy = await server.database();
  await copy.rows(`alter database ${new URL(copy.url).pathname.slice(1)} set deadlock_timeout = '2s'`);
  const other = await copy.connect();
  // Whoever notices a deadlock is its victim: not this one.
  await other.query(`set deadlock_timeout = '1h'`);
  await other.query(`begin`);
  await other.query(`select from "CUST" where "RECID" = 300 for update`);

  const running = asRun((maskKey) => sanitizeOnPostgres(copy, maskKey));
  const waiting = `select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
  await vi.waitFor(async () => expect(await copy.rows(waiting)).toHaveLength(1), { timeout: 30_000, interval: 5 });
  // The third slice holds this row and waits for that one.
  await other.query(`select from "CUST" where "RECID" = 201 for update`);
  await other.query('commit');
  await other.end();

  expect(await running).toEqual([
    expect.stringMatching(/^Tried again after: PostgreSQL refused a statement: deadlock detected \(SQLSTATE 40P01/),
  ]);
  await expectMaskedOnce(copy);
}, 60_000);

test('a disk that fills up in the middle of a mask on PostgreSQL › ends the step, which goes on from there once there is room', async () => {
  await using copy = await server.database(`
    create table "ROOM" (is_full boolean); insert into "ROOM" values (false);
    create function has_room(n int) returns boolean language plpgsql as $$ begin
      if n = 250 and (select is_full from "ROOM") then
        raise exception using errcode = '53100', message = 'could not extend file "base/5/1": No space left on device';
      end if;
      return true; end $$;
    alter table "CUST" add constraint room check (has_room("RECID"));
    update "ROOM" set is_full = true;`);
  const versions = () => copy.rows(`select "RECVERSION" as v, count(*)::int as n from "CUST" group by 1 order by 1`);

  const error = await asRun((maskKey) => sanitizeOnPostgres(copy, maskKey)).catch((cause: unknown) => cause);

  // Trying again at once would fail again: nobody has freed anything.
  expect(error).toBeInstanceOf(PostgresDiskFullError);
  expect(error).toMatchObject({
    code: 'disk-full',
    remedy: expect.stringMatching(/^Free space .*, then try again\.$/),
  });
  expect(await versions()).toEqual([
    { v: 1, n: 100 },
    { v: 2, n: 200 },
  ]);
  await copy.rows('update "ROOM" set is_full = false');
  await sanitizeOnPostgres(copy, randomKey);
  expect(await versions()).toEqual([{ v: 2, n: 300 }]);
  await expectMaskedOnce(copy);
}, 60_000);

const ids = Array.from({ length: 9 }, (_, index) => index + 1);
const VALUES = ids.map((id) => `(${String(id)}, N'Person ${String(id)}', 1)`).join(', ');
const TABLE = 'CREATE TABLE CUST (RECID int NOT NULL PRIMARY KEY, NAME nvarchar(40) NOT NULL, RECVERSION int NOT NULL)';
/** What changes rows, notes it, or lets something rest. */
const WRITES = /^\s*(update |insert |merge |alter table |disable |enable |delete )/i;
const full = (database: string) => ({
  number: 9002,
  message: `The transaction log for database '${database}' is full due to 'ACTIVE_TRANSACTION'.`,
});

test('deadlocks and a full log all along a mask on SQL Server › are tried again or told with what to do, and every row is masked once', async () => {
  await using standIn = await startStandIn({
    logins: [{ name: 'rewind', password: 'Rewind-2026!', roles: ['sysadmin'] }],
  });
  const provider = openSqlServerProvider({ clock: systemClock });
  await using _ = { [Symbol.asyncDispose]: () => provider.close() };

  const told: { readonly deadlocks: string[]; readonly full: string[] } = { deadlocks: [], full: [] };
  for (let nth = 1; ; nth += 6) {
    const name = `copy${String(nth)}`;
    await standIn.administer('master', `CREATE DATABASE ${name}`);
    await standIn.administer(name, TABLE);
    await standIn.administer(name, `INSERT INTO CUST VALUES ${VALUES}`);
    const target = aSandbox({
      ...{ provider: 'sqlServer', name, databases: { application: name, financialReporting: name } },
      settings: { server: standIn.url('rewind') },
    });
    const hold = { runId: 'R-1', fence: 1, signal: new AbortController().signal };
    const open = (): Promise<Session> => provider.open(target, hold, aSource()).session('target', 'application');
    const attempt = (maskKey: () => ReturnType<typeof randomKey>) =>
      asRun(async () => {
        await using session = await open();
        await sanitize({ session, packs, sandbox, sizes: { ...sizes, rowsPerSlice: 3, smallRows: 2 }, maskKey });
      }, told.deadlocks);
    const faults = [
      standIn.fault({ match: WRITES, nth, login: 'rewind', effect: 'deadlock' }),
      standIn.fault({ match: WRITES, nth: nth + 3, login: 'rewind', effect: { error: full(name) } }),
    ];

    // One key for all that belongs to this call: whichever of its attempts has set it.
    const before = told.deadlocks.length;
    const outcome = await attempt(() => keyFrom(KEY)).catch((error: unknown) => error);
    for (const fault of faults) fault.remove();
    if (isServerError(outcome, 'disk-full')) {
      told.full.push(`${outcome.message} ${outcome.remedy}`);
      await attempt(() => keyFrom(KEY));
    } else if (outcome instanceof Error) throw outcome;

    await using session = await open();
    const row = z.object({ id: z.number(), name: z.string(), version: z.number() });
    const rows = await ask(session, row, 'SELECT RECID AS id, NAME AS name, RECVERSION AS version FROM CUST');
    expect(rows).toEqual(ids.map((id) => ({ id, name: nameOf(id), version: 2 })));
    if (told.deadlocks.length === before) break;
  }
  expect(told.full.length).toBeGreaterThan(1);
  expect(
    told.full.filter((text) => !/^The volume of copy\d+ has too little .* error 9002 .* Free space there/.test(text)),
  ).toEqual([]);
  expect(told.deadlocks.length).toBeGreaterThan(told.full.length - 1);
  expect(told.deadlocks.filter((text) => !/^Tried again after: .*deadlock.* error 1205 /.test(text))).toEqual([]);
}, 60_000);

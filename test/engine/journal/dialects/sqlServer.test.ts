import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import { openDatabase } from '../../../../engine/journal/dialects/openDatabase.ts';
import { releaseApplicationLock, takeApplicationLock } from '../../../../engine/journal/dialects/sqlServerLocks.ts';
import type { Journal } from '../../../../engine/journal/journal.ts';
import { openJournal } from '../../../../engine/journal/sql/sqlJournal.ts';
import type { FaultWish } from '../../../sqlServer/faults.ts';
import { startStandIn, type StandIn } from '../../../sqlServer/standIn.ts';
import { addDatabase } from '../../../sqlServer/state/databases.ts';
import { openAdmin } from '../../environments/sqlServer/admin.ts';
import { aDraft, ANN, EVENTS } from '../builders.ts';

let standIn: StandIn;
let journal: Journal;

beforeEach(async () => {
  standIn = await startStandIn();
  addDatabase(standIn.state, { name: 'rewind' });
  journal = openJournal({ url: standIn.url('sa', 'rewind') });
  await journal.migrate();
});
afterEach(async () => {
  await journal[Symbol.asyncDispose]();
  await standIn.close();
});

const onRecord: Pick<FaultWish, 'match'> = { match: /^insert into "record"/ };
const timesSent = ({ match }: Pick<FaultWish, 'match'>) =>
  standIn.statements.filter(({ text }) => match.test(text)).length;

test('a change that is a deadlock’s victim › is done again, though its transaction cannot be rolled back any more', async () => {
  const { runId } = await journal.draft(aDraft());
  standIn.fault({ ...onRecord, effect: 'deadlock' });
  expect(await journal.record(runId, EVENTS['choose-moment'], { actor: ANN })).toMatchObject({ version: 2 });
  expect(timesSent(onRecord)).toBe(3);
  expect((await journal.records(runId)).map(({ event }) => event)).toEqual(['draft', 'choose-moment']);
});

test('a reader that is a deadlock’s victim › reads again, as readers lock on SQL Server', async () => {
  const { runId } = await journal.draft(aDraft());
  const reading = { match: /^select "document" from "run" order by/ };
  standIn.fault({ ...reading, effect: 'deadlock' });
  expect((await journal.runs({ limit: 5 })).map((run) => run.runId)).toEqual([runId]);
  expect(timesSent(reading)).toBe(2);
});

test('a change that meets a deadlock each time › gives up after five attempts and leaves nothing behind', async () => {
  const { runId } = await journal.draft(aDraft());
  const fault = standIn.fault({ ...onRecord, nth: 'every', effect: 'deadlock' });
  await expect(journal.record(runId, EVENTS.keep, { actor: ANN })).rejects.toMatchObject({ code: 'concurrent-change' });
  fault.remove();
  expect(timesSent(onRecord)).toBe(1 + 5);
  expect(await journal.run(runId)).toMatchObject({ state: 'draft', version: 1 });
});

test.for(['cut', 'kill'] as const)(
  'a connection that is lost inside a change (%s) › is an outage, and the next change has another',
  async (effect) => {
    const { runId } = await journal.draft(aDraft());
    standIn.fault({ ...onRecord, effect });
    await expect(journal.record(runId, EVENTS.keep, { actor: ANN })).rejects.toMatchObject({
      code: 'journal-unavailable',
    });
    expect(await journal.record(runId, EVENTS.keep, { actor: ANN })).toMatchObject({ state: 'aborted', version: 2 });
    expect(await journal.verify(runId)).toMatchObject({ intact: true });
  },
);

test('a number of several errors › is found, whichever comes last', async () => {
  const errors = [
    [2627, 'Violation of PRIMARY KEY constraint'] as const,
    [3621, 'The statement has been terminated.'] as const,
  ];
  standIn.fault({ ...onRecord, effect: { errors } });
  expect(await journal.draft(aDraft())).toMatchObject({ runId: 'R-1001' });
});

test('an application lock that another session holds › is refused, not taken for granted', async () => {
  const url = standIn.url('sa', 'rewind');
  const [one, other] = [openDatabase(url), openDatabase(url)];
  await one.db.connection().execute(async (holder) => {
    await takeApplicationLock(holder, 'a lock', 'Session', 0);
    const refusal = await takeApplicationLock(other.db, 'a lock', 'Session', 0).catch((error: unknown) => error);
    expect(other.dialect.isConflict(refusal)).toBe(true);
    await releaseApplicationLock(holder, 'a lock');
    // Letting go of what is not held hides nothing either.
    await releaseApplicationLock(holder, 'a lock');
    await takeApplicationLock(other.db, 'a lock', 'Session', 0);
  });
  await Promise.all([one.db.destroy(), other.db.destroy()]);
});

test('a login that may read, write and create tables › is enough: the journal needs no owner of its database', async () => {
  const password = randomUUID();
  const administrator = openAdmin(
    `mssql://sa:${encodeURIComponent(standIn.settings('sa').password)}@127.0.0.1:${String(standIn.port)}?trustServerCertificate=true`,
  );
  await administrator.query('master', `CREATE LOGIN [journal] WITH PASSWORD = '${password}'; CREATE DATABASE [own]`);
  await administrator.query('own', 'CREATE USER [journal] FOR LOGIN [journal]');
  for (const role of ['db_datareader', 'db_datawriter', 'db_ddladmin'])
    await administrator.query('own', `ALTER ROLE ${role} ADD MEMBER [journal]`);
  await administrator[Symbol.asyncDispose]();
  await using own = openJournal({ url: standIn.url('journal', 'own') });
  await own.migrate();
  const { runId } = await own.draft(aDraft());
  expect(await own.record(runId, EVENTS.keep, { actor: ANN })).toMatchObject({ state: 'aborted' });
});

test('a transaction › has a name that is an identifier, whatever Kysely makes up', async () => {
  // The last of its letters and digits: 99999999.
  const random = vi.spyOn(Math, 'random').mockReturnValue(0.9999);
  onTestFinished(() => random.mockRestore());
  const { runId } = await journal.draft(aDraft());
  expect(await journal.record(runId, EVENTS['choose-moment'], { actor: ANN })).toMatchObject({ version: 2 });
});

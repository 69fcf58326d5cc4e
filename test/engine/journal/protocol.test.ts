import { afterAll, beforeAll, beforeEach, afterEach, describe, expect, test } from 'vitest';
import { inspectJournal } from '../../../engine/journal/inspectJournal.ts';
import type { Journal } from '../../../engine/journal/journal.ts';
import { openJournal } from '../../../engine/journal/sql/sqlJournal.ts';
import { aDraft, ANN, EVENTS, NOW } from './builders.ts';
import { startSqlServer } from './sqlServerDatabase.ts';
import { startTestServer, type TestServer } from './testDatabase.ts';

describe.each([
  ['PostgreSQL', startTestServer],
  ['SQL Server', startSqlServer],
] as const)('processes of two versions on %s', (_, startServer) => {
  let server: TestServer;
  let url: string;
  let journal: Journal;
  beforeAll(async () => {
    server = await startServer();
  });
  beforeEach(async () => {
    url = await server.newDatabase();
    journal = openJournal({ url });
    await journal.migrate();
  });
  afterEach(() => journal[Symbol.asyncDispose]());
  afterAll(() => server[Symbol.asyncDispose]());

  test('an older one that goes on running › is refused with a reason and changes nothing', async () => {
    const { runId } = await journal.draft(aDraft());
    await server.query(url, `UPDATE journal_state SET value = 6 WHERE name = 'protocol'`);
    const refused = { code: 'other-version', message: expect.stringContaining('version 5') as string };
    for (const change of [
      () => journal.draft(aDraft()),
      () => journal.record(runId, EVENTS.keep, { actor: ANN }),
      () => journal.acquireLease('uat', 'worker-a', 1000),
      () => journal.appendLog(runId, [{ at: NOW, step: 'plan', text: 'x' }]),
    ])
      await expect(change()).rejects.toMatchObject(refused);
    expect(await journal.runs({})).toMatchObject([{ runId, version: 1 }]);
  });

  test('one of before versions were agreed upon › is refused by the database', async () => {
    const { runId } = await journal.draft(aDraft());
    const values = `'${runId}', 2, '${NOW}', 'a', 'a', 'a', 'keep', '{}', '0', '0'`;
    const columns = 'run_id, seq, at, actor_id, actor_name, actor_tenant, event, data, previous_hash, hash';
    await expect(server.query(url, `INSERT INTO record (${columns}) VALUES (${values})`)).rejects.toThrow(
      /written_by_a_rewind_too_old_for_this_journal/,
    );
  });

  test('an older one that starts › is refused with a reason, and a look at the journal says so', async () => {
    await server.query(
      url,
      `INSERT INTO journal_migration (name, timestamp) VALUES ('9999-from-the-future', '${NOW}')`,
    );
    await expect(journal.migrate()).rejects.toMatchObject({ code: 'other-version' });
    expect(await inspectJournal(url)).toMatchObject({ pending: [], unknown: ['9999-from-the-future'] });
  });
});

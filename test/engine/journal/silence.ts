import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { systemClock } from '../../../engine/clock.ts';
import { openJournal } from '../../../engine/journal/sql/sqlJournal.ts';
import { startFreezingProxy } from '../../proxies/freezingProxy.ts';
import { aDraft, ANN, EVENTS } from './builders.ts';
import type { TestServer } from './testDatabase.ts';

const BOUNDS = { connectMs: 600, statementMs: 300, answerMs: 500 };

/** What silence may cost at most: a connection, a statement, and the goodbye. */
const AT_MOST_MS = 3_000;

/** Nobody waits for a journal that accepts everything and answers nothing, wherever it lies. */
export function journalSilence(startServer: () => Promise<TestServer>): void {
  let server: TestServer;
  let url: string;
  beforeAll(async () => {
    server = await startServer();
    url = await server.newDatabase();
    await using journal = openJournal({ url });
    await journal.migrate();
  });
  afterAll(() => server[Symbol.asyncDispose]());

  const unavailable = expect.objectContaining({ code: 'journal-unavailable', name: 'JournalUnavailableError' });

  /** How it ended, and after how long. */
  const timed = async (work: () => Promise<unknown>) => {
    const startedAt = systemClock.elapsedMs();
    const outcome = await work().catch((error: unknown) => error);
    expect(systemClock.elapsedMs() - startedAt).toBeLessThan(AT_MOST_MS);
    return outcome;
  };

  test('a journal that freezes › ends a question, a change and a new connection with its name, and the goodbye', async () => {
    await using proxy = await startFreezingProxy(url);
    const journal = openJournal({ url: proxy.url, bounds: BOUNDS });
    const { runId } = await journal.draft(aDraft({ target: 'uat' }));
    proxy.freeze();
    const change = () => journal.record(runId, EVENTS['choose-moment'], { actor: ANN });
    expect(await timed(() => journal.run(runId))).toEqual(unavailable);
    expect(await timed(change)).toEqual(unavailable);
    expect(await timed(() => Promise.all([journal.leases(), journal.leases()]))).toEqual(unavailable);
    await timed(async () => journal[Symbol.asyncDispose]());
  });

  test('a journal that freezes inside a change › leaves it undone, and serves whoever comes another way', async () => {
    await using proxy = await startFreezingProxy(url);
    await using frozen = openJournal({ url: proxy.url, bounds: BOUNDS });
    await using other = openJournal({ url });
    const { runId } = await other.draft(aDraft({ target: 'test' }));
    const change = timed(() => frozen.record(runId, EVENTS['choose-moment'], { actor: ANN }));
    proxy.freeze();
    expect(await change).toEqual(unavailable);
    expect(await other.run(runId)).toMatchObject({ version: 1 });
    await other.record(runId, EVENTS['choose-moment'], { actor: ANN });
    expect(await other.verify(runId)).toMatchObject({ intact: true });
  });

  test('a journal that was frozen › is used again through connections of its own', async () => {
    const proxy = await startFreezingProxy(url);
    await using journal = openJournal({ url: proxy.url, bounds: BOUNDS });
    await journal.runs({});
    proxy.freeze();
    expect(await timed(() => journal.runs({}))).toEqual(unavailable);
    proxy.thaw();
    // What a pool was waiting for meanwhile may fail once more.
    await vi.waitFor(async () => expect(await journal.leases()).toEqual([]), { timeout: 3_000, interval: 10 });
    await proxy[Symbol.asyncDispose]();
  });
}

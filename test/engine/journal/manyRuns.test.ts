import { createQueryId, type CompiledQuery, type KyselyPlugin } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fillWithEndedRuns } from '../../../demo/bench/endedRuns.ts';
import { openDatabase } from '../../../engine/journal/dialects/openDatabase.ts';
import { createAccess } from '../../../engine/journal/access.ts';
import { sqlChores } from '../../../engine/journal/sql/sqlChores.ts';
import { atHand } from '../../../engine/journal/sql/migrations/atHand.ts';
import { openJournal } from '../../../engine/journal/sql/sqlJournal.ts';
import { sqlMessages } from '../../../engine/journal/sql/sqlMessages.ts';
import { sqlReach } from '../../../engine/journal/sql/sqlReach.ts';
import { sqlRuns } from '../../../engine/journal/sql/sqlRuns.ts';
import { aPlan, aRun, LATER, NOW } from './builders.ts';
import { startSqlServer } from './sqlServerDatabase.ts';
import { rowsLookedAt } from './rowsLookedAt.ts';
import { startTestServer, type TestServer } from './testDatabase.ts';

const UNFINISHED = ['draft', 'queued', 'in-progress', 'awaiting-cutover', 'rollback-in-progress'] as const;

describe.each([
  ['PostgreSQL', startTestServer, { runs: 10_000, targets: 100, mostMs: 50, cards: 3_000 }],
  // A stand-in says nothing about time, so it is shown the questions alone.
  ['SQL Server', startSqlServer, { runs: 200, targets: 20, mostMs: Infinity, cards: 0 }],
] as const)('a journal on %s with many ended runs', (_, startServer, { mostMs, cards, ...size }) => {
  let server: TestServer;
  let url: string;
  beforeAll(async () => {
    server = await startServer();
    url = await server.newDatabase();
    const journal = openJournal({ url });
    await journal.migrate();
    await journal[Symbol.asyncDispose]();
    const like = aRun({ plan: aPlan(), swappedAt: NOW });
    await fillWithEndedRuns(url, { like, ...size });
  }, 120_000);
  afterAll(() => server[Symbol.asyncDispose]());

  /** The questions of one round, with what they cost: statements, rows that came back, milliseconds. */
  async function round(at: string) {
    const database = openDatabase(url);
    let statements = 0;
    let rows = 0;
    const counter: KyselyPlugin = {
      transformQuery({ node }) {
        statements += 1;
        return node;
      },
      async transformResult({ result }) {
        rows += result.rows.length;
        return result;
      },
    };
    const session = createAccess({ ...database, db: database.db.withPlugin(counter) });
    try {
      await session.read((db) => db.selectNoFrom((one) => one.lit(1).as('warm')).execute());
      [statements, rows] = [0, 0];
      const from = performance.now();
      const unfinished = await sqlRuns(session).runs({ states: UNFINISHED });
      const chores = await sqlChores(session).chores(at);
      return { ms: performance.now() - from, statements, rows, unfinished, chores };
    } finally {
      await database.db.destroy();
    }
  }

  test('is asked as many questions as with few, and reads no run when nothing is due', async () => {
    const rounds = [await round(NOW), await round(NOW), await round(NOW)];
    for (const { statements, rows, unfinished, chores } of rounds)
      expect({ statements, rows, unfinished, chores }).toEqual({ statements: 7, rows: 0, unfinished: [], chores: [] });
    expect(Math.min(...rounds.map(({ ms }) => ms))).toBeLessThan(mostMs);
  });

  test.skipIf(cards === 0)(
    'finds what was clicked, and what has news, without looking at all that was ever sent, in a journal of before too',
    async () => {
      const { runs, targets } = size;
      const last = `R-${String(100_000 + runs)}`;
      const clicked = `R-${String(100_001 + runs - cards)}`;
      await server.query(url, `ALTER TABLE message DROP COLUMN lies_at, DROP COLUMN settled`);
      await server.query(url, `DROP INDEX message_by_age, run_by_target_and_state`);
      await server.query(
        url,
        `INSERT INTO message (id, added_at, run_id, kind, conversation, address, posts, tried, replaced, shown_seq, shown_holder, shown_generation)
          SELECT run_id, number, run_id, 'run', '19:home', '{"messageId":"' || run_id || '"}', 1, 0, 0, version, '', generation FROM run WHERE number > ${String(100_000 + runs - cards)}`,
      );
      const database = openDatabase(url);
      await atHand(database.dialect.types).up(database.db);
      await server.query(url, 'ANALYZE');
      const asked: CompiledQuery[] = [];
      const listener: KyselyPlugin = {
        transformQuery({ node }) {
          asked.push(database.db.getExecutor().compileQuery(node, createQueryId()));
          return node;
        },
        transformResult: async ({ result }) => result,
      };
      const session = createAccess({ ...database, db: database.db.withPlugin(listener) });
      const messages = sqlMessages(session);
      try {
        expect((await messages.messageAt('19:home', { messageId: clicked }))?.id).toBe(clicked);
        expect(await messages.messagesDue(500)).toEqual([]);
        await server.query(url, `UPDATE message SET shown_seq = 0, settled = 0 WHERE id = '${last}'`);
        expect((await messages.messagesDue(500)).map(({ id }) => id)).toEqual([last]);
        expect(await messages.messagesGone()).toEqual([]);
        expect(await sqlReach(session).newestAddress()).toEqual({ messageId: last });
        expect(await sqlRuns(session).runs({ target: 'many-0', states: ['draft'], limit: 20 })).toEqual([]);
        const present = await sqlRuns(session).runs({ target: 'many-0', generation: runs / targets });
        expect(present.map(({ runId }) => runId)).toEqual([`R-${String(100_001 + runs - targets)}`]);
        // Of each target’s newest run, which has a way back: its card, itself, and its target.
        for (const query of asked) {
          const rows = await rowsLookedAt(url, query);
          expect({ sql: query.sql, isFew: rows <= 3 * targets }).toEqual({ sql: query.sql, isFew: true });
        }
      } finally {
        await database.db.destroy();
      }
    },
  );

  test('names what is due, and nothing else', async () => {
    const { runs, targets } = size;
    // The way back of every newest run ends in 2999.
    const ended = await round('2999-01-02T00:00:00.000Z');
    expect(new Set(ended.chores.map(({ kind }) => kind))).toEqual(new Set(['drop-previous']));
    expect(ended.chores).toHaveLength(targets);
    await server.query(url, `UPDATE run SET replaced_by = NULL WHERE run_id = 'R-${String(100_000 + runs - targets)}'`);
    await server.query(url, `UPDATE run SET replaced_by = 'R-1' WHERE run_id = 'R-${String(100_000 + runs - 1)}'`);
    await server.query(url, `UPDATE run SET copy_kept_until = '${NOW}', state = 'failed' WHERE run_id = 'R-100001'`);
    await server.query(url, `UPDATE run SET expires_at = '${LATER}', state = 'draft' WHERE run_id = 'R-100002'`);
    const { chores } = await round(LATER);
    expect(chores.map(({ kind, runId, by }) => [kind, runId, ...(by === undefined ? [] : [by])])).toEqual([
      ['expire', 'R-100002'],
      ['note-succession', `R-${String(100_000 + runs - targets)}`, `R-${String(100_000 + runs)}`],
      ['note-succession', `R-${String(100_000 + runs - 1)}`],
      ['drop-copy', 'R-100001'],
    ]);
  });
});

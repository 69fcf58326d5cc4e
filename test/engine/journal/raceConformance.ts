import * as fc from 'fast-check';
import type { KyselyPlugin } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { REWIND, type Person, type Run, type RunRecord } from '../../../engine/contracts.ts';
import { TerminalError } from '../../../engine/errors.ts';
import { TRANSITIONS, type EventKind, type RunEvent } from '../../../engine/journal/events.ts';
import type { Journal } from '../../../engine/journal/journal.ts';
import { createAccess } from '../../../engine/journal/access.ts';
import { openDatabase } from '../../../engine/journal/dialects/openDatabase.ts';
import { openJournal } from '../../../engine/journal/sql/sqlJournal.ts';
import { sqlRuns } from '../../../engine/journal/sql/sqlRuns.ts';
import { transition } from '../../../engine/journal/rule/transition.ts';
import { aDraft, ANN, aRun, BOB, EVENTS, NEVER } from './builders.ts';
import { startCuttingProxy } from '../../proxies/cuttingProxy.ts';
import type { TestServer } from './testDatabase.ts';

/** What comes next in a life without incidents. */
const NEXT: Readonly<Record<Run['state'], readonly EventKind[]>> = {
  draft: ['choose-moment', 'plan-made', 'confirm'],
  'awaiting-approval': ['approve'],
  queued: ['start'],
  'in-progress': ['step-done', 'swapped', 'complete'],
  'awaiting-exception': ['accept-findings'],
  'awaiting-cutover': ['resume'],
  completed: ['roll-back', 'sign-off'],
  'signed-off': [],
  failed: ['roll-back', 'accept'],
  'rollback-in-progress': ['rolled-back'],
  'rolled-back': [],
  'rollback-failed': ['roll-back'],
  aborted: [],
};

function nextOf(run: Run): EventKind {
  if (run.state === 'draft') return run.isPlanning ? 'plan-made' : run.plan ? 'confirm' : 'choose-moment';
  if (run.state === 'in-progress') return run.generation === undefined ? 'swapped' : 'complete';
  return NEXT[run.state][0] ?? 'tick-item';
}

const KINDS = Object.keys(TRANSITIONS) as EventKind[];
const people = fc.constantFrom(ANN, BOB, REWIND);
const incident = fc.record({ run: fc.nat(1), kind: fc.constantFrom(...KINDS), actor: people });
const moment = fc.record({
  forward: fc.constantFrom(0, 1),
  by: people,
  incidents: fc.array(incident, { maxLength: 2 }),
});

const RACES: readonly (readonly [EventKind, Person])[] = [
  ['approve', BOB],
  ['reject', BOB],
  ['keep', ANN],
];

/** What every journal has to withstand, wherever it lies; `lives` random ones are lived. */
export function raceConformance(startServer: () => Promise<TestServer>, lives = 30): void {
  let server: TestServer;
  let url: string;
  let first: Journal;
  let second: Journal;

  beforeAll(async () => {
    server = await startServer();
    url = await server.newDatabase();
    [first, second] = [openJournal({ url }), openJournal({ url })];
    await first.migrate();
  });
  afterAll(async () => {
    await Promise.all([first, second].map((journal) => journal[Symbol.asyncDispose]()));
    await server[Symbol.asyncDispose]();
  });

  test('whatever two people and a worker do at the same moment › every run is what its records say, and a target has one holder', async () => {
    let target = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(moment, { minLength: 12, maxLength: 22 }), async (moments) => {
        const name = `target-${++target}`;
        const runs = [await first.draft(aDraft({ target: name })), await first.draft(aDraft({ target: name }))];
        const happened = new Map(runs.map(({ runId }) => [runId, ['draft']]));
        for (const { forward, by, incidents } of moments) {
          const moved = (await first.run(runs[forward]?.runId ?? '')) ?? aRun();
          const acts = [
            { runId: moved.runId, kind: nextOf(moved), actor: by },
            ...incidents.map(({ run, kind, actor }) => ({ runId: runs[run]?.runId ?? '', kind, actor })),
          ];
          const outcomes = await Promise.allSettled(
            acts.map(({ runId, kind, actor }, index) =>
              (index % 2 ? second : first).record(runId, EVENTS[kind], { actor }),
            ),
          );
          for (const [index, outcome] of outcomes.entries()) {
            const { runId = '', kind = '' } = acts[index] ?? {};
            if (outcome.status === 'fulfilled') happened.get(runId)?.push(kind);
          }
          const refusals = outcomes
            .filter((outcome) => outcome.status === 'rejected')
            .map(({ reason }) => reason as unknown);
          expect(refusals.filter((reason) => !(reason instanceof TerminalError))).toEqual([]);
        }
        const holders: string[] = [];
        const { heldBy, generation } = await first.hold(name);
        let swaps = 0;
        for (const drafted of runs) {
          const run = (await second.run(drafted.runId)) ?? aRun();
          const records = await second.records(run.runId);
          expect(await first.verify(run.runId)).toMatchObject({ intact: true });
          expect(records.map((record) => record.event).sort()).toEqual(happened.get(run.runId)?.sort());
          const replayed = replay(drafted, run, records);
          expect(replayed.run).toEqual(run);
          if (replayed.holds) holders.push(run.runId);
          if (run.generation !== undefined) swaps += 1;
          expect(run.approval?.by.id).not.toBe(run.requestedBy.id);
        }
        expect(holders).toEqual(heldBy === undefined ? [] : [heldBy]);
        expect(generation).toBe(swaps);
      }),
      { numRuns: lives },
    );
  }, 60_000);

  test('approve, reject and keep at the same moment › leave exactly one answer', async () => {
    for (let round = 0; round < 15; round++) {
      const { runId } = await first.draft(aDraft({ target: `race-${round}` }));
      for (const kind of ['choose-moment', 'plan-made', 'confirm'] as const) {
        await first.record(runId, EVENTS[kind], { actor: ANN });
      }
      const outcomes = await Promise.allSettled(
        RACES.map(([kind, actor], index) => (index % 2 ? second : first).record(runId, EVENTS[kind], { actor })),
      );
      expect(outcomes.filter((outcome) => outcome.status === 'fulfilled')).toHaveLength(1);
      const run = await first.run(runId);
      const isHeld = (await first.hold(`race-${round}`)).heldBy === runId;
      expect(isHeld).toBe(run?.state === 'queued');
      // Approved and stopped: the stop is a request, and the worker that starts reads it.
      if (run?.state !== 'queued') continue;
      await Promise.allSettled([
        first.record(runId, EVENTS.stop, { actor: ANN }),
        second.record(runId, EVENTS.start, { actor: REWIND }),
      ]);
      expect(await first.run(runId)).toMatchObject({ state: 'in-progress', stopRequestedBy: ANN });
    }
  });

  test('a sandbox that somebody reserves in the moment of a confirmation › is met by it', async () => {
    const until = new Date(Date.now() + 3_600_000).toISOString();
    const wish = { until, reason: 'UAT round 3', by: BOB, ids: [BOB.id], takesOver: false };
    const { runId } = await first.draft(aDraft({ target: 'kept' }));
    for (const kind of ['choose-moment', 'plan-made'] as const) await first.record(runId, EVENTS[kind], { actor: ANN });
    const database = openDatabase(url);
    let isReserved = false;
    const inBetween: KyselyPlugin = {
      transformQuery: ({ node }) => node,
      // The confirmation has just read the row of its target.
      async transformResult({ result }) {
        if (isReserved || !result.rows.some((row) => 'kept_number' in row)) return result;
        isReserved = true;
        await second.reserve('kept', wish);
        return result;
      },
    };
    const runs = sqlRuns(createAccess({ ...database, db: database.db.withPlugin(inBetween) }));
    try {
      await expect(runs.record(runId, EVENTS.confirm, { actor: ANN })).rejects.toMatchObject({ code: 'reserved' });
    } finally {
      await database.db.destroy();
    }
    expect(isReserved).toBe(true);
  });

  test.for(['before', 'after'] as const)(
    'a connection that is cut %s any message › leaves run, record and target as one',
    async (when) => {
      const target = `cut-${when}`;
      const lives = async (journal: Journal, runId: string) => {
        const lease = await journal.acquireLease(target, 'worker-a', 0);
        if (!lease) throw new Error('The lease was not free');
        await journal.record(runId, EVENTS.confirm, { actor: ANN, lease });
      };
      const ready = async () => {
        const { runId } = await first.draft(aDraft({ target, expiresAt: NEVER }));
        for (const kind of ['choose-moment', 'plan-made'] as const)
          await first.record(runId, EVENTS[kind], { actor: ANN });
        return runId;
      };
      const messages = await countMessages(async (journal) => lives(journal, await ready()));
      await first.record((await first.hold(target)).heldBy ?? '', EVENTS.keep, { actor: ANN });
      const endings = new Set<string>();
      for (let at = 1; at <= messages; at++) {
        const runId = await ready();
        await using proxy = await startCuttingProxy(url, { at, when });
        await using journal = openJournal({ url: proxy.url });
        const outcome = await lives(journal, runId).then(
          () => 'done',
          (error: { code: string }) => error.code,
        );
        const run = (await first.run(runId)) ?? aRun();
        expect([at, (await first.records(runId)).length]).toEqual([at, run.version]);
        expect(await first.verify(runId)).toMatchObject({ intact: true });
        expect((await first.hold(target)).heldBy).toBe(run.state === 'draft' ? undefined : runId);
        endings.add(`${outcome}, ${run.state}`);
        await first.record(runId, EVENTS.keep, { actor: ANN });
      }
      // The last message is the COMMIT: cut behind it, the change is there and its answer is not.
      const expected = when === 'before' ? ['draft'] : ['awaiting-approval', 'draft'];
      const replaced = when === 'before' && server.dialect.replacesBrokenConnections ? ['done, awaiting-approval'] : [];
      expect([...endings].sort()).toEqual([...replaced, ...expected.map((state) => `journal-unavailable, ${state}`)]);
    },
  );

  async function countMessages(work: (journal: Journal) => Promise<void>): Promise<number> {
    await using proxy = await startCuttingProxy(url);
    await using journal = openJournal({ url: proxy.url });
    await work(journal);
    return proxy.sent();
  }
}

/** The run that its records lead to, by the pure rules alone, and whether it holds its target in the end. */
function replay(drafted: Run, last: Run, records: readonly RunRecord[]) {
  let run = drafted;
  let holds = false;
  for (const { event, data, actor, at } of records.slice(1)) {
    const parsed = { kind: event, ...(data as object) } as RunEvent;
    const before = (last.generation ?? 0) - (parsed.kind === 'swapped' && run.generation === undefined ? 1 : 0);
    // That another run has switched since stands in the records of that run.
    const generation = parsed.kind === 'replaced' ? before + 1 : before;
    const hold = { target: run.target, generation, heldBy: run.runId };
    run = JSON.parse(JSON.stringify(transition(run, parsed, { now: at, actor, hold }).run)) as Run;
    const rule = TRANSITIONS[parsed.kind].hold;
    if (rule === 'take') holds = true;
    if (rule === 'release' || (rule === 'release-if-untouched' && run.targetState === 'old')) holds = false;
  }
  return { run, holds };
}

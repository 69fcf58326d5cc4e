import type { KyselyPlugin } from 'kysely';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { REWIND, type CardKind, type Person, type RunState } from '../../../engine/contracts.ts';
import { examineAll } from '../../../engine/journal/audit/examineAll.ts';
import type { EventKind } from '../../../engine/journal/events.ts';
import type { Journal, Lease } from '../../../engine/journal/journal.ts';
import type { MessageRow, NewMessage } from '../../../engine/journal/messages.ts';
import { LOG_LINES_PER_RUN } from '../../../engine/journal/journal.ts';
import { createAccess } from '../../../engine/journal/access.ts';
import { openDatabase } from '../../../engine/journal/dialects/openDatabase.ts';
import { sqlMessages } from '../../../engine/journal/sql/sqlMessages.ts';
import { openJournal, type SqlJournal } from '../../../engine/journal/sql/sqlJournal.ts';
import { aDraft, aSchedule, ANN, BOB, EVENTS, LATER, NEVER, NOW } from './builders.ts';
import type { TestServer } from './testDatabase.ts';

const CLARA: Person = { id: 'clara-object-id', tenantId: 'contoso', name: 'Clara' };

/** Records events as Ann, approvals as Bob, everything a worker does as Rewind. */
async function live(journal: Journal, runId: string, kinds: readonly EventKind[]) {
  for (const kind of kinds) await journal.record(runId, EVENTS[kind], { actor: actorOf(kind) });
}

function actorOf(kind: EventKind): Person {
  if (kind === 'approve') return BOB;
  return ['choose-moment', 'confirm', 'retry', 'roll-back', 'stop'].includes(kind) ? ANN : REWIND;
}

const TO_QUEUED = ['choose-moment', 'plan-made', 'confirm', 'approve'] as const;
const TO_SWAPPED = [...TO_QUEUED, 'start', 'step-started', 'step-done', 'closed', 'swapped'] as const;

/** What every journal has to do, wherever it lies. */
export function journalConformance(startServer: () => Promise<TestServer>): void {
  let server: TestServer;
  const open: Journal[] = [];

  beforeAll(async () => {
    server = await startServer();
  });
  afterEach(async () => {
    await Promise.all(open.splice(0).map((journal) => journal[Symbol.asyncDispose]()));
  });
  afterAll(() => server[Symbol.asyncDispose]());

  async function aJournal(url?: string): Promise<{ readonly journal: SqlJournal; readonly url: string }> {
    const address = url ?? (await server.newDatabase());
    const journal = openJournal({ url: address });
    open.push(journal);
    await journal.migrate();
    return { journal, url: address };
  }

  test('a freeze › is in force from the row of its target until it is lifted, followed or over, and is remembered', async () => {
    const { journal } = await aJournal();
    const soon = new Date(Date.now() + 3_600_000).toISOString();
    const first = await journal.freeze('uat', { until: soon, reason: 'month-end “Q4”', by: BOB });
    expect(first).toMatchObject({ number: 1, until: soon, reason: 'month-end “Q4”', by: BOB });
    expect((await journal.hold('uat')).freeze).toEqual(first);
    expect(await journal.frozen(NOW)).toEqual(new Map([['uat', first]]));
    const second = await journal.freeze('uat', { until: soon, reason: 'longer', by: CLARA });
    expect((await journal.hold('uat')).freeze).toEqual(second);
    expect(await journal.liftFreeze('uat', BOB)).toEqual(second);
    expect(await journal.liftFreeze('uat', BOB)).toBeUndefined();
    expect((await journal.hold('uat')).freeze).toBeUndefined();
    expect((await journal.freezes('uat')).map(({ number, liftedBy }) => [number, liftedBy?.name])).toEqual([
      [2, BOB.name],
      [1, CLARA.name],
    ]);
    const third = await journal.freeze('uat', { until: soon, reason: 'again', by: BOB });
    await journal.endFreezes(NOW);
    expect((await journal.hold('uat')).freeze).toEqual(third);
    await journal.endFreezes(soon);
    expect((await journal.hold('uat')).freeze).toBeUndefined();
    expect((await journal.freezes('uat'))[0]?.liftedBy).toBeUndefined();
    expect(await journal.liftFreeze('nowhere', BOB)).toBeUndefined();
  });

  test('a schedule › keeps its rule, and goes from state to state as people say', async () => {
    const { journal } = await aJournal();
    const first = await journal.addSchedule(aSchedule);
    expect(first).toMatchObject({ ...aSchedule, number: 1, state: 'active', version: 1 });
    const second = await journal.addSchedule({ ...aSchedule, target: 'sit' });
    expect(second.number).toBe(2);
    expect(await journal.schedule(1)).toEqual(first);
    expect(await journal.schedule(3)).toBeUndefined();
    expect(await journal.setSchedule(1, 'paused', BOB)).toMatchObject({ state: 'paused', changedBy: BOB, version: 2 });
    await expect(journal.setSchedule(1, 'paused', BOB)).rejects.toMatchObject({ code: 'schedule-outdated' });
    await expect(journal.setSchedule(3, 'ended', BOB)).rejects.toMatchObject({ code: 'schedule-not-found' });
    const resumed = await journal.setSchedule(1, 'active', CLARA);
    // What passed while it was paused is nobody's.
    expect(resumed.handledUntil > first.handledUntil).toBe(true);
    const binds = { source: 'prod', target: 'uat', sourceIdentity: 's' };
    const hashes = { packsHash: 'p', policyHash: 'q', schema: 'c' };
    const standing = { by: BOB, at: NOW, until: LATER, binds: { ...binds, ...hashes }, findings: ['x: “y”'] };
    expect((await journal.setStanding(1, standing)).standing).toEqual(standing);
    const without = await journal.endStanding(1, 'the rule packs');
    expect(without).toMatchObject({ standingEnded: { why: 'the rule packs' } });
    expect(without.standing).toBeUndefined();
    expect(await journal.endStanding(1, 'again')).toEqual(without);
    await journal.setSchedule(2, 'ended', BOB);
    await expect(journal.setStanding(2, standing)).rejects.toMatchObject({ code: 'schedule-outdated' });
    await expect(journal.setSchedule(2, 'active', BOB)).rejects.toMatchObject({ code: 'schedule-outdated' });
    const numbers = async (filter?: Parameters<Journal['schedules']>[0]) =>
      (await journal.schedules(filter)).map(({ number }) => number);
    expect(await numbers()).toEqual([1, 2]);
    expect(await numbers({ states: ['active', 'paused'] })).toEqual([1]);
    expect(await numbers({ target: 'sit' })).toEqual([2]);
    expect(await numbers({ states: [] })).toEqual([]);
    const told = async (number: number) =>
      (await journal.scheduleRecords(number)).map(({ runId, seq, event, actor }) => [runId, seq, event, actor.name]);
    expect(await told(1)).toEqual([
      ['S-1', 1, 'schedule-set-up', ANN.name],
      ['S-1', 2, 'schedule-paused', BOB.name],
      ['S-1', 3, 'schedule-resumed', CLARA.name],
      ['S-1', 4, 'standing-approved', BOB.name],
      ['S-1', 5, 'standing-ended', REWIND.name],
    ]);
    const third = await journal.addSchedule(aSchedule, { insteadOf: 1 });
    expect(await journal.schedule(1)).toMatchObject({ state: 'ended', changedBy: ANN, decisions: 6 });
    expect((await journal.scheduleRecords(1)).at(-1)?.data).toEqual({ successor: third.number });
    // In place of one that is over already.
    const late = journal.addSchedule({ ...aSchedule, target: 'other' }, { insteadOf: 1 });
    await expect(late).rejects.toMatchObject({ code: 'schedule-outdated' });
    expect(await numbers()).toEqual([1, 2, 3]);
    const { schedules, findings } = await examineAll(journal.audit, { keys: [], anchors: [] });
    expect(schedules.map(({ name, records }) => [name, records.length])).toEqual([
      ['S-1', 6],
      ['S-2', 2],
      ['S-3', 1],
    ]);
    expect(findings).toEqual([]);
  });

  test('a schedule › is set up once where several set up the same at the same moment', async () => {
    const { journal } = await aJournal();
    const all = await Promise.allSettled([ANN, BOB, CLARA].map((by) => journal.addSchedule({ ...aSchedule, by })));
    const refused = all.flatMap((one) => (one.status === 'rejected' ? [(one.reason as { code?: string }).code] : []));
    expect(refused).toEqual(['schedule-twice', 'schedule-twice']);
    expect(await journal.schedules()).toHaveLength(1);
  });

  test('an occurrence › gets one run, however many ask for it at once, and none once its schedule is past it', async () => {
    const { journal, url } = await aJournal();
    const { journal: other } = await aJournal(url);
    await journal.addSchedule(aSchedule);
    const draft = (at: string) => ({
      ...aDraft(),
      scheduled: { schedule: 1, at, moment: aSchedule.rule.moment, tooLate: 'keep' as const },
    });
    const asked = [journal, other, journal, other].map((one) => one.draft(draft(NEVER)));
    const settled = await Promise.allSettled(asked);
    const drafted = settled.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
    expect(drafted).toHaveLength(1);
    const refused = settled.flatMap((one) =>
      one.status === 'rejected' ? [(one.reason as { code: string }).code] : [],
    );
    expect(refused.filter((code) => !['schedule-outdated', 'concurrent-change'].includes(code))).toEqual([]);
    expect(await journal.openOccurrences(1)).toEqual(drafted);
    expect((await journal.schedule(1))?.handledUntil).toBe(NEVER);
    await expect(journal.draft(draft(NEVER))).rejects.toMatchObject({ code: 'schedule-outdated' });
    const [run] = drafted;
    if (!run) throw new Error('no run');
    await journal.record(run.runId, { kind: 'skip', why: 'by-hand', detail: '' }, { actor: BOB });
    expect(await journal.openOccurrences(1)).toEqual([]);
    expect((await journal.pastOccurrences(1, 5)).map(({ state }) => state)).toEqual(['aborted']);
    expect(await journal.verify(run.runId)).toMatchObject({ intact: true });
    await journal.setSchedule(1, 'paused', BOB);
    await expect(journal.draft(draft('2999-01-01T00:00:00.000Z'))).rejects.toMatchObject({ code: 'schedule-outdated' });
  });

  test('an occurrence › takes its target at its start, and is refused it before its time by the journal’s own clock', async () => {
    const { journal } = await aJournal();
    await journal.addSchedule(aSchedule);
    const soon = new Date(Date.now() + 3_600_000).toISOString();
    const scheduled = { schedule: 1, at: soon, moment: aSchedule.rule.moment, tooLate: 'keep' as const };
    const { runId } = await journal.draft({ ...aDraft(), scheduled, reason: 'weekly' });
    const bySchedule = { ...ANN, way: { kind: 'schedule', schedule: 1 } } as const;
    await journal.record(runId, EVENTS['choose-moment'], { actor: bySchedule });
    await live(journal, runId, ['plan-made']);
    await journal.record(runId, EVENTS.confirm, { actor: bySchedule });
    await live(journal, runId, ['approve']);
    // What audits go by: nothing holds the target, and the document is what its records have made of it.
    expect((await examineAll(journal.audit, { keys: [], anchors: [] })).findings).toEqual([]);
    expect((await journal.hold('uat')).heldBy).toBeUndefined();
    await expect(journal.record(runId, { kind: 'start' }, { actor: REWIND })).rejects.toMatchObject({
      code: 'outdated-request',
    });
    const late = { kind: 'skip', why: 'missed', detail: '' } as const;
    await expect(journal.record(runId, late, { actor: REWIND })).rejects.toMatchObject({ code: 'outdated-request' });
  });

  test('a reservation › is in force from the row of its target until released, taken over or over, and is remembered', async () => {
    const { journal } = await aJournal();
    const soon = new Date(Date.now() + 3_600_000).toISOString();
    const wish = { until: soon, reason: 'UAT “round 3”', by: BOB, ids: [BOB.id], takesOver: false };
    const { reservation: first } = await journal.reserve('uat', wish);
    expect(first).toMatchObject({ number: 1, until: soon, reason: 'UAT “round 3”', by: BOB });
    expect((await journal.hold('uat')).reservation).toEqual(first);
    const foreign = { ...wish, reason: 'mine', by: CLARA, ids: [CLARA.id] };
    expect(await journal.reserve('uat', foreign)).toEqual({ former: first });
    expect((await journal.hold('uat')).reservation).toEqual(first);
    expect(await journal.reserve('uat', { ...wish, reason: 'longer', ids: ['other', BOB.id] })).toMatchObject({
      ...{ former: first, reservation: { number: 2, reason: 'longer' } },
    });
    const taken = await journal.reserve('uat', { ...foreign, takesOver: true });
    expect(taken).toMatchObject({ former: { number: 2 }, reservation: { number: 3, by: CLARA } });
    expect(await journal.release('uat', BOB)).toEqual(taken.reservation);
    expect(await journal.release('uat', BOB)).toBeUndefined();
    expect((await journal.hold('uat')).reservation).toBeUndefined();
    expect((await journal.reservations('uat')).map(({ number, endedBy }) => [number, endedBy?.name])).toEqual([
      ...[
        [3, BOB.name],
        [2, CLARA.name],
        [1, BOB.name],
      ],
    ]);
    const last = await journal.reserve('uat', wish);
    await journal.endReservations(NOW);
    expect((await journal.hold('uat')).reservation).toEqual(last.reservation);
    await journal.endReservations(NEVER);
    expect((await journal.hold('uat')).reservation).toBeUndefined();
    expect((await journal.reservations('uat'))[0]?.endedBy).toBeUndefined();
  });

  test('a reservation › makes cards due, and refuses a confirmation by anybody else, however close the two come', async () => {
    const { journal } = await aJournal();
    const { runId } = await journal.draft(aDraft());
    await live(journal, runId, ['choose-moment', 'plan-made']);
    const id = await journal.addMessage({ runId, kind: 'run', conversation: 'c', address: {}, posts: 1 });
    const shown = async () => journal.messageShown(id, 3, await journal.hold('uat'));
    await shown();
    expect(await journal.messagesDue(10)).toEqual([]);
    const wish = { until: NEVER, reason: 'UAT', by: BOB, ids: [BOB.id], takesOver: false };
    await journal.reserve('uat', wish);
    await expect(live(journal, runId, ['confirm'])).rejects.toMatchObject({ code: 'reserved' });
    expect(await journal.messagesDue(10)).toMatchObject([{ id }]);
    await shown();
    expect(await journal.messagesDue(10)).toEqual([]);
    expect((await journal.cards(runId))[0]?.shownUnder.reservation).toEqual({ number: 1 });
    await journal.release('uat', BOB);
    expect(await journal.messagesDue(10)).toMatchObject([{ id }]);
    // At the same moment: whichever came first, there is no confirmation behind a reservation.
    const both = await Promise.allSettled([journal.reserve('uat', wish), live(journal, runId, ['confirm'])]);
    const isConfirmed = (await journal.run(runId))?.state === 'awaiting-approval';
    expect(both.map(({ status }) => status)).toEqual(['fulfilled', isConfirmed ? 'fulfilled' : 'rejected']);
    const [first] = await journal.reservations('uat');
    const confirmed = (await journal.records(runId)).find(({ event }) => event === 'confirm');
    expect(confirmed === undefined || confirmed.at <= (first?.from ?? '')).toBe(true);
  });

  test('a freeze › makes the cards of its sandbox due, once when it begins and once when it ends', async () => {
    const { journal } = await aJournal();
    const { runId } = await journal.draft(aDraft());
    await live(journal, runId, TO_QUEUED);
    const shown = async () => {
      const { version } = (await journal.run(runId)) ?? { version: 0 };
      for (const { id } of await journal.messagesDue(10))
        await journal.messagePosted(id, { id }, version, await journal.hold('uat'));
    };
    await journal.addMessage({ runId, kind: 'run', conversation: '19:x', address: { chat: '19:x' } });
    await shown();
    expect(await journal.messagesDue(10)).toEqual([]);
    await journal.freeze('uat', { until: NEVER, reason: 'month-end', by: BOB });
    expect(await journal.messagesDue(10)).toMatchObject([{ runId }]);
    await shown();
    expect(await journal.messagesDue(10)).toEqual([]);
    expect((await journal.cards(runId))[0]?.shownUnder.freeze).toEqual({ number: 1 });
    await journal.liftFreeze('uat', BOB);
    expect(await journal.messagesDue(10)).toMatchObject([{ runId }]);
  });

  test('a freeze › that comes while a worker goes past the point of no return is before it or after it', async () => {
    const { journal } = await aJournal();
    const { runId } = await journal.draft(aDraft());
    await live(journal, runId, [...TO_QUEUED, 'start']);
    const lease = await journal.acquireLease('uat', 'worker', 60_000);
    if (!lease) throw new Error('The target is somebody else’s');
    await journal.freeze('uat', { until: NEVER, reason: 'month-end', by: BOB });
    const begin = () =>
      journal.record(runId, { kind: 'step-started', step: 'stop-services' }, { actor: REWIND, lease });
    await expect(begin()).rejects.toMatchObject({ code: 'frozen' });
    await journal.liftFreeze('uat', BOB);
    const [begun, frozen] = await Promise.allSettled([
      begin(),
      journal.freeze('uat', { until: NEVER, reason: 'month-end', by: BOB }),
    ]);
    expect(frozen.status).toBe('fulfilled');
    const { steps } = (await journal.run(runId)) ?? { steps: [] };
    const isPast = steps.some(({ name, state }) => name === 'stop-services' && state === 'running');
    expect(begun.status).toBe(isPast ? 'fulfilled' : 'rejected');
  });

  test('a record › carries the way by which somebody came, and fits the chain with it', async () => {
    const { journal } = await aJournal();
    const way = { kind: 'terminal', host: 'ops-01', account: 'mokafor', as: 'Mira “M” Okafor' } as const;
    const { runId } = await journal.draft(
      aDraft({ requestedBy: { ...ANN, way: { kind: 'teams', conversation: '19:x' } } }),
    );
    await live(journal, runId, ['choose-moment', 'plan-made', 'confirm']);
    const approved = await journal.record(runId, EVENTS.approve, { actor: { ...BOB, ids: ['b2'], way } });
    expect(approved.approval?.by).toEqual({ ...BOB, way });
    const records = await journal.records(runId);
    expect(records[0]?.actor.way).toEqual({ kind: 'teams', conversation: '19:x' });
    expect(records[1]?.actor).toEqual(ANN);
    expect(records.at(-1)?.actor).toEqual({ ...BOB, way });
    expect(await journal.verify(runId)).toMatchObject({ intact: true });
  });

  test('a run planned again › is shaped by whoever shaped the one before', async () => {
    const { journal } = await aJournal();
    const { runId } = await journal.draft(aDraft());
    await live(journal, runId, ['choose-moment', 'plan-made', 'confirm', 'keep']);
    const next = await journal.draft(aDraft({ requestedBy: CLARA, plannedAgainFrom: runId }));
    await journal.record(next.runId, EVENTS['choose-moment'], { actor: CLARA });
    await journal.record(next.runId, EVENTS['plan-made'], { actor: REWIND });
    await journal.record(next.runId, EVENTS.confirm, { actor: CLARA });
    for (const actor of [ANN, CLARA, { ...BOB, ids: [BOB.id, ANN.id] }])
      await expect(journal.record(next.runId, EVENTS.approve, { actor })).rejects.toMatchObject({
        code: 'own-approval',
      });
    expect((await journal.record(next.runId, EVENTS.approve, { actor: BOB })).state).toBe('queued');
  });

  test('a run of before shapers were kept › is not approved by whoever chose or confirmed', async () => {
    const { journal, url } = await aJournal();
    const { runId } = await journal.draft(aDraft());
    await journal.record(runId, EVENTS['choose-moment'], { actor: CLARA });
    await journal.record(runId, EVENTS['plan-made'], { actor: REWIND });
    const { requestedBy: _, shapedBy: __, ...rest } = await journal.record(runId, EVENTS.confirm, { actor: BOB });
    const document = JSON.stringify({ ...rest, requestedBy: ANN }).replaceAll("'", "''");
    await server.query(url, `UPDATE run SET document = '${document}' WHERE run_id = '${runId}'`);
    for (const actor of [ANN, BOB, CLARA])
      await expect(journal.record(runId, EVENTS.approve, { actor })).rejects.toMatchObject({ code: 'own-approval' });
  });

  test('a journal › is made by several processes at once', async () => {
    const url = await server.newDatabase();
    const journals = Array.from({ length: 8 }, () => openJournal({ url }));
    open.push(...journals);
    await Promise.all(journals.map((journal) => journal.migrate()));
    const runs = await Promise.all(journals.map((journal) => journal.draft(aDraft())));
    expect(runs.map((run) => run.runId).sort()).toEqual(journals.map((_, index) => `R-${1001 + index}`));
    const tables = await server.query(url, server.dialect.tableNames);
    expect(tables.map((row) => row['name'])).toEqual([
      ...[
        'chat_reader',
        'freeze',
        'home',
        'journal_migration',
        'journal_migration_lock',
        'journal_state',
        'kept_head',
        'log',
        'message',
        'occurrence',
        'personal_chat',
        'profile_list',
        'record',
        'report',
        'reservation',
        'run',
        'schedule',
        'schedule_record',
        'target',
        'webhook',
        'webhook_look',
        'welcome',
      ],
    ]);
  });

  test('a draft › is record 1 of a run of its own', async () => {
    const { journal } = await aJournal();
    const run = await journal.draft(aDraft());
    expect(run).toMatchObject({ runId: 'R-1001', state: 'draft', version: 1, target: 'uat', requestedBy: ANN });
    expect(await journal.run('R-1001')).toEqual(run);
    expect(await journal.records('R-1001')).toMatchObject([
      { seq: 1, event: 'draft', actor: ANN, at: run.createdAt, previousHash: '0'.repeat(64), data: aDraft() },
    ]);
  });

  test('a life › is told by its records, from the draft to the sign-off', async () => {
    const { journal } = await aJournal();
    const { runId } = await journal.draft(aDraft());
    await live(journal, runId, [...TO_SWAPPED, 'complete', 'sign-off']);
    const run = await journal.run(runId);
    expect(run).toMatchObject({ state: 'signed-off', version: 12, generation: 1, approval: { by: BOB } });
    const records = await journal.records(runId);
    expect(records.map((record) => record.event)).toEqual(['draft', ...TO_SWAPPED, 'complete', 'sign-off']);
    expect(records.map((record) => record.seq)).toEqual(records.map((_, index) => index + 1));
    expect(await journal.verify(runId)).toEqual({ intact: true, head: records.at(-1)?.hash });
    expect(await journal.hold('uat')).toEqual({ target: 'uat', generation: 1 });
  });

  test('runs › are listed newest first, by target, state, who had a hand in them, and number', async () => {
    const { journal } = await aJournal();
    for (const target of ['uat', 'test', 'uat', 'uat']) await journal.draft(aDraft({ target }));
    await live(journal, 'R-1003', ['keep']);
    const ids = async (filter: Parameters<Journal['runs']>[0]) => (await journal.runs(filter)).map((run) => run.runId);
    expect(await ids({})).toEqual(['R-1004', 'R-1003', 'R-1002', 'R-1001']);
    expect(await ids({ target: 'uat', limit: 2 })).toEqual(['R-1004', 'R-1003']);
    expect(await ids({ states: ['draft'] satisfies RunState[] })).toEqual(['R-1004', 'R-1002', 'R-1001']);
    expect(await ids({ states: [] })).toEqual([]);
    await journal.record('R-1002', EVENTS['choose-moment'], { actor: CLARA });
    expect(await ids({ actors: ['nobody', CLARA.id] })).toEqual(['R-1002']);
    expect([await ids({ actors: [ANN.id], limit: 1 }), await ids({ actors: [] })]).toEqual([['R-1004'], []]);
    expect(await ids({ target: 'uat', generation: 1 })).toEqual([]);
  });

  test('an approval › is given once, however many people click at the same moment', async () => {
    const { journal, url } = await aJournal();
    const { journal: other } = await aJournal(url);
    const { runId } = await journal.draft(aDraft());
    await live(journal, runId, ['choose-moment', 'plan-made', 'confirm']);
    const clicks = Array.from({ length: 50 }, (_, index) =>
      (index % 2 ? journal : other).record(runId, EVENTS.approve, { actor: { ...BOB, id: `approver-${index}` } }),
    );
    const outcomes = await Promise.allSettled(clicks);
    expect(outcomes.filter((outcome) => outcome.status === 'fulfilled')).toHaveLength(1);
    const refusals = outcomes.filter((outcome) => outcome.status === 'rejected').map((outcome) => outcome.reason.code);
    expect(new Set(refusals)).toEqual(new Set(['outdated-request']));
    expect((await journal.records(runId)).map((record) => record.event)).toEqual(['draft', ...TO_QUEUED]);
  });

  test('two runs of one target › meet at the confirmation, and one of them has it', async () => {
    const { journal } = await aJournal();
    const runs = await Promise.all([journal.draft(aDraft()), journal.draft(aDraft())]);
    for (const { runId } of runs) await live(journal, runId, ['choose-moment', 'plan-made']);
    const outcomes = await Promise.allSettled(runs.map(({ runId }) => live(journal, runId, ['confirm'])));
    expect(outcomes.map((outcome) => outcome.status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(outcomes.find((outcome) => outcome.status === 'rejected')?.reason).toMatchObject({ code: 'target-busy' });
    const winner = runs[outcomes.findIndex((outcome) => outcome.status === 'fulfilled')];
    expect(await journal.hold('uat')).toEqual({ target: 'uat', generation: 0, heldBy: winner?.runId });
  });

  test('a rollback › belongs to the last run that switched', async () => {
    const { journal } = await aJournal();
    const [first, second] = [await journal.draft(aDraft()), await journal.draft(aDraft())];
    await live(journal, first.runId, [...TO_SWAPPED, 'complete']);
    await live(journal, second.runId, [...TO_SWAPPED, 'complete']);
    expect(await journal.hold('uat')).toEqual({ target: 'uat', generation: 2 });
    await expect(live(journal, first.runId, ['roll-back'])).rejects.toMatchObject({ code: 'rollback-impossible' });
    await live(journal, second.runId, ['roll-back', 'rolled-back']);
    expect(await journal.run(second.runId)).toMatchObject({ state: 'rolled-back', targetState: 'old' });
    await live(journal, first.runId, ['roll-back', 'rolled-back']);
    expect(await journal.hold('uat')).toEqual({ target: 'uat', generation: 0 });
  });

  test('a lease › has one holder, who may renew it and give it back', async () => {
    const { journal } = await aJournal();
    const lease = await journal.acquireLease('uat', 'worker-a', 60_000);
    expect(lease).toEqual({ target: 'uat', worker: 'worker-a', fence: 1 });
    expect(await journal.acquireLease('uat', 'worker-b', 60_000)).toBeUndefined();
    expect(await journal.acquireLease('uat', 'worker-a', 60_000)).toEqual(lease);
    expect(await journal.leases()).toMatchObject([{ target: 'uat', worker: 'worker-a' }]);
    await journal.releaseLease(lease as Lease);
    expect(await journal.leases()).toEqual([]);
    expect(await journal.acquireLease('uat', 'worker-b', 60_000)).toMatchObject({ fence: 2 });
  });

  test('a lease › is wanted by twenty workers and given to one', async () => {
    const { journal } = await aJournal();
    const leases = await Promise.all(
      Array.from({ length: 20 }, (_, index) => journal.acquireLease('uat', `worker-${index}`, 60_000)),
    );
    expect(leases.filter((lease) => lease !== undefined)).toHaveLength(1);
  });

  test('a lease › runs out by the database’s time, and whoever had it can do nothing more', async () => {
    const { journal, url } = await aJournal();
    const { runId } = await journal.draft(aDraft());
    await live(journal, runId, TO_QUEUED);
    const stale = (await journal.acquireLease('uat', 'worker-a', 60_000)) as Lease;
    await journal.record(runId, EVENTS.start, { actor: REWIND, lease: stale });
    // The wall clocks of workers do not matter: the row is made old by the server's own time.
    await server.query(url, `UPDATE target SET lease_until = ${server.dialect.nowMs} - 1`);
    await journal.renewLease(stale, 60_000);
    await server.query(url, `UPDATE target SET lease_until = ${server.dialect.nowMs} - 1`);
    const taken = (await journal.acquireLease('uat', 'worker-b', 60_000)) as Lease;
    expect(taken).toEqual({ target: 'uat', worker: 'worker-b', fence: 2 });
    await expect(journal.renewLease(stale, 60_000)).rejects.toMatchObject({ code: 'lease-lost' });
    await expect(journal.record(runId, EVENTS.swapped, { actor: REWIND, lease: stale })).rejects.toMatchObject({
      code: 'lease-lost',
    });
    const elsewhere = { ...taken, target: 'test' };
    await expect(journal.record(runId, EVENTS.swapped, { actor: REWIND, lease: elsewhere })).rejects.toMatchObject({
      code: 'lease-lost',
    });
    await journal.releaseLease(stale);
    expect(await journal.leases()).toMatchObject([{ worker: 'worker-b' }]);
    expect(await journal.record(runId, EVENTS.closed, { actor: REWIND, lease: taken })).toMatchObject({ version: 7 });
  });

  test('a lease › that was given back is not brought to life by a renewal that comes late', async () => {
    const { journal } = await aJournal();
    const lease = (await journal.acquireLease('uat', 'worker-a', 60_000)) as Lease;
    await journal.releaseLease(lease);
    await expect(journal.renewLease(lease, 60_000)).rejects.toMatchObject({ code: 'lease-lost' });
    expect(await journal.leases()).toEqual([]);
    expect(await journal.acquireLease('uat', 'worker-b', 60_000)).toMatchObject({ fence: 2 });
  });

  test('a change under a lease › and a takeover at the same moment leave one of them outside', async () => {
    const { journal, url } = await aJournal();
    const { runId } = await journal.draft(aDraft());
    await live(journal, runId, [...TO_QUEUED, 'start']);
    for (let round = 0; round < 30; round++) {
      const lease = (await journal.acquireLease('uat', `worker-${round}`, 60_000)) as Lease;
      await server.query(url, 'UPDATE target SET lease_until = 0');
      const [change, takeover] = await Promise.allSettled([
        journal.record(runId, { kind: 'remember', key: 'round', value: `${round}` }, { actor: REWIND, lease }),
        journal.acquireLease('uat', `rival-${round}`, 0),
      ]);
      expect(takeover).toMatchObject({ status: 'fulfilled', value: { fence: lease.fence + 1 } });
      const run = await journal.run(runId);
      expect(run?.remembered.round === `${round}`).toBe(change.status === 'fulfilled');
      await expect(journal.record(runId, EVENTS.closed, { actor: REWIND, lease })).rejects.toMatchObject({
        code: 'lease-lost',
      });
    }
    expect(await journal.verify(runId)).toMatchObject({ intact: true });
  });

  test('an expiry › waits for the database’s time, whatever the clock of whoever asks', async () => {
    const { journal } = await aJournal();
    const { runId } = await journal.draft(aDraft({ expiresAt: NEVER }));
    await expect(live(journal, runId, ['expire'])).rejects.toMatchObject({ code: 'outdated-request' });
    const old = await journal.draft(aDraft({ expiresAt: NOW.replace('2026', '2020') }));
    await live(journal, old.runId, ['expire']);
    expect(await journal.run(old.runId)).toMatchObject({ state: 'aborted', ending: { how: 'expired', by: REWIND } });
  });

  test('a clock that is handed in › is the journal’s time', async () => {
    const url = await server.newDatabase();
    let now = NOW;
    const journal = openJournal({ url, clock: { now: () => now, elapsedMs: () => 0, sleep: async () => {} } });
    open.push(journal);
    await journal.migrate();
    expect(await journal.draft(aDraft())).toMatchObject({ createdAt: NOW });
    await journal.acquireLease('uat', 'worker-a', 1_000);
    expect(await journal.acquireLease('uat', 'worker-b', 1_000)).toBeUndefined();
    now = LATER;
    expect(await journal.acquireLease('uat', 'worker-b', 1_000)).toMatchObject({ fence: 2 });
  });

  test('a survey › is kept per target, the newest one', async () => {
    const { journal } = await aJournal();
    expect(await journal.survey('uat')).toBeUndefined();
    const survey = { source: 'prod', measuredAt: NOW, windows: [{ from: NOW, to: LATER }], gaps: [], precisionMs: 1 };
    await journal.saveSurvey('uat', survey);
    await journal.saveSurvey('uat', { ...survey, measuredAt: LATER });
    expect(await journal.survey('uat')).toEqual({ ...survey, measuredAt: LATER });
  });

  const nobody = { generation: 0 };
  const aMessage = (runId: string, kind: CardKind, id: string, more: Partial<NewMessage> = {}): NewMessage => ({
    ...{ id, runId, kind, conversation: 'c', address: { id }, posts: 1, shownUnder: nobody },
    ...more,
  });
  const idsOf = (rows: readonly MessageRow[]) => rows.map(({ id }) => id);

  test('a message › is due until it is posted, and a card until it shows the last record of its run', async () => {
    const { journal } = await aJournal();
    const { runId } = await journal.draft(aDraft());
    await journal.addMessage(aMessage(runId, 'run', 'm1', { posts: 0, address: { chat: 'c' } }));
    await journal.addMessage(aMessage(runId, 'approval', 'm2', { shownSeq: 1 }));
    expect(await journal.messagesDue(10)).toEqual([
      {
        ...{ id: 'm1', runId, kind: 'run', conversation: 'c', address: { chat: 'c' }, version: 1 },
        ...{ posts: 0, isTried: false, isReplaced: false, shownSeq: 0, shownUnder: nobody },
      },
    ]);
    await journal.messageTried('m1', true);
    expect((await journal.message('m1'))?.isTried).toBe(true);
    await journal.messagePosted('m1', { id: 'm1' }, 1, nobody);
    expect(await journal.messagesDue(10)).toEqual([]);
    await live(journal, runId, ['choose-moment']);
    expect(idsOf(await journal.messagesDue(1))).toEqual(['m1']);
    await journal.messageShown('m1', 2, nobody);
    await journal.messageShown('m1', 1, nobody);
    expect(idsOf(await journal.messagesDue(10))).toEqual(['m2']);
    expect(await journal.cards(runId)).toMatchObject([
      { id: 'm1', address: { id: 'm1' }, posts: 1, isTried: false, shownSeq: 2 },
      { id: 'm2', shownSeq: 1 },
    ]);
    await journal.messageAgain('m1');
    expect(idsOf(await journal.messagesDue(10))).toEqual(['m1', 'm2']);
    await journal.forgetMessage('m2');
    expect(idsOf(await journal.cards(runId))).toEqual(['m1']);
  });

  test('a note › is kept with what it says until it is said', async () => {
    const { journal } = await aJournal();
    const picture = { text: 'Rückschritt 🔄' };
    await journal.addMessage({
      kind: 'note',
      conversation: 'c',
      address: { chat: 'c' },
      picture,
      isTried: true,
      id: 'n1',
    });
    expect(await journal.messagesDue(10)).toMatchObject([
      { id: 'n1', kind: 'note', picture, version: 0, isTried: true },
    ]);
    await journal.forgetMessage('n1');
    expect(await journal.messagesDue(10)).toEqual([]);
  });

  test('notes of many people at once › are recorded and forgotten together, and one that is wrong takes none along', async () => {
    const { url } = await aJournal();
    const database = openDatabase(url);
    let statements = 0;
    const counter: KyselyPlugin = {
      transformQuery: ({ node }) => ((statements += 1), node),
      transformResult: async ({ result }) => result,
    };
    const messages = sqlMessages(createAccess({ ...database, db: database.db.withPlugin(counter) }));
    const ids = Array.from({ length: 120 }, (_, n) => `n${String(n)}`);
    const noteOf = (id: string) => ({ id, kind: 'note', conversation: id, address: { chat: id } }) as const;
    try {
      await Promise.all(ids.map((id) => messages.addMessage(noteOf(id))));
      expect((await messages.messagesDue(200)).map(({ id }) => id).toSorted()).toEqual(ids.toSorted());
      await Promise.all(ids.map((id) => messages.forgetMessage(id)));
      expect(await messages.messagesDue(200)).toEqual([]);
      expect(statements).toBeLessThan(15);
      await messages.addMessage(noteOf('twice'));
      const added = await Promise.allSettled(['one', 'twice', 'two'].map((id) => messages.addMessage(noteOf(id))));
      expect(added.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    } finally {
      await database.db.destroy();
    }
  });

  test('a press that reaches several processes at once › begins one draft, and another one once that is no draft any more', async () => {
    const { journal, url } = await aJournal();
    const { journal: other } = await aJournal(url);
    const drafts = await Promise.all(
      [0, 1, 2, 3].map((n) => (n % 2 ? other : journal).draft(aDraft({ pressed: 'a' }))),
    );
    const [{ runId } = { runId: '' }] = drafts;
    expect(drafts.map((one) => one.runId)).toEqual([runId, runId, runId, runId]);
    expect(await journal.runs({})).toHaveLength(1);
    expect((await journal.draft(aDraft({ pressed: 'a', target: 'test' }))).runId).not.toBe(runId);
    await live(journal, runId, ['keep']);
    expect((await other.draft(aDraft({ pressed: 'a' }))).runId).not.toBe(runId);
    expect(await journal.verify(runId)).toMatchObject({ intact: true });
  });

  test('a card › is replaced by a newer one of its kind in its conversation', async () => {
    const { journal } = await aJournal();
    const [{ runId }, other] = [await journal.draft(aDraft()), await journal.draft(aDraft())];
    await journal.addMessage(aMessage(runId, 'run', 'm1', { shownSeq: 1 }));
    await journal.addMessage(aMessage(runId, 'run', 'm2', { shownSeq: 1, conversation: 'elsewhere' }));
    await journal.addMessage(aMessage(runId, 'run', 'm3', { posts: 0, shownSeq: 1 }));
    expect(idsOf(await journal.cards(runId))).toEqual(['m2', 'm3']);
    expect((await journal.messagesDue(10)).map(({ id, isReplaced }) => [id, isReplaced])).toEqual([
      ['m1', true],
      ['m3', false],
    ]);
    await journal.addMessage(aMessage(runId, 'run', 'm4', { isReplaced: true }));
    expect(idsOf(await journal.cards(runId))).toEqual(['m2', 'm3']);
    const lying = (messageId: string, more: Partial<NewMessage>) => ({ ...more, address: { messageId } });
    await journal.addMessage(aMessage(other.runId, 'run', 'm5', lying('1', {})));
    await journal.addMessage(aMessage(other.runId, 'approval', 'm6', lying('1', { conversation: 'elsewhere' })));
    await journal.addMessage(aMessage(other.runId, 'cutover', 'm7', lying('2', { posts: 0 })));
    await journal.addMessage(aMessage(other.runId, 'outcome', 'm8', lying('3', { conversation: '' })));
    const found = async (messageId: string) => (await journal.messageAt('c', { messageId }))?.id;
    expect([await found('1'), await found('2'), await found('3'), await found('4')]).toEqual([
      'm5',
      undefined,
      'm8',
      undefined,
    ]);
    await journal.messagePosted('m7', { messageId: '4' }, 1, nobody);
    expect([await found('2'), await found('4')]).toEqual([undefined, 'm7']);
    expect(await journal.messageAt('c', { conversationId: 'c' })).toBeUndefined();
  });

  test('a card › that shows all of an ended run is settled, until there is a record more or it is drawn again', async () => {
    const { journal, url } = await aJournal();
    const { runId } = await journal.draft(aDraft());
    const settled = async () =>
      (await server.query(url, `SELECT settled AS n FROM message WHERE id = 'm1'`)).map(({ n }) => Number(n));
    await journal.addMessage(aMessage(runId, 'run', 'm1', { shownSeq: 1 }));
    await journal.messageShown('m1', 1, nobody);
    // A freeze, or another run, changes what a draft offers.
    expect(await settled()).toEqual([0]);
    await live(journal, runId, [...TO_SWAPPED, 'fail', 'roll-back', 'rolled-back']);
    const { version } = (await journal.run(runId)) ?? { version: 0 };
    await journal.messageShown('m1', version - 1, nobody);
    expect([await settled(), idsOf(await journal.messagesDue(10))]).toEqual([[0], ['m1']]);
    await journal.messageShown('m1', version, nobody);
    expect([await settled(), idsOf(await journal.messagesDue(10))]).toEqual([[1], []]);
    await journal.messageAgain('m1');
    expect(idsOf(await journal.messagesDue(10))).toEqual(['m1']);
    await journal.messageShown('m1', version, nobody);
    await live(journal, runId, ['copy-dropped']);
    expect([await settled(), idsOf(await journal.messagesDue(10))]).toEqual([[0], ['m1']]);
    await journal.messagePosted('m1', { messageId: '1' }, version + 1, nobody);
    expect(await settled()).toEqual([1]);
    await journal.addMessage(aMessage(runId, 'run', 'm2', { posts: 0 }));
    expect(idsOf(await journal.messagesDue(10))).toEqual(['m1', 'm2']);
  });

  test('a card › of a run that depends on who holds the target is due when that changes', async () => {
    const { journal } = await aJournal();
    const { runId } = await journal.draft(aDraft());
    await live(journal, runId, [...TO_SWAPPED, 'complete']);
    const { version } = (await journal.run(runId)) ?? { version: 0 };
    await journal.addMessage(aMessage(runId, 'outcome', 'm1'));
    await journal.messageShown('m1', version, { generation: 1 });
    expect(await journal.messagesDue(10)).toEqual([]);
    const next = await journal.draft(aDraft());
    await live(journal, next.runId, ['choose-moment', 'plan-made', 'confirm']);
    expect(await journal.messagesDue(10)).toMatchObject([{ id: 'm1', shownUnder: { generation: 1 } }]);
    await journal.messageShown('m1', version, { generation: 1, heldBy: next.runId });
    expect(await journal.messagesDue(10)).toEqual([]);
  });

  test('a message › whose chat is gone is left alone until the chat is back', async () => {
    const { journal } = await aJournal();
    const { runId } = await journal.draft(aDraft());
    await journal.addMessage(aMessage(runId, 'run', 'm1'));
    await journal.messageGone('m1', 'blocked');
    expect(await journal.messagesDue(10)).toEqual([]);
    expect(await journal.messagesGone()).toMatchObject([
      { id: 'm1', goneAt: expect.stringMatching(/^20.*Z$/) as string, goneWhy: 'blocked' },
    ]);
    await journal.messageBack('m1');
    expect((await journal.message('m1'))?.goneWhy).toBeUndefined();
    expect([await journal.messagesGone(), idsOf(await journal.messagesDue(10))]).toEqual([[], ['m1']]);
  });

  test('a personal chat › is kept per person, the newest one, until it is forgotten', async () => {
    const { journal } = await aJournal();
    await journal.rememberPersonalChat('ann', { chat: 'teams', conversationId: 'a:1' });
    await journal.rememberPersonalChat('bob', { chat: 'teams', conversationId: 'a:2' });
    await Promise.all(
      ['a:3', 'a:3', 'a:3'].map((conversationId) =>
        journal.rememberPersonalChat('ann', { chat: 'teams', conversationId }),
      ),
    );
    expect(await journal.personalChat(['nobody', 'ann', 'bob'])).toEqual({ chat: 'teams', conversationId: 'a:3' });
    await journal.forgetPersonalChat('ann');
    expect(await journal.personalChat(['ann'])).toBeUndefined();
    expect(await journal.personalChat(['ann', 'bob'])).toEqual({ chat: 'teams', conversationId: 'a:2' });
  });

  test('how a personal chat is read › is what was said last, until it is forgotten', async () => {
    const { journal } = await aJournal();
    const conversation = `a:${'1'.repeat(700)}`;
    const readers = ['Asia/Tokyo', 'Europe/Berlin', 'UTC'].map((zone) => ({ zone, locale: 'en-GB' }));
    await Promise.all(readers.map((reader) => journal.rememberReader(conversation, reader)));
    expect(readers).toContainEqual(await journal.chatReader(conversation));
    await journal.rememberReader(conversation, { zone: 'Asia/Tokyo', locale: 'de-DE' });
    expect(await journal.chatReader(conversation)).toEqual({ zone: 'Asia/Tokyo', locale: 'de-DE' });
    expect(await journal.chatReader('a:2')).toBeUndefined();
    await journal.forgetReader(conversation);
    expect(await journal.chatReader(conversation)).toBeUndefined();
  });

  test('a home › is the last one that was chosen; the former one is told in the same change', async () => {
    const { journal } = await aJournal();
    const choose = (conversation: string, chosenBy: Person) =>
      journal.chooseHome('uat', { conversation, address: { conversation }, chosenBy }, (former) => ({
        ...{ kind: 'note', conversation: former.conversation, address: former.address },
        picture: { says: conversation },
      }));
    expect(await journal.home('uat')).toBeUndefined();
    expect(await choose('one', ANN)).toEqual({ isNew: true });
    expect(await choose('one', BOB)).toEqual({ isNew: false });
    expect(await journal.messagesDue(10)).toEqual([]);
    expect(await choose('two', { ...BOB, name: 'Bob\0 \ud800' })).toEqual({ isNew: true });
    expect(await journal.home('uat')).toMatchObject({ conversation: 'two', address: { conversation: 'two' } });
    expect((await journal.homes('uat')).map(({ conversation, chosenBy: { id } }) => [conversation, id])).toEqual([
      ['two', BOB.id],
      ['one', ANN.id],
    ]);
    expect(await journal.messagesDue(10)).toMatchObject([
      { kind: 'note', conversation: 'one', picture: { says: 'two' } },
    ]);
    expect(await journal.newestAddress()).toEqual({ conversation: 'one' });
    expect(await journal.home('test')).toBeUndefined();
  });

  test('a run that awaits an approval › keeps the newest word about each who was asked, and of one reminder', async () => {
    const { journal } = await aJournal();
    const { runId } = await journal.draft(aDraft());
    await live(journal, runId, ['choose-moment', 'plan-made', 'confirm', 'told']);
    const told = { kind: 'told', to: 'bob-object-id', members: ['x'] } as const;
    const run = await journal.record(runId, told, { actor: REWIND });
    expect(run.told).toEqual([{ to: 'bob-object-id', members: ['x'], at: expect.stringMatching(/^20/) as string }]);
    expect((await journal.record(runId, { kind: 'reminded' }, { actor: REWIND })).remindedAt).toMatch(/^20/);
    await expect(journal.record(runId, { kind: 'reminded' }, { actor: REWIND })).rejects.toMatchObject({
      code: 'outdated-request',
    });
    expect(await journal.verify(runId)).toMatchObject({ intact: true });
  });

  test('first words › are added once for each conversation, whoever asks at the same time, until they are forgotten', async () => {
    const { journal } = await aJournal();
    const conversation = `19:${'long'.repeat(50)}@thread.tacv2`;
    const address = { chat: 'teams' };
    const note = { kind: 'note', conversation, address, picture: { text: 'Hello' } } as const;
    const said = await Promise.all(Array.from({ length: 4 }, () => journal.welcomeOnce(conversation, note)));
    expect(said.filter(({ isNew }) => isNew)).toHaveLength(1);
    expect(await journal.messagesDue(10)).toMatchObject([{ conversation, kind: 'note', picture: { text: 'Hello' } }]);
    expect((await journal.welcomeOnce('another', { ...note, conversation: 'another' })).isNew).toBe(true);
    await journal.forgetWelcome(conversation);
    expect((await journal.welcomeOnce(conversation, note)).isNew).toBe(true);
    expect(await journal.messagesDue(10)).toHaveLength(3);
  });

  test('a log › keeps its newest lines and says how many it no longer has', async () => {
    const { journal } = await aJournal();
    const { runId } = await journal.draft(aDraft());
    const lines = (from: number, count: number) =>
      Array.from({ length: count }, (_, index) => ({ at: NOW, step: 'sanitize', text: `line ${from + index}` }));
    await journal.appendLog(runId, lines(1, 3));
    expect(await journal.log(runId)).toEqual(lines(1, 3));
    await journal.appendLog(runId, lines(4, LOG_LINES_PER_RUN + 10));
    await journal.appendLog(runId, lines(LOG_LINES_PER_RUN + 14, 1));
    const log = await journal.log(runId);
    expect(log).toHaveLength(LOG_LINES_PER_RUN + 1);
    expect(log[0]?.text).toBe('… 14 earlier lines are no longer kept');
    expect(log.slice(1)).toEqual(lines(15, LOG_LINES_PER_RUN));
  });

  test('a log › takes lines of several writers and characters that a database would refuse', async () => {
    const { journal } = await aJournal();
    const { runId } = await journal.draft(aDraft({ requestedBy: { ...ANN, name: 'Ann \0\ud800 “ß”' } }));
    const writers = Array.from({ length: 4 }, (_, index) =>
      journal.appendLog(runId, [{ at: NOW, step: 'swap', text: `\0${index}\ud800` }]),
    );
    await Promise.all(writers);
    expect((await journal.log(runId)).map((line) => line.text).sort()).toEqual(['0�', '1�', '2�', '3�']);
    expect(await journal.verify(runId)).toMatchObject({ intact: true });
  });

  test('a report › is kept as it was signed, once, for its run alone', async () => {
    const { journal } = await aJournal();
    const { runId } = await journal.draft(aDraft());
    const other = await journal.draft(aDraft({ target: 'test' }));
    const kept = { sha256: 'a'.repeat(64), text: `{"report":"“ß” 🕓 \\u0000 ${'x'.repeat(9000)}"}\n` };
    await Promise.all([journal.keepReport(runId, kept), journal.keepReport(runId, kept)]);
    await journal.keepReport(runId, kept);
    expect(await journal.report(runId, kept.sha256)).toBe(kept.text);
    expect(await journal.report(runId, 'b'.repeat(64))).toBeUndefined();
    expect(await journal.report(other.runId, kept.sha256)).toBeUndefined();
    await expect(journal.keepReport('R-1', kept)).rejects.toBeInstanceOf(Error);
  });

  test('a list of a profile › is kept once per kind, and goes when its time is over', async () => {
    const { journal } = await aJournal();
    const { runId } = await journal.draft(aDraft());
    const until = '2026-12-20T12:00:00.000Z';
    const keep = (kind: 'planned' | 'operators', text: string) => journal.keepProfileList(runId, { kind, text, until });
    await keep('planned', 'JONAS');
    await keep('planned', 'Müller');
    await keep('operators', 'MIRA');
    // It may still be asked for, planned and run.
    await journal.dropProfileLists('2026-12-24T12:00:00.000Z');
    expect(await journal.profileList(runId, 'planned', '2026-12-25T11:00:00.000Z')).toBe('Müller');
    await keep('planned', 'Müller');
    await keep('operators', 'MIRA');
    await journal.record(runId, { kind: 'keep' }, { actor: ANN });
    expect(await journal.profileList(runId, 'planned')).toBe('Müller');
    expect(await journal.profileList(runId, 'operators', '2026-12-20T11:59:59.999Z')).toBe('MIRA');
    // Its time is over, whether somebody has dropped it or not.
    expect(await journal.profileList(runId, 'operators', until)).toBeUndefined();
    await journal.dropProfileLists('2026-12-20T11:59:59.999Z');
    expect(await journal.profileList(runId, 'operators')).toBe('MIRA');
    await journal.dropProfileLists(until);
    expect(await journal.profileList(runId, 'planned')).toBeUndefined();
    expect(await journal.profileList(runId, 'operators')).toBeUndefined();
    await expect(journal.keepProfileList('R-1', { kind: 'planned', text: '', until })).rejects.toBeInstanceOf(Error);
  });

  test('the time of a list › begins at the end of its run, however long that takes', async () => {
    const { journal } = await aJournal();
    const { runId } = await journal.draft(aDraft());
    const [until, keptMs] = ['2026-12-20T12:00:00.000Z', 30 * 24 * 3_600_000];
    await journal.keepProfileList(runId, { kind: 'operators', text: 'JONAS', until, keptMs });
    await journal.dropProfileLists('2026-12-18T12:00:00.000Z');
    expect(await journal.profileList(runId, 'operators', '2027-01-17T11:59:59.999Z')).toBe('JONAS');
    expect(await journal.profileList(runId, 'operators', '2027-01-17T12:00:00.000Z')).toBeUndefined();
    await journal.record(runId, { kind: 'keep' }, { actor: ANN });
    await journal.dropProfileLists('2026-12-30T12:00:00.000Z');
    expect(await journal.profileList(runId, 'operators', '2027-01-17T11:59:59.999Z')).toBe('JONAS');
    await journal.dropProfileLists('2027-01-17T12:00:00.000Z');
    expect(await journal.profileList(runId, 'operators')).toBeUndefined();
  });

  test('the lists of a failed run › stay while it may go on, and go a day behind its end', async () => {
    const { journal } = await aJournal();
    const { runId } = await journal.draft(aDraft());
    await journal.keepProfileList(runId, { kind: 'planned', text: 'JONAS', until: NOW });
    await live(journal, runId, [...TO_SWAPPED, 'fail']);
    await journal.dropProfileLists(LATER);
    expect(await journal.profileList(runId, 'planned')).toBe('JONAS');
    await journal.record(runId, EVENTS.accept, { actor: ANN });
    await journal.dropProfileLists(LATER);
    expect(await journal.profileList(runId, 'planned')).toBe('JONAS');
    await journal.dropProfileLists('2026-11-22T18:00:00.000Z');
    expect(await journal.profileList(runId, 'planned')).toBeUndefined();
  });

  test('a run that is not there › is said to be missing', async () => {
    const { journal } = await aJournal();
    expect(await journal.run('R-1')).toBeUndefined();
    await expect(live(journal, 'R-1', ['keep'])).rejects.toMatchObject({ code: 'run-not-found' });
    await expect(journal.verify('R-1')).rejects.toMatchObject({ code: 'run-not-found' });
  });

  test('an address › that is no journal is refused without repeating its password', () => {
    expect(() => openJournal({ url: 'mysql://root:secret@localhost/x' })).toThrow(/^A journal lies on [^s]*postgres:/);
    expect(() => openJournal({ url: 'secret' })).toThrow(/^(?!.*secret)/);
  });

  test('a database that does not answer › is an error that passes', async () => {
    const journal = openJournal({ url: server.dialect.unreachable });
    open.push(journal);
    await expect(journal.run('R-1001')).rejects.toMatchObject({ code: 'journal-unavailable' });
    await expect(journal.draft(aDraft())).rejects.toMatchObject({ code: 'journal-unavailable' });
  });

  test('a journal that was altered by hand › names the first record that does not fit', async () => {
    const { journal, url } = await aJournal();
    const { runId } = await journal.draft(aDraft());
    await live(journal, runId, TO_SWAPPED);
    await server.query(url, `DELETE FROM record WHERE seq = 10`);
    expect(await journal.verify(runId)).toMatchObject({ intact: false, firstBadSeq: 10 });
    await server.query(url, `UPDATE record SET actor_name = 'Bob' WHERE seq = 4`);
    expect(await journal.verify(runId)).toMatchObject({ intact: false, firstBadSeq: 4 });
  });
}

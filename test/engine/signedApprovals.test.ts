import { generateKeyPairSync } from 'node:crypto';
import type { Kysely } from 'kysely';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import type { KnownPerson, Person, Run } from '../../engine/contracts.ts';
import { REWIND } from '../../engine/contracts.ts';
import { examineAll } from '../../engine/journal/audit/examineAll.ts';
import { openDatabase } from '../../engine/journal/dialects/openDatabase.ts';
import { createSigner } from '../../engine/journal/signatures.ts';
import { openJournal } from '../../engine/journal/sql/sqlJournal.ts';
import type { JournalTables } from '../../engine/journal/sql/tables.ts';
import { JONAS, LARS, MIRA, TENANT } from '../builders.ts';
import { fixtureHouse, type FixtureHouse, type Signing } from '../fixtures/journal/house.ts';
import { createVirtualClock, type VirtualClock } from './doubles/virtualClock.ts';
import { startTestServer, type TestServer } from './journal/testDatabase.ts';

const { privateKey, publicKey } = generateKeyPairSync('ed25519');
const sign = createSigner({ id: '2026a', key: privateKey });
const verifyingKeys = [{ id: '2026a', key: publicKey }];
const AIKO: Person = { id: '00000000-0000-4000-8000-000000000003', tenantId: TENANT, name: 'Aiko Tanaka' };

let server: TestServer;
let journal: ReturnType<typeof openJournal>;
let db: Kysely<JournalTables>;
let clock: VirtualClock;
beforeAll(async () => {
  server = await startTestServer();
});
beforeEach(async () => {
  clock = createVirtualClock();
  const url = await server.newDatabase();
  journal = openJournal({ url, clock });
  await journal.migrate();
  ({ db } = openDatabase(url));
});
afterEach(async () => {
  await db.destroy();
  await journal[Symbol.asyncDispose]();
});
afterAll(() => server[Symbol.asyncDispose]());

const roles = { requesters: [JONAS.id], approvers: [MIRA.id, AIKO.id, LARS.id] };
const twoApprove: Signing['sandbox'] = { ...roles, policy: { approvals: 'two' } };
const urgent: Signing['sandbox'] = { ...roles, urgent: [JONAS.id], policy: { urgentDelayMs: 900_000 } };
const people: readonly KnownPerson[] = [{ id: AIKO.id, ids: [LARS.id], name: 'Aiko Tanaka', osAccounts: [] }];

const aHouse = (sandbox: Signing['sandbox'], more: Partial<Signing> = {}): FixtureHouse =>
  fixtureHouse(journal, clock, { sign, verifyingKeys, sandbox, ...more });

async function waiting({ desk, engine, run }: FixtureHouse, isUrgent = false): Promise<Run> {
  const { runId } = await desk.draft(JONAS, 'uat', 'Europe/Prague', undefined, undefined, { isUrgent });
  await desk.chooseMoment(JONAS, runId, new Date(Date.parse(clock.now()) - 500).toISOString());
  await engine.plan(runId, new AbortController().signal);
  return desk.confirm(JONAS, runId, (await run(runId)).plan?.digest ?? '', 'Month-end tests');
}

const digestOf = ({ plan }: Run): string => plan?.digest ?? '';

async function outcome(house: FixtureHouse, runId: string) {
  await house.proceed(runId);
  const { state, failure } = await house.run(runId);
  const restored = house.world.actions.filter(({ action }) => action === 'restore').length;
  return { state, code: failure?.code, restored };
}
const REFUSED = { state: 'failed', code: 'decision-not-signed', restored: 0 };

test('two approvals › by two people start a run; each is signed, and both stand in the report and the document', async () => {
  const house = aHouse(twoApprove);
  const run = await waiting(house);
  expect(run.plan?.binding.approvals).toBe(2);
  const first = await house.desk.approve(MIRA, run.runId, digestOf(run), 'looks right');
  expect(first).toMatchObject({ state: 'awaiting-approval', firstApproval: { by: { id: MIRA.id } } });
  expect(first.expiresAt).toBe(run.expiresAt);
  await expect(house.desk.approve(MIRA, run.runId, digestOf(run))).rejects.toMatchObject({ code: 'approved-already' });
  const second = await house.desk.approve(AIKO, run.runId, digestOf(run));
  expect(second).toMatchObject({ state: 'queued', approval: { by: { id: AIKO.id } } });
  expect(await outcome(house, run.runId)).toEqual({ state: 'completed', code: undefined, restored: 1 });
  const { findings, runs } = await examineAll(journal.audit, { keys: verifyingKeys, anchors: [] });
  expect([findings, runs.flatMap(({ notes }) => notes)]).toEqual([[], []]);
  const { report } = await house.run(run.runId);
  const text = await journal.report(run.runId, report?.sha256 ?? '');
  expect(text?.match(/"decision":"approve"/g)).toHaveLength(2);
});

test('two approvals › at the same moment are a first and a second one, and never one alone', async () => {
  const house = aHouse(twoApprove);
  const run = await waiting(house);
  const both = [MIRA, AIKO].map((who) => house.desk.approve(who, run.runId, digestOf(run)));
  const states = (await Promise.all(both)).map(({ state }) => state).toSorted();
  expect(states).toEqual(['awaiting-approval', 'queued']);
  const events = (await journal.records(run.runId)).map(({ event }) => event);
  expect(events.slice(-2)).toEqual(['approve-first', 'approve']);
});

test('a first approval › does not count once its role is taken away, whoever decides next', async () => {
  const run = await waiting(aHouse(twoApprove));
  await aHouse(twoApprove).desk.approve(MIRA, run.runId, digestOf(run));
  const without = aHouse({ ...twoApprove, approvers: [AIKO.id, LARS.id] });
  const next = await without.desk.approve(AIKO, run.runId, digestOf(run));
  expect(next).toMatchObject({ state: 'awaiting-approval', firstApproval: { by: { id: AIKO.id } } });
  expect((await journal.records(run.runId)).at(-1)?.data).toMatchObject({ insteadOf: MIRA.id });
  expect((await without.desk.approve(LARS, run.runId, digestOf(run))).state).toBe('queued');
});

test('a rejection › ends a request of which one has approved, and so does its time', async () => {
  const house = aHouse(twoApprove);
  const run = await waiting(house);
  await house.desk.approve(MIRA, run.runId, digestOf(run));
  expect((await house.desk.reject(AIKO, run.runId, 'not today')).state).toBe('aborted');
  const other = await waiting(house);
  await house.desk.approve(MIRA, other.runId, digestOf(other));
  await clock.advance(25 * 3_600_000);
  await expect(house.desk.approve(AIKO, other.runId, digestOf(other))).rejects.toMatchObject({ code: 'expired' });
  await journal.record(other.runId, { kind: 'expire' }, { actor: REWIND });
  expect((await journal.run(other.runId))?.state).toBe('aborted');
});

test('a worker › refuses a first approval that was only written, also one in another plan’s name', async () => {
  const house = aHouse(twoApprove);
  const run = await waiting(house);
  await journal.record(run.runId, { kind: 'approve-first', digest: digestOf(run) }, { actor: MIRA });
  await house.desk.approve(AIKO, run.runId, digestOf(run));
  expect(await outcome(house, run.runId)).toEqual(REFUSED);
});

test('a worker › refuses one person under two ids, though the bot has signed both', async () => {
  const run = await waiting(aHouse(twoApprove));
  // A bot of a file that does not know yet that both ids are one person's.
  await aHouse(twoApprove).desk.approve(AIKO, run.runId, digestOf(run));
  await aHouse(twoApprove).desk.approve(LARS, run.runId, digestOf(run));
  expect(await outcome(aHouse(twoApprove, { people }), run.runId)).toEqual(REFUSED);
});

test('a worker › whose file wants two approvals starts nothing that one approved, and the other way round', async () => {
  const one = aHouse(roles);
  const run = await waiting(one);
  await one.desk.approve(MIRA, run.runId, digestOf(run));
  expect(await outcome(aHouse(twoApprove), run.runId)).toMatchObject({ state: 'failed', code: 'plan-drifted' });
  const two = aHouse(twoApprove);
  const other = await waiting(two);
  await two.desk.approve(MIRA, other.runId, digestOf(other));
  await two.desk.approve(AIKO, other.runId, digestOf(other));
  expect(await outcome(aHouse(roles), other.runId)).toMatchObject({ state: 'failed', code: 'plan-drifted' });
});

test('an urgent refresh › goes ahead when its delay is over, signed as urgent, and is acknowledged by a second person', async () => {
  const house = aHouse(urgent);
  const run = await waiting(house, true);
  expect(run).toMatchObject({
    state: 'awaiting-approval',
    isUrgent: true,
    plan: { binding: { urgentDelayMs: 900_000 } },
  });
  const goAhead = () => journal.record(run.runId, { kind: 'go-ahead' }, { actor: REWIND });
  await expect(goAhead()).rejects.toMatchObject({ code: 'outdated-request' });
  await expect(house.desk.approve(MIRA, run.runId, digestOf(run))).rejects.toMatchObject({ code: 'outdated-request' });
  await clock.advance(900_000);
  await expect(journal.record(run.runId, { kind: 'expire' }, { actor: REWIND })).rejects.toMatchObject({
    code: 'outdated-request',
  });
  expect((await goAhead()).state).toBe('queued');
  expect((await outcome(house, run.runId)).state).toBe('completed');
  await expect(house.desk.acknowledge(JONAS, run.runId)).rejects.toMatchObject({ code: 'not-allowed' });
  expect((await house.desk.acknowledge(MIRA, run.runId)).acknowledged?.by.id).toBe(MIRA.id);
  await expect(house.desk.acknowledge(AIKO, run.runId)).rejects.toMatchObject({ code: 'outdated-request' });
});

test('an urgent refresh › is stopped by anybody with a role before it starts', async () => {
  const house = aHouse({ ...urgent, viewers: [LARS.id] });
  const run = await waiting(house, true);
  expect(await house.desk.halt(LARS, run.runId)).toMatchObject({ state: 'aborted', ending: { how: 'stopped' } });
  const ordinary = await waiting(house);
  await expect(house.desk.halt(MIRA, ordinary.runId)).rejects.toMatchObject({ code: 'outdated-request' });
});

test('an urgent refresh › takes a reason, and a person whom the file names for it', async () => {
  const house = aHouse(urgent);
  const asked = house.desk.draft(JONAS, 'uat', 'UTC', undefined, undefined, { isUrgent: true });
  const { runId } = await asked;
  await house.desk.chooseMoment(JONAS, runId, new Date(Date.parse(clock.now()) - 500).toISOString());
  await house.engine.plan(runId, new AbortController().signal);
  const digest = digestOf(await house.run(runId));
  await expect(house.desk.confirm(JONAS, runId, digest, ' ')).rejects.toMatchObject({ code: 'reason-missing' });
  const unnamed = aHouse(roles);
  await expect(unnamed.desk.confirm(JONAS, runId, digest, 'why')).rejects.toMatchObject({ code: 'not-allowed' });
  await expect(unnamed.desk.draft(JONAS, 'uat', 'UTC', undefined, undefined, { isUrgent: true })).rejects.toMatchObject(
    { code: 'not-allowed' },
  );
});

test('a worker › starts nothing urgent that was only written so, too early, or by somebody no longer named for it', async () => {
  const house = aHouse(urgent);
  const run = await waiting(house);
  // Whoever can write the journal makes an ordinary request urgent.
  const document = JSON.stringify({ ...run, isUrgent: true, state: 'queued' });
  await db.updateTable('run').set({ state: 'queued', document }).where('run_id', '=', run.runId).execute();
  expect(await outcome(house, run.runId)).toMatchObject({ state: 'failed', restored: 0 });
  const early = await waiting(house, true);
  const started = JSON.stringify({ ...early, state: 'queued' });
  await db.updateTable('run').set({ state: 'queued', document: started }).where('run_id', '=', early.runId).execute();
  expect(await outcome(house, early.runId)).toEqual(REFUSED);
  const late = await waiting(house, true);
  await clock.advance(900_000);
  await journal.record(late.runId, { kind: 'go-ahead' }, { actor: REWIND });
  expect(await outcome(aHouse({ ...urgent, urgent: [MIRA.id] }), late.runId)).toEqual(REFUSED);
});

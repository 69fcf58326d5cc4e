import { generateKeyPairSync } from 'node:crypto';
import type { Kysely } from 'kysely';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Run, RunRecord } from '../../engine/contracts.ts';
import { openDatabase } from '../../engine/journal/dialects/openDatabase.ts';
import { hashOf } from '../../engine/journal/hashChain.ts';
import type { JournalTables } from '../../engine/journal/sql/tables.ts';
import { createSigner } from '../../engine/journal/signatures.ts';
import { openJournal } from '../../engine/journal/sql/sqlJournal.ts';
import { hashPacks } from '../../engine/sanitization/pack/hashPacks.ts';
import { JONAS, MIRA, NOOR } from '../builders.ts';
import { fixtureHouse, type FixtureHouse, type Signing } from '../fixtures/journal/house.ts';
import { fact, promising } from './doubles/smallCompany.ts';
import { createVirtualClock, type VirtualClock } from './doubles/virtualClock.ts';
import { startTestServer, type TestServer } from './journal/testDatabase.ts';

const { privateKey, publicKey } = generateKeyPairSync('ed25519');
const sign = createSigner({ id: '2026a', key: privateKey });
const verifyingKeys = [{ id: '2026a', key: publicKey }];

let server: TestServer;
let journal: ReturnType<typeof openJournal>;
let db: Kysely<JournalTables>;
let clock: VirtualClock;
let house: FixtureHouse;
beforeAll(async () => {
  server = await startTestServer();
});
beforeEach(async () => {
  clock = createVirtualClock();
  const url = await server.newDatabase();
  journal = openJournal({ url, clock });
  await journal.migrate();
  ({ db } = openDatabase(url));
  house = aHouse();
});
afterEach(async () => {
  await db.destroy();
  await journal[Symbol.asyncDispose]();
});
afterAll(() => server[Symbol.asyncDispose]());

const aHouse = (parts: Signing = {}): FixtureHouse => fixtureHouse(journal, clock, { sign, verifyingKeys, ...parts });

async function waiting({ desk, engine, run } = house, target = 'uat'): Promise<Run> {
  const { runId } = await desk.draft(JONAS, target, 'Europe/Prague');
  await desk.chooseMoment(JONAS, runId, new Date(Date.parse(clock.now()) - 500).toISOString());
  await engine.plan(runId, new AbortController().signal);
  return desk.confirm(JONAS, runId, (await run(runId)).plan?.digest ?? '', 'Month-end tests');
}

const digestOf = ({ plan }: Run): string => plan?.digest ?? '';

async function approved(): Promise<Run> {
  const run = await waiting();
  return house.desk.approve(MIRA, run.runId, digestOf(run));
}

/** What comes of a run, and what has been done to databases. */
async function proceeded(runId: string) {
  await house.proceed(runId);
  const { state, targetState, failure } = await house.run(runId);
  const done = house.world.actions.map(({ action }) => action).filter((action) => action !== 'drop-incoming');
  return { state, targetState, code: failure?.code, done };
}

const REFUSED = { state: 'failed', targetState: 'old', code: 'decision-not-signed', done: [] };

/** Hashes a run's records anew, as whoever can write the journal can. */
async function rehash(runId: string, change: (record: RunRecord) => RunRecord): Promise<void> {
  let previousHash = '0'.repeat(64);
  for (const record of await journal.records(runId)) {
    const changed = { ...change(record), previousHash };
    const hash = hashOf(changed);
    await db
      .updateTable('record')
      .set({ data: JSON.stringify(changed.data), previous_hash: previousHash, hash })
      .where('run_id', '=', runId)
      .where('seq', '=', record.seq)
      .execute();
    previousHash = hash;
  }
}

test('a worker › carries out what the bot has signed, as far as the rollback', async () => {
  const { runId } = await approved();
  await house.proceed(runId);
  expect((await house.run(runId)).state).toBe('completed');
  await house.desk.rollBack(JONAS, runId);
  await house.proceed(runId);
  expect((await house.run(runId)).state).toBe('rolled-back');
});

test('a worker › refuses an approval that was only written', async () => {
  const run = await waiting();
  await journal.record(run.runId, { kind: 'approve', digest: digestOf(run) }, { actor: MIRA });
  expect(await proceeded(run.runId)).toEqual(REFUSED);
});

/** In the copies of which an address stands of which no rule speaks, and for which somebody answers. */
function leakyHouse(): FixtureHouse {
  const of = aHouse({ sandbox: { dataOwners: [NOOR.id] }, packs: [promising] });
  of.world.commit('application', fact('CONTACT', 'ada@contoso.example'));
  return of;
}

async function foundIn(of: FixtureHouse, target = 'uat'): Promise<Run> {
  void clock.advance(1000);
  of.world.commit('financialReporting', fact('LATER', 'nothing'));
  const run = await waiting(of, target);
  await of.desk.approve(MIRA, run.runId, digestOf(run));
  await of.proceed(run.runId);
  return of.run(run.runId);
}

const accepted = ({ askedException }: Run) => ({
  ...{ digest: askedException?.digest ?? '', reason: 'A shop of our own', until: '2026-12-31' },
});

test('a worker › carries out an exception that the bot has signed, and holds it for the next run', async () => {
  const of = leakyHouse();
  const run = await foundIn(of);
  expect(run.state).toBe('awaiting-exception');
  await of.desk.acceptFindings(NOOR, run.runId, accepted(run));
  await of.proceed(run.runId);
  expect((await of.run(run.runId)).state).toBe('completed');
  expect((await journal.verify(run.runId)).intact).toBe(true);
  const next = await foundIn(of);
  expect([next.state, next.exceptions?.map(({ runId }) => runId)]).toEqual(['completed', [run.runId]]);
});

test('a worker › refuses an exception that was only written', async () => {
  const of = leakyHouse();
  const run = await foundIn(of);
  await journal.record(run.runId, { kind: 'accept-findings', ...accepted(run) }, { actor: NOOR });
  await of.proceed(run.runId);
  const { state, failure, targetState } = await of.run(run.runId);
  expect([state, failure?.code, targetState]).toEqual(['failed', 'decision-not-signed', 'old']);
  // It holds for no later run either.
  expect((await foundIn(of)).state).toBe('awaiting-exception');
});

/** Writes a run's document, as whoever can write the journal can. */
const rewrite = (run: Run): Promise<unknown> =>
  db
    .updateTable('run')
    .set({ state: run.state, document: JSON.stringify(run) })
    .where('run_id', '=', run.runId)
    .execute();

async function completedWithException(of: FixtureHouse): Promise<Run> {
  const run = await foundIn(of);
  await of.desk.acceptFindings(NOOR, run.runId, accepted(run));
  await of.proceed(run.runId);
  return of.run(run.runId);
}

test('a worker › refuses a signed exception of another sandbox', async () => {
  const of = leakyHouse();
  const { exceptions = [] } = await completedWithException(of);
  const run = await foundIn(of, 'test');
  const steps = run.steps.map((step) =>
    step.name === 'verify-sanitization' ? { ...step, state: 'done' as const } : step,
  );
  await rewrite({ ...run, state: 'in-progress', steps, exceptions });
  await of.proceed(run.runId);
  const { state, failure, targetState } = await of.run(run.runId);
  expect([state, failure?.code, targetState]).toEqual(['failed', 'decision-not-signed', 'old']);
});

test('an exception › holds under no other rules than those it was given under, be its run written anew', async () => {
  const first = await completedWithException(leakyHouse());
  const of = aHouse({ sandbox: { dataOwners: [NOOR.id] }, packs: [promising, { ...promising, name: 'more' }] });
  of.world.commit('application', fact('CONTACT', 'ada@contoso.example'));
  const packsHash = hashPacks(of.packs);
  const exceptions = first.exceptions?.map((each) => ({ ...each, packsHash })) ?? [];
  const plan = first.plan && { ...first.plan, binding: { ...first.plan.binding, packsHash } };
  await rewrite({ ...first, exceptions, ...(plan && { plan }) });
  const second = await foundIn(of);
  expect([second.state, second.plan?.binding.packsHash]).toEqual(['awaiting-exception', packsHash]);
});

test('a report › names whoever has accepted as the records do, whatever the document says', async () => {
  const of = leakyHouse();
  const asked = await foundIn(of);
  const run = await of.desk.acceptFindings(NOOR, asked.runId, accepted(asked));
  const exceptions = run.exceptions?.map((each) => ({ ...each, by: { ...each.by, name: 'Somebody Else' } })) ?? [];
  await rewrite({ ...run, exceptions });
  await of.proceed(run.runId);
  const { report } = await of.run(run.runId);
  const text = (await journal.report(run.runId, report?.sha256 ?? '')) ?? '{}';
  expect(JSON.parse(text)).toMatchObject({ report: { exceptions: [{ by: NOOR.name }] } });
});

test('a worker › refuses the signature of another approval', async () => {
  const first = await approved();
  const stolen = (await journal.records(first.runId)).at(-1)?.evidence?.signature ?? { key: '', value: '' };
  await house.desk.stop(JONAS, first.runId);
  await house.proceed(first.runId);
  const run = await waiting();
  await journal.record(run.runId, { kind: 'approve', digest: digestOf(run) }, { actor: MIRA, sign: () => stolen });
  expect(await proceeded(run.runId)).toEqual(REFUSED);
});

test('a worker › refuses a key that it does not know', async () => {
  const stranger = createSigner({ id: '2026b', key: generateKeyPairSync('ed25519').privateKey });
  const run = await waiting();
  await journal.record(run.runId, { kind: 'approve', digest: digestOf(run) }, { actor: MIRA, sign: stranger });
  expect(await proceeded(run.runId)).toEqual(REFUSED);
});

test('a worker › refuses another plan under a signed approval', async () => {
  const run = await approved();
  const plan = run.plan && { ...run.plan, digest: 'f'.repeat(64) };
  await db
    .updateTable('run')
    .set({ document: JSON.stringify({ ...run, plan }) })
    .where('run_id', '=', run.runId)
    .execute();
  expect(await proceeded(run.runId)).toEqual(REFUSED);
});

test('a worker › refuses a past that was written anew under a signed approval', async () => {
  const { runId } = await approved();
  await rehash(runId, (record) => (record.event === 'choose-moment' ? { ...record, data: { at: 'another' } } : record));
  expect(await proceeded(runId)).toEqual(REFUSED);
});

test('a worker › refuses to go on with a run that was written to be on its way', async () => {
  const run = await waiting();
  const steps = run.steps.map((step, index) => (index < 7 ? { ...step, state: 'done' } : step));
  const document = JSON.stringify({ ...run, state: 'in-progress', steps });
  await db.updateTable('run').set({ state: 'in-progress', document }).where('run_id', '=', run.runId).execute();
  expect(await proceeded(run.runId)).toEqual(REFUSED);
});

test('a worker › takes an approval from a terminal where the file allows it, and a confirmation never', async () => {
  const terminal = aHouse({ terminalApproval: true });
  const run = await waiting(terminal);
  await journal.record(run.runId, { kind: 'approve', digest: digestOf(run) }, { actor: MIRA });
  await terminal.proceed(run.runId);
  expect((await terminal.run(run.runId)).state).toBe('completed');
  const unsigned = fixtureHouse(journal, clock, { verifyingKeys, terminalApproval: true });
  const other = await waiting(unsigned);
  await unsigned.desk.approve(MIRA, other.runId, digestOf(other));
  await unsigned.proceed(other.runId);
  expect((await unsigned.run(other.runId)).failure?.code).toBe('decision-not-signed');
});

test('a rollback › may be asked for in a terminal, which its log says, and not by the signature of another decision', async () => {
  const { runId } = await approved();
  await house.proceed(runId);
  const stolen = (await journal.records(runId)).find(({ event }) => event === 'approve')?.evidence?.signature;
  const forge = () => stolen ?? { key: '', value: '' };
  await journal.record(runId, { kind: 'roll-back' }, { actor: JONAS, sign: forge });
  await house.proceed(runId);
  expect(await house.run(runId)).toMatchObject({ state: 'rollback-failed', failure: { code: 'decision-not-signed' } });
  await journal.record(runId, { kind: 'roll-back' }, { actor: JONAS });
  await house.proceed(runId);
  expect((await house.run(runId)).state).toBe('rolled-back');
  expect((await journal.log(runId)).map(({ text }) => text).join('\n')).toContain(
    'This rollback is not signed by the bot: somebody asked for it in a terminal',
  );
});

test('a sign-off › by the signature of another decision drops no way back', async () => {
  const { runId } = await approved();
  await house.proceed(runId);
  const stolen = (await journal.records(runId)).find(({ event }) => event === 'approve')?.evidence?.signature;
  await journal.record(runId, { kind: 'sign-off' }, { actor: JONAS, sign: () => stolen ?? { key: '', value: '' } });
  await expect(house.engine.housekeep('uat')).rejects.toMatchObject({ code: 'decision-not-signed' });
  expect(house.world.actions.map(({ action }) => action)).not.toContain('drop-previous');
});

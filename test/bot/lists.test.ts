import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { Run } from '../../engine/contracts.ts';
import { aiko, jonas, lars, LATER, mira, NOW } from './builders.ts';
import { openTestChat, textOf, verbsOf, type TestChat } from './testChat.ts';

let chat: TestChat;
beforeAll(async () => {
  chat = await openTestChat();
});
afterEach(async () => {
  // Every test begins with free sandboxes.
  chat.now = NOW;
  for (const { runId, state } of await chat.journal.runs({})) {
    if (state === 'draft' || state === 'awaiting-approval') await chat.record(runId, { kind: 'keep' });
    if (state === 'queued') await chat.record(runId, { kind: 'stopped' });
  }
});
afterAll(() => chat.close());

const at = '2026-11-20T17:00:00.000Z';
const digest = `digest of ${at}`;

async function say(text: string, person = jonas): Promise<string> {
  return textOf((await chat.say(person, text)).card);
}

async function planned(person = jonas, target = 'uat'): Promise<string> {
  await chat.say(person, `/refresh ${target} at ${at}`);
  const [run] = await chat.journal.runs({ limit: 1 });
  await chat.plan(run?.runId ?? '');
  return run?.runId ?? '';
}

async function requested(person = jonas, target = 'uat'): Promise<string> {
  const runId = await planned(person, target);
  await chat.journal.record(runId, { kind: 'confirm', digest, reason: '', expiresAt: LATER }, { actor: person });
  return runId;
}

async function completed(): Promise<string> {
  const runId = await requested();
  await chat.journal.record(runId, { kind: 'approve', digest }, { actor: aiko });
  await chat.record(
    runId,
    { kind: 'start' },
    { kind: 'swapped', previousKeptUntil: '2026-11-26T10:00:00.000Z' },
    { kind: 'complete', figures: {}, checklist: [] },
  );
  return runId;
}

const stateOf = async (runId: string): Promise<Run['state'] | undefined> => (await chat.journal.run(runId))?.state;

test('the overview › says what each sandbox holds, since when and by whom', async () => {
  const runId = await completed();
  expect(await say('/status', aiko)).toContain(
    `holds PROD of Fri, 20 Nov 2026, 18:00 (${runId}) since Mon, 23 Nov 2026, 11:00, brought by Jonas Weber`,
  );
});

test('the overview › says what a sandbox holds also while a run is on its way to replace it', async () => {
  await completed();
  const runId = await requested();
  expect(await say('/status', aiko)).toMatch(
    new RegExp(`🔐 ${runId} of Jonas Weber waits for approval\\s+holds PROD of Fri, 20 Nov 2026, 18:00`),
  );
});

test('the overview › says what waits for whoever asks, and for nobody else', async () => {
  const runId = await requested();
  expect(await say('/status', aiko)).toContain(
    `**Waits for Aiko Tanaka** | Open run ${runId} | 🔐 UAT · ${runId} of Jonas Weber: approve or reject`,
  );
  expect(await say('/status', jonas)).not.toContain(`${runId} of Jonas Weber: approve`);
  await chat.journal.record(runId, { kind: 'approve', digest }, { actor: aiko });
  expect(await say('/status', aiko)).not.toContain('Waits for');
});

test('the overview › names a plan that waits for whoever asks, however many drafts others have begun since', async () => {
  const runId = await planned();
  for (let n = 0; n < 25; n += 1) {
    const draft = { target: 'uat', source: 'prod', requestedBy: lars, zone: 'UTC', expiresAt: LATER };
    await chat.journal.draft(draft);
  }
  expect(await say('/status', jonas)).toContain(`Open run ${runId}`);
});

test('the overview › leads from what waits to its card', async () => {
  const runId = await planned();
  const card = await chat.say(jonas, '/status');
  expect(textOf(card.card)).toContain(`⚠️ UAT · ${runId} is planned: confirm or cancel`);
  expect(verbsOf(await chat.click(jonas, card, 'view-run'))).toContain('confirm-run');
});

test('mine › lists what somebody asked for or approved, with open drafts', async () => {
  const [approved, open] = [await completed(), await planned()];
  const others = await requested(mira, 'test');
  const mine = await say('/mine');
  expect(mine).toContain('Requests of Jonas Weber');
  for (const runId of [approved, open]) expect(mine).toContain(runId);
  expect(mine).not.toContain(others);
  expect(await say('/mine', aiko)).toContain(approved);
  expect(await say('/mine', lars)).toContain('You have no role for any sandbox yet');
});

test('withdraw › takes back a draft and a request of one’s own, on its card and by name, as a record', async () => {
  for (const begun of [planned, requested]) {
    const runId = await begun();
    expect(await say('/withdraw uat')).toContain('was cancelled');
    expect((await chat.journal.run(runId))?.ending).toMatchObject({ how: 'kept', by: { name: 'Jonas Weber' } });
    expect((await chat.journal.records(runId)).at(-1)).toMatchObject({ event: 'keep', actor: { id: jonas.id } });
  }
  expect(await say('/withdraw uat')).toContain('no-such-run');
});

test('withdraw › by the name of a sandbox finds no run of somebody else', async () => {
  const runId = await planned(mira);
  expect(await say('/withdraw uat')).toContain('is yours and still open');
  expect(await say(`/withdraw ${runId}`, aiko)).toContain('not-allowed');
  expect(await stateOf(runId)).toBe('draft');
});

test('a draft › can be withdrawn on each of its cards', async () => {
  const choose = await chat.say(jonas, '/refresh uat');
  expect(verbsOf(choose.card)).toContain('keep-target');
  const planning = await chat.say(jonas, `/refresh uat at ${at}`);
  expect(verbsOf(planning.card)).toContain('keep-target');
  const [run] = await chat.journal.runs({ limit: 1 });
  await chat.plan(run?.runId ?? '');
  await chat.connector.until(() => verbsOf(planning.card).includes('confirm-run'), 'the plan is shown');
  await chat.click(jonas, planning, 'keep-target');
  expect(await stateOf(run?.runId ?? '')).toBe('aborted');
});

test('history › is narrowed to who, when and what failed, and every page means the same', async () => {
  const runs = [];
  for (let n = 0; n < 11; n += 1) {
    const runId = await requested();
    await chat.journal.record(runId, { kind: 'reject', reason: 'no' }, { actor: aiko });
    runs.push(runId);
  }
  const [failed] = [await requested()];
  await chat.journal.record(failed, { kind: 'approve', digest }, { actor: aiko });
  const failure = { step: 'sanitize', code: 'x', message: 'It failed', remedy: '' } as const;
  await chat.record(failed, { kind: 'start' }, { kind: 'fail', failure, targetState: 'old', figures: {} });

  expect(await say('/history uat failed')).toContain(failed);
  expect(await say('/history failed')).not.toContain(runs.at(-1));
  expect(await say('/history uat by mira')).toContain('No run fits');
  expect(await say('/history uat until 22 Nov')).toContain('No run fits');
  const card = await chat.say(jonas, '/history uat by weber since yesterday');
  expect(textOf(card.card)).toContain('by weber · since Sun, 22 Nov 2026, 00:00');
  chat.now = '2026-11-30T10:00:00.000Z';
  const next = await chat.click(jonas, card, 'show-history', { n: 1, search: searchOn(card.card) });
  expect(textOf(next)).toContain('by weber · since Sun, 22 Nov 2026, 00:00 · page 2');
  expect(textOf(next)).toContain(runs[0]);
});

test('history › finds every number, also of drafts that came to nothing', async () => {
  await say('/refresh uat');
  const [run] = await chat.journal.runs({ limit: 1 });
  await say(`/withdraw ${run?.runId ?? ''}`);
  expect(await say('/history uat')).not.toContain(run?.runId);
  expect(await say('/history uat drafts')).toContain(run?.runId);
});

test.each([
  'uat banana',
  'uat by [x](https://evil.example)',
  'uat failed banana',
  'uat since',
  'uat by',
  'uat since the flood',
  'uat until next year',
])('history › with “%s” says what can be typed', async (text) => {
  expect(await say(`/history ${text}`)).toContain('unreadable-search');
});

/** The button to the next page carries it. */
function searchOn(card: unknown): string {
  return /"n":1[^}]*"search":"([^"]+)"/.exec(JSON.stringify(card))?.[1] ?? '';
}

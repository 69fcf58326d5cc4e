import { expect, test } from 'vitest';
import { REWIND, STEP_NAMES } from '../../../engine/contracts.ts';
import type { Card } from '../../../cards/index.ts';
import { createNotifier } from '../../../bot/notify/notifier.ts';
import { aiko, aPlan, jonas, LATER, NOW } from '../builders.ts';
import { createMemoryJournal } from '../doubles/memoryJournal.ts';
import { createWildChat } from '../doubles/wildChat.ts';

/** What Teams documents for one bot in one conversation: messages in milliseconds. */
const DOCUMENTED = [
  { count: 7, ms: 1_000 },
  { count: 8, ms: 2_000 },
  { count: 60, ms: 30_000 },
  { count: 1_800, ms: 3_600_000 },
];
const REFRESHES = 20;
const HOUR_MS = 3_600_000;
const at = '2026-11-20T17:00:00.000Z';
const digest = `digest of ${at}`;
const silent = () => {};

/** The most that any time of `ms` has seen. */
function mostIn(times: readonly number[], ms: number): number {
  let [first, most] = [0, 0];
  for (const [last, time] of times.entries()) {
    while ((times[first] ?? 0) <= time - ms) first += 1;
    most = Math.max(most, last - first + 1);
  }
  return most;
}

/** Twenty refreshes for an hour, each with its steps and a new percentage every second, in as many conversations. */
async function anHour(conversations: number) {
  let elapsedMs = 0;
  const now = () => new Date(Date.parse(NOW) + elapsedMs).toISOString();
  const clock = { now, elapsedMs: () => elapsedMs, sleep: () => new Promise<void>(silent) };
  const journal = createMemoryJournal(now);
  const chat = createWildChat(clock);
  const says = (what: unknown) => ({ says: what }) as unknown as Card;
  const notifier = createNotifier({
    ...{ journal, chat, clock, random: () => 0.5, log: { info: silent, warn: silent, error: silent } },
    draw: {
      card: async (run, kind, _under, more) => says([kind, run.state, run.version, more?.progress?.percent]),
      replaced: () => says('replaced'),
    },
  });
  const runIds: string[] = [];
  for (let n = 0; n < REFRESHES; n += 1) {
    const target = `sandbox-${String(n)}`;
    const { runId } = await journal.draft({
      target,
      source: 'prod',
      requestedBy: jonas,
      zone: 'UTC',
      expiresAt: LATER,
    });
    const conversation = `chat-${String(n % conversations)}`;
    runIds.push(runId);
    await notifier.post({ runId, kind: 'run', conversation, address: { conversation } }, says('draft'));
    await journal.record(runId, { kind: 'choose-moment', at, expiresAt: LATER }, { actor: jonas });
    await journal.record(runId, { kind: 'plan-made', at, plan: aPlan(at) }, { actor: REWIND });
    await journal.record(runId, { kind: 'confirm', digest, reason: '', expiresAt: LATER }, { actor: jonas });
    await journal.record(runId, { kind: 'approve', digest }, { actor: aiko });
    await journal.record(runId, { kind: 'start' }, { actor: REWIND });
  }
  const stepMs = HOUR_MS / STEP_NAMES.length;
  let latestMs = 0;
  for (; elapsedMs < HOUR_MS; elapsedMs += 500) {
    const step = STEP_NAMES[Math.floor(elapsedMs / stepMs)] ?? 'bring-online';
    if (elapsedMs % 1_000 === 0)
      for (const runId of runIds) {
        const running = (await journal.run(runId))?.steps.find(({ state }) => state === 'running')?.name;
        if (running !== step && running)
          await journal.record(runId, { kind: 'step-done', step: running, detail: '' }, { actor: REWIND });
        if (running !== step) await journal.record(runId, { kind: 'step-started', step }, { actor: REWIND });
        notifier.progressed({ runId, step, percent: (elapsedMs / 1_000) % 100, detail: '' });
      }
    await notifier.round();
  }
  const ended = elapsedMs;
  for (const runId of runIds)
    await journal.record(runId, { kind: 'complete', figures: {}, checklist: [] }, { actor: REWIND });
  for (; (await journal.messagesDue(100)).length > 0; elapsedMs += 500) {
    await notifier.round();
    latestMs = elapsedMs - ended;
  }
  return { sentAt: chat.sentAt, lying: [...chat.lying.values()], latestMs };
}

test('50 people who ask at once › are answered at once, while cards keep below what older pages of Teams allow', async () => {
  let elapsedMs = 0;
  const clock = { now: () => NOW, elapsedMs: () => elapsedMs, sleep: () => new Promise<void>(silent) };
  const journal = createMemoryJournal(() => NOW);
  const chat = createWildChat(clock);
  const says = (what: string) => ({ says: what }) as unknown as Card;
  const draw = { card: async () => says('card'), replaced: () => says('replaced') };
  const log = { info: silent, warn: silent, error: silent };
  const notifier = createNotifier({ journal, chat, clock, random: () => 0.5, log, draw });
  const note = (n: number) =>
    ({ kind: 'note', conversation: `chat-${String(n)}`, address: { conversation: `chat-${String(n)}` } }) as const;
  await Promise.all(Array.from({ length: 50 }, (_, n) => notifier.post(note(n), says('answer'))));
  expect([...chat.sentAt.values()].flat()).toHaveLength(48);
  for (; elapsedMs < 2_000; elapsedMs += 500) await notifier.round();
  expect(chat.lying.size).toBe(50);

  for (let n = 100; n < 200; n += 1) await journal.addMessage({ ...note(n), picture: says('note') });
  for (const end = elapsedMs + 10_000; elapsedMs < end; elapsedMs += 500) await notifier.round();
  expect(chat.lying.size).toBe(150);
  expect(
    mostIn(
      [...chat.sentAt.values()]
        .flat()
        .filter((at) => at >= 2_000)
        .sort((a, b) => a - b),
      1_000,
    ),
  ).toBe(25);
});

test.each([1, 20])(
  '20 refreshes at once for an hour › stay below every limit in %i conversations, and end in time',
  { timeout: 60_000 },
  async (conversations) => {
    const { sentAt, lying, latestMs } = await anHour(conversations);
    expect(sentAt.size).toBe(conversations);
    for (const times of sentAt.values())
      for (const { count, ms } of DOCUMENTED) expect(mostIn(times, ms)).toBeLessThanOrEqual(count);
    const all = [...sentAt.values()].flat().sort((one, other) => one - other);
    // The first messages answer twenty people at once; what follows waits for nobody.
    expect(mostIn(all, 1_000)).toBeLessThanOrEqual(50);
    expect(
      mostIn(
        all.filter((ms) => ms > 1_000),
        1_000,
      ),
    ).toBeLessThanOrEqual(30);
    // Nobody waits for the end behind percentages.
    expect(latestMs).toBeLessThan(60_000);
    expect(lying.filter(({ card }) => JSON.stringify(card).includes('completed'))).toHaveLength(2 * REFRESHES);
    // And the cards have moved: each more often than once in two minutes.
    expect(all.length).toBeGreaterThan(REFRESHES * 30);
  },
);

import { beforeEach, expect, test } from 'vitest';
import { REWIND, type CardAddress, type CardKind, type Progress, type Run } from '../../../engine/contracts.ts';
import type { RunEvent } from '../../../engine/journal/events.ts';
import type { Journal } from '../../../engine/journal/journal.ts';
import { ChatBusyError, ChatRefusedError, MessageGoneError } from '../../../bot/chat/errors.ts';
import { createNotifier, type Notifier } from '../../../bot/notify/notifier.ts';
import type { Card } from '../../../cards/index.ts';
import { aiko, aPlan, jonas, LATER, NOW } from '../builders.ts';
import { createMemoryJournal } from '../doubles/memoryJournal.ts';

const at = '2026-11-20T17:00:00.000Z';
const digest = `digest of ${at}`;

let journal: Journal;
let notifier: Notifier;
let runId: string;
/** `update m1 queued`: what the chat was asked to do. */
let sent: string[];
/** Errors for the next requests. */
let troubles: (Error | undefined)[];
/** Messages that somebody deleted. */
let gone: Set<unknown>;
let elapsedMs: number;
let lastMessage: number;
let wall: string;
let logged: string[];
/** Later than a day after `NOW`. */
const A_DAY_LATER = '2026-11-24T10:00:01.000Z';

beforeEach(async () => {
  [sent, troubles, gone, elapsedMs, lastMessage, wall, logged] = [[], [], new Set(), 0, 1, NOW, []];
  journal = createMemoryJournal(() => NOW);
  notifier = aNotifier();
  ({ runId } = await journal.draft({
    target: 'uat',
    source: 'prod',
    requestedBy: jonas,
    zone: 'UTC',
    expiresAt: LATER,
  }));
  const address = { conversation: 'c', messageId: 'm1' };
  const id = await journal.addMessage({ runId, kind: 'run', conversation: 'c', address, posts: 1, shownSeq: 1 });
  await journal.messageShown(id, 1, { generation: 0 });
});

function aNotifier(changes: { journal?: Partial<Journal> } = {}): Notifier {
  const ask = (what: string, address: CardAddress, card: Card) => {
    const isGone = what === 'update' && gone.has(address.messageId);
    const error = isGone ? new MessageGoneError() : troubles.shift();
    sent.push(`${what} ${String(address.messageId)} ${String(card.says)}${error ? ` ${error.name}` : ''}`);
    if (error) throw error;
  };
  const note = (level: string) => (event: string) => void logged.push(`${level} ${event}`);
  const log = { info: () => {}, warn: note('warn'), error: note('error') };
  return createNotifier({
    journal: { ...journal, ...changes.journal },
    chat: {
      async postCard(address, card) {
        ask('post beside', address, card);
        lastMessage += 1;
        return { ...address, messageId: `m${lastMessage}` };
      },
      async updateCard(address, card) {
        ask('update', address, card);
      },
      async deleteMessage(address) {
        sent.push(`delete ${String(address.messageId)}`);
      },
      conversationOf: ({ conversation }) => String(conversation),
      isPersonal: () => false,
    },
    draw: {
      card: async (run, kind, _under, more) => ({ says: sayOf(run, kind, more?.progress) }) as unknown as Card,
      replaced: () => ({ says: 'replaced' }) as unknown as Card,
    },
    clock: { now: () => wall, elapsedMs: () => elapsedMs, sleep: () => new Promise(() => {}) },
    log,
    random: () => 0.5,
  });
}

function sayOf(run: Run, kind: CardKind, progress?: Progress): string {
  const step = run.steps.findLast(({ state }) => state === 'running');
  const past =
    (run.replacedBy ? `, replaced by ${run.replacedBy.runId}` : '') + (run.isPreviousRetired ? ', no way back' : '');
  return [kind, run.state, step?.name, progress?.percent].filter((part) => part !== undefined).join(' ') + past;
}

async function record(...events: RunEvent[]): Promise<void> {
  for (const event of events) await journal.record(runId, event, { actor: event.kind === 'approve' ? aiko : REWIND });
}

const toApproval: RunEvent[] = [
  { kind: 'choose-moment', at, expiresAt: LATER },
  { kind: 'plan-made', at, plan: aPlan(at) },
  { kind: 'confirm', digest, reason: '', expiresAt: LATER },
];
const toStart: RunEvent[] = [...toApproval, { kind: 'approve', digest }, { kind: 'start' }];

/** Looks as often as the loop would, for this long. */
async function lookFor(ms: number): Promise<void> {
  const end = elapsedMs + ms;
  while (elapsedMs < end) {
    elapsedMs += 500;
    await notifier.round();
  }
}

async function take(): Promise<string[]> {
  return sent.splice(0);
}

test('a card › follows its run and is left alone while nothing happens', async () => {
  await record(...toApproval.slice(0, 1));
  await lookFor(2_000);
  expect(await take()).toEqual(['update m1 run draft']);
});

test('a message › is posted once where somebody has to decide, and once at the end', async () => {
  await record(...toApproval);
  await lookFor(3_000);
  expect(await take()).toEqual(['post beside m1 approval awaiting-approval', 'update m1 run awaiting-approval']);
  await record({ kind: 'approve', digest }, { kind: 'start' });
  await lookFor(3_000);
  await record({ kind: 'complete', figures: {}, checklist: [] });
  await lookFor(3_000);
  await notifier.round();
  const all = await take();
  expect(all.filter((line) => line.startsWith('post'))).toEqual(['post beside m1 outcome completed']);
  expect(all).toContain('update m2 approval completed');
  expect(all).toContain('update m1 run completed');
});

test('the cards of an earlier run › follow when a later one replaces it, and when its way back ends', async () => {
  await record(
    ...toStart,
    { kind: 'swapped', previousKeptUntil: LATER },
    { kind: 'complete', figures: {}, checklist: [] },
  );
  await lookFor(3_000);
  await take();
  const first = runId;
  ({ runId } = await journal.draft({
    target: 'uat',
    source: 'prod',
    requestedBy: jonas,
    zone: 'UTC',
    expiresAt: LATER,
  }));
  await record(...toStart, { kind: 'swapped', previousKeptUntil: LATER });
  // A bot that was away while it happened finds it in the journal.
  notifier = aNotifier();
  await journal.record(first, { kind: 'replaced', by: runId, at: NOW }, { actor: REWIND });
  await lookFor(1_000);
  const replaced = `completed, replaced by ${runId}`;
  expect((await take()).toSorted()).toEqual([`update m1 run ${replaced}`, `update m2 outcome ${replaced}`]);
  await journal.record(first, { kind: 'previous-retired' }, { actor: REWIND });
  await lookFor(10_000);
  expect(await take()).toContain(`update m2 outcome ${replaced}, no way back`);
  expect(await journal.messagesDue(10)).toEqual([]);
});

test('a retry › leaves its messages behind, so that what it comes to is posted anew', async () => {
  const failure = { step: 'stop-services', code: 'command-failed', message: 'No', remedy: '' } as const;
  const toFailure: RunEvent[] = [
    { kind: 'step-started', step: 'await-cutover' },
    { kind: 'await-cutover', policy: 'on-click' },
    { kind: 'resume' },
    { kind: 'step-done', step: 'await-cutover', detail: '' },
    { kind: 'fail', failure, targetState: 'old', copyKeptUntil: LATER, figures: {} },
  ];
  await record(...toStart, ...toFailure.slice(0, 2));
  await lookFor(2_000);
  await record(...toFailure.slice(2));
  await lookFor(2_000);
  await record({ kind: 'retry' });
  await lookFor(2_000);
  await take();
  await record({ kind: 'start' }, ...toFailure.slice(0, 2));
  await lookFor(2_000);
  await record(...toFailure.slice(2));
  await lookFor(2_000);
  expect((await take()).filter((line) => line.startsWith('post'))).toEqual([
    'post beside m1 cutover awaiting-cutover await-cutover',
    'post beside m1 outcome failed',
  ]);
});

test('a message › that could not be remembered after its send is posted again rather than lost', async () => {
  notifier = aNotifier({ journal: { messagePosted: () => Promise.reject(new Error('journal away')) } });
  await record(...toApproval);
  await lookFor(500);
  notifier = aNotifier();
  await lookFor(3_000);
  expect((await take()).filter((line) => line.startsWith('post'))).toHaveLength(2);
  expect((await journal.cards(runId)).map(({ kind, shownSeq }) => [kind, shownSeq])).toEqual([
    ['run', 4],
    ['approval', 4],
  ]);
});

test('a card › shows percentages every five seconds at most', async () => {
  await record(...toStart, { kind: 'step-started', step: 'restore-beside' });
  await lookFor(2_000);
  await take();
  for (let percent = 1; percent <= 20; percent += 1) {
    notifier.progressed({ runId, step: 'restore-beside', percent, detail: '' });
    await lookFor(500);
  }
  const updates = await take();
  expect(updates.length).toBeGreaterThan(0);
  expect(updates.length).toBeLessThanOrEqual(2);
});

test('a card › shows steps that race past once a second, and the end at once', async () => {
  await record(...toStart);
  await lookFor(1_500);
  await take();
  const steps = ['check-prerequisites', 'restore-beside', 'inspect-copy', 'sanitize'] as const;
  for (const step of steps) {
    await record({ kind: 'step-started', step });
    await lookFor(500);
    await record({ kind: 'step-done', step, detail: '' });
  }
  await record({ kind: 'complete', figures: {}, checklist: [] });
  elapsedMs += 1;
  await notifier.round();
  const updates = await take();
  expect(updates.filter((line) => line.startsWith('update m1')).length).toBeLessThanOrEqual(4);
  expect(updates.at(-1)).toBe('update m1 run completed');
});

test('a card › whose picture has not changed is not sent again', async () => {
  await record(...toStart, { kind: 'step-started', step: 'sanitize' });
  await lookFor(2_000);
  await take();
  await record({ kind: 'remember', key: 'operation', value: '1' });
  await lookFor(20_000);
  expect(await take()).toEqual([]);
  expect(await journal.messagesDue(10)).toEqual([]);
});

test('a busy chat › is given the time it asks for, then the newest picture', async () => {
  troubles = [new ChatBusyError('status 429', { retryAfterMs: 30_000 })];
  await record(...toApproval.slice(0, 1));
  await notifier.round();
  await record({ kind: 'keep' });
  await lookFor(29_000);
  expect(await take()).toEqual(['update m1 run draft ChatBusyError']);
  await lookFor(2_000);
  expect(await take()).toEqual(['update m1 run aborted']);
});

test('a chat that is down › is tried ever more rarely, for as long as it takes', async () => {
  troubles = Array.from({ length: 40 }, () => new ChatBusyError('status 502'));
  await record(...toApproval.slice(0, 1));
  await lookFor(10_000);
  expect(await take()).toHaveLength(4);
  wall = A_DAY_LATER;
  await lookFor(6 * 3_600_000);
  expect((await take()).at(-1)).toBe('update m1 run draft');
});

test('a chat that is down › is tried as rarely by many cards as by one', async () => {
  const address = { conversation: 'c', messageId: 'm9' };
  await journal.addMessage({ runId, kind: 'approval', conversation: 'c', address, posts: 1 });
  troubles = Array.from({ length: 40 }, () => new ChatBusyError('status 502'));
  await record(...toApproval.slice(0, 1));
  await lookFor(10_000);
  expect(await take()).toHaveLength(4);
});

test('a chat that does not take a card › is given up after a day of trying, though not by a bot that was away for it', async () => {
  const refused = () => new ChatBusyError('status 400', { isOwnFault: true });
  troubles = Array.from({ length: 1_000 }, refused);
  await record(...toApproval.slice(0, 1));
  await lookFor(4 * 3_600_000);
  expect(await journal.messagesGone()).toEqual([]);
  wall = A_DAY_LATER;
  notifier = aNotifier();
  await take();
  await lookFor(60_000);
  expect(await journal.messagesGone()).toEqual([]);
  await lookFor(3_600_000);
  expect(await journal.messagesGone()).toMatchObject([{ runId, kind: 'run' }]);
  expect(await take()).toHaveLength(10);
  expect(logged.at(-1)).toBe('warn chat-gone');
  await lookFor(86_400_000);
  expect(await take()).toEqual([]);
});

test('a deleted message › is posted anew once; deleted again, only messages that ask for somebody still come', async () => {
  gone.add('m1');
  await record(...toApproval.slice(0, 1));
  await lookFor(2_000);
  expect(await take()).toEqual(['update m1 run draft MessageGoneError', 'post beside m1 run draft']);
  expect((await journal.cards(runId))[0]?.address).toMatchObject({ messageId: 'm2' });
  gone.add('m2');
  await record(...toApproval.slice(1));
  await lookFor(20_000);
  expect(await take()).toEqual([
    'post beside m2 approval awaiting-approval',
    'update m2 run awaiting-approval MessageGoneError',
  ]);
  expect(await journal.messagesDue(10)).toEqual([]);
});

test('a conversation that refuses › is given up, and the run goes on', async () => {
  troubles = [new ChatRefusedError('removed')];
  await record(...toApproval.slice(0, 1));
  await lookFor(5_000);
  await record({ kind: 'plan-made', at, plan: aPlan(at) });
  await lookFor(5_000);
  expect(await take()).toEqual(['update m1 run draft ChatRefusedError']);
  expect(logged).toEqual(['warn chat-gone']);
});

test('a conversation that is back › gets its card and what was due meanwhile', async () => {
  troubles = [new ChatRefusedError('removed'), new ChatRefusedError('removed')];
  await record(...toApproval);
  await lookFor(5_000);
  await take();
  for (const { id } of await journal.messagesGone()) await journal.messageBack(id);
  await lookFor(5_000);
  expect(await take()).toEqual(['post beside m1 approval awaiting-approval', 'update m1 run awaiting-approval']);
});

test('a card › that is on its way is waited for, so that an older picture never follows a newer one', async () => {
  const gate = Promise.withResolvers<void>();
  const begun = Promise.withResolvers<void>();
  const order: string[] = [];
  notifier = createNotifier({
    journal,
    chat: {
      postCard: async () => ({}),
      deleteMessage: async () => {},
      conversationOf: () => 'c',
      isPersonal: () => false,
      async updateCard(_address, card) {
        order.push(`begin ${String(card.says)}`);
        begun.resolve();
        if (order.length === 1) await gate.promise;
        order.push(`end ${String(card.says)}`);
      },
    },
    draw: {
      card: async (run) => ({ says: run.isPlanning ? 'planning' : 'planned' }) as unknown as Card,
      replaced: () => ({}) as unknown as Card,
    },
    clock: { now: () => NOW, elapsedMs: () => elapsedMs, sleep: () => new Promise(() => {}) },
    log: { info: () => {}, warn: () => {}, error: () => {} },
    random: () => 0.5,
  });
  await record(...toApproval.slice(0, 1));
  const first = notifier.round();
  await begun.promise;
  await record({ kind: 'plan-made', at, plan: aPlan(at) });
  const second = notifier.round();
  gate.resolve();
  await Promise.all([first, second]);
  elapsedMs += 5_000;
  await notifier.round();
  expect(order).toEqual(['begin planning', 'end planning', 'begin planned', 'end planned']);
});

test('figures of a run without a card › are let go of, and not looked up at every round', async () => {
  let asked = 0;
  const cards: Journal['cards'] = (id) => {
    asked += 1;
    return journal.cards(id);
  };
  notifier = aNotifier({ journal: { cards } });
  for (const { id } of await journal.cards(runId)) await journal.forgetMessage(id);
  notifier.progressed({ runId, step: 'restore-beside', percent: 5, detail: '' });
  for (const _ of [1, 2, 3]) await notifier.round();
  expect(asked).toBe(1);
});

test('a note › that a look has found while it was sent is forgotten once', async () => {
  const forgotten: string[] = [];
  const forgetMessage = async (id: string) => {
    forgotten.push(id);
    await journal.forgetMessage(id);
  };
  const note = { id: 'n1', kind: 'note', conversation: 'c2', address: { conversation: 'c2' } } as const;
  await journal.addMessage(note);
  const found = await journal.messagesDue(10);
  notifier = aNotifier({ journal: { forgetMessage, messagesDue: async () => found } });
  await notifier.post(note, { says: 'Hello' } as unknown as Card);
  await notifier.round();
  expect(forgotten).toEqual(['n1']);
  expect(sent).toEqual(['post beside undefined Hello']);
});

import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { aiko, jonas, lars } from './builders.ts';
import { openTestChat, textOf, verbsOf, type TestChat } from './testChat.ts';
import type { SentMessage } from './fakeConnector.ts';
import { HOSTILE } from '../cards/hostile.ts';

const at = '2026-11-20T17:00:00.000Z';
const ticket = { pattern: String.raw`CHG-\d+`, example: 'CHG-2211', required: true } as const;
const link = 'https://tickets.contoso.example/?id={ticket}';

let chat: TestChat;
beforeAll(async () => {
  chat = await openTestChat();
});
afterAll(() => chat.close());
beforeEach(async () => {
  for (const { runId, state } of await chat.journal.runs({})) {
    if (state === 'draft' || state === 'awaiting-approval') await chat.record(runId, { kind: 'keep' });
    if (state === 'queued') await chat.record(runId, { kind: 'stopped' });
  }
});

async function planned(): Promise<{ readonly card: SentMessage; readonly runId: string }> {
  const card = await chat.say(jonas, `/refresh uat at ${at}`);
  const runId = (await chat.journal.runs({ limit: 1 }))[0]?.runId ?? '';
  await chat.plan(runId);
  await chat.connector.until(() => verbsOf(card.card).includes('confirm-run'), 'the plan is shown');
  return { card, runId };
}

async function requested(reason: string) {
  const { card, runId } = await planned();
  await chat.click(jonas, card, 'confirm-run', { confirm: 'uat', reason });
  const isAsked = ({ card: shown }: SentMessage) =>
    verbsOf(shown).includes('approve-run') && textOf(shown).includes(runId);
  await chat.connector.until(() => chat.connector.messages.some(isAsked), 'the approval is asked for');
  return { runId, approval: chat.connector.messages.find(isAsked) as SentMessage };
}

const stateOf = async (runId: string) => (await chat.journal.run(runId))?.state;

test.each([
  [
    'no reason, where one is asked for',
    { reason: 'required' } as const,
    ' ',
    'reason-missing',
    'what the refresh is for',
  ],
  ['no ticket', { reason: 'optional', ticket } as const, 'round 3', 'ticket-missing', 'as in CHG-2211'],
  ['something like a ticket', { reason: 'optional', ticket } as const, 'CHG-', 'ticket-missing', 'A refresh of UAT'],
])(
  'a request with %s › is refused, with what to do, and nothing has changed',
  async (_, requests, reason, code, hint) => {
    chat.sandbox('uat', { requests });
    const { card, runId } = await planned();
    const answer = textOf(await chat.click(jonas, card, 'confirm-run', { confirm: 'uat', reason }));
    expect(answer).toContain(code);
    expect(answer).toContain(hint);
    expect(await stateOf(runId)).toBe('draft');
    await chat.click(jonas, card, 'confirm-run', { confirm: 'uat', reason: 'UAT round 3, CHG-2211' });
    expect(await stateOf(runId)).toBe('awaiting-approval');
  },
);

test('whoever may not ask › learns nothing of what a request has to say', async () => {
  chat.sandbox('uat', { requests: { reason: 'required' } });
  const { card, runId } = await planned();
  const answer = textOf(await chat.click(lars, card, 'confirm-run', { confirm: 'uat', reason: '' }));
  expect(answer).toContain('not-allowed');
  expect(await stateOf(runId)).toBe('draft');
});

test('a ticket › is not asked for where it may be left out, and is linked where it is named', async () => {
  chat.sandbox('uat', { requests: { reason: 'optional', ticket: { ...ticket, required: false, link } } });
  const without = await requested('');
  expect(JSON.stringify(without.approval.card)).not.toContain('tickets.contoso.example');
  await chat.record(without.runId, { kind: 'keep' });
  const { approval } = await requested('CHG-1, CHG-22 and CHG-22 again');
  expect(JSON.stringify(approval.card).match(/https:\/\/tickets\.contoso\.example\/\?id=CHG-\d+/g)).toEqual([
    'https://tickets.contoso.example/?id=CHG-1',
    'https://tickets.contoso.example/?id=CHG-22',
  ]);
});

test('a comment › stays with the approval: in the record, on its card and in the document', async () => {
  chat.sandbox('uat', { requests: { reason: 'optional', ticket: { ...ticket, required: false, link } } });
  const { runId, approval } = await requested('round 3');
  await chat.click(aiko, approval, 'approve-run', { comment: ' After lunch, CHG-7 ' });
  expect((await chat.journal.run(runId))?.approval).toMatchObject({
    by: { id: aiko.id },
    comment: 'After lunch, CHG-7',
  });
  expect((await chat.journal.records(runId)).find(({ event }) => event === 'approve')?.data).toMatchObject({
    comment: 'After lunch, CHG-7',
  });
  await chat.connector.until(() => textOf(approval.card).includes('After lunch, CHG-7'), 'the comment is shown');
  expect(JSON.stringify(approval.card)).toContain('https://tickets.contoso.example/?id=CHG-7');
});

test('an approval without a comment › is recorded as it always was', async () => {
  const { runId, approval } = await requested('round 3');
  await chat.click(aiko, approval, 'approve-run', { comment: '   ' });
  expect((await chat.journal.run(runId))?.approval).not.toHaveProperty('comment');
  expect((await chat.journal.records(runId)).find(({ event }) => event === 'approve')?.data).not.toHaveProperty(
    'comment',
  );
});

test('a hostile comment › is read as text', async () => {
  const { approval } = await requested(HOSTILE.slice(0, 300));
  await chat.click(aiko, approval, 'approve-run', { comment: HOSTILE.slice(0, 300) });
  await chat.connector.until(() => textOf(approval.card).includes('Approved by'), 'the decision is shown');
  const blocks = JSON.stringify(approval.card).match(/\{"type":"TextBlock"[^}]*\}/g) ?? [];
  expect(blocks.filter((block) => block.includes('evil.example'))).toEqual([]);
  expect(JSON.stringify(approval.card)).not.toContain('{{');
});

test('a hostile ticket › is a part of its link and nothing else, whatever the file takes for a ticket', async () => {
  chat.sandbox('uat', { requests: { reason: 'optional', ticket: { ...ticket, pattern: String.raw`CHG-\S+`, link } } });
  const evil =
    'CHG-1/../@evil.example?x=1&y="><at>Everyone</at>)[x](https://evil.example)${1+1}{{DATE(2026-01-01T00:00:00Z)}}';
  const { approval } = await requested(evil);
  const urls = [...JSON.stringify(approval.card).matchAll(/"url":"([^"]*)"/g)].map(([, url = '']) => url);
  const tickets = urls.filter((url) => url.includes('CHG'));
  expect(tickets).toHaveLength(1);
  const [url] = tickets.map((one) => new URL(one));
  expect([url?.origin, url?.pathname, [...(url?.searchParams.keys() ?? [])]]).toEqual([
    'https://tickets.contoso.example',
    '/',
    ['id'],
  ]);
  const text = JSON.stringify(approval.card);
  for (const alive of ['{{', '"type":"mention","text":"<at>Everyone']) expect(text).not.toContain(alive);
  // Nothing was worked out.
  expect(text).toContain('${1+1}');
});

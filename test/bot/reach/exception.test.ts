import { expect, test } from 'vitest';
import { aiko, jonas, lars, LATER, mira } from '../builders.ts';
import { personalChatOf } from '../fakeConnector.ts';
import { textOf, verbsOf } from '../testChat.ts';
import { aFinding } from '../../engine/journal/builders.ts';
import { CHANNEL, inChannel, withReachChat, type ReachChat } from './reachChat.ts';

let chat: ReachChat;
withReachChat((opened) => (chat = opened));

const MIRAS = personalChatOf(mira.id);
const LARSS = personalChatOf(lars.id);
const ask = { kind: 'ask-exception', findings: [aFinding()], digest: 'a'.repeat(64), expiresAt: LATER } as const;

/** Its copy has something in it; Lars answers for the data, and Mira too, who approves. */
async function found(place?: object): Promise<{ readonly runId: string }> {
  chat.sandbox('uat', { dataOwners: [lars.id, mira.id] });
  const asked = await chat.asked(place);
  const { plan } = (await chat.journal.run(asked.runId)) ?? {};
  await chat.journal.record(asked.runId, { kind: 'approve', digest: plan?.digest ?? '' }, { actor: mira });
  await chat.record(asked.runId, { kind: 'start' }, { kind: 'step-started', step: 'verify-sanitization' }, ask);
  return asked;
}

test('what a proof has found › is brought to whoever answers for the data and neither asked nor approved', async () => {
  const { runId } = await found();
  const question = await chat.untilIn(LARSS);
  expect(textOf(question.card)).toContain('you answer for the data of UAT');
  expect(textOf(question.card)).toContain('dbo.CONTOSONOTES.MEMO');
  expect(verbsOf(question.card)).toEqual(expect.arrayContaining(['accept-findings', 'stop-run']));
  await chat.untilTold(runId, (told) => told.some(({ to, why }) => to === lars.id && why === undefined));
  // She was asked for the approval there, and is not asked for this.
  expect(chat.in(MIRAS).some(({ card }) => textOf(card).includes('you answer for the data'))).toBe(false);
});

test('an exception accepted in a personal chat › is on every card of the run, with who, why and until when', async () => {
  const { runId } = await found();
  const question = await chat.untilIn(LARSS);
  const day = new Date(Date.parse(chat.now) + 30 * 86_400_000).toISOString().slice(0, 10);
  const late = await chat.click(lars, question, 'accept-findings', { reason: '', until: day });
  expect(textOf(late)).toContain('reason-missing');
  await chat.click(lars, question, 'accept-findings', { reason: 'Customers of our own', until: day });
  const run = await chat.journal.run(runId);
  expect(run).toMatchObject({ state: 'in-progress', exceptions: [{ by: { id: lars.id }, until: day }] });
  await chat.connector.until(() => textOf(question.card).includes('Accepted by **Lars'), 'the question says who');
  expect(verbsOf(question.card)).toEqual([]);
  await chat.record(
    runId,
    { kind: 'swapped', previousKeptUntil: LATER },
    { kind: 'complete', figures: {}, checklist: [] },
  );
  for (const place of ['a:Jonas Weber', LARSS]) {
    const isSaid = () =>
      chat
        .in(place)
        .some(({ card }) => textOf(card).includes('Completed, with exceptions') && textOf(card).includes(day));
    await chat.connector.until(isSaid, `${place} hears how it ended\n${chat.logged.join('\n')}`);
  }
  expect(textOf((await chat.say(jonas, '/status')).card)).toContain('with exceptions');
  expect(textOf((await chat.say(jonas, '/history uat')).card)).toContain('Completed, with exceptions');
});

test('whoever has no such role, or has approved › is refused, and the run goes on waiting', async () => {
  const { runId } = await found(inChannel());
  // The question for the approval may have been decided before it was sent.
  const asks = () => chat.in(CHANNEL).find(({ card }) => verbsOf(card).includes('accept-findings'));
  await chat.connector.until(() => asks() !== undefined, `it is asked in the channel\n${chat.logged.join('\n')}`);
  const question = asks();
  if (!question) throw new Error('no question');
  for (const [who, code] of [
    [aiko, 'not-allowed'],
    [mira, 'own-exception'],
  ] as const) {
    const answer = await chat.click(who, question, 'accept-findings', { reason: 'why', until: '2026-12-31' });
    expect(textOf(answer)).toContain(code);
  }
  expect((await chat.journal.run(runId))?.state).toBe('awaiting-exception');
});

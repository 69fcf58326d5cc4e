import { afterEach, beforeEach, expect, test } from 'vitest';
import { aPlan, aSandbox, aiko, jonas, lars, mira } from './builders.ts';
import type { SentMessage } from './fakeConnector.ts';
import { openTestChat, stateOf, textOf, verbsOf, type TestChat } from './testChat.ts';

let chat: TestChat;
beforeEach(async () => {
  chat = await openTestChat();
  twoOf();
});
afterEach(() => chat.close());

const AT = '2026-11-20T17:00:00.000Z';
const twoOf = (approvers = [mira.id, aiko.id, lars.id]) => {
  const { policy } = aSandbox();
  chat.sandbox('uat', { approvers, policy: { ...policy, approvals: 'two' } });
};

async function asked() {
  const own = await chat.say(jonas, `/refresh uat at ${AT}`);
  const [run] = await chat.journal.runs({ limit: 1 });
  const runId = run?.runId ?? '';
  const { binding } = aPlan(AT);
  const reachers = {
    administrators: { names: ['sa', 'CONTOSO\\dba'], count: 7 },
    owners: { names: ['[x](https://evil.example)'], count: 1 },
    isComplete: false,
  };
  await chat.plan(runId, { binding: { ...binding, approvals: 2 }, reachers });
  await chat.connector.until(() => verbsOf(own.card).includes('confirm-run'), 'the plan is shown');
  const plan = textOf(own.card);
  await chat.click(jonas, own, 'confirm-run', { confirm: 'uat', reason: 'round 3' });
  const isAsk = ({ card }: SentMessage) => verbsOf(card).includes('approve-run');
  await chat.connector.until(() => chat.connector.messages.some(isAsk), 'it is asked for');
  return { own, runId, plan, approval: chat.connector.messages.find(isAsk) as SentMessage };
}

test('two approvals › are asked for on plan and card, which shows the first, and the second starts the refresh', async () => {
  const { own, runId, plan, approval } = await asked();
  expect(plan).toContain('by two people, neither of whom had a hand in the plan');
  expect(textOf(approval.card)).toContain('Two people have to approve this.');
  await chat.click(mira, approval, 'approve-run', { comment: 'fine by me' });
  await chat.connector.until(
    () => textOf(approval.card).includes('1 of 2 approved** by **Mira Petrova'),
    'the card says',
  );
  await chat.connector.until(() => textOf(own.card).includes('1 of 2 approved** by **Mira Petrova'), 'and the other');
  expect(chat.woken).not.toContain(`proceed ${runId}`);
  expect(textOf(await chat.click(mira, approval, 'approve-run'))).toContain('approved-already');
  await chat.click(aiko, approval, 'approve-run');
  expect((await chat.journal.run(runId))?.state).toBe('queued');
  expect(chat.woken).toContain(`proceed ${runId}`);
  await chat.connector.until(() => stateOf(approval) === 'Approved', 'it is approved');
  const decided = textOf(approval.card);
  expect(decided).toMatch(/Approved by \*\*Mira Petrova\*\*, .*, and by \*\*Aiko Tanaka\*\*/);
  expect(decided).toContain('fine by me');
});

test('who reads the copy beside the application › is counted on the plan, and named on the approval, five at most', async () => {
  const { plan, approval } = await asked();
  expect(plan).toContain('7 administrators of its server, 1 owner of its databases');
  expect(plan).not.toContain('CONTOSO');
  const text = textOf(approval.card);
  expect(text).toContain('CONTOSO');
  expect(text).toContain('5 more');
  expect(text).toContain('Rewind’s own login does not see all of them.');
  expect(JSON.stringify(approval.card)).not.toContain('](https:');
});

test('a first approval › is said to count no more once its role is taken away, and another takes its place', async () => {
  const { runId, approval } = await asked();
  await chat.click(mira, approval, 'approve-run');
  twoOf([aiko.id, lars.id]);
  const shown = await chat.say(aiko, `/status ${runId}`);
  expect(textOf(shown.card)).toContain('The approval of **Mira Petrova** does not count');
  await chat.click(aiko, shown, 'approve-run');
  expect(await chat.journal.run(runId)).toMatchObject({
    ...{ state: 'awaiting-approval', firstApproval: { by: { id: aiko.id } } },
  });
  await chat.click(lars, shown, 'approve-run');
  expect((await chat.journal.run(runId))?.state).toBe('queued');
});

test('fewer than two left to approve › is said before anybody confirms, and refused', async () => {
  twoOf([mira.id, aiko.id]);
  const own = await chat.say(mira, `/refresh uat at ${AT}`);
  expect(textOf(own.card)).toContain('nobody-left');
  twoOf();
  const { approval, runId } = await asked();
  await chat.click(mira, approval, 'approve-run');
  twoOf([mira.id]);
  expect(textOf((await chat.say(mira, `/status ${runId}`)).card)).toContain('Nobody is left to approve this');
});

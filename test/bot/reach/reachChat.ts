import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest';
import { systemClock } from '../../../engine/clock.ts';
import type { Person, Run, Told } from '../../../engine/contracts.ts';
import type { Journal } from '../../../engine/journal/journal.ts';
import { openJournal } from '../../../engine/journal/sql/sqlJournal.ts';
import { startTestServer, type TestServer } from '../../engine/journal/testDatabase.ts';
import { jonas, NOW, TENANT } from '../builders.ts';
import type { SentMessage } from '../fakeConnector.ts';
import { openTestChat, fastClock, verbsOf, type TestChat } from '../testChat.ts';

export const personal = (person: Person, id = `a:${person.name}`) => ({
  conversation: { id, tenantId: TENANT, conversationType: 'personal' },
});
export const CHANNEL = '19:approvals@thread.tacv2';
export const inChannel = (id = CHANNEL) => ({
  conversation: { id: `${id};messageid=1`, tenantId: TENANT, conversationType: 'channel' },
});

/** A bot whose journal is a real one, with what tests of the ladder ask for. */
export interface ReachChat extends TestChat {
  readonly journal: Journal;
  /** Jonas asks there, and confirms the plan. */
  asked(place?: object): Promise<{ readonly runId: string; readonly card: SentMessage }>;
  /** Messages whose conversation begins so, oldest first. */
  in(conversation: string): readonly SentMessage[];
  untilIn(conversation: string, count?: number): Promise<SentMessage>;
  untilTold(runId: string, is: (told: readonly Told[]) => boolean): Promise<Run>;
  /** What Teams says of itself. */
  happens(what: Record<string, unknown>): Promise<void>;
}

/** One server for a file, a chat of its own for each test. */
export function withReachChat(use: (chat: ReachChat) => void): void {
  let server: TestServer;
  let chat: ReachChat;
  beforeAll(async () => {
    server = await startTestServer();
  });
  afterAll(() => server[Symbol.asyncDispose]());
  beforeEach(async () => {
    chat = await openReachChat(server);
    use(chat);
  });
  afterEach(async () => {
    await chat.close();
    await chat.journal[Symbol.asyncDispose]();
  });
}

async function openReachChat(server: TestServer): Promise<ReachChat> {
  const known: { chat?: TestChat } = {};
  const clock = { ...systemClock, now: () => known.chat?.now ?? NOW };
  const journal = openJournal({ url: await server.newDatabase(), clock });
  await journal.migrate();
  // Slower than elsewhere: a machine that is busy must not use up the patience of a minute.
  const made = await openTestChat({ journal, clock: fastClock(clock.now, 20) });
  known.chat = made;
  const inPlace = (conversation: string) =>
    made.connector.messages.filter((one) => one.conversation.split(';')[0] === conversation);
  return Object.assign(made, {
    journal,
    async asked(place: object = personal(jonas)) {
      const card = await made.say(jonas, '/refresh uat at 2026-11-20T17:00:00.000Z', { ...place });
      const [run] = await journal.runs({});
      const runId = run?.runId ?? '';
      await made.plan(runId);
      await made.connector.until(() => verbsOf(card.card).includes('confirm-run'), 'the plan is shown');
      await made.click(jonas, card, 'confirm-run', { confirm: 'uat', reason: 'month-end test' }, { ...place });
      return { runId, card };
    },
    in: inPlace,
    async untilIn(conversation: string, count = 1) {
      await made.connector.until(
        () => inPlace(conversation).length >= count,
        `${conversation} has ${count} messages\n${made.logged.join('\n')}`,
      );
      const message = inPlace(conversation)[count - 1];
      if (!message) throw new Error('no message');
      return message;
    },
    async untilTold(runId: string, is: (told: readonly Told[]) => boolean) {
      for (const end = Date.now() + 20_000; Date.now() < end;) {
        const run = await journal.run(runId);
        if (run && is(run.told ?? [])) return run;
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
      throw new Error(`${JSON.stringify((await journal.run(runId))?.told)}\n${made.logged.join('\n')}`);
    },
    async happens(what: Record<string, unknown>) {
      const { status } = await made.post({
        ...{ id: `e${performance.now()}`, channelId: 'msteams', serviceUrl: made.connector.url },
        ...{ recipient: { id: '28:bot', name: 'Rewind' }, channelData: { tenant: { id: TENANT } }, ...what },
      });
      if (status !== 200) throw new Error(`met with ${status}`);
    },
  });
}

export const from = ({ id, name }: Person) => ({ from: { id: `29:${id}`, aadObjectId: id, name } });

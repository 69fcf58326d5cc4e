import { expect, vi } from 'vitest';
import type { Person } from '../../../engine/contracts.ts';
import type { RunEvent } from '../../../engine/journal/events.ts';
import { aiko, aPlan, aSurvey, jonas, mira, TENANT } from '../../bot/builders.ts';
import { personalChatOf, type SentMessage } from '../../bot/fakeConnector.ts';
import { openTestChat, verbsOf, type TestChat } from '../../bot/testChat.ts';
import { cardLines, headOf } from './cardLines.ts';

const CHANNEL = '19:refreshes@thread.tacv2';
/** In the order in which they are read. */
const PLACES = [personalChatOf(jonas.id), CHANNEL, personalChatOf(mira.id), personalChatOf(aiko.id)];
/** Whose client says what of zone and language. */
const CLIENTS = new Map([
  [jonas.id, { localTimezone: 'Europe/Berlin', locale: 'en-GB' }],
  [mira.id, { localTimezone: 'America/New_York', locale: 'en-US' }],
  [aiko.id, { localTimezone: 'Asia/Tokyo', locale: 'en-GB' }],
]);

/** People, a bot that is real, and workers that are played; what is said is written down as it is read in the chat. */
export interface Team extends AsyncDisposable {
  /** A new day, at that hour in UTC. */
  day(title: string, at: string): Promise<void>;
  /** Later that day or on another: an instant. */
  at(instant: string): Promise<void>;
  /** A sentence about what happens outside of the chat. */
  tell(sentence: string): void;
  says(person: Person, where: 'channel' | 'alone', text: string): Promise<void>;
  /** Presses the newest button of that verb in a place that the person reads. */
  presses(person: Person, where: 'channel' | 'alone', verb: string, inputs?: object): Promise<void>;
  /** What a worker records of the newest run. */
  worker(...events: readonly RunEvent[]): Promise<void>;
  /** Goes on once a schedule has brought its next occurrence about. */
  drafted(): Promise<void>;
  /** The worker makes the plan that the newest run waits for. */
  plans(): Promise<void>;
  /** Goes on once the chat shows that many messages there. */
  waitsFor(count: number, where: string): Promise<void>;
  readonly chat: TestChat;
  page(): string;
}

export async function openTeam(now: string): Promise<Team> {
  const chat = await openTestChat();
  chat.now = now;
  chat.connector.absent.add(aiko.id);
  const lines: string[] = [];
  const shown = new Map<string, string>();
  /** What stands on the page from top to bottom: whole cards, and their heads. */
  const read = new Set<string>();
  let threads = 0;
  const write = (line: string) => lines.push(line, '');
  const clockOf = () => chat.now.slice(11, 16);

  const placeOf = (person: Person, where: 'channel' | 'alone') =>
    where === 'channel' ? CHANNEL : personalChatOf(person.id);
  const nameOf = (conversation: string): string => {
    const person = [jonas, mira, aiko].find(({ id }) => conversation === personalChatOf(id));
    return person ? `to ${person.name} alone` : 'in the channel Refreshes';
  };
  const lyingIn = (place: string) =>
    chat.connector.lying().filter(({ conversation }) => conversation.split(';')[0] === place);

  /** Everything that the bot has to say is said: a while without anything due, sent or recorded. */
  const quiet = async (): Promise<void> => {
    for (let looks = 0, before = ''; looks < 4;) {
      await new Promise((resolve) => setTimeout(resolve, 10));
      const due = await chat.journal.messagesDue(1);
      const runs = await chat.journal.runs({ limit: 5 });
      const now = `${String(chat.connector.requests.length)} ${runs.map(({ version }) => version).join(' ')}`;
      looks = due.length === 0 && now === before ? looks + 1 : 0;
      before = now;
    }
  };

  const writeCard = (what: string, card: unknown): void => {
    const whole = [headOf(card), ...cardLines(card)].join('\n');
    const isRead = read.has(whole);
    read.add(headOf(card)).add(whole);
    if (isRead) return void write(`**Rewind**, ${what}, the same: ${headOf(card)}`);
    write(`**Rewind**, ${what}:`);
    write(`\`\`\`text\n${whole}\n\`\`\``);
  };

  /** What is new in the chat, and what says otherwise than before; what has been read already is named by its head. */
  const writeNews = async (): Promise<readonly string[]> => {
    await quiet();
    // Conversations are written to side by side: their order is the page’s.
    const news = PLACES.flatMap(lyingIn).filter(
      // The journal of tests keeps no hashes.
      ({ id, card }) => shown.get(id) !== headOf(card) && !headOf(card).includes('the head of its records'),
    );
    for (const { id, conversation, card } of news) {
      const where = `${nameOf(conversation.split(';')[0] ?? '')}${shown.has(id) ? ', the same message' : ''}`;
      const isRead = shown.has(id) && read.has(headOf(card));
      shown.set(id, headOf(card));
      if (isRead) write(`**Rewind**, ${where}: ${headOf(card)}`);
      else writeCard(where, card);
    }
    return news.map(({ card }) => headOf(card));
  };

  const newestRun = async () => {
    const [run] = await chat.journal.runs({ limit: 1 });
    if (!run) throw new Error('No run yet');
    return run;
  };

  const buttonOf = (place: string, verb: string): SentMessage => {
    const found = lyingIn(place).findLast(({ card }) => verbsOf(card).includes(verb));
    if (!found) throw new Error(`No button ${verb} in ${place}`);
    return found;
  };

  const titleOf = (card: unknown, verb: string): string => {
    const text = JSON.stringify(card);
    return new RegExp(`"title":"([^"]+)","verb":"${verb}"`).exec(text)?.[1] ?? verb;
  };

  const conversationOf = (place: string, thread?: number) => ({
    conversation: {
      id: thread === undefined ? place : `${place};messageid=${String(thread)}`,
      tenantId: TENANT,
      conversationType: place === CHANNEL ? 'channel' : 'personal',
    },
  });

  return {
    chat,
    async day(title, at) {
      chat.now = at;
      await surveyed(chat);
      lines.push(`## ${title}`, '');
      await writeNews();
    },
    async at(instant) {
      chat.now = instant;
      await surveyed(chat);
      await writeNews();
    },
    tell: (sentence) => void write(`_${sentence}_`),
    async says(person, where, text) {
      const place = placeOf(person, where);
      if (where === 'channel') threads += 1;
      write(
        `**${person.name}**, ${where === 'channel' ? 'in the channel Refreshes' : 'to Rewind alone'}, ${clockOf()} UTC: \`${text}\``,
      );
      await chat.tell(person, text, {
        ...conversationOf(place, where === 'channel' ? 900 + threads : undefined),
        ...CLIENTS.get(person.id),
      });
      await writeNews();
    },
    async presses(person, where, verb, inputs = {}) {
      const message = buttonOf(placeOf(person, where), verb);
      const typed = Object.entries(inputs).map(([name, value]) => `${name}: ${String(value)}`);
      write(
        `**${person.name}** presses “${titleOf(message.card, verb)}”${typed.length === 0 ? '' : ` (${typed.join('; ')})`}, ${clockOf()} UTC.`,
      );
      const [place = '', thread] = message.conversation.split(';');
      const at = { conversation: { ...conversationOf(place).conversation, id: thread ? message.conversation : place } };
      const answer = await chat.click(person, message, verb, inputs, { ...at, ...CLIENTS.get(person.id) });
      const heads = await writeNews();
      if (!heads.includes(headOf(answer))) writeCard(`to ${person.name}, who pressed it`, answer);
    },
    async worker(...events) {
      const { runId } = await newestRun();
      await chat.record(runId, ...events);
      await writeNews();
    },
    async drafted() {
      await vi.waitFor(async () => expect((await newestRun()).scheduled).toBeDefined(), { timeout: 60_000 });
      await writeNews();
    },
    async plans() {
      const { runId, scheduled, at = '' } = await newestRun();
      const ofSchedule = scheduled && {
        ...{ triedWith: '2026-11-28T08:45:00.000Z', schema: 'tables and columns' },
        binding: { ...aPlan(at).binding, occurrence: scheduled },
      };
      await chat.plan(runId, { madeAt: chat.now, ...ofSchedule });
      await writeNews();
    },
    async waitsFor(count, where) {
      const place = where === 'channel' ? CHANNEL : personalChatOf(where);
      await chat.connector.until(() => lyingIn(place).length >= count, `${String(count)} messages lie in ${place}`);
      await writeNews();
    },
    page: () => lines.join('\n'),
    [Symbol.asyncDispose]: () => chat.close(),
  };
}

/** What production can be restored to moves along. */
async function surveyed({ journal, now }: TestChat): Promise<void> {
  const ago = (ms: number) => new Date(Date.parse(now) - ms).toISOString();
  const windows = [{ from: ago(29 * 86_400_000), to: ago(150_000) }];
  for (const name of ['uat', 'test'])
    await journal.saveSurvey(name, aSurvey({ measuredAt: ago(60_000), windows, gaps: [] }));
}

import { z } from 'zod';
import { PEOPLE } from '../people.ts';
import type { Voice } from './activities.ts';
import { cardOf, type Client, type Outcome } from './client.ts';
import { addressOf, type Conversation, type Message } from './conversations.ts';
import type { Guide } from './guide.ts';

export interface ApiAnswer {
  readonly status: number;
  readonly body: unknown;
}

/** Everything that the page shows when it is opened, so that a reload loses nothing. */
export interface PageState {
  readonly guide: Guide;
  readonly people: typeof PEOPLE;
  readonly conversations: readonly Conversation[];
  readonly messages: readonly Message[];
}

export interface Api {
  state(): ApiAnswer;
  /** By path: what the page may do, with a body of JSON. */
  readonly calls: ReadonlyMap<string, (body: unknown) => Promise<ApiAnswer>>;
}

const voiceSchema = z
  .object({
    personId: z.string(),
    locale: z.string().max(35),
    timeZone: z.string().max(64),
  })
  .transform(({ personId, ...rest }, context): Voice => {
    const person = PEOPLE.find(({ id }) => id === personId);
    if (person) return { person, ...rest };
    context.addIssue('Nobody has this id');
    return z.NEVER;
  });
const saySchema = z.object({
  voice: voiceSchema,
  conversation: z.string(),
  /** The post that is replied to. */
  thread: z.string().optional(),
  text: z.string().min(1).max(20_000),
});
const clickSchema = z.object({
  voice: voiceSchema,
  messageId: z.string(),
  verb: z.string(),
  data: z.record(z.string(), z.unknown()).default({}),
});
const installSchema = z.object({ voice: voiceSchema, conversation: z.string(), isInstalled: z.boolean() });

export function createApi(client: Client, guide: Guide): Api {
  const { conversations } = client;
  const isIn = ({ person }: Voice, id: string) => conversations.find(id)?.members.includes(person.id) ?? false;
  const call =
    <Body>(schema: z.ZodType<Body>, act: (body: Body) => Promise<ApiAnswer>) =>
    (body: unknown): Promise<ApiAnswer> => {
      const parsed = schema.safeParse(body);
      return parsed.success ? act(parsed.data) : Promise.resolve({ status: 400, body: {} });
    };

  const say = call(saySchema, async ({ voice, conversation, thread, text }) => {
    if (!isIn(voice, conversation)) return NOWHERE;
    if (thread !== undefined && conversations.message(thread)?.conversation !== conversation) return NOWHERE;
    return noteOf(await client.say(voice, addressOf({ conversation, ...(thread && { thread }) }), text));
  });
  const click = call(clickSchema, async ({ voice, messageId, verb, data }) => {
    const message = conversations.message(messageId);
    if (!message || !isIn(voice, message.conversation)) return NOWHERE;
    const outcome = await client.click(voice, { messageId, verb, data });
    return cardOf(outcome) === undefined ? noteOf(outcome, wordsOf(outcome)) : { status: 200, body: {} };
  });
  const install = call(installSchema, async ({ voice, conversation, isInstalled }) => {
    if (!isIn(voice, conversation)) return NOWHERE;
    await client.install(voice, conversation, isInstalled);
    return { status: 200, body: {} };
  });

  return {
    state: () => ({
      status: 200,
      body: {
        guide,
        people: PEOPLE,
        conversations: conversations.all(),
        messages: conversations.messages(),
      } satisfies PageState,
    }),
    calls: new Map([
      ['/api/say', say],
      ['/api/click', click],
      ['/api/install', install],
    ]),
  };
}

const NOWHERE: ApiAnswer = { status: 404, body: {} };

const UNHEARD = {
  'not-mentioned': 'Rewind has not heard this: in a group chat or channel it hears what mentions @Rewind',
  'not-installed': 'Rewind has not heard this: it is not installed here',
} as const;

/** What the person is told below the conversation; nothing when all is well. */
function noteOf(outcome: Outcome, words?: string): ApiAnswer {
  if (outcome.kind === 'unheard') return { status: 200, body: { note: UNHEARD[outcome.because] } };
  if (outcome.status >= 300) return { status: 200, body: { note: `The bot answered ${outcome.status}` } };
  return { status: 200, body: words === undefined ? {} : { note: words } };
}

/** A click may be answered by a sentence in place of a card. */
function wordsOf(outcome: Outcome): string | undefined {
  if (outcome.kind !== 'answered' || typeof outcome.body !== 'object' || outcome.body === null) return undefined;
  return 'value' in outcome.body && typeof outcome.body.value === 'string' ? outcome.body.value : undefined;
}

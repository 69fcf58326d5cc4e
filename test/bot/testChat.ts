import { createDesk, type WakeUp } from '../../engine/journal/desk.ts';
import type { Journal } from '../../engine/journal/journal.ts';
import { REWIND, type Person, type Plan, type Progress, type Run, type Sandbox } from '../../engine/contracts.ts';
import type { RunEvent } from '../../engine/journal/events.ts';
import { createBot, type Bot, type BotOptions } from '../../bot/bot.ts';
import { loopbackTrust } from '../../bot/trust/loopbackTrust.ts';
import { createAuthority } from '../../demo/authority.ts';
import { aPlan, anInstallation, aSurvey, NOW, TENANT } from './builders.ts';
import { createMemoryJournal } from './doubles/memoryJournal.ts';
import { createFakeConnector, type FakeConnector, type SentMessage } from './fakeConnector.ts';

const botAppId = '11111111-2222-4333-8444-555555555555';
const CHANNEL = '19:refreshes@thread.tacv2';
export const ELSEWHERE = 'a:personal-chat';
export const GROUP = '19:pair@thread.v2';

type CardJson = Record<string, unknown>;

/** A bot with everything around it that is not its own: signed activities in, a connector that remembers what came out. */
export interface TestChat {
  readonly journal: Journal;
  readonly connector: FakeConnector;
  /** Where the bot finds it: something may stand in between. */
  chatUrl: string;
  readonly woken: string[];
  readonly logged: string[];
  bot: Bot;
  now: string;
  progress(progress: Progress): void;
  /** Answers with the message that answers. */
  say(person: Person, text: string, more?: Record<string, unknown>): Promise<SentMessage>;
  /** The same without waiting for an answer; the conversation it was said in. */
  tell(person: Person, text: string, more?: Record<string, unknown>): Promise<string>;
  /** What Teams says of itself beside an activity. */
  authorization(): string;
  post(activity: Record<string, unknown>): Promise<{ readonly status: number; readonly body: unknown }>;
  /** Presses the button with this verb on the message as it stands; answers with the card that takes its place. */
  click(
    person: Person,
    message: SentMessage,
    verb: string,
    inputs?: object,
    more?: Record<string, unknown>,
  ): Promise<CardJson>;
  invoke(person: Person, verb: string, data: unknown, more?: Record<string, unknown>): Promise<CardJson>;
  /** What a worker records. */
  record(runId: string, ...events: RunEvent[]): Promise<Run>;
  /** environments.yaml says something else about a sandbox from now on. */
  sandbox(name: string, changes: Partial<Sandbox>): void;
  /** The same about every sandbox. */
  sandboxes(changes: Partial<Sandbox>): void;
  plan(runId: string, changes?: Partial<Plan>): Promise<Run>;
  restart(): Promise<void>;
  close(): Promise<void>;
}

export async function openTestChat(changes: Partial<BotOptions> = {}): Promise<TestChat> {
  const [authority, connector] = await Promise.all([createAuthority({ botAppId }), createFakeConnector()]);
  const woken: string[] = [];
  const logged: string[] = [];
  const listeners = new Set<(progress: Progress) => void>();
  let sandboxes = anInstallation().sandboxes;
  const installation = {
    ...anInstallation(),
    get sandboxes() {
      return sandboxes;
    },
  };
  const journal = changes.journal ?? createMemoryJournal(() => chat.now);
  const note = (level: string) => (event: string, fields?: object) =>
    void logged.push(
      `${level} ${event} ${JSON.stringify(fields, (_, value: unknown) => (value instanceof Error ? value.stack : value))}`,
    );
  const wake: WakeUp = {
    plan: async (run) => void woken.push(`plan ${run.runId}`),
    proceed: async (run) => void woken.push(`proceed ${run.runId}`),
  };
  const start = () =>
    createBot({
      trust: loopbackTrust({ botAppId, tenantId: TENANT, issuerUrl: authority.url }),
      journal,
      desk: createDesk({ journal, installation, wake, now: () => chat.now, sign: 'unsigned' }),
      installation,
      watchProgress: (listener) => {
        listeners.add(listener);
        return async () => void listeners.delete(listener);
      },
      clock: fastClock(() => chat.now),
      log: { info: note('info'), warn: note('warn'), error: note('error') },
      linkKeys: [{ id: 'k1', key: 'a key of thirty-two bytes or more' }],
      host: '127.0.0.1',
      port: 0,
      random: () => 0.5,
      chatTimeoutMs: 2_000,
      ...changes,
    });

  let lastActivity = 0;
  let lastThread = 0;
  const chat: TestChat = {
    journal,
    connector,
    chatUrl: connector.url,
    woken,
    logged,
    // Replaced before anybody sees it.
    bot: undefined as unknown as Bot,
    now: NOW,
    progress: (progress) => listeners.forEach((listener) => listener(progress)),
    authorization: () => `Bearer ${authority.sign(chat.chatUrl)}`,
    async post(activity) {
      const response = await fetch(`${chat.bot.url}/api/messages`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: chat.authorization() },
        body: JSON.stringify(activity),
      });
      const text = await response.text();
      return { status: response.status, body: text === '' ? undefined : (JSON.parse(text) as unknown) };
    },
    async say(person, text, more) {
      const before = connector.messages.length;
      const conversation = await chat.tell(person, text, more);
      // The notifier writes to other threads meanwhile.
      const found = () => connector.messages.slice(before).find((one) => one.conversation === conversation);
      await connector.until(() => found() !== undefined, `“${text}” is answered\n${logged.join('\n')}`);
      const sent = found();
      if (!sent) throw new Error(`“${text}” got no answer`);
      return sent;
    },
    async tell(person, text, more = {}) {
      lastThread += 1;
      const activity = activityOf(person, {
        type: 'message',
        text,
        ...inConversation(`${CHANNEL};messageid=${lastThread}`),
        ...more,
      });
      const { status } = await chat.post(activity);
      if (status !== 200) throw new Error(`“${text}” was met with ${status}\n${logged.join('\n')}`);
      return activity.conversation.id;
    },
    click(person, message, verb, inputs = {}, more = {}) {
      const data = dataOf(message.card, verb);
      if (!data) throw new Error(`No button ${verb} on: ${textOf(message.card)}`);
      const place = { replyToId: message.id, ...inConversation(message.conversation) };
      return chat.invoke(person, verb, { ...data, ...inputs }, { ...place, ...more });
    },
    async invoke(person, verb, data, more = {}) {
      const value = { action: { type: 'Action.Execute', verb, data } };
      const { status, body } = await chat.post(
        activityOf(person, { type: 'invoke', name: 'adaptiveCard/action', value, ...more }),
      );
      if (status !== 200) throw new Error(`${verb} was answered with ${status}: ${JSON.stringify(body)}`);
      return (body as { value: CardJson }).value;
    },
    async record(runId, ...events) {
      let run: Run | undefined;
      for (const event of events) run = await journal.record(runId, event, { actor: REWIND });
      if (!run) throw new Error('nothing recorded');
      return run;
    },
    sandbox(name, changes) {
      const asBefore = anInstallation().sandboxes;
      sandboxes = asBefore.map((one) => (one.name === name ? { ...one, ...changes } : one));
    },
    sandboxes(changes) {
      sandboxes = anInstallation().sandboxes.map((one) => ({ ...one, ...changes }));
    },
    async plan(runId, planChanges) {
      const run = await journal.run(runId);
      return chat.record(runId, { kind: 'plan-made', at: run?.at ?? '', plan: aPlan(run?.at ?? '', planChanges) });
    },
    async restart() {
      await chat.bot.close();
      chat.bot = await start();
    },
    async close() {
      await chat.bot.close();
      await Promise.all([connector.close(), authority.close()]);
    },
  };

  const activityOf = (person: Person, more: Record<string, unknown>) => {
    lastActivity += 1;
    return {
      id: `a${lastActivity}`,
      channelId: 'msteams',
      serviceUrl: chat.chatUrl,
      from: { id: `29:${person.id}`, aadObjectId: person.id, name: person.name },
      recipient: { id: '28:bot', name: 'Rewind' },
      ...inConversation(CHANNEL),
      channelData: { tenant: { id: TENANT } },
      localTimezone: 'Europe/Berlin',
      ...more,
    };
  };

  chat.bot = await start();
  for (const { name } of installation.sandboxes) await journal.saveSurvey(name, aSurvey());
  return chat;
}

function inConversation(id: string) {
  return { conversation: { id, tenantId: TENANT, conversationType: typeOf(id) } };
}

function typeOf(id: string): string {
  if (id.includes('@thread.v2')) return 'groupChat';
  return id.startsWith('19:') ? 'channel' : 'personal';
}

/** `times` as fast, so that nothing waits; only the time in which a click has to be answered is real. */
export function fastClock(now: () => string, times = 100): BotOptions['clock'] {
  return {
    now,
    elapsedMs: () => performance.now() * times,
    sleep: (ms, signal) =>
      new Promise((resolve, reject) => {
        const timer = setTimeout(resolve, ms > 1_000 ? ms : ms / times);
        signal?.addEventListener('abort', () => {
          clearTimeout(timer);
          reject(signal.reason as Error);
        });
      }),
  };
}

/** Everything a person reads on a card, in order. */
export function textOf(card: unknown): string {
  return parts(card)
    .flatMap((part) => [part.text, part.title, part.value, part.label, part.errorMessage, part.codeSnippet])
    .filter((text) => typeof text === 'string')
    .join(' | ');
}

/** The verbs of a card's buttons. */
export function verbsOf(card: unknown): string[] {
  return parts(card).flatMap(({ verb }) => (typeof verb === 'string' ? [verb] : []));
}

/** The state word in a card's head. */
export function stateOf({ card }: SentMessage): string | undefined {
  const badge = parts(card).find(({ type }) => type === 'Badge');
  return typeof badge?.text === 'string' ? badge.text : undefined;
}

export function dataOf(card: unknown, verb: string): object | undefined {
  return parts(card).find((part) => part.verb === verb)?.data as object | undefined;
}

function parts(node: unknown): CardJson[] {
  if (Array.isArray(node)) return node.flatMap(parts);
  if (typeof node !== 'object' || node === null) return [];
  return [node as CardJson, ...Object.values(node).flatMap(parts)];
}

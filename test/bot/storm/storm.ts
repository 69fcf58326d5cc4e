import type { Person, Run } from '../../../engine/contracts.ts';
import { createRandom, type Random } from '../../engine/simulation/random.ts';
import { aPlan, LATER, NOW, TENANT } from '../builders.ts';
import { fastClock, openTestChat, type TestChat } from '../testChat.ts';

/** What somebody meant by one message or one click; the chat may deliver it more than once, and late. */
export interface Intention {
  readonly n: number;
  readonly person: Person;
  /** Of a click; a message has none. */
  readonly verb?: string;
  readonly runId?: string;
  readonly what: string;
  readonly activity: Readonly<Record<string, unknown>>;
}

/** What has to have happened by the end of a long storm, and the buttons that do it. */
const AWAITED = {
  'choose-moment': ['preview-plan', 'preview-plan-at', 'plan-again'],
  confirm: ['confirm-run'],
  approve: ['approve-run'],
  reject: ['reject-run'],
  keep: ['keep-target'],
  stop: ['stop-run'],
  'switch-now': ['switch-now'],
  'roll-back': ['roll-back-run'],
  'sign-off': ['sign-off-run'],
  'tick-item': ['tick-item'],
} as const;
export const AWAITED_EVENTS: readonly string[] = Object.keys(AWAITED);
/** Whatever is awaited lies behind these. */
const LEADING: ReadonlySet<string> = new Set(['preview-plan', 'confirm-run', 'approve-run']);

export interface Outcome {
  readonly chat: TestChat;
  readonly intentions: readonly Intention[];
  readonly delivered: number;
  readonly statuses: ReadonlyMap<number, number>;
  /** Who has begun each run: it is requested by whoever confirms it. */
  readonly begun: ReadonlyMap<string, string>;
}

/** Both ask and approve, so that nearly everything is possible for everybody; as many as keep each below what one may send. */
const PEOPLE: readonly Person[] = Array.from({ length: 40 }, (_, n) => ({
  id: `00000000-0000-4000-8000-0000000001${String(n).padStart(2, '0')}`,
  tenantId: TENANT,
  name: `Person ${String(n)}`,
}));
/** Asked by a message that makes a run; the others only look. */
export const DRAFTS: readonly string[] = [
  '/refresh uat',
  '/refresh test',
  '/refresh uat 2026-11-20 18:00',
  '/refresh test latest',
];
export const LOOKS: readonly string[] = ['/status', '/help', '/history uat', '/mine', '/whoami', 'refersh uat'];
/** Buttons that neither begin nor change anything. */
const LOOKING = new Set(['view-plan', 'view-run', 'show-status', 'show-history', 'change-moment']);
/** Pressed seldom, so that runs get further. */
const ENDING = new Set(['keep-target', 'reject-run', 'stop-run']);
const DECIDING = new Set([
  ...['confirm-run', 'approve-run', 'reject-run', 'ask-stop', 'switch-now', 'roll-back-run', 'retry-run', 'accept-run'],
  ...['sign-off-run', 'tick-item'],
]);
const AT_ONCE = 8;

/** A chat in which many people type and click at random while runs go on, and every activity comes twice or later by chance. */
export async function storm(
  seed: number,
  {
    deliveries,
    awaited,
    late,
  }: { readonly deliveries: number; readonly awaited: readonly string[]; readonly late: number },
): Promise<Outcome> {
  const random = createRandom(seed);
  const chat = await openTestChat({ clock: fastClock(() => NOW, 20) });
  // Taken by the chat at once, and said when the bot has given up on it and sent it again.
  chat.connector.troubles.push(...Array.from({ length: late }, () => ({ after: 2_500 })));
  const ids = PEOPLE.map(({ id }) => id);
  chat.sandboxes({ requesters: ids, approvers: ids, operators: ids });
  const begun = new Map<string, string>();
  const draft = chat.journal.draft.bind(chat.journal);
  chat.journal.draft = async (asked) => {
    const run = await draft(asked);
    begun.set(run.runId, asked.requestedBy.name);
    return run;
  };
  const intentions: Intention[] = [];
  const statuses = new Map<number, number>();
  let waiting: Intention[] = [];
  let delivered = 0;
  let missing = await missingIn(chat, begun, awaited);
  // What is awaited is pressed and led to until it has happened, so that no luck decides whether it does.
  while (delivered < deliveries || (missing.size > 0 && delivered < deliveries * 2)) {
    const wave = [...messages(random, intentions), ...(await clicks(random, chat, { intentions, missing }))];
    waiting.push(...wave.flatMap((one) => Array.from({ length: 1 + random.below(3) }, () => one)));
    waiting = shuffled(random, waiting);
    // Whatever is left over comes late, on cards that have moved on.
    const now = waiting.splice(0, Math.ceil(waiting.length * 0.8));
    for (let at = 0; at < now.length; at += AT_ONCE)
      await Promise.all(now.slice(at, at + AT_ONCE).map((one) => deliver(chat, one, statuses)));
    delivered += now.length;
    await work(random, chat, missing);
    await settled(chat);
    if (missing.size > 0) missing = await missingIn(chat, begun, awaited);
  }
  for (const one of waiting) await deliver(chat, one, statuses);
  return { chat, intentions, delivered: delivered + waiting.length, statuses, begun };
}

/** The buttons of what has not happened yet. */
async function missingIn(
  { journal }: TestChat,
  begun: Outcome['begun'],
  awaited: readonly string[],
): Promise<ReadonlySet<string>> {
  const records = (await Promise.all([...begun.keys()].map((runId) => journal.records(runId)))).flat();
  const happened = new Set(records.map(({ event }) => event));
  return new Set(
    Object.entries(AWAITED).flatMap(([event, verbs]) =>
      awaited.includes(event) && !happened.has(event) ? [...verbs] : [],
    ),
  );
}

function messages(random: Random, intentions: Intention[]): readonly Intention[] {
  return Array.from({ length: 2 + random.below(5) }, () => {
    const what = random.pick(random.chance(0.6) ? DRAFTS : LOOKS);
    const n = intentions.length;
    const person = random.pick(PEOPLE);
    const conversation = {
      id: `19:storm-${String(n % 50)}@thread.tacv2;messageid=${String(n)}`,
      tenantId: TENANT,
      conversationType: 'channel',
    };
    const activity = { type: 'message', id: `said-${String(n)}`, text: what, conversation };
    const one = { n, person, what, activity };
    intentions.push(one);
    return one;
  });
}

/** Buttons of cards as they stand now, mostly such as decide something. */
async function clicks(
  random: Random,
  chat: TestChat,
  { intentions, missing }: { readonly intentions: Intention[]; readonly missing: ReadonlySet<string> },
): Promise<readonly Intention[]> {
  const lying = chat.connector.lying();
  const offeredOn = (messages: typeof lying) =>
    messages
      .flatMap((message) => buttonsOf(message.card).map((button) => ({ message, ...button })))
      .filter(({ verb }) => !LOOKING.has(verb));
  const offered = offeredOn(lying.slice(-120));
  const deciding = offered.filter(({ verb }) => DECIDING.has(verb));
  const isTooSoon = (verb: string): boolean =>
    ENDING.has(verb) && (missing.size > 0 ? !missing.has(verb) : !random.chance(0.2));
  const pressed = Array.from({ length: 12 + random.below(12) }, () => {
    const from = deciding.length > 0 && random.chance(0.7) ? deciding : offered;
    const found = from.length === 0 ? undefined : random.pick(from);
    return found && isTooSoon(meantBy(found.verb)) ? undefined : found;
  });
  // On cards of long ago as well, and by several people, as not everybody may.
  const wanted = missing.size === 0 ? [] : offeredOn(lying).filter(({ verb }) => leads(meantBy(verb), missing));
  const verbs = [...new Set(wanted.map(({ verb }) => verb))];
  const more = Array.from({ length: verbs.length * 3 }, (_, n) =>
    random.pick(wanted.filter(({ verb }) => verb === verbs[n % verbs.length])),
  );
  return [...pressed, ...more].flatMap((found) => {
    if (!found) return [];
    const { message, data } = found;
    const verb = meantBy(found.verb);
    const n = intentions.length;
    const marker = `mark-${String(n)}-`;
    const inputs: Readonly<Record<string, object>> = {
      'confirm-run': {
        confirm: /"runId":"(R-\d+)"/.test(JSON.stringify(data)) ? confirmed(message.card) : '',
        reason: marker,
      },
      'approve-run': { comment: marker },
      'reject-run': { why: marker },
      'preview-plan': { point: data['point'] ?? '2026-11-20T17:00:00.000Z' },
      'preview-plan-at': { date: '2026-11-20', time: '18:00', zone: 'Europe/Berlin' },
    };
    const runId = typeof data['runId'] === 'string' ? data['runId'] : undefined;
    const value = { action: { type: 'Action.Execute', verb, data: { ...data, ...inputs[verb] } } };
    const conversation = { id: message.conversation, tenantId: TENANT, conversationType: 'channel' };
    const activity = { type: 'invoke', name: 'adaptiveCard/action', replyToId: message.id, value, conversation };
    const person = random.pick(PEOPLE);
    const one = { n, person, verb, ...(runId === undefined ? {} : { runId }), what: marker, activity };
    intentions.push(one);
    return [one];
  });
}

/** The question whether it is meant is asked of whoever clicks alone. */
const meantBy = (verb: string): string => (verb === 'ask-stop' ? 'stop-run' : verb);

const leads = (verb: string, missing: ReadonlySet<string>): boolean => missing.has(verb) || LEADING.has(verb);

async function deliver(
  chat: TestChat,
  { n, person, activity }: Intention,
  statuses: Map<number, number>,
): Promise<void> {
  const delivery = {
    ...{ id: `delivery-${String(n)}`, channelId: 'msteams', serviceUrl: chat.chatUrl },
    from: { id: `29:${person.id}`, aadObjectId: person.id, name: person.name },
    recipient: { id: '28:bot', name: 'Rewind' },
    channelData: { tenant: { id: TENANT } },
    ...activity,
  };
  // On a connection that the bot has closed as idle meanwhile, it comes once more, as from Teams.
  const { status } = await chat.post(delivery).catch(() => chat.post(delivery));
  statuses.set(n, Math.max(status, statuses.get(n) ?? 0));
}

/** Cards are as their runs are, so that what is pressed next is chosen by the seed; who is first of those at once is not. */
async function settled({ journal }: TestChat): Promise<void> {
  for (let looks = 0; looks < 100 && (await journal.messagesDue(1)).length > 0; looks += 1)
    await new Promise((resolve) => setTimeout(resolve, 10));
}

const WORKED_ON = ['queued', 'in-progress', 'awaiting-cutover', 'rollback-in-progress'] as const;

/** What workers do meanwhile: plans are made, runs start, end well or fail, and are rolled back. */
async function work(random: Random, chat: TestChat, missing: ReadonlySet<string>): Promise<void> {
  const drafts = await chat.journal.runs({ states: ['draft'], limit: 40 });
  // However many were begun since: one that nobody goes on with would hold its target until the end.
  for (const run of [...drafts, ...(await chat.journal.runs({ states: WORKED_ON }))]) {
    if (!random.chance(0.7)) continue;
    for (const event of eventsOf(random, run, missing)) await chat.record(run.runId, event).catch(() => {});
  }
}

type Event = Parameters<TestChat['record']>[1];

function eventsOf(random: Random, run: Run, missing: ReadonlySet<string>): readonly Event[] {
  const at = run.at ?? '';
  const failure = { step: 'swap', code: 'command-failed', message: 'It failed', remedy: 'Roll back' } as const;
  switch (run.state) {
    case 'draft':
      return run.isPlanning ? [{ kind: 'plan-made', at, plan: aPlan(at) }] : [];
    case 'queued':
      return [{ kind: 'start' }];
    case 'in-progress':
      // What nobody has pressed yet is offered rather than not.
      return random.chance(missing.has('switch-now') ? 0.2 : 0.5)
        ? [
            { kind: 'step-started', step: 'swap' },
            { kind: 'swapped', previousKeptUntil: LATER },
            random.chance(missing.has('roll-back-run') ? 0.3 : 0.6)
              ? { kind: 'complete', figures: {}, checklist: [{ n: 1, title: 'Set the SMTP server', detail: '' }] }
              : { kind: 'fail', failure, targetState: 'closed', figures: {} },
          ]
        : [{ kind: 'await-cutover', policy: 'on-click' }];
    case 'rollback-in-progress':
      return [{ kind: 'rolled-back', figures: {} }];
    case 'awaiting-cutover':
      return random.chance(0.3) ? [{ kind: 'resume' }] : [];
    default:
      return [];
  }
}

interface Button {
  readonly verb: string;
  readonly data: Readonly<Record<string, unknown>>;
}

function buttonsOf(node: unknown): readonly Button[] {
  if (Array.isArray(node)) return node.flatMap(buttonsOf);
  if (typeof node !== 'object' || node === null) return [];
  const { verb, data } = node as { readonly verb?: unknown; readonly data?: Button['data'] };
  const own = typeof verb === 'string' ? [{ verb, data: data ?? {} }] : [];
  return [...own, ...Object.values(node).flatMap(buttonsOf)];
}

const confirmed = (card: unknown): string => (JSON.stringify(card).includes('TEST') ? 'test' : 'uat');

function shuffled<Item>(random: Random, items: readonly Item[]): Item[] {
  const order = new Map(items.map((_, n) => [n, random.next()]));
  return [...items.keys()].sort((a, b) => (order.get(a) ?? 0) - (order.get(b) ?? 0)).flatMap((n) => items[n] ?? []);
}

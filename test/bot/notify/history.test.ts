import { expect, test } from 'vitest';
import { REWIND, STEP_NAMES, type CardKind, type Person, type Run } from '../../../engine/contracts.ts';
import { mayAnybody, type Deed } from '../../../engine/contracts/mayBeDone/index.ts';
import { TerminalError } from '../../../engine/errors.ts';
import type { RunEvent } from '../../../engine/journal/events.ts';
import { noteSuccession } from '../../../engine/runs/succession.ts';
import { takeStrayMessage } from '../../../bot/actions/strayMessage.ts';
import { createLogLinks } from '../../../bot/logs/logLinks.ts';
import { createNotifier } from '../../../bot/notify/notifier.ts';
import { postAnswer } from '../../../bot/outbox.ts';
import { createAsker } from '../../../bot/reach/asker.ts';
import { createRenderer } from '../../../bot/rendering/renderer.ts';
import { createRandom } from '../../engine/simulation/random.ts';
import { aiko, anInstallation, aPlan, aSurvey, jonas, mira, NOW } from '../builders.ts';
import { createMemoryJournal } from '../doubles/memoryJournal.ts';
import { createWildChat, type Fault } from '../doubles/wildChat.ts';

const EVENTS = 1_000;
/** One of the sandboxes has a home. */
const INSTALLATION = {
  ...anInstallation(),
  sandboxes: anInstallation().sandboxes.map((sandbox) =>
    sandbox.name === 'test' ? { ...sandbox, approvals: { channel: 'home' } } : sandbox,
  ),
};
const CONVERSATIONS = ['channel', 'group', 'personal'];
const FAULTS: readonly Fault[] = ['busy', 'broken', 'broken-but-done', 'late', 'dies-before', 'dies-after'];
const silent = () => {};
const SYNCHRONOUS: ReadonlySet<string | symbol> = new Set([
  'conversationOf',
  'isPersonal',
  'addressOfId',
  'withoutThread',
]);

/** What each button does. */
const DEEDS: Readonly<Record<string, Deed>> = {
  'change-moment': 'choose-moment',
  'confirm-run': 'confirm',
  'keep-target': 'keep',
  'approve-run': 'approve',
  'reject-run': 'reject',
  'ask-stop': 'stop',
  'stop-run': 'stop',
  'switch-now': 'switch-now',
  'retry-run': 'retry',
  'roll-back-run': 'roll-back',
  'accept-run': 'accept',
  'sign-off-run': 'sign-off',
  'tick-item': 'tick-item',
};

/** A bot with its journal, in a time of its own and a chat that is out to get it. */
function aHouse(seed: number) {
  const random = createRandom(seed);
  let elapsedMs = 0;
  let nowMs: number | undefined;
  const at = (ms: number) => new Date(Date.parse(NOW) + ms).toISOString();
  const now = () => at(nowMs ?? elapsedMs);
  const clock = { now, elapsedMs: () => elapsedMs, sleep: () => new Promise<void>(() => {}) };
  const journal = createMemoryJournal(now);
  const chat = createWildChat(clock);
  const keys = [{ id: 'k1', key: 'a key of thirty-two bytes or more' }];
  const links = createLogLinks({ keys, publicUrl: () => 'https://rewind.example', clock });
  const renderer = createRenderer({ installation: INSTALLATION, journal, links, clock });
  const draw = { card: renderer.shared, replaced: renderer.replaced };
  const log = { info: silent, warn: silent, error: silent };
  let life = 0;
  /** What a process that has died asks for is never answered, and does nothing. */
  const ofThisLife = <Port extends object>(port: Port): Port => {
    const begun = life;
    return new Proxy(port, {
      get: (target, name) => {
        const member: unknown = Reflect.get(target, name);
        if (typeof member !== 'function' || SYNCHRONOUS.has(name)) return member;
        return (...operands: unknown[]): unknown =>
          life === begun ? Reflect.apply(member, target, operands) : new Promise(() => {});
      },
    });
  };
  const start = () => {
    const own = { journal: ofThisLife(journal), chat: ofThisLife(chat), clock, log };
    const asker = createAsker({ ...own, installation: INSTALLATION });
    return createNotifier({ ...own, asker, draw, random: random.next });
  };
  let notifier = start();
  const reviveIfDead = () => {
    if (!chat.isDead()) return;
    life += 1;
    chat.revive();
    notifier = start();
  };

  /** The loop's looks for this long; a bot that dies is started again. */
  const pass = async (ms: number, everyMs = 500) => {
    for (const end = elapsedMs + ms; elapsedMs < end; elapsedMs += everyMs) {
      await Promise.race([notifier.round(), untilDead()]);
      reviveIfDead();
    }
  };
  const untilDead = async () => {
    for (;;) {
      await new Promise((resolve) => setImmediate(resolve));
      if (chat.isDead()) return;
    }
  };
  /** How the journal says a card looks, as of the time at which it was sent. */
  const drawnAt = async (moment: string, run: Run, kind: CardKind, conversation: string, addressee?: string) => {
    nowMs = Date.parse(moment) - Date.parse(NOW);
    const { heldBy, generation } = await journal.hold(run.target);
    const under = { generation, ...(heldBy === undefined ? {} : { heldBy }) };
    const reader = chat.isPersonal({ conversation }) ? ((await journal.chatReader(conversation)) ?? {}) : undefined;
    const card = await renderer.shared(run, kind, under, { addressee, reader });
    nowMs = undefined;
    return card;
  };
  const outbox = () => notifier;
  return {
    random,
    journal,
    chat,
    renderer,
    pass,
    drawnAt,
    now,
    at,
    outbox,
    untilDead,
    reviveIfDead,
    log,
    elapsed: () => elapsedMs,
  };
}
type House = ReturnType<typeof aHouse>;

/** What a person or a worker may do to a run in this moment, in any order; most of it is refused by most runs. */
function eventsFor({ random, at, elapsed }: House, run: Run) {
  const step = run.steps.find(({ state }) => state === 'running')?.name;
  const next = run.steps.find(({ state }) => state === 'waiting')?.name;
  const soon = at(elapsed() + 3_600_000);
  const failure = { step: step ?? 'swap', code: 'command-failed', message: 'It failed', remedy: 'Roll back' } as const;
  const by = (event: RunEvent, actor: Person = REWIND) => ({ event, actor });
  const digest = run.plan?.digest ?? '';
  const moment = '2026-11-20T17:00:00.000Z';
  const all = [
    by({ kind: 'choose-moment', at: moment, expiresAt: soon }, jonas),
    by({ kind: 'plan-made', at: moment, plan: aPlan(moment) }),
    by({ kind: 'confirm', digest, reason: 'tests', expiresAt: soon }, jonas),
    // A request stands for a while, so that people can be reached.
    ...(random.chance(0.15) ? [by({ kind: 'approve', digest }, aiko)] : []),
    by({ kind: 'start' }),
    ...(next === undefined || step
      ? []
      : [by({ kind: 'step-started', step: next }), by({ kind: 'step-started', step: next })]),
    ...(step ? [by({ kind: 'step-done', step, detail: '' }), by({ kind: 'step-done', step, detail: 'fine' })] : []),
    ...(next === undefined || STEP_NAMES.indexOf(next) > STEP_NAMES.indexOf('swap')
      ? [by({ kind: 'closed' }), by({ kind: 'swapped', previousKeptUntil: at(elapsed() + 86_400_000) })]
      : []),
    ...(run.swappedAt
      ? [by({ kind: 'complete', figures: {}, checklist: [{ n: 1, title: 'Set the SMTP server', detail: '' }] })]
      : []),
    by({ kind: 'sign-off' }, mira),
    by({ kind: 'roll-back' }, mira),
    by({ kind: 'rolled-back', figures: {} }),
    by({ kind: 'tick-item', n: 1 }, jonas),
    by({ kind: 'accept' }, aiko),
    by({ kind: 'retry' }, mira),
    by({ kind: 'previous-retired' }),
    by({ kind: 'copy-dropped' }),
    by({ kind: 'resume' }),
    ...(random.chance(0.06)
      ? [
          by({ kind: 'keep' }, jonas),
          by({ kind: 'reject', reason: 'no' }, mira),
          by({ kind: 'stop' }, mira),
          by({ kind: 'stopped' }),
          by({ kind: 'expire' }),
          by({ kind: 'plan-refused', at: moment, failure: { ...failure, step: 'plan' } }),
          by({ kind: 'await-cutover', policy: 'on-click' }),
          by({
            kind: 'fail',
            failure,
            targetState: run.swappedAt ? 'closed' : 'old',
            copyKeptUntil: soon,
            figures: {},
          }),
          by({ kind: 'rollback-failed', failure: { ...failure, step: 'rollback' }, targetState: 'closed' }),
        ]
      : []),
  ];
  const order = new Map(all.map((one) => [one, random.next()]));
  return all.sort((one, other) => (order.get(one) ?? 0) - (order.get(other) ?? 0));
}

async function happens(house: House): Promise<boolean> {
  const { random, journal, chat, outbox, renderer } = house;
  const all = await journal.runs({ limit: 10_000 });
  const holders = await Promise.all(['uat', 'test'].map((target) => journal.hold(target)));
  // The last ones, and whoever holds a sandbox: without that one nothing goes on.
  const runs = all.filter((run, n) => n < 5 || holders.some(({ heldBy }) => heldBy === run.runId));
  const conversation = random.pick(CONVERSATIONS);
  const place = { conversation, address: { conversation } };
  const post = async (run: Run, kind: CardKind) => {
    const { generation, heldBy } = await journal.hold(run.target);
    const reader = chat.isPersonal(place.address) ? {} : undefined;
    const card = await renderer.shared(
      run,
      kind,
      { generation, ...(heldBy === undefined ? {} : { heldBy }) },
      { reader },
    );
    await Promise.race([postAnswer({ outbox: outbox() }, place, { card, shows: { run, kind } }), house.untilDead()]);
    house.reviveIfDead();
  };
  if (runs.length === 0 || random.chance(0.03)) {
    const target = random.pick(['uat', 'test']);
    const expiresAt = house.at(house.elapsed() + 1_800_000);
    await post(await journal.draft({ target, source: 'prod', requestedBy: jonas, zone: 'UTC', expiresAt }), 'run');
    return true;
  }
  if (random.chance(0.04)) {
    await post(random.pick(runs), random.pick(['run', 'run', 'outcome', 'approval'] as const));
    return true;
  }
  if (random.chance(0.06)) chat.faults.push(random.pick(FAULTS));
  if (random.chance(0.02) && chat.lying.size > 0) chat.lying.delete(random.pick([...chat.lying.keys()]));
  if (random.chance(0.1)) chat.deliverLate();
  const run = random.pick(runs);
  for (const { event, actor } of eventsFor(house, run)) {
    if (!(await isRecorded(house, run, event, actor))) continue;
    await noteSuccession(journal, await journal.chores(house.now()));
    return true;
  }
  return false;
}

async function isRecorded({ journal }: House, { runId }: Run, event: RunEvent, actor: Person): Promise<boolean> {
  try {
    await journal.record(runId, event, { actor });
    return true;
  } catch (error) {
    if (!(error instanceof TerminalError)) throw error;
    return false;
  }
}

/** Somebody installs Rewind, or takes it away. */
function change(without: Set<string>, personId: string): void {
  if (!without.delete(personId)) without.add(personId);
}

/** What reconciler and housekeeping do when a time is over. */
async function whatIsOver(house: House): Promise<void> {
  const now = house.now();
  for (const run of await house.journal.runs({ limit: 10_000 })) {
    const isOver = (until: string | undefined) => until !== undefined && until <= now;
    if (isOver(run.expiresAt)) await isRecorded(house, run, { kind: 'expire' }, REWIND);
    if (isOver(run.copyKeptUntil)) await isRecorded(house, run, { kind: 'copy-dropped' }, REWIND);
    if (isOver(run.previousKeptUntil)) await isRecorded(house, run, { kind: 'previous-retired' }, REWIND);
  }
}

/** Somebody presses a button of every message of which nobody was told that it lies there. */
async function clickStrays({ journal, chat, log, pass }: House): Promise<void> {
  for (const { id, conversation, card, isStray } of chat.lying.values()) {
    const runId = /R-\d+/.exec(JSON.stringify(card))?.[0];
    if (!isStray || runId === undefined) continue;
    const rows = await journal.cards(runId);
    const kind = 'run';
    const address = { conversation, messageId: id };
    const click = { verb: '', activityId: '', data: {}, person: jonas, zone: 'UTC', locale: 'en', message: address };
    const port = { ...chat, isSameMembership: () => true };
    const action = { ...click, place: { conversation, address: { conversation } } };
    await takeStrayMessage(action, { runId, kind }, rows, { journal, chat: port, log });
  }
  await pass(60_000);
}

test.each([4, 5])(
  'after any history › each card that lies in the chat says what the journal says now (seed %i)',
  { timeout: 60_000 },
  async (seed) => {
    const house = aHouse(seed);
    const { journal, chat, pass, drawnAt, renderer, random } = house;
    for (const target of ['uat', 'test']) await journal.saveSurvey(target, aSurvey());
    await journal.rememberReader(`personal ${mira.id}`, { zone: 'Asia/Tokyo', locale: 'en' });
    let events = 0;
    while (events < EVENTS) {
      if (await happens(house)) events += 1;
      if (random.chance(0.05)) change(chat.without, random.pick([mira, aiko]).id);
      if (random.chance(0.3)) await pass(random.pick([500, 2_000, 10_000, 40_000]), 2_000);
    }
    chat.faults.length = 0;
    await pass(1_200_000, 5_000);
    await whatIsOver(house);
    chat.deliverLate();
    await pass(600_000, 5_000);
    await clickStrays(house);
    expect(await journal.messagesDue(1_000)).toEqual([]);

    const runs = await journal.runs({ limit: 10_000 });
    const rows = (await Promise.all(runs.map(({ runId }) => journal.cards(runId)))).flat();
    const wrong: string[] = [];
    for (const { id, conversation, card, shownAt, isStray } of chat.lying.values()) {
      const row = rows.find(({ address }) => address.messageId === id);
      const run = runs.find(({ runId }) => runId === (row?.runId ?? /R-\d+/.exec(JSON.stringify(card))?.[0]));
      if (!run) throw new Error(`Nothing is known of ${id}`);
      // Where its run has no card at all, a click is refused, and nothing there can be said of it.
      if (!row && isStray && !rows.some((one) => one.runId === run.runId && one.conversation === conversation))
        continue;
      for (const [verb, deed] of Object.entries(DEEDS)) {
        if (!JSON.stringify(card).includes(`"verb":"${verb}"`)) continue;
        const sandbox = INSTALLATION.sandboxes.find(({ name }) => name === run.target);
        if (!sandbox) throw new Error(`No sandbox ${run.target}`);
        const situation = { now: house.now(), house: { sandbox, people: INSTALLATION.people } };
        const isOffered = mayAnybody(run, deed, { ...situation, hold: await journal.hold(run.target) });
        if (!isOffered) wrong.push(`${id} ${run.runId} ${run.state} offers ${verb}`);
      }
      const expected = row
        ? await drawnAt(shownAt, run, row.kind as CardKind, conversation, row.addressee)
        : renderer.replaced(run);
      if (JSON.stringify(card) === JSON.stringify(expected)) continue;
      wrong.push(`${id} ${row?.kind ?? 'no row'} ${run.runId} ${run.state}${isStray ? ' stray' : ''}`);
    }
    expect(wrong).toEqual([]);
    const brought = new Set(rows.filter(({ kind }) => kind === 'approval').map(({ addressee }) => addressee));
    expect([...brought]).toEqual(expect.arrayContaining(['home', mira.id, aiko.id]));
    expect(runs.flatMap(({ told = [] }) => told.flatMap(({ why }) => why ?? []))).toContain('not-installed');
    expect(chat.lying.size).toBeGreaterThan(30);
  },
);

import { afterAll, beforeAll, expect, test } from 'vitest';
import type { RunRecord } from '../../../engine/contracts.ts';
import { isLongRun } from '../../longRun.ts';
import { AWAITED_EVENTS, DRAFTS, LOOKS, storm, type Intention, type Outcome } from './storm.ts';

const DELIVERIES = isLongRun ? 10_000 : 400;
/** Played again with REWIND_SEED=<seed>. */
const SEED = Number(process.env['REWIND_SEED'] ?? 1);

/** What each button records; those left out begin a run, or change nothing. */
const EVENTS: Readonly<Record<string, string>> = {
  'preview-plan': 'choose-moment',
  'preview-plan-at': 'choose-moment',
  // Of a draft whose plan was refused.
  'plan-again': 'choose-moment',
  'confirm-run': 'confirm',
  'keep-target': 'keep',
  'approve-run': 'approve',
  'reject-run': 'reject',
  'stop-run': 'stop',
  'switch-now': 'switch-now',
  'retry-run': 'retry',
  'roll-back-run': 'roll-back',
  'accept-run': 'accept',
  'sign-off-run': 'sign-off',
  'tick-item': 'tick-item',
};
/** The rest takes a few hundred deliveries more. */
const awaited = isLongRun ? AWAITED_EVENTS : ['choose-moment', 'confirm', 'approve'];
const BEGINS = new Set(['refresh-target', 'plan-again']);

let outcome: Outcome;
let records: readonly RunRecord[];
const named = `seed ${String(SEED)}, ${DELIVERIES.toLocaleString('en')} deliveries`;

beforeAll(async () => {
  outcome = await storm(SEED, { deliveries: DELIVERIES, awaited, late: isLongRun ? 10 : 0 });
  const { journal } = outcome.chat;
  records = (await Promise.all([...outcome.begun.keys()].map((runId) => journal.records(runId)))).flat();
}, 1_800_000);
afterAll(() => outcome.chat.close());

const of = <Item>(items: readonly Item[], key: (item: Item) => string) => {
  const counts = new Map<string, number>();
  for (const item of items) counts.set(key(item), (counts.get(key(item)) ?? 0) + 1);
  return counts;
};

test(`activities that come shuffled, twice and late (${named}) › are all answered, and what can happen has`, () => {
  const { statuses, intentions, delivered, chat } = outcome;
  expect([...new Set(statuses.values())]).toEqual([200]);
  expect(delivered).toBeGreaterThan(intentions.length * 1.5);
  expect(chat.logged.filter((line) => line.startsWith('error'))).toEqual([]);
  console.log(
    of(records, ({ event }) => event),
    delivered,
    intentions.length,
  );
  expect([...new Set(records.map(({ event }) => event))]).toEqual(expect.arrayContaining([...awaited]));
});

test(`a click (${named}) › has one effect at most, however often it comes`, () => {
  const text = records.map(({ data }) => JSON.stringify(data)).join('\n');
  const twice = outcome.intentions.filter(({ what }) => what.startsWith('mark-') && text.split(what).length > 2);
  expect(twice).toEqual([]);

  const wishes = of(
    outcome.intentions.filter(({ verb = '' }) => verb in EVENTS),
    ({ verb = '', runId, person }) => `${EVENTS[verb] ?? ''} of ${runId ?? ''} by ${person.name}`,
  );
  const effects = of(
    records.filter(({ event, actor }) => Object.values(EVENTS).includes(event) && actor.name !== 'Rewind'),
    ({ event, runId, actor }) => `${event} of ${runId} by ${actor.name}`,
  );
  // The moment that stands behind the name of a sandbox is chosen by the message.
  const typed = new Set([...outcome.begun].map(([runId, name]) => `choose-moment of ${runId} by ${name}`));
  const more = [...effects].filter(([what, count]) => count > (wishes.get(what) ?? 0) + (typed.has(what) ? 1 : 0));
  expect(more).toEqual([]);
});

test(`a message (${named}) › makes one run where it asks for one, and is answered once where it only looks`, async () => {
  const by = (intentions: readonly Intention[]) => of(intentions, ({ person }) => person.name);
  const asked = by(outcome.intentions.filter(({ what }) => DRAFTS.includes(what)));
  const begun = by(outcome.intentions.filter(({ verb = '' }) => BEGINS.has(verb)));
  const made = of([...outcome.begun.values()], (name) => name);
  const wrong = [...new Set([...asked.keys(), ...made.keys()])].filter((name) => {
    const [least, count] = [asked.get(name) ?? 0, made.get(name) ?? 0];
    return count < least || count > least + (begun.get(name) ?? 0);
  });
  expect(wrong.map((name) => [name, asked.get(name), begun.get(name), made.get(name)])).toEqual([]);

  const looks = outcome.intentions.filter(({ what, verb }) => verb === undefined && LOOKS.includes(what));
  // A click on an answer may begin a run there, whose messages follow.
  const places = new Set(
    outcome.intentions.flatMap(({ verb, activity }) => (verb ? [JSON.stringify(activity['conversation'])] : [])),
  );
  const untouched = looks
    .map(({ n }) => ({ n, place: `19:storm-${String(n % 50)}@thread.tacv2;messageid=${String(n)}` }))
    .filter(({ n }) => ![...places].some((one) => one.includes(`=${String(n)}"`)));
  expect(untouched.length).toBeGreaterThan(2);
  // What the chat took late lies there twice until the bot has taken it back.
  const { connector } = outcome.chat;
  const notOnce = () => {
    const answers = of(connector.lying(), ({ conversation }) => conversation);
    return untouched.map(({ place }) => answers.get(place) ?? 0).filter((count) => count !== 1);
  };
  await connector.until(() => notOnce().length === 0, 'each look is answered once').catch(() => {});
  expect(notOnce()).toEqual([]);
}, 60_000);

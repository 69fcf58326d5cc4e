import { expect, test } from 'vitest';
import { runCard } from '../../../cards/index.ts';
import { CARD_KINDS, REWIND, type Actor, type Run, type TargetState } from '../../../engine/contracts.ts';
import { TerminalError } from '../../../engine/errors.ts';
import type { Observation } from '../../../engine/environments/observation.ts';
import type { RunEvent } from '../../../engine/journal/events.ts';
import { type House, isDeed, isPastNoReturn, namedIn, whyNot } from '../../../engine/contracts/mayBeDone/index.ts';
import { transition } from '../../../engine/journal/rule/transition.ts';
import type { TargetHold } from '../../../engine/journal/rule/transitionContext.ts';
import { stateOf } from '../../../engine/runs/targetState.ts';
import { aSandbox, JONAS, NOOR } from '../../builders.ts';
import { ofType } from '../../cards/walk.ts';
import { aPlan, aRun, EVENTS } from './builders.ts';

/** One run, who holds its target, and whether all times that were set are over. */
interface Situation {
  readonly run: Run;
  readonly hold: TargetHold;
  readonly isLate: boolean;
}

const SOON = '2026-11-20T18:00:00.000Z';
const LIMIT = '2026-11-21T18:00:00.000Z';
const FAR = '2026-12-24T18:00:00.000Z';
const nowIn = ({ isLate }: Situation) => (isLate ? FAR : SOON);

const sandbox = aSandbox({ dataOwners: [NOOR.id] });
const house: House = { people: [], sandbox };
const VERB_EVENTS: Readonly<Record<string, RunEvent>> = {
  'confirm-run': { ...EVENTS.confirm, expiresAt: LIMIT },
  'keep-target': EVENTS.keep,
  'approve-run': EVENTS.approve,
  'reject-run': EVENTS.reject,
  'stop-run': EVENTS.stop,
  'accept-findings': EVENTS['accept-findings'],
  'switch-now': { kind: 'switch-now', at: LIMIT },
  'retry-run': EVENTS.retry,
  'roll-back-run': EVENTS['roll-back'],
  'accept-run': EVENTS.accept,
  'sign-off-run': EVENTS['sign-off'],
};

/** What an engine can have seen when it says what the target is; undefined: the server did not answer. */
const OBSERVED: readonly TargetState[] = [
  ...new Set(
    (['old', 'new', 'none', 'split'] as const).flatMap((target) =>
      [true, false].map((isOpen) => stateOf({ target, isOpen, artefacts: [] } satisfies Observation)),
    ),
  ),
];

/** Every button of every card of the run, as its client shows it. */
function buttonsOf(situation: Situation): readonly RunEvent[] {
  const { run } = situation;
  const verbs = CARD_KINDS.flatMap((kind) => {
    const context = { run, kind, now: nowIn(situation), zone: 'UTC', sourceTitle: 'PROD', targetTitle: 'UAT', house };
    return ofType(runCard({ ...context, approvers: [] }), /^Action\.Execute$/).map(({ verb }) => String(verb));
  });
  return [...new Set(verbs)].flatMap((verb) => VERB_EVENTS[verb] ?? []);
}

function after(situation: Situation, event: RunEvent, actor = REWIND): Situation | undefined {
  try {
    return {
      ...situation,
      ...transition(situation.run, event, { now: nowIn(situation), actor, hold: situation.hold }),
    };
  } catch (error) {
    if (!(error instanceof TerminalError)) throw error;
    return undefined;
  }
}

/** Where somebody whom the file names gets to by a button; desk and journal refuse by the same module. */
const pressed = (situation: Situation, event: RunEvent): readonly Situation[] =>
  namedIn(house).flatMap((actor) => (mayAsk(situation, actor, event) ? (after(situation, event, actor) ?? []) : []));

function mayAsk(situation: Situation, actor: Actor, event: RunEvent): boolean {
  const { run, hold } = situation;
  return isDeed(event.kind) && whyNot(run, event.kind, { now: nowIn(situation), actor, house, hold }) === undefined;
}

/** A step around the switch, and one behind it. */
const FAILING = ['swap', 'synchronize-database'] as const;
const FAILURE = { step: 'rollback', code: 'command-failed', message: 'It failed', remedy: 'Try again' } as const;

/** What a worker makes of the run: any of these, and people cannot choose which. */
function workedOn(situation: Situation): readonly Situation[] {
  const { run } = situation;
  const to = (events: readonly RunEvent[]) => events.flatMap((event) => after(situation, event) ?? []);
  const failed = OBSERVED.flatMap((targetState): RunEvent[] => {
    return FAILING.flatMap((step): RunEvent[] => {
      const base = { kind: 'fail', failure: { ...FAILURE, step }, targetState, figures: {} } as const;
      return [base, { ...base, copyKeptUntil: LIMIT }];
    });
  });
  switch (run.state) {
    case 'queued':
      return to(run.stopRequestedBy ? [EVENTS.stopped] : [EVENTS.start]);
    case 'awaiting-exception': {
      if (run.stopRequestedBy) return to([EVENTS.stopped]);
      const base = { kind: 'fail', failure: FAILURE, targetState: 'old', figures: {} } as const;
      return isOverdue(situation) ? to([{ ...base, copyKeptUntil: LIMIT }]) : [];
    }
    case 'awaiting-cutover':
      if (run.stopRequestedBy) return to([EVENTS.stopped]);
      return run.cutover?.at === undefined ? [] : to([EVENTS.resume]).flatMap((next) => after(next, WAITED) ?? []);
    case 'in-progress': {
      if (run.stopRequestedBy && !isPastNoReturn(run)) return to([EVENTS.stopped]);
      const hasWaited = run.steps.some(({ name, state }) => name === 'await-cutover' && state === 'done');
      const waits: RunEvent[] = hasWaited ? [] : [EVENTS['await-cutover'], { ...EVENTS['await-cutover'], at: LIMIT }];
      const switches: RunEvent[] = hasWaited
        ? [
            { kind: 'step-started', step: 'stop-services' },
            EVENTS.closed,
            { kind: 'swapped', previousKeptUntil: LIMIT },
          ]
        : [];
      const asks: RunEvent[] = hasWaited ? [] : [{ ...EVENTS['ask-exception'], expiresAt: LIMIT }];
      return to([...failed, ...asks, ...waits, ...switches, ...(run.swappedAt ? [EVENTS.complete] : [])]);
    }
    case 'rollback-in-progress':
      return to([
        EVENTS['rolled-back'],
        ...OBSERVED.map((targetState): RunEvent => ({ kind: 'rollback-failed', failure: FAILURE, targetState })),
      ]);
    default:
      return [];
  }
}

const isOverdue = (situation: Situation): boolean => (situation.run.expiresAt ?? FAR) <= nowIn(situation);

const WAITED: RunEvent = { kind: 'step-done', step: 'await-cutover', detail: 'Ready' };

/** What happens by itself meanwhile. */
const happening = (situation: Situation): readonly Situation[] => [
  { ...situation, isLate: true },
  ...[
    ...[EVENTS.expire, EVENTS['copy-given-up'], EVENTS['previous-given-up']],
    ...[EVENTS['copy-dropped'], EVENTS['previous-retired']],
  ].flatMap((event) => after(situation, event) ?? []),
];

const WORKED_ON: ReadonlySet<string> = new Set(['queued', 'in-progress', 'rollback-in-progress']);

/** A wait that has its time, or a stop, needs nobody any more. */
const isWorkers = ({ run }: Situation) =>
  WORKED_ON.has(run.state) ||
  (run.state === 'awaiting-exception' && run.stopRequestedBy !== undefined) ||
  (run.state === 'awaiting-cutover' && (run.stopRequestedBy ?? run.cutover?.at) !== undefined);

/** All that decides what is possible; not who, when exactly, and how often. */
function keyOf({ run, hold, isLate }: Situation): string {
  return JSON.stringify([
    [run.state, run.targetState, run.generation, run.isPreviousRetired, run.expiresAt, run.copyKeptUntil, isLate],
    [run.previousKeptUntil, run.failure?.step, run.cutover?.at, Boolean(run.acceptedBy), Boolean(run.stopRequestedBy)],
    (run.shapedBy ?? []).map(({ id }) => id),
    [hold.heldBy, hold.generation, Boolean(run.swappedAt), run.steps.map(({ state }) => state)],
  ]);
}

/** Every situation that a history of people, workers and time leads to, and where each leads. */
function explore() {
  const plan = aPlan();
  const start = { run: aRun({ requestedBy: JONAS, plan, at: SOON }), hold: { target: 'uat', generation: 3 } };
  const found = new Map<
    string,
    { situation: Situation; buttons: { kind: string; leadsTo: string[] }[]; byWorker: string[] }
  >();
  const pending: Situation[] = [{ ...start, isLate: false }];
  for (let situation = pending.pop(); situation; situation = pending.pop()) {
    const here = situation;
    if (found.has(keyOf(here))) continue;
    const buttons = buttonsOf(here).map((event) => ({ kind: event.kind, by: pressed(here, event) }));
    const byWorker = isWorkers(here) ? workedOn(here) : [];
    found.set(keyOf(here), {
      situation: here,
      buttons: buttons.map(({ kind, by }) => ({ kind, leadsTo: by.map(keyOf) })),
      byWorker: byWorker.map(keyOf),
    });
    pending.push(...buttons.flatMap(({ by }) => by), ...byWorker, ...happening(here));
  }
  return found;
}

const found = explore();

test('from wherever a run can get to › the people of the file can free its sandbox by buttons of its cards, whatever workers make of it', () => {
  const isFree = new Set([...found].flatMap(([key, { situation }]) => (situation.hold.heldBy ? [] : [key])));
  for (let before = -1; before < isFree.size;) {
    before = isFree.size;
    for (const [key, { situation, buttons, byWorker }] of found) {
      const next = byWorker.filter((one) => one !== key);
      const byAnyWork = isWorkers(situation) && next.length > 0 && next.every((one) => isFree.has(one));
      const byPeople = buttons.some(({ leadsTo }) => leadsTo.some((one) => isFree.has(one)));
      if (byAnyWork || byPeople) isFree.add(key);
    }
  }
  const stuck = [...found]
    .filter(([key]) => !isFree.has(key))
    .map(
      ([
        ,
        {
          situation: { run },
        },
      ]) => run,
    );
  expect(stuck.map(({ state, targetState, acceptedBy }) => [state, targetState, acceptedBy?.name])).toEqual([]);
  // A model that never gets anywhere would be stuck nowhere either.
  const reached = new Set([...found.values()].map(({ situation: { run } }) => `${run.state} ${run.targetState}`));
  for (const seen of OBSERVED) expect([...reached]).toContain(`rollback-failed ${seen}`);
  expect(found.size).toBeGreaterThan(500);
});

test('every button of a card › is one that somebody may press', () => {
  // What is over has the reconciler's next round before it: until then its cards answer that it has expired.
  const open = [...found.values()].filter(({ situation: { run, isLate } }) => !isLate || run.expiresAt === undefined);
  const vain = open.flatMap(({ situation, buttons }) =>
    buttons
      .filter(({ leadsTo }) => leadsTo.length === 0)
      .map(({ kind }) => `${situation.run.state} ${situation.run.targetState}: ${kind}`),
  );
  expect([...new Set(vain)]).toEqual([]);
});

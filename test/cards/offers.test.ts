import { expect, test } from 'vitest';
import { runCard, type RunContext } from '../../cards/index.ts';
import { CARD_KINDS, type Actor, type Run } from '../../engine/contracts.ts';
import { DEEDS, namedIn, type Deed, type House } from '../../engine/contracts/mayBeDone/index.ts';
import { createDesk } from '../../engine/journal/desk.ts';
import type { RunEvent } from '../../engine/journal/events.ts';
import type { Journal } from '../../engine/journal/journal.ts';
import { transition } from '../../engine/journal/rule/transition.ts';
import { aSandbox } from '../builders.ts';
import { createMemoryJournal } from '../bot/doubles/memoryJournal.ts';
import { approver, asker, chooser, planned, RUNS, second, stranger } from '../engine/contracts/situations.ts';
import { ANN, aRun, NEVER, NOW } from '../engine/journal/builders.ts';

const house = (approvers: readonly Actor[], requesters: readonly Actor[] = [asker, chooser]): House => ({
  people: [],
  sandbox: aSandbox({
    requesters: requesters.map(({ id }) => id),
    approvers: approvers.map(({ id }) => id),
    urgent: requesters.map(({ id }) => id),
  }),
});

/** Who stands in the file, by what became of them. */
const HOUSES: Readonly<Record<string, House>> = {
  'two who may approve': house([approver, second]),
  'the chooser may approve, too': house([chooser, approver], [asker, chooser, approver]),
  'the last approver may confirm': house([approver], [asker, approver]),
  'nobody left': house([chooser]),
};

const BUTTONS: Readonly<Record<Deed, readonly string[]>> = {
  'choose-moment': ['change-moment'],
  confirm: ['confirm-run'],
  keep: ['keep-target'],
  approve: ['approve-run'],
  reject: ['reject-run'],
  stop: ['ask-stop', 'stop-run'],
  'accept-findings': ['accept-findings'],
  'switch-now': ['switch-now'],
  retry: ['retry-run'],
  'roll-back': ['roll-back-run'],
  accept: ['accept-run'],
  'sign-off': ['sign-off-run'],
  'tick-item': ['tick-item'],
  halt: ['halt-run'],
  acknowledge: ['acknowledge-run'],
};

function verbsOn(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.flatMap(verbsOn);
  if (typeof value !== 'object' || value === null) return [];
  const own = 'verb' in value && typeof value.verb === 'string' ? [value.verb] : [];
  return [...own, ...Object.values(value).flatMap(verbsOn)];
}

/** The buttons of all cards of a run, as the deeds that they ask for. */
function offered(run: Run, of: House): readonly Deed[] {
  const context: Omit<RunContext, 'kind'> = {
    ...{ now: NOW, zone: 'UTC', run, house: of, approvers: [] },
    ...{ sourceTitle: 'PROD', targetTitle: 'UAT' },
  };
  const verbs = new Set(CARD_KINDS.flatMap((kind) => verbsOn(runCard({ ...context, kind }))));
  return DEEDS.filter((deed) => BUTTONS[deed].some((verb) => verbs.has(verb)));
}

const EVENTS_ASKED: Readonly<
  Record<Deed, (desk: ReturnType<typeof createDesk>, who: Actor, run: Run) => Promise<Run>>
> = {
  'choose-moment': (desk, who, run) => desk.chooseMoment(who, run.runId, NOW),
  confirm: (desk, who, run) => desk.confirm(who, run.runId, run.plan?.digest ?? '', 'why'),
  keep: (desk, who, run) => desk.keep(who, run.runId),
  approve: (desk, who, run) => desk.approve(who, run.runId, run.plan?.digest ?? ''),
  reject: (desk, who, run) => desk.reject(who, run.runId, 'why'),
  stop: (desk, who, run) => desk.stop(who, run.runId),
  'accept-findings': (desk, who, run) =>
    desk.acceptFindings(who, run.runId, {
      ...{ digest: run.askedException?.digest ?? '', reason: 'why', until: NOW.slice(0, 10) },
    }),
  'switch-now': (desk, who, run) => desk.switchNow(who, run.runId),
  retry: (desk, who, run) => desk.retry(who, run.runId),
  'roll-back': (desk, who, run) => desk.rollBack(who, run.runId),
  accept: (desk, who, run) => desk.accept(who, run.runId),
  'sign-off': (desk, who, run) => desk.signOff(who, run.runId),
  halt: (desk, who, run) => desk.halt(who, run.runId),
  acknowledge: (desk, who, run) => desk.acknowledge(who, run.runId),
  'tick-item': (desk, who, run) => desk.tickItem(who, run.runId, 1),
};

/** What desk and journal accept from somebody, tried on a copy of the run. */
async function accepted(run: Run, of: House, who: Actor): Promise<readonly Deed[]> {
  // A later run has switched before it is said to have replaced this one.
  const generation = (run.generation ?? 0) + (run.replacedBy ? 1 : 0);
  const hold = { target: 'uat', generation, heldBy: run.runId };
  const journal: Journal = {
    ...createMemoryJournal(() => NOW),
    run: () => Promise.resolve(run),
    record: (_, event: RunEvent, { actor }) => Promise.resolve(transition(run, event, { now: NOW, actor, hold }).run),
  };
  const wake = { plan: () => Promise.resolve(), proceed: () => Promise.resolve() };
  const desk = createDesk({
    journal,
    installation: { people: of.people, sandboxes: [of.sandbox] },
    wake,
    now: () => NOW,
    sign: 'unsigned',
  });
  const deeds: Deed[] = [];
  for (const deed of DEEDS)
    await EVENTS_ASKED[deed](desk, who, run).then(
      () => deeds.push(deed),
      (error: unknown) => expect(error).toHaveProperty('code'),
    );
  return deeds;
}

test.for(Object.keys(HOUSES).flatMap((of) => Object.keys(RUNS).map((name) => [name, of] as const)))(
  'the cards of a run %s, %s › offer exactly what the journal accepts from somebody',
  async ([name, of]) => {
    const found = HOUSES[of] ?? house([]);
    const shapedBy = [asker, chooser];
    const run = aRun({ expiresAt: NEVER, requestedBy: asker, shapedBy, ...RUNS[name] });
    const buttons = offered(run, found);
    const everybody = [...namedIn(found), stranger, { ...ANN }];
    const byPerson = await Promise.all(everybody.map((who) => accepted(run, found, who)));
    expect(byPerson.at(-1)).toEqual([]);
    expect(byPerson.at(-2)).toEqual([]);
    expect(buttons).toEqual(DEEDS.filter((deed) => byPerson.some((deeds) => deeds.includes(deed))));
  },
);

test('nobody left to approve › is said on the plan and on the approval, with a draft that starts over', () => {
  const run = aRun({ ...planned, requestedBy: asker, shapedBy: [asker, chooser] });
  const show = (of: House, change: Partial<Run> = {}) => {
    const context = { now: NOW, zone: 'UTC', run: { ...run, ...change }, house: of, approvers: [] };
    const kind = change.state === undefined ? ('run' as const) : ('approval' as const);
    return JSON.stringify(runCard({ ...context, kind, sourceTitle: 'PROD', targetTitle: 'UAT' }));
  };
  const [left, last] = [house([chooser]), house([approver], [asker, approver])];
  expect(show(left)).toContain('Nobody is left to approve this');
  expect(show(left)).toContain('"refresh-target"');
  expect(show(left, { state: 'awaiting-approval' })).toContain('Nobody is left to approve this');
  expect(show(last)).toContain('Only **approver** is left to approve this');
  expect(show(house([approver, second], [asker, approver]))).not.toContain('left to approve this');
});

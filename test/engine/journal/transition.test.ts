import { expect, test } from 'vitest';
import {
  REWIND,
  type Person,
  type ProofResult,
  type Run,
  type RunState,
  type StepName,
} from '../../../engine/contracts.ts';
import { TRANSITIONS, type EventKind, type RunEvent } from '../../../engine/journal/events.ts';
import type { TargetHold } from '../../../engine/journal/rule/transitionContext.ts';
import { transition } from '../../../engine/journal/rule/transition.ts';
import { NOOR } from '../../builders.ts';
import { aCheck, aFinding, ANN, aPlan, aProof, aRun, BOB, EVENTS, LATER, NEVER, NOW } from './builders.ts';

const planned = { plan: aPlan(), at: NOW, reason: 'Month-end tests' } satisfies Partial<Run>;
const approved = { ...planned, approval: { by: BOB, at: NOW, digest: 'digest-1' } } satisfies Partial<Run>;
const askedException = { findings: [aFinding()], digest: 'digest-1', at: NOW };
const checklist = [{ n: 1, title: 'Sign in', detail: '' }];
const swapped = {
  ...{ ...approved, generation: 1, swappedAt: NOW, previousKeptUntil: NEVER, checklist },
} satisfies Partial<Run>;

const failedBehind = { step: 'synchronize-database', code: 'command-failed', message: '', remedy: '' } as const;

/** Every state a run can be in, with what a run in it has; a failure is told apart by the side of the switch. */
const COLUMNS: Readonly<Record<string, Partial<Run> & { readonly state: RunState }>> = {
  draft: { ...planned, state: 'draft' },
  'awaiting-approval': { ...planned, state: 'awaiting-approval' },
  queued: { ...approved, state: 'queued' },
  'in-progress': { ...approved, state: 'in-progress' },
  'awaiting-exception': { ...approved, state: 'awaiting-exception', askedException },
  'awaiting-cutover': { ...approved, state: 'awaiting-cutover' },
  completed: { ...swapped, state: 'completed', targetState: 'new' },
  'signed-off': { ...swapped, state: 'signed-off', targetState: 'new' },
  replaced: { ...swapped, state: 'completed', targetState: 'new', replacedBy: { runId: 'R-1043', at: NOW } },
  'failed before the switch': { ...approved, state: 'failed', copyKeptUntil: LATER },
  'failed behind the switch': { ...swapped, state: 'failed', targetState: 'closed', failure: failedBehind },
  'rollback-in-progress': { ...swapped, state: 'rollback-in-progress', targetState: 'closed' },
  'rolled-back': { ...swapped, state: 'rolled-back' },
  'rollback-failed': { ...swapped, state: 'rollback-failed', targetState: 'closed' },
  'rollback-failed, databases back': { ...swapped, state: 'rollback-failed', targetState: 'old' },
  aborted: { ...planned, state: 'aborted' },
  'being planned': { state: 'draft', at: NOW, isPlanning: true },
};

const KINDS = Object.keys(TRANSITIONS) as EventKind[];

/** Whoever has had no hand in it. */
const actorOf = (kind: EventKind): Person => (kind === 'accept-findings' ? NOOR : kind === 'approve' ? BOB : ANN);

const SCHEDULED = { schedule: 1, at: NOW, moment: { kind: 'latest' }, tooLate: 'keep' } as const;
const TO_COME = { ...SCHEDULED, at: LATER };

function outcomeOf(column: string, kind: EventKind): string {
  const run = aRun({ ...COLUMNS[column], ...(kind === 'skip' ? { scheduled: SCHEDULED } : {}) });
  // A later run has switched before it is said to have replaced this one.
  const hold: TargetHold = { target: 'uat', generation: (run.generation ?? 0) + (kind === 'replaced' ? 1 : 0) };
  try {
    const after = transition(run, EVENTS[kind], { now: NOW, actor: actorOf(kind), hold });
    expect(after.run).toMatchObject({ version: run.version + 1, updatedAt: NOW, runId: run.runId });
    return after.run.state === run.state ? 'stays' : after.run.state;
  } catch (error) {
    return (error as { code: string }).code === 'outdated-request' ? '' : (error as { code: string }).code;
  }
}

test('every event in every state › is allowed or refused as the table says', async () => {
  const rows = KINDS.map((kind) => [kind, ...Object.keys(COLUMNS).map((column) => outcomeOf(column, kind))]);
  const table = markdownTable([['event', ...Object.keys(COLUMNS)], ...rows]);
  const page = `# Transitions of a run\n\nWhere an event leads from each state; empty: refused as \`outdated-request\`. Written by \`test/engine/journal/transition.test.ts\`.\n\n${table}\n`;
  await expect(page).toMatchFileSnapshot('../../golden/transitions.md');
});

test('an event › is refused wherever the rules do not name the state', () => {
  const pairs = KINDS.flatMap((kind) => Object.keys(COLUMNS).map((column) => ({ kind, column })));
  const unnamed = pairs.filter(({ kind, column }) => {
    const from: readonly string[] = TRANSITIONS[kind].from;
    return !from.includes(aRun(COLUMNS[column]).state);
  });
  expect(unnamed.filter(({ kind, column }) => outcomeOf(column, kind) !== '')).toEqual([]);
});

const FREE: TargetHold = { target: 'uat', generation: 0 };
const HELD: TargetHold = { ...FREE, heldBy: 'R-1001' };
const OTHER: TargetHold = { ...FREE, heldBy: 'R-0999' };

test.for<[string, RunEvent, TargetHold, TargetHold, Partial<Run>?]>([
  ['confirm takes a free target', EVENTS.confirm, FREE, HELD],
  ['keep leaves another run’s target alone', EVENTS.keep, OTHER, OTHER],
  ['confirm of an occurrence takes nothing', EVENTS.confirm, FREE, FREE, { scheduled: SCHEDULED }],
  [
    'confirm of an occurrence leaves another run’s target alone',
    EVENTS.confirm,
    OTHER,
    OTHER,
    { scheduled: SCHEDULED },
  ],
  ['start of an occurrence takes a free target', EVENTS.start, FREE, HELD, { scheduled: SCHEDULED }],
  ['start keeps what the request has taken', EVENTS.start, HELD, HELD],
  ['skip leaves another run’s target alone', EVENTS.skip, OTHER, OTHER, { scheduled: SCHEDULED }],
  ['reject gives it back', EVENTS.reject, HELD, FREE],
  ['swapped counts the generation', EVENTS.swapped, HELD, { ...HELD, generation: 1 }],
  [
    'swapped again counts nothing',
    EVENTS.swapped,
    { ...HELD, generation: 1 },
    { ...HELD, generation: 1 },
    { generation: 1 },
  ],
  [
    'a rollback gives the generation before back to it',
    EVENTS['rolled-back'],
    { ...HELD, generation: 2 },
    { ...FREE, generation: 1 },
    { generation: 2 },
  ],
  ['fail before the switch gives it back', { ...EVENTS.fail, targetState: 'old' }, HELD, FREE],
  ['fail behind the switch keeps it', EVENTS.fail, HELD, HELD],
  ['accept gives it back', EVENTS.accept, HELD, FREE, COLUMNS['failed behind the switch']],
  [
    'accept of a rollback that has put the databases back counts as the rollback',
    EVENTS.accept,
    { ...HELD, generation: 2 },
    { ...FREE, generation: 1 },
    { ...COLUMNS['rollback-failed'], generation: 2, targetState: 'old' },
  ],
])('a target’s holder › %s', ([, event, before, after, change]) => {
  const [state] = TRANSITIONS[event.kind].from;
  const column = Object.values(COLUMNS).find((run) => run.state === state);
  const result = transition(aRun({ ...column, generation: undefined, ...change }), event, {
    ...{ now: NOW, actor: REWIND, hold: before },
  });
  expect(result.hold).toEqual(after);
});

test.for<[string, string, Partial<Run>, RunEvent, Partial<{ actor: typeof ANN; hold: TargetHold }>, string]>([
  ['is confirmed with a plan', 'draft', { plan: undefined }, EVENTS.confirm, {}, 'plan-missing'],
  ['is confirmed when planned', 'draft', { isPlanning: true }, EVENTS.confirm, {}, 'plan-missing'],
  ['is confirmed as shown', 'draft', {}, { ...EVENTS.confirm, digest: 'old' }, {}, 'plan-changed'],
  [
    ...(['is confirmed unless blocked', 'draft'] as const),
    ...([{ plan: aPlan({ checks: [aCheck({ outcome: 'blocked' })] }) }, EVENTS.confirm, {}, 'plan-blocked'] as const),
  ],
  ['is confirmed on a free target', 'draft', {}, EVENTS.confirm, { hold: OTHER }, 'target-busy'],
  ['starts at its time', 'queued', { scheduled: TO_COME }, EVENTS.start, {}, 'outdated-request'],
  ['starts on a free target', 'queued', { scheduled: SCHEDULED }, EVENTS.start, { hold: OTHER }, 'target-busy'],
  [
    ...(['is skipped for being late after its time', 'queued', { scheduled: TO_COME }] as const),
    ...([{ kind: 'skip', why: 'missed', detail: '' }, {}, 'outdated-request'] as const),
  ],
  ['is skipped as an occurrence', 'awaiting-approval', {}, EVENTS.skip, {}, 'outdated-request'],
  [
    ...(['is skipped before it has begun', 'queued', { scheduled: SCHEDULED, startedAt: NOW }] as const),
    ...([EVENTS.skip, {}, 'outdated-request'] as const),
  ],
  ['is planned once at a time', 'draft', { isPlanning: true }, EVENTS['choose-moment'], {}, 'outdated-request'],
  ['is approved by a second person', 'awaiting-approval', {}, EVENTS.approve, { actor: ANN }, 'own-approval'],
  ['is approved as shown', 'awaiting-approval', {}, { ...EVENTS.approve, digest: 'old' }, {}, 'plan-changed'],
  [
    ...(['is stopped before the switch', 'in-progress'] as const),
    { steps: [{ name: 'stop-services', state: 'running', detail: '' }] },
    ...([EVENTS.stop, {}, 'point-of-no-return'] as const),
  ],
  [
    ...(['is retried behind a whole switch', 'failed behind the switch'] as const),
    { targetState: 'none', failure: { ...failedBehind, step: 'swap' } },
    ...([EVENTS.retry, {}, 'retry-impossible'] as const),
  ],
  [
    ...(['is retried behind the newest switch', 'failed behind the switch', {}, EVENTS.retry] as const),
    ...([{ hold: { ...FREE, generation: 2 } }, 'retry-impossible'] as const),
  ],
  [
    ...(['is retried by whoever still holds it', 'failed behind the switch', { acceptedBy: ANN }] as const),
    ...([EVENTS.retry, {}, 'retry-impossible'] as const),
  ],
  [
    'is retried with its copy',
    'failed before the switch',
    { copyKeptUntil: NOW },
    EVENTS.retry,
    {},
    'retry-impossible',
  ],
  ['is rolled back after a switch', 'failed before the switch', {}, EVENTS['roll-back'], {}, 'rollback-impossible'],
  [
    'is rolled back as the newest',
    'completed',
    {},
    EVENTS['roll-back'],
    { hold: { ...FREE, generation: 2 } },
    'rollback-impossible',
  ],
  [
    'is rolled back while kept',
    'completed',
    { previousKeptUntil: NOW },
    EVENTS['roll-back'],
    {},
    'rollback-impossible',
  ],
  [
    'is rolled back unless retired',
    'completed',
    { isPreviousRetired: true },
    EVENTS['roll-back'],
    {},
    'rollback-impossible',
  ],
  [
    ...(['is rolled back on a free target', 'completed', {}, EVENTS['roll-back']] as const),
    ...([{ hold: { ...OTHER, generation: 1 } }, 'target-busy'] as const),
  ],
  [
    ...(['is switched by the first who presses', 'awaiting-cutover'] as const),
    { cutover: { kind: 'on-click', at: NOW, pressedBy: BOB } },
    ...([EVENTS['switch-now'], {}, 'outdated-request'] as const),
  ],
  ['is planned for its own moment', 'being planned', { at: LATER }, EVENTS['plan-made'], {}, 'outdated-request'],
  ['has one plan of a moment', 'draft', {}, EVENTS['plan-made'], {}, 'outdated-request'],
  ['is stopped once', 'queued', { stopRequestedBy: ANN }, EVENTS.stop, {}, 'outdated-request'],
  ['is signed off as the target’s present refresh', 'replaced', {}, EVENTS['sign-off'], {}, 'outdated-request'],
  [
    ...(['is retried as it was approved', 'failed before the switch'] as const),
    { failure: { step: 'sanitize', code: 'plan-drifted', message: '', remedy: '' } },
    ...([EVENTS.retry, {}, 'retry-impossible'] as const),
  ],
  ['is accepted once', 'failed behind the switch', { acceptedBy: ANN }, EVENTS.accept, {}, 'outdated-request'],
  ['is replaced by a later switch', 'completed', {}, EVENTS.replaced, {}, 'outdated-request'],
  [
    'is reinstated as the newest',
    'replaced',
    {},
    EVENTS.reinstated,
    { hold: { ...FREE, generation: 2 } },
    'outdated-request',
  ],
  ['is retired once', 'completed', { isPreviousRetired: true }, EVENTS['previous-retired'], {}, 'outdated-request'],
])('a run › %s only', ([, column, change, event, context, code]) => {
  const run = aRun({ ...COLUMNS[column], ...change });
  const hold: TargetHold = { target: 'uat', generation: run.generation ?? 0 };
  expect(() => transition(run, event, { now: NOW, actor: BOB, hold, ...context })).toThrow(
    expect.objectContaining({ code }) as Error,
  );
});

/** Padded as the formatter of the repository pads it. */
function markdownTable(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(3, ...rows.map((row) => row[column]?.length ?? 0)));
  const line = (cells: readonly string[], fill = ' ') =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0, fill)).join(' | ')} |`;
  const [head = [], ...body] = rows;
  return [
    line(head),
    line(
      head.map(() => ''),
      '-',
    ),
    ...body.map((row) => line(row)),
  ].join('\n');
}

test.for<[string, Partial<Run>, Run['cutover']]>([
  ['comes as soon as the event says', {}, { kind: 'on-click', at: LATER, pressedBy: ANN }],
  ['is never put off by a click', { cutover: { kind: 'at', at: NOW } }, { kind: 'at', at: NOW, pressedBy: ANN }],
])('the switch › %s', ([, change, cutover]) => {
  const run = aRun({ ...COLUMNS['awaiting-cutover'], ...change });
  const hold: TargetHold = { target: 'uat', generation: 0, heldBy: run.runId };
  expect(transition(run, EVENTS['switch-now'], { now: NOW, actor: ANN, hold }).run.cutover).toEqual(cutover);
});

test('what was proved › stays until its step, or one before it, begins anew', () => {
  const hold: TargetHold = { target: 'uat', generation: 0, heldBy: 'R-1001' };
  const after = (...events: readonly RunEvent[]) =>
    events.reduce(
      (run, event) => transition(run, event, { now: NOW, actor: REWIND, hold }).run,
      aRun(COLUMNS['in-progress']),
    ).proofs;
  const of = (step: StepName, change?: Partial<ProofResult>): RunEvent => ({
    kind: 'proved',
    step,
    proofs: [aProof(change)],
  });
  const both = [of('verify-sanitization'), of('apply-target-settings')];
  const proved = (step: StepName) => ({ step, at: NOW, proofs: [aProof()] });
  expect(after()).toBeUndefined();
  expect(after(...both)).toEqual([proved('verify-sanitization'), proved('apply-target-settings')]);
  expect(after(...both, { kind: 'step-started', step: 'stop-services' })).toHaveLength(2);
  expect(after(...both, { kind: 'step-started', step: 'apply-target-settings' })).toEqual([
    proved('verify-sanitization'),
  ]);
  expect(after(...both, { kind: 'step-started', step: 'sanitize' })).toEqual([]);
  expect(
    after(...both, EVENTS.swapped, { kind: 'step-started', step: 'verify-sanitization' }, of('verify-sanitization')),
  ).toEqual([proved('verify-sanitization'), proved('apply-target-settings'), proved('verify-sanitization')]);
  expect(after(...both, of('verify-sanitization', { sampled: true }))).toEqual([
    { ...proved('verify-sanitization'), proofs: [aProof({ sampled: true })] },
  ]);
});

test.for<[string, Partial<Run>, object]>([
  ['that nobody approved', { ...planned, state: 'awaiting-approval' }, { why: 'not-approved', reason: '' }],
  [
    'that is blocked',
    { state: 'draft', plan: aPlan({ checks: [aCheck({ outcome: 'blocked', title: 'Too small' })] }) },
    { why: 'blocked', reason: 'Too small' },
  ],
  [
    'that has no plan',
    { state: 'draft', failure: { step: 'plan', code: 'x', message: 'No backup', remedy: '' } },
    { why: 'not-planned', reason: 'No backup' },
  ],
])('an occurrence %s › says so when its time is over', ([, change, ending]) => {
  const run = aRun({ ...change, scheduled: SCHEDULED, expiresAt: NOW });
  const ended = transition(run, EVENTS.expire, { now: NOW, actor: REWIND, hold: FREE }).run;
  expect(ended).toMatchObject({ state: 'aborted', ending: { how: 'skipped', ...ending } });
});

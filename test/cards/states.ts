import { CommandFailedError } from '../../engine/commands/errors.ts';
import { reportError } from '../../engine/errors.ts';
import type { Failure, Plan, Run } from '../../engine/contracts.ts';
import { WAITS } from '../../engine/contracts/mayBeDone/index.ts';
import {
  askWhichCard,
  chooseCard,
  helpCard,
  historyCard,
  noticeCard,
  runCard,
  signOffCard,
  statusCard,
  welcomeCard,
  whoamiCard,
  type SandboxRights,
  planDataCard,
  viewPlanCard,
  type RunContext,
} from '../../cards/index.ts';
import { aSandbox } from '../builders.ts';
import { planOfAzure } from './azurePlan.ts';
import { made, type CardState } from './making.ts';
import { SCHEDULE_STATES } from './scheduleStates.ts';
import {
  aRun,
  aStartedRun,
  aSwitchedRun,
  blockedCheck,
  checksOfSqlServer,
  contextOf,
  draft,
  everythingToSay,
  mira,
  NOW,
  person,
  plan,
  stepsUntil,
  survey,
} from './samples.ts';

const noGap = { windows: [{ from: '2026-11-22T19:50:00.000Z', to: '2026-11-22T20:39:12.345Z' }], gaps: [] };

const planFailure: Failure = {
  step: 'plan',
  code: 'recovery-point-in-gap',
  message:
    'PROD cannot be restored to 6 Nov 2026, 12:00 UTC: a log backup is missing between 5 Nov 01:10 and 7 Nov 03:00 UTC.',
  remedy: 'Choose 5 Nov 2026, 01:10 UTC or earlier, or 7 Nov 2026, 03:00 UTC or later.',
};
const synchronizationFailure: Failure = {
  step: 'synchronize-database',
  ...reportError(
    new CommandFailedError('The database synchronization of uat', 1, [
      'Msg 1505, Level 16, State 1',
      'The CREATE UNIQUE INDEX statement terminated because a duplicate key was found',
      'for the object name dbo.CONTOSOLOYALTY and the index name I_CUSTACCOUNTIDX.',
    ]),
  ),
};
const sanitizationFailure: Failure = {
  step: 'verify-sanitization',
  code: 'sanitization-not-proved',
  message:
    'Rule email-addresses of pack lcs-2020 is not proved: 3 rows of LogisticsElectronicAddress still hold an address.',
  remedy: 'Correct the rule pack, then retry; the closed copy is kept until then.',
};
const driftFailure: Failure = {
  step: 'check-prerequisites',
  code: 'plan-drifted',
  message: 'UAT is no longer the database that the plan was approved for.',
  remedy: 'Plan again and have the new plan approved.',
};
const rollbackFailure: Failure = {
  step: 'rollback',
  code: 'target-in-use',
  message: 'The databases of UAT could not be closed: 1 session of an unknown login stays connected.',
  remedy: 'End that session, then press Roll back UAT again.',
};
const unhealthy: Failure = {
  step: 'rollback',
  ...reportError(new CommandFailedError('The health check of uat', 1, [])),
};

const checklist = [
  { n: 1, title: 'Reconnect integration endpoints', detail: 'URLs and keys were cleared', doneBy: 'Aiko Tanaka' },
  {
    n: 2,
    title: 'Enable the users who may work here',
    detail: '4 users stay disabled: rewind profile R-1042 lists them with the reasons',
  },
  {
    n: 3,
    title: 'Release the batch jobs you need',
    detail: '1 job of the profile and all others stay withheld: rewind profile R-1042 lists them with the reasons',
  },
];
const figures = {
  totalSeconds: 2700,
  restoreSeconds: 1080,
  sanitizeSeconds: 74,
  switchSeconds: 0.8,
  unavailableSeconds: 558,
  rollbackSeconds: 4.2,
};

const frozen = {
  generation: 3,
  freeze: {
    ...{ number: 1, from: '2026-11-22T09:00:00.000Z', until: '2026-12-05T23:00:00.000Z' },
    ...{ reason: 'Month-end close: finance works in UAT until the books are shut', by: mira },
  },
};
const aiko = person('aiko', 'Aiko Tanaka');
const kept = {
  generation: 3,
  reservation: {
    ...{ number: 1, from: '2026-11-20T09:00:00.000Z', until: '2026-11-27T23:00:00.000Z', by: aiko },
    reason: 'UAT round 3: finance tests the year-end close until Friday',
  },
};
const firstApproval = { by: aiko, at: '2026-11-22T20:17:00.000Z', digest: plan.digest, comment: 'Round 3 is over' };
const reachers = {
  administrators: {
    names: ['CONTOSO\\SQL-Admins', 'CONTOSO\\svc-backup', 'sa', 'mokafor', 'atanaka', 'lnystrom'],
    count: 9,
  },
  owners: { names: ['axdbadmin', 'CONTOSO\\svc-rewind'], count: 2 },
  isComplete: false,
};
const ofTwo: Plan = { ...plan, binding: { ...plan.binding, approvals: 2 }, reachers };
const cleanReport = { runId: 'R-1031', sha256: 'f'.repeat(64) };
const ofNone: Plan = {
  ...plan,
  binding: { ...plan.binding, approvals: 0, cleanReport },
  reachers: { ...reachers, isComplete: true, owners: { names: [], count: 0 } },
};
const urgentPlan: Plan = { ...plan, binding: { ...plan.binding, urgentDelayMs: 900_000 }, reachers };
const inProgress = aStartedRun({ steps: stepsUntil('restore-beside') });
const awaiting = aStartedRun({ state: 'awaiting-cutover', steps: stepsUntil('await-cutover') });
const completed = aSwitchedRun({
  state: 'completed',
  targetState: 'new',
  steps: stepsUntil('end'),
  figures,
  checklist,
  profile: [
    { part: 'users', done: 34, left: 4 },
    { part: 'roles', done: 82, left: 3 },
    { part: 'jobs', done: 3, left: 1 },
    { part: 'clients', done: 2, left: 0 },
    { part: 'settings', done: 4, left: 0 },
    { part: 'theme', done: 214, left: 0 },
  ],
  report: { sha256: '8c1f09ab34de5672'.repeat(4), madeAt: '2026-11-22T20:16:00.000Z', key: 'reports-2026' },
});
const urgently = { ...completed, plan: urgentPlan, isUrgent: true, approval: undefined } satisfies Run;
const owner = person('noor', 'Noor Haddad');
const withOwner = { people: [], sandbox: aSandbox({ dataOwners: [owner.id] }) };
const place = { database: 'AxDB_UAT', schema: 'dbo' };
const asked: NonNullable<Run['askedException']> = {
  digest: 'c0ffee12'.repeat(8),
  at: NOW,
  findings: [
    { ...place, proof: 'search', table: 'CONTOSOLOYALTY', column: 'NOTES', kind: 'mail', count: 1284 },
    { ...place, proof: 'search', table: 'CONTOSODELIVERYLOG', column: 'RECIPIENT', kind: 'full-name', count: 1 },
    { ...place, proof: 'coverage', table: 'CONTOSOSURVEY', column: 'ANSWER', kind: 'e-mail', count: 37 },
    { ...place, proof: 'coverage', table: 'CONTOSOSURVEY', column: 'CHANNEL', kind: 'new column', count: 1 },
  ],
};
const accepted: NonNullable<Run['exceptions']>[number] = {
  ...{
    findings: asked.findings,
    reason: 'Test customers of our own; the pack follows with CHG-2211',
    until: '2026-12-31',
  },
  ...{ by: owner, at: NOW, runId: 'R-1042', packsHash: 'packs' },
};
const found = aStartedRun({
  ...{ state: 'awaiting-exception', steps: stepsUntil('verify-sanitization'), askedException: asked },
  expiresAt: '2026-11-23T17:00:00.000Z',
});
const UNTIL = '2026-12-03T17:00:00.000Z';
const planWithEarlier = {
  ...plan,
  binding: { ...plan.binding, version: 3, retires: ['R-1010'], earlier: [{ runId: 'R-1021', until: UNTIL }] },
  formers: [
    { runId: 'R-1010', names: ['AxDB_UAT__previous_R-1010'], sizeBytes: 370 * 1024 ** 3 },
    { runId: 'R-1021', names: ['AxDB_UAT__previous_R-1021'], sizeBytes: 385 * 1024 ** 3 },
  ],
};
const notAnnounced: Run['announced'] = [
  { what: 'switch-announced', by: 'command', at: NOW, for: NOW, why: 'failed' },
  { what: 'back-online', by: 'command', at: NOW },
  { what: 'switched', by: 'erp', at: NOW, why: 'refused', status: 503 },
  { what: 'rolled-back', by: 'service desk', at: NOW, why: 'no-answer' },
];
const replacedBy = { runId: 'R-1043', at: '2026-11-22T20:48:00.000Z' };
const replaced = { ...completed, replacedBy } satisfies Run;
const failedAfter = aSwitchedRun({
  state: 'failed',
  steps: stepsUntil('synchronize-database', 'failed', synchronizationFailure.message),
  failure: synchronizationFailure,
});
const failedBefore = aStartedRun({
  state: 'failed',
  steps: stepsUntil('verify-sanitization', 'failed'),
  failure: sanitizationFailure,
  copyKeptUntil: '2026-11-23T08:40:00.000Z',
  endedAt: NOW,
});
const rollback = { by: mira, requestedAt: '2026-11-22T21:06:00.000Z' };
const rolledBack = {
  ...failedAfter,
  state: 'rolled-back',
  targetState: 'old',
  figures,
  rollback: { ...rollback, endedAt: '2026-11-22T21:06:04.200Z' },
} satisfies Run;
const ended = (how: 'rejected' | 'expired' | 'stopped' | 'kept', change: Partial<Run> = {}) =>
  aRun({
    state: 'aborted',
    ending: {
      how,
      by: how === 'expired' ? person('rewind', 'Rewind') : mira,
      at: NOW,
      reason: how === 'rejected' ? 'Month-end tests run in UAT until Friday.' : '',
    },
    endedAt: NOW,
    ...change,
  });
const waiting = aRun({ state: 'awaiting-approval', expiresAt: '2026-11-22T21:16:00.000Z' });

const [MIRA, AIKO] = ['29:mira', '29:aiko'];
const DECIDERS = [
  { id: '29:jonas', name: 'Jonas Weber' },
  { id: MIRA, name: 'Mira Okafor' },
];

/** Every card in every state that looks different; the gate and the pictures go through all of them. */
const LARS_ID = '00000000-0000-4000-8000-000000000004';
const rights: readonly SandboxRights[] = [
  {
    title: 'UAT',
    roles: ['requester', 'approver', 'operator'],
    approvers: ['Mira Okafor', 'Aiko Tanaka'],
    unnamedApprovers: 1,
  },
  { title: 'SIT', roles: ['viewer'], approvers: [], unnamedApprovers: 2 },
  { title: 'TRAINING', roles: ['operator', 'administrator'], approvers: ['Mira Okafor'], unnamedApprovers: 0 },
];

const requests = {
  reason: 'required' as const,
  ticket: {
    ...{ pattern: String.raw`CHG-\d+`, example: 'CHG-2211', required: true },
    link: 'https://rewind.contoso.example/tickets/{ticket}',
  },
};
const withTickets = { sandbox: aSandbox({ requests }), people: [] };

export const CARD_STATES: readonly CardState[] = [
  ...SCHEDULE_STATES,
  {
    name: 'question: sign off',
    card: (making) => signOffCard(made(making, contextOf({ ...completed, plan: planWithEarlier }))),
  },
  run('a plan that puts an earlier way back behind it', aRun({ ...draft, plan: planWithEarlier })),
  run('approval that puts an earlier way back behind it', aRun({ state: 'awaiting-approval', plan: planWithEarlier }), {
    kind: 'approval',
  }),
  run('replaced, with its way back behind a later run', { ...replaced, previousKeptUntil: UNTIL }, { kind: 'outcome' }),
  choose('choose', { target: 'uat' }),
  choose('choose-any', { survey: { ...survey, ...noGap } }),
  choose('choose-source', {
    target: 'uat',
    sources: [
      { name: 'prod', title: 'PROD', isProduction: true },
      { name: 'sit', title: 'SIT', isProduction: false },
    ],
  }),
  choose('choose-problem', {
    target: 'uat',
    problem: {
      message: 'PROD cannot be restored to 6 Nov 2026, 12:00: a log backup is missing.',
      remedy: 'Choose a moment outside the gap.',
      nearest: ['2026-11-05T01:10:00.000Z', '2026-11-07T03:00:00.000Z'],
    },
  }),
  choose('choose-no-window', { survey: { ...survey, windows: [], gaps: [] } }),
  choose('choose-time-missing', {
    target: 'uat',
    date: '2026-11-19',
    problem: {
      message: 'At what time on Thursday, 19 November 2026?',
      remedy: 'Choose the time below, or type it behind the day.',
    },
  }),
  {
    name: 'ask-which-day',
    card: (making) =>
      askWhichCard(
        made(making, {
          runId: 'R-1042',
          target: 'uat',
          targetTitle: 'UAT',
          instants: ['2026-10-11T16:00:00.000Z', '2026-11-10T17:00:00.000Z'] as const,
        }),
      ),
  },
  {
    name: 'ask-which',
    card: (making) =>
      askWhichCard(
        made(making, {
          runId: 'R-1042',
          target: 'uat',
          targetTitle: 'UAT',
          instants: ['2026-10-25T00:30:00.000Z', '2026-10-25T01:30:00.000Z'] as const,
        }),
      ),
  },
  run('moment-missing', draft),
  run('planning', aRun({ isPlanning: true, plan: undefined })),
  run('plan', aRun()),
  run(
    'plan-first-run',
    aRun({ plan: { ...plan, estimate: { kind: 'unknown' }, replaced: {}, restoreBytes: undefined } }),
  ),
  run(
    'plan-guessed',
    aRun({ plan: { ...plan, estimate: { kind: 'guessed', basis: 'backups', fromSeconds: 2580, toSeconds: 9060 } } }),
  ),
  run('plan-surroundings', aRun({ plan: { ...plan, checks: checksOfSqlServer, guarantees: everythingToSay } })),
  run('plan-azure', aRun({ plan: planOfAzure })),
  run('approval-azure', { ...waiting, plan: planOfAzure }, { kind: 'approval' }),
  run('plan-refused', aRun({ plan: undefined, failure: planFailure })),
  run('plan-blocked', aRun({ plan: { ...plan, checks: [...plan.checks.slice(2), blockedCheck] } })),
  { name: 'view-plan-data', card: (making) => planDataCard(made(making, contextOf(waiting)), made(making, plan), 1) },
  { name: 'view-plan', card: (making) => viewPlanCard(made(making, contextOf(waiting)), made(making, plan)) },
  run('waiting', waiting),
  run('waiting-told', {
    ...waiting,
    told: [
      { to: 'home', at: NOW, members: [MIRA] },
      { to: AIKO, at: NOW },
    ],
  }),
  run('waiting-told-some', {
    ...waiting,
    told: [
      { to: 'home', at: NOW, why: 'gone' },
      { to: MIRA, at: NOW },
      { to: AIKO, at: NOW, why: 'not-installed' },
    ],
  }),
  run('waiting-told-here', { ...waiting, told: [{ to: 'here', at: NOW, members: [MIRA, AIKO] }] }),
  run('waiting-nobody-told', {
    ...waiting,
    told: [
      { to: 'home', at: NOW, why: 'not-in-roster' },
      { to: MIRA, at: NOW, why: 'not-installed' },
      { to: AIKO, at: NOW, why: 'blocked' },
    ],
  }),
  run('plan-ticket', aRun(), { house: withTickets }),
  run('approval-ticket', waiting, { kind: 'approval', house: withTickets }),
  run(
    'approved-comment',
    aStartedRun({ approval: { by: mira, at: NOW, digest: plan.digest, comment: 'After lunch, CHG-7' } }),
    { kind: 'approval', house: withTickets },
  ),
  run('two: plan', aRun({ plan: ofTwo }), { hold: kept }),
  run('two: waiting', { ...waiting, plan: ofTwo }),
  run('two: waiting for the second', { ...waiting, plan: ofTwo, firstApproval }),
  run('two: approval', { ...waiting, plan: ofTwo }, { kind: 'approval' }),
  run('two: approval of the second', { ...waiting, plan: ofTwo, firstApproval, remindedAt: NOW }, { kind: 'approval' }),
  run(
    'two: the first counts no more',
    { ...waiting, plan: ofTwo, firstApproval },
    { kind: 'approval', house: { sandbox: aSandbox({ approvers: [aiko.id, person('third', 'T').id] }), people: [] } },
  ),
  run('two: approved', { ...inProgress, plan: ofTwo, firstApproval }, { kind: 'approval' }),
  run('two: success', { ...completed, firstApproval }, { kind: 'outcome' }),
  run('none: plan', aRun({ plan: ofNone })),
  run('none: plan, not clean', aRun({ plan: { ...plan, notClean: 'packs-changed' } })),
  run('kept: approval', waiting, { kind: 'approval', hold: kept }),
  run('kept and frozen: plan', aRun(), { hold: { ...kept, ...frozen } }),
  run('urgent: plan', aRun({ plan: urgentPlan, isUrgent: true })),
  run('urgent: waiting', {
    ...{ ...waiting, plan: urgentPlan, isUrgent: true },
    told: [
      { to: 'here', at: NOW, members: [MIRA] },
      { to: AIKO, at: NOW, why: 'not-installed' },
    ],
  }),
  run('urgent: told', { ...waiting, plan: urgentPlan, isUrgent: true }, { kind: 'approval' }),
  run('urgent: told nobody', { ...waiting, plan: urgentPlan, isUrgent: true }, { kind: 'approval', approvers: [] }),
  run('urgent: started', { ...urgently, state: 'in-progress', endedAt: undefined }, { kind: 'approval' }),
  run('urgent: progress', { ...urgently, state: 'in-progress', endedAt: undefined, steps: stepsUntil('sanitize') }),
  run('urgent: stopped', ended('stopped', { plan: urgentPlan, isUrgent: true }), { kind: 'approval' }),
  run('urgent: success', urgently, { kind: 'outcome' }),
  run('urgent: failure', { ...failedAfter, isUrgent: true, approval: undefined }, { kind: 'outcome' }),
  run('urgent: rolled back', { ...rolledBack, isUrgent: true, approval: undefined }, { kind: 'outcome' }),
  run('urgent: acknowledged', { ...urgently, acknowledged: { by: mira, at: NOW } }, { kind: 'outcome' }),
  run('approval-one', waiting, { kind: 'approval', asked: [{ id: MIRA, name: 'Mira Okafor' }] }),
  run('approval-reminder', { ...waiting, remindedAt: NOW }, { kind: 'approval' }),
  run('approval', waiting, { kind: 'approval' }),
  run('approval-surroundings', { ...waiting, plan: { ...plan, checks: checksOfSqlServer } }, { kind: 'approval' }),
  run('approval-nobody', waiting, { kind: 'approval', approvers: [] }),
  run('approval-approved', inProgress, { kind: 'approval' }),
  run('approval-rejected', ended('rejected'), { kind: 'approval' }),
  run('approval-expired', ended('expired'), { kind: 'approval' }),
  run('approval-withdrawn', ended('kept'), { kind: 'approval' }),
  run('queued', aStartedRun({ state: 'queued', startedAt: undefined })),
  run('progress', inProgress, {
    progress: { runId: 'R-1042', step: 'restore-beside', percent: 46, detail: '271 of 396 GB · 240 MB/s' },
  }),
  run('progress-phases', aStartedRun({ steps: stepsUntil('sanitize') }), {
    progress: { runId: 'R-1042', step: 'sanitize', detail: 'rule 9 of 22, 18,400 rows' },
  }),
  run('progress-stopping', { ...inProgress, stopRequestedBy: mira }),
  run('progress-closed', aStartedRun({ steps: stepsUntil('swap'), targetState: 'closed' })),
  run('progress-new', aSwitchedRun({ steps: stepsUntil('synchronize-database'), endedAt: undefined })),
  run('run-awaiting-exception', found),
  run('exception', found, { kind: 'exception', house: withOwner, asked: [{ id: '29:noor', name: owner.name }] }),
  run('exception-nobody', found, { kind: 'exception', house: { ...withOwner, sandbox: aSandbox() } }),
  run('exception-reminder', { ...found, remindedAt: NOW }, { kind: 'exception', house: withOwner }),
  run('exception-stopping', { ...found, stopRequestedBy: mira }, { kind: 'exception', house: withOwner }),
  run('exception-accepted', aStartedRun({ exceptions: [accepted], steps: stepsUntil('await-cutover') }), {
    kind: 'exception',
    house: withOwner,
  }),
  run('exception-earlier', { ...completed, exceptions: [{ ...accepted, runId: 'R-1017' }] }, { kind: 'exception' }),
  run('exception-over', { ...failedBefore, askedException: asked }, { kind: 'exception', house: withOwner }),
  run('success-excepted', { ...completed, exceptions: [accepted] }, { kind: 'outcome' }),
  run('run-excepted', { ...completed, exceptions: [accepted] }),
  run('cutover-excepted', { ...awaiting, exceptions: [accepted], cutover: { kind: 'on-click' } }, { kind: 'cutover' }),
  run('run-awaiting-cutover', { ...awaiting, cutover: { kind: 'on-click' } }),
  run('cutover', { ...awaiting, cutover: { kind: 'at', at: '2026-11-22T21:00:00.000Z' } }, { kind: 'cutover' }),
  run(
    'cutover-on-click',
    { ...awaiting, cutover: { kind: 'on-click' }, expiresAt: '2026-11-23T08:00:00.000Z' },
    { kind: 'cutover' },
  ),
  run('cutover-pressed', { ...awaiting, cutover: { kind: 'on-click', at: NOW, pressedBy: mira } }, { kind: 'cutover' }),
  run('frozen-plan', aRun(), { hold: frozen }),
  run('frozen-approval', waiting, { kind: 'approval', hold: frozen }),
  run('frozen-progress', inProgress, { hold: frozen }),
  run(
    'frozen-cutover',
    { ...awaiting, cutover: { kind: 'when-ready', isFrozen: true } },
    { kind: 'cutover', hold: frozen },
  ),
  run(
    'cutover-not-announced',
    { ...awaiting, cutover: { kind: 'at', at: '2026-11-22T21:00:00.000Z' }, announced: notAnnounced.slice(0, 1) },
    { kind: 'cutover' },
  ),
  run('cutover-past', completed, { kind: 'cutover' }),
  run('cutover-over', ended('stopped', { steps: stepsUntil('await-cutover', 'skipped') }), { kind: 'cutover' }),
  run('run-completed', completed),
  run('success', completed, { kind: 'outcome' }),
  run(
    'success-bare',
    { ...completed, checklist: [], figures: {}, approval: undefined, report: undefined },
    { kind: 'outcome', targetUrl: undefined, logUrl: undefined },
  ),
  run('success-not-announced', { ...completed, announced: notAnnounced }, { kind: 'outcome' }),
  run('failure-not-announced', { ...failedAfter, announced: notAnnounced }, { kind: 'outcome' }),
  run('signed-off', { ...completed, state: 'signed-off', signedOffBy: mira }, { kind: 'outcome' }),
  run('success-replaced', replaced, { kind: 'outcome' }),
  run('run-replaced', replaced),
  run('cutover-replaced', replaced, { kind: 'cutover' }),
  run('failure-replaced', { ...failedAfter, acceptedBy: mira, replacedBy }, { kind: 'outcome' }),
  run('run-signed-off', { ...completed, state: 'signed-off', signedOffBy: mira }),
  run('run-failed', failedAfter),
  run('failure', failedAfter, { kind: 'outcome', deciders: DECIDERS }),
  run('failure-before-switch', failedBefore, { kind: 'outcome' }),
  run('failure-drifted', { ...failedBefore, failure: driftFailure, copyKeptUntil: undefined }, { kind: 'outcome' }),
  run('failure-former-closed', { ...failedAfter, swappedAt: undefined, generation: undefined }, { kind: 'outcome' }),
  run('failure-accepted', { ...failedAfter, acceptedBy: mira }, { kind: 'outcome' }),
  run('failure-retried', inProgress, { kind: 'outcome' }),
  run(
    'rolling-back',
    { ...failedAfter, state: 'rollback-in-progress', rollback },
    {
      kind: 'outcome',
      progress: { runId: 'R-1042', step: 'rollback', percent: 40, detail: 'closing the databases' },
    },
  ),
  run(
    'run-rolling-back',
    { ...failedAfter, state: 'rollback-in-progress', rollback },
    {
      progress: { runId: 'R-1042', step: 'rollback', percent: 40, detail: 'closing the databases' },
    },
  ),
  run('rolled-back', rolledBack, { kind: 'outcome' }),
  run(
    'rolled-back-after-success',
    { ...completed, state: 'rolled-back', targetState: 'old', rollback: rolledBack.rollback },
    { kind: 'outcome' },
  ),
  run('run-rolled-back', rolledBack),
  run(
    'rollback-failed',
    { ...failedAfter, state: 'rollback-failed', failure: rollbackFailure, rollback },
    { kind: 'outcome', deciders: DECIDERS },
  ),
  run(
    'rollback-failed-old',
    { ...failedAfter, state: 'rollback-failed', targetState: 'old', failure: unhealthy, rollback },
    { kind: 'outcome' },
  ),
  run(
    'rollback-failed-none',
    { ...failedAfter, state: 'rollback-failed', targetState: 'none', failure: rollbackFailure, rollback },
    { kind: 'outcome' },
  ),
  run(
    'rollback-failed-accepted',
    { ...failedAfter, state: 'rollback-failed', targetState: 'none', failure: rollbackFailure, acceptedBy: mira },
    { kind: 'outcome' },
  ),
  run('run-rollback-failed', { ...failedAfter, state: 'rollback-failed', failure: rollbackFailure, rollback }),
  run('aborted-not-announced', ended('stopped', { announced: notAnnounced })),
  run('aborted-rejected', ended('rejected')),
  run('aborted-expired', ended('expired')),
  run('aborted-kept', ended('kept', { at: undefined, plan: undefined })),
  run(
    'aborted-stopped',
    ended('stopped', { startedAt: '2026-11-22T20:19:00.000Z', steps: stepsUntil('sanitize', 'skipped') }),
    { kind: 'outcome' },
  ),
  run(
    'run-stopped',
    ended('stopped', { startedAt: '2026-11-22T20:19:00.000Z', steps: stepsUntil('sanitize', 'skipped') }),
  ),
  {
    name: 'help',
    card: (making) =>
      helpCard(
        made(making, {
          commands: [
            { usage: 'refresh uat', does: 'Choose a moment and replace UAT' },
            { usage: 'refresh uat at 2026-11-20 18:00', does: 'The same with the moment filled in' },
            { usage: 'refresh uat latest', does: 'The latest moment that can be reached' },
            { usage: 'status', does: 'What is running, which sandboxes are free' },
            { usage: 'history uat', does: 'Earlier runs' },
            { usage: 'logs R-1042', does: 'The log of a run' },
            { usage: 'stop R-1042', does: 'Stop a run before its switch' },
            { usage: 'rollback R-1042', does: 'Bring back what the target was before' },
            { usage: 'signoff R-1042', does: 'Accept a refresh and give up its rollback' },
          ],
        }),
      ),
  },
  ...(['personal', 'shared'] as const).map((where): CardState => ({
    name: `welcome-${where}`,
    card: (making) =>
      welcomeCard(
        made(making, {
          where,
          ...(where === 'personal' ? { name: 'Jonas Weber' } : {}),
          rights: rights.map((one) => (where === 'personal' ? one : { ...one, roles: undefined })),
          mayAsk: true,
          example: 'uat',
        }),
      ),
  })),
  {
    name: 'welcome-approver',
    card: (making) =>
      welcomeCard(
        made(making, {
          where: 'personal' as const,
          name: 'Mira Okafor',
          rights: rights.slice(0, 1),
          mayAsk: false,
          example: 'uat',
        }),
      ),
  },
  {
    name: 'welcome-nobody',
    card: (making) =>
      welcomeCard(
        made(making, {
          where: 'personal' as const,
          name: 'Lars',
          id: LARS_ID,
          rights: [],
          mayAsk: false,
          example: 'uat',
        }),
      ),
  },
  {
    name: 'whoami',
    card: (making) => whoamiCard(made(making, { name: 'Jonas Weber', id: LARS_ID, rights, mayAsk: true })),
  },
  {
    name: 'whoami-many',
    card: (making) =>
      whoamiCard(
        made(making, { name: 'Jonas Weber', rights: [...rights, ...rights, ...rights, ...rights], mayAsk: false }),
      ),
  },
  { name: 'whoami-nobody', card: (making) => whoamiCard(made(making, { name: 'Lars', rights: [], mayAsk: false })) },
  {
    name: 'help-unknown',
    card: (making) =>
      helpCard(
        made(making, {
          commands: [{ usage: 'status', does: 'What is running' }],
          typed: 'refersh uat',
          meant: '/refresh uat',
          others: ['/home', '/rollback'],
        }),
      ),
  },
  {
    name: 'status',
    card: (making) =>
      statusCard(
        made(making, {
          sandboxes: [
            {
              title: 'UAT',
              sourceTitle: 'PROD',
              survey,
              run: inProgress,
              progress: { runId: 'R-1042', step: 'restore-beside' as const, percent: 46, detail: '' },
            },
            { title: 'TEST', sourceTitle: 'PROD', survey, lastRun: { ...completed, runId: 'R-1031' } },
            { title: 'SIT', sourceTitle: 'PROD', survey, run: { ...failedAfter, runId: 'R-1040' } },
            {
              title: 'TRAINING',
              sourceTitle: 'PROD',
              reservation: kept.reservation,
              lastRun: { ...completed, exceptions: [accepted] },
            },
          ],
        }),
      ),
  },
  {
    name: 'status-waits',
    card: (making) =>
      statusCard(
        made(making, {
          sandboxes: [
            { title: 'UAT', sourceTitle: 'PROD', survey, run: waiting, waiting: [waiting], rights: rights[0] },
            { title: 'SIT', sourceTitle: 'PROD', survey, run: failedAfter },
          ],
          waits: {
            name: 'Mira Okafor',
            runs: WAITS.map((wait, n) => ({
              run: { ...waiting, runId: `R-104${String(n)}` },
              targetTitle: 'UAT',
              wait,
            })),
          },
        }),
      ),
  },
  {
    name: 'status-many',
    card: (making) => {
      const status = { sourceTitle: 'PROD', survey, lastRun: completed, run: waiting, waiting: [waiting] };
      const sandbox = { ...status, rights: rights[0] };
      const sandboxes = Array.from({ length: 20 }, (_, n) => ({ ...sandbox, title: `TEAM ${String(n)}` }));
      return statusCard(made(making, { sandboxes, page: 1 }));
    },
  },
  { name: 'status-empty', card: (making) => statusCard(made(making, { sandboxes: [] })) },
  {
    name: 'history',
    card: (making) =>
      historyCard(
        made(making, {
          targetTitle: 'UAT',
          last: {
            freeze: { ...frozen.freeze, liftedBy: aiko, liftedAt: '2026-11-22T18:00:00.000Z' },
            reservation: { ...kept.reservation, endedBy: mira, endedAt: '2026-11-22T19:00:00.000Z' },
          },
          runs: [
            inProgress,
            { ...completed, runId: 'R-1031', createdAt: '2026-11-03T07:10:00.000Z', at: '2026-11-03T05:00:00.000Z' },
            { ...replaced, runId: 'R-1030', createdAt: '2026-11-02T20:10:00.000Z', at: '2026-11-02T19:00:00.000Z' },
            { ...rolledBack, runId: 'R-1029', createdAt: '2026-11-02T18:02:00.000Z', at: '2026-11-02T17:00:00.000Z' },
            { ...failedBefore, runId: 'R-1017', figures: { totalSeconds: 720 } },
            { ...urgently, runId: 'R-1012' },
            ended('rejected', { runId: 'R-1011' }),
            ended('kept', { runId: 'R-1010', at: undefined }),
          ].map((each) => ({ run: each, targetTitle: 'UAT' })),
        }),
      ),
  },
  {
    name: 'history-all',
    card: (making) => historyCard(made(making, { runs: [{ run: completed, targetTitle: 'UAT' }] })),
  },
  {
    name: 'history-narrowed',
    card: (making) =>
      historyCard(
        made(making, {
          target: 'uat',
          targetTitle: 'UAT',
          runs: [{ run: failedBefore, targetTitle: 'UAT' }],
          search: {
            text: 'failed since 2026-11-01T00:00:00.000Z until 2026-11-15T00:00:00.000Z by Jonas',
            hasFailed: true,
            drafts: 'all' as const,
            since: '2026-11-01T00:00:00.000Z',
            until: '2026-11-15T00:00:00.000Z',
            by: 'Jonas',
          },
          page: 1,
          hasMore: true,
          isCut: true,
        }),
      ),
  },
  {
    name: 'history-mine',
    card: (making) =>
      historyCard(
        made(making, {
          runs: [{ run: waiting, targetTitle: 'UAT' }],
          search: { text: 'open by me', drafts: 'open' as const, by: 'Jonas Weber', isOwn: true },
        }),
      ),
  },
  { name: 'history-empty', card: (making) => historyCard(made(making, { targetTitle: 'UAT', runs: [] })) },
  {
    name: 'notice-refused',
    card: (making) =>
      noticeCard(
        made(making, {
          tone: 'refused' as const,
          title: 'UAT is busy',
          text: 'Run R-1042 by Jonas Weber holds UAT; it is restoring, 46 %.',
          remedy: 'Wait until it has ended, or stop it.',
          code: 'target-busy',
          runId: 'R-1042',
        }),
      ),
  },
  {
    name: 'notice-error',
    card: (making) =>
      noticeCard(
        made(making, {
          tone: 'error' as const,
          title: 'The queue did not answer',
          text: 'Your approval is recorded; the run starts as soon as the queue is back.',
          remedy: '',
          code: 'queue-unavailable',
        }),
      ),
  },
  {
    name: 'notice-frozen',
    card: (making) =>
      noticeCard(
        made(making, {
          tone: 'info' as const,
          title: 'UAT is frozen',
          text: 'Until 2026-12-05T23:00:00.000Z, by Mira Okafor: month-end',
          remedy: 'No refresh of it is asked for, started or switched until then.',
          lift: 'uat',
        }),
      ),
  },
  ...(['release', 'take-over'] as const).map((offers): CardState => ({
    name: `notice-kept-${offers}`,
    card: (making) =>
      noticeCard(
        made(making, {
          tone: 'info' as const,
          title: 'UAT is reserved',
          text: 'By Aiko Tanaka, from 2026-11-20T09:00:00.000Z until 2026-11-27T23:00:00.000Z: UAT round 3',
          remedy: 'Agree with Aiko Tanaka, or take it over: that is recorded, and Aiko Tanaka is told.',
          kept: { target: 'uat', by: 'Aiko Tanaka', offers },
        }),
      ),
  })),
  {
    name: 'notice-info',
    card: (making) =>
      noticeCard(
        made(making, {
          tone: 'info' as const,
          title: 'R-1042 is done',
          text: 'Mira Okafor has approved it already.',
          remedy: '',
        }),
      ),
  },
];

function run(name: string, ofRun: Run, change: Partial<RunContext> = {}): CardState {
  return { name, card: (making) => runCard(made(making, contextOf(ofRun, change))) };
}

function choose(name: string, change: Partial<Parameters<typeof chooseCard>[0]>): CardState {
  return {
    name,
    card: (making) =>
      chooseCard(
        made(making, {
          runId: 'R-1042',
          sandboxes: [
            { name: 'uat', title: 'UAT', detail: '412 GB, holds PROD of 3 Nov' },
            { name: 'sit', title: 'SIT', detail: '398 GB, never refreshed' },
          ],
          sourceTitle: 'PROD',
          sourceZone: 'America/Chicago',
          survey,
          moments: [{ title: 'Before the price list import', at: '2026-11-19T21:05:00.000Z' }],
          ...change,
        }),
      ),
  };
}

import type { Run, Schedule, ScheduledFor, ScheduleRules, StandingApproval } from '../../engine/contracts.ts';
import {
  runCard,
  scheduleCard,
  scheduleFormCard,
  schedulePreviewCard,
  schedulesCard,
  statusCard,
} from '../../cards/index.ts';
import { aRun, contextOf, jonas, mira, NOW, plan, survey } from './samples.ts';
import { made, type CardState } from './making.ts';

const scheduled: ScheduledFor = {
  ...{ schedule: 3, at: '2026-11-29T21:00:00.000Z', tooLate: 'keep' },
  moment: { kind: 'days-before', days: 1, time: '23:00' },
};
const at = '2026-11-28T22:00:00.000Z';
const requestedBy = { ...jonas, way: { kind: 'schedule', schedule: 3 } as const };
const ahead = { ...plan, triedWith: '2026-11-22T20:12:30.000Z' };
const waiting = aRun({ state: 'awaiting-approval', scheduled, requestedBy, at, plan: ahead, expiresAt: scheduled.at });
const approved = { ...waiting, state: 'queued', approval: { by: mira, at: NOW, digest: plan.digest } } satisfies Run;
const skipped = (
  why: NonNullable<Run['ending']>['why'],
  reason: string,
  by = { id: 'rewind', tenantId: '', name: 'Rewind' },
): Run => ({
  ...waiting,
  ...{ state: 'aborted', ending: { how: 'skipped', why, by, at: scheduled.at, reason }, endedAt: scheduled.at },
});

export const schedule: Schedule = {
  ...{ number: 3, target: 'uat', source: 'prod', by: jonas, madeAt: '2026-11-20T09:12:00.000Z', state: 'active' },
  rule: { every: { kind: 'weekly', days: [7], time: '22:00' }, moment: scheduled.moment, zone: 'Europe/Berlin' },
  ...{ shownZone: 'Europe/Berlin', reason: 'UAT round 3, CHG-2211', conversation: '19:x', address: {} },
  ...{ handledUntil: NOW, version: 2 },
};
const binds = {
  source: 'prod',
  target: 'uat',
  sourceIdentity: 'x',
  packsHash: 'x',
  policyHash: 'x',
};
const standing: StandingApproval = {
  ...{ by: mira, at: NOW, until: '2027-02-20T20:40:07.000Z', findings: [] },
  binds: { ...binds, schema: 'x' },
};
const standingEnded = { at: NOW, why: 'the rule packs, policy, commands or administrator' };
const daily: Schedule = {
  ...schedule,
  number: 4,
  rule: {
    every: { kind: 'weekly', days: [1, 2, 3, 4, 5], time: '02:30' },
    moment: { kind: 'latest' },
    zone: 'Europe/Berlin',
  },
};
const once: Schedule = {
  ...schedule,
  ...{ number: 5, state: 'paused', changedBy: mira, changedAt: NOW, reason: '' },
  rule: {
    every: { kind: 'once', date: '2026-12-05', time: '20:00' },
    moment: { kind: 'latest' },
    zone: 'Europe/Berlin',
  },
};
const coming = [
  { at: scheduled.at, moment: at, askAt: NOW, run: waiting },
  { at: '2026-12-06T21:00:00.000Z', moment: '2026-12-05T22:00:00.000Z', askAt: '2026-12-03T08:00:00.000Z' },
  { at: '2026-12-13T21:00:00.000Z', moment: '2026-12-12T22:00:00.000Z', askAt: '2026-12-10T08:00:00.000Z' },
];
const titles = { targetTitle: 'UAT', sourceTitle: 'PROD' };
const rules: ScheduleRules = {
  ...{ planAheadMs: 86_400_000, askAheadDays: 2, workingHours: { from: '09:00', to: '17:00' }, tooLate: 'keep' },
  ...{ latestSwitch: '05:00', backBy: '06:00' },
};
const freeze = { number: 1, from: NOW, until: '2026-12-08T23:00:00.000Z', reason: 'month-end', by: mira };

const entry = {
  ...{ source: 'prod', often: 'weekly', days: '', nth: '1', monthDay: 'day', date: '' },
  ...{ time: '', asOf: 'latest', asOfTime: '', reason: '' },
};
const form = {
  ...{ target: 'uat', targetTitle: 'UAT', targetZone: 'Europe/Berlin', entry, problems: [] },
  sources: [
    { name: 'prod', title: 'PROD' },
    { name: 'sit', title: 'SIT' },
  ],
  ...{ approvers: ['Mira Okafor', 'Aiko Tanaka'], wanted: 1, needsReason: false },
};
const preview = {
  ...{ target: 'uat', targetTitle: 'UAT', source: 'prod', sourceTitle: 'PROD', rule: schedule.rule },
  ...{ reason: schedule.reason, coming: coming.slice(1), wish: 'every Sunday 22:00 as of the day before 23:00' },
  typed: '/schedule uat every Sunday 22:00 as of the day before 23:00 because UAT round 3, CHG-2211',
};

/** A schedule, all of them, and the cards of the runs that they begin. */
export const SCHEDULE_STATES: readonly CardState[] = [
  {
    name: 'schedule',
    card: (making) =>
      scheduleCard(
        made(making, { ...titles, schedule, coming, last: skipped('frozen', ''), rules, onCall: 'Mira Okafor' }),
      ),
  },
  {
    name: 'schedule-frozen',
    card: (making) => {
      const [, first, second] = coming;
      const noted = first ? [{ ...first, note: 'first-of-two' as const }] : [];
      const jumped = second ? [{ ...second, note: 'skipped-by-clock' as const }] : [];
      return scheduleCard(made(making, { ...titles, schedule: daily, coming: [...noted, ...jumped], freeze }));
    },
  },
  {
    name: 'schedule-standing',
    card: (making) =>
      scheduleCard(made(making, { ...titles, schedule: { ...schedule, standing }, coming: coming.slice(1) })),
  },
  {
    name: 'schedule-standing-ended',
    card: (making) =>
      scheduleCard(made(making, { ...titles, schedule: { ...schedule, standingEnded }, coming: coming.slice(1) })),
  },
  { name: 'schedule-paused', card: (making) => scheduleCard(made(making, { ...titles, schedule: once, coming: [] })) },
  {
    name: 'schedule-ended',
    card: (making) =>
      scheduleCard(made(making, { ...titles, schedule: { ...once, state: 'ended' as const }, coming: [] })),
  },
  { name: 'schedule-form', card: (making) => scheduleFormCard(made(making, form)) },
  {
    name: 'schedule-form-problems',
    card: (making) =>
      scheduleFormCard(
        made(making, {
          ...form,
          entry: { ...entry, days: '7', reason: 'weekly data' },
          problems: [
            { field: 'source', problem: 'source-gone' },
            { field: 'nth', problem: 'nth-too-high' },
            { field: 'date', problem: 'date-past' },
            { field: 'asOfTime', problem: 'as-of-behind' },
            { field: 'reason', problem: 'ticket-missing' },
          ] as const,
          ...{ needsReason: true, ticketExample: 'CHG-1234', wanted: 2 },
        }),
      ),
  },
  {
    name: 'schedule-form-change',
    card: (making) =>
      scheduleFormCard(
        made(making, {
          ...form,
          entry: { ...entry, often: 'monthly', nth: '-1', monthDay: '7', time: '22:00', asOf: '1', asOfTime: '23:00' },
          refusal: { message: 'S-4 refreshes UAT at these times already', remedy: 'Look at it: /schedule S-4.' },
          ...{ sources: form.sources.slice(0, 1), schedule: 3 },
        }),
      ),
  },
  { name: 'schedule-preview', card: (making) => schedulePreviewCard(made(making, preview)) },
  {
    name: 'schedule-preview-instead',
    card: (making) =>
      schedulePreviewCard(
        made(making, {
          ...preview,
          rule: {
            every: { kind: 'monthly' as const, nth: -1, of: 'workday' as const, time: '22:00' },
            ...{ moment: { kind: 'latest' as const }, zone: 'Europe/Berlin' },
          },
          ...{
            schedule: 3,
            reason: '',
            coming: coming.slice(1),
            freeze,
            wish: 'every month on the last workday 22:00',
          },
        }),
      ),
  },
  {
    name: 'schedule-monthly',
    card: (making) =>
      scheduleCard(
        made(making, {
          ...titles,
          schedule: {
            ...schedule,
            rule: { ...schedule.rule, every: { kind: 'monthly' as const, nth: 15, of: 'day' as const, time: '22:00' } },
          },
          coming: coming.slice(1),
        }),
      ),
  },
  {
    name: 'schedules-another',
    card: (making) =>
      schedulesCard(
        made(making, {
          schedules: [schedule, daily].map((one) => ({ schedule: one, targetTitle: 'UAT', next: scheduled.at })),
          ...{ targetTitle: 'UAT', example: '', newFor: 'uat' },
        }),
      ),
  },
  {
    name: 'schedules',
    card: (making) => {
      const all = [schedule, daily, once].map((one) => ({ schedule: one, targetTitle: 'UAT', next: scheduled.at }));
      return schedulesCard(made(making, { schedules: all, example: '' }));
    },
  },
  {
    name: 'schedules-many',
    card: (making) => {
      const schedules = Array.from({ length: 30 }, (_, n) => ({
        ...{ schedule: { ...daily, number: n + 1 }, targetTitle: `TEAM ${String(n)}`, next: scheduled.at },
      }));
      return schedulesCard(made(making, { schedules, targetTitle: 'UAT', example: '', page: 1 }));
    },
  },
  {
    name: 'schedules-none',
    card: (making) =>
      schedulesCard(made(making, { schedules: [], example: '/schedule uat every Sunday 22:00 as of Saturday 23:00' })),
  },
  {
    name: 'status-scheduled',
    card: (making) =>
      statusCard(made(making, { sandboxes: [{ title: 'UAT', sourceTitle: 'PROD', survey, next: scheduled.at }] })),
  },
  { name: 'scheduled-waiting', card: (making) => runCard(made(making, contextOf(waiting))) },
  { name: 'scheduled-approval', card: (making) => runCard(made(making, contextOf(waiting, { kind: 'approval' }))) },
  {
    name: 'scheduled-approval-in-advance',
    card: (making) =>
      runCard(made(making, contextOf({ ...waiting, plan: { ...ahead, schema: 'x' } }, { kind: 'approval' }))),
  },
  { name: 'scheduled-queued', card: (making) => runCard(made(making, contextOf(approved))) },
  {
    name: 'scheduled-skipped',
    card: (making) =>
      runCard(made(making, contextOf(skipped('blocked', 'The databases do not fit'), { kind: 'outcome' }))),
  },
  {
    name: 'scheduled-skipped-by-hand',
    card: (making) => runCard(made(making, contextOf(skipped('by-hand', '', mira), { kind: 'outcome' }))),
  },
  {
    name: 'scheduled-skipped-approval',
    card: (making) => runCard(made(making, contextOf(skipped('not-approved', ''), { kind: 'approval' }))),
  },
];

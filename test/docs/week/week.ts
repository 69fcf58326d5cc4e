import { SCHEDULE_DEFAULTS, STEP_NAMES, type StepName } from '../../../engine/contracts.ts';
import type { RunEvent } from '../../../engine/journal/events.ts';
import { aiko, jonas, mira } from '../../bot/builders.ts';
import type { Team } from './team.ts';

/** What a worker records of each step from one to another, both included. */
const steps = (from: StepName, to: StepName): readonly RunEvent[] =>
  STEP_NAMES.slice(STEP_NAMES.indexOf(from), STEP_NAMES.indexOf(to) + 1).flatMap((step): readonly RunEvent[] => [
    { kind: 'step-started', step },
    { kind: 'step-done', step, detail: '' },
  ]);

/** One scene after the other; another one is another entry. */
export const WEEK: readonly ((team: Team) => Promise<void>)[] = [
  async (team) => {
    await team.day('Monday: a refresh for the testers', '2026-11-23T08:00:00.000Z');
    await team.says(mira, 'channel', '/home uat');
    await team.at('2026-11-23T09:12:00.000Z');
    await team.says(jonas, 'alone', '/refresh uat yesterday 6pm');
    await team.plans();
    await team.presses(jonas, 'alone', 'confirm-run', { confirm: 'uat', reason: 'UAT round 3, CHG-2211' });
    // Aiko Tanaka is not in that channel.
    await team.waitsFor(2, 'channel');
    await team.waitsFor(1, aiko.id);
    await team.at('2026-11-23T14:30:00.000Z');
    await team.presses(mira, 'channel', 'approve-run', { comment: 'After stand-up is fine' });
    await team.worker({ kind: 'start' }, ...steps('check-prerequisites', 'check-prerequisites'), {
      kind: 'step-started',
      step: 'restore-beside',
    });
    await team.at('2026-11-23T14:52:00.000Z');
    await team.worker(
      { kind: 'step-done', step: 'restore-beside', detail: '396 GB' },
      ...steps('inspect-copy', 'verify-sanitization'),
      { kind: 'step-started', step: 'await-cutover' },
      { kind: 'await-cutover', policy: 'when-ready', at: '2026-11-23T15:05:00.000Z' },
    );
    await team.at('2026-11-23T15:05:00.000Z');
    await team.worker(
      { kind: 'resume' },
      { kind: 'step-done', step: 'await-cutover', detail: '' },
      ...steps('apply-target-settings', 'stop-services'),
      { kind: 'step-started', step: 'swap' },
      { kind: 'swapped', previousKeptUntil: '2026-11-26T15:05:00.000Z' },
      { kind: 'step-done', step: 'swap', detail: '' },
      ...steps('synchronize-database', 'bring-online'),
      {
        kind: 'complete',
        figures: { totalSeconds: 2_100, switchSeconds: 4, unavailableSeconds: 95 },
        checklist: [{ n: 1, title: 'Set up the SMTP server if mail is wanted', detail: '' }],
      },
    );
  },
  async (team) => {
    await team.day('Tuesday: who has what', '2026-11-24T08:30:00.000Z');
    await team.says(jonas, 'alone', '/status');
    await team.presses(jonas, 'alone', 'tick-item');
    await team.says(aiko, 'alone', '/whoami');
  },
  async (team) => {
    await team.day('Wednesday: a request that nobody decides', '2026-11-25T09:00:00.000Z');
    await team.says(jonas, 'alone', '/refresh uat from nowhere');
    await team.says(jonas, 'alone', '/refresh uat 3 days ago');
    await team.plans();
    await team.presses(jonas, 'alone', 'confirm-run', { confirm: 'uat', reason: 'Training' });
    await team.waitsFor(3, 'channel');
    team.tell('Half of the time is over.');
    await team.at('2026-11-25T21:00:00.000Z');
    await team.waitsFor(4, 'channel');
  },
  async (team) => {
    await team.day('Thursday: it expires, and the sandbox is frozen', '2026-11-26T09:00:00.000Z');
    await team.worker({ kind: 'expire' });
    await team.says(mira, 'alone', '/freeze uat until Friday 12:00, month-end');
    await team.says(jonas, 'alone', '/refresh uat latest');
  },
  async (team) => {
    await team.day('Friday: a failure behind the switch', '2026-11-27T12:00:00.000Z');
    await team.says(jonas, 'channel', '/refresh uat latest');
    await team.plans();
    await team.presses(jonas, 'channel', 'confirm-run', {
      confirm: 'uat',
      reason: 'Month-end figures for the auditors',
    });
    await team.presses(aiko, 'channel', 'approve-run');
    await team.worker(
      { kind: 'start' },
      ...steps('check-prerequisites', 'stop-services'),
      { kind: 'step-started', step: 'swap' },
      { kind: 'closed' },
      { kind: 'swapped', previousKeptUntil: '2026-11-30T13:00:00.000Z' },
      { kind: 'step-done', step: 'swap', detail: '' },
      { kind: 'step-started', step: 'synchronize-database' },
      {
        kind: 'fail',
        failure: {
          step: 'synchronize-database',
          code: 'command-failed',
          message: 'The command synchronize ended with exit code 3: table CUSTVENDTRANS has a duplicate index',
          remedy: 'Mend what the log names and retry the step, or roll back.',
        },
        targetState: 'closed',
        figures: {},
      },
    );
    await team.presses(mira, 'channel', 'roll-back-run');
    await team.worker({ kind: 'rolled-back', figures: { rollbackSeconds: 3 } });
  },
  async (team) => {
    await team.day('Saturday: from now on by itself', '2026-11-28T09:00:00.000Z');
    // Somebody is mentioned when a run fails at night.
    team.chat.sandbox('uat', { schedules: { ...SCHEDULE_DEFAULTS, onCall: mira.id } });
    await team.says(jonas, 'channel', '/schedule uat every Sunday 22:00 as of Saturday 23:00 because UAT round 4');
    await team.drafted();
    await team.plans();
    await team.presses(mira, 'channel', 'approve-run');
    await team.says(jonas, 'alone', '/schedules');
  },
  async (team) => {
    await team.day('The weekend: what was it all', '2026-11-28T10:00:00.000Z');
    await team.says(jonas, 'alone', '/history uat since 23 Nov');
    await team.says(mira, 'alone', '/mine');
  },
];

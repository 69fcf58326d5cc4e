import { expect, test } from 'vitest';
import { planCard } from '../../../cards/plan/planCard.ts';
import { runCard } from '../../../cards/run/runCard.ts';
import { readerOf } from '../../../cards/reader.ts';
import { en } from '../../../cards/words/en.ts';
import { runbook } from '../../../engine/runs/runbook.ts';
import { describeRun } from '../../../cli/describeRun.ts';
import { writeLog } from '../../../bot/logs/writeLog.ts';
import { STEP_NAMES, type Run } from '../../../engine/contracts.ts';
import { describeTarget, wayBackOf, whyNot } from '../../../engine/contracts/mayBeDone/index.ts';
import { withSandboxNotes } from '../../../cards/run/sandboxNotes.ts';
import { signOffCard } from '../../../cards/run/signOffCard.ts';
import { AT, aRun, aSwitchedRun, contextOf, mira, NOW, plan, stepsUntil } from '../samples.ts';
import { textOf } from '../walk.ts';

const reader = (zone: string) => readerOf({ now: NOW, zone });

test('a step › has one title, on cards and in the log', () => {
  expect(runbook.map(({ name, title }) => [name, title])).toEqual(STEP_NAMES.map((name) => [name, en.steps[name]]));
});

test('the recovery point › is said once where the reader lives in UTC, by whatever name', () => {
  for (const zone of ['UTC', 'Etc/UTC', 'GMT', 'Mars/Base'])
    expect(reader(zone).instant(AT)).toBe('**Sat, 21 Nov 2026, 23:00** UTC');
  expect(reader('Europe/Berlin').instant(AT)).toBe(
    '**Sun, 22 Nov 2026, 00:00** Europe/Berlin (UTC+1)\n\n21 Nov 2026, 23:00 UTC',
  );
  expect(reader('UTC').instant('2026-11-21T23:00:00.250Z')).toBe('**Sat, 21 Nov 2026, 23:00:00.250** UTC');
  const card = textOf(planCard(contextOf(aRun(), { zone: 'UTC' }), plan));
  expect(card.match(/21 Nov 2026, 23:00/g)).toHaveLength(1);
});

test('what a command has said › stands on the card letter by letter, its times too', () => {
  const said = '2026-11-22T21:04:05.123Z Table CONTOSOLOYALTY: index cannot be created';
  const failure = {
    step: 'swap',
    code: 'x',
    message: `Ended at 2026-11-22T21:04:06.000Z\n${said}`,
    remedy: '',
  } as const;
  const whole = runCard(contextOf(aRun({ state: 'failed', failure }), { kind: 'outcome' }));
  const card = textOf(whole);
  // Aloud, it is its title alone.
  expect(whole['speak']).toBe('The refresh of UAT failed');
  expect(card).toContain(said);
  expect(card).toContain('Ended at Sun, 22 Nov 2026, 22:04:06 Europe/Berlin (UTC+1)');
});

test('instants in texts of the engine › are said as everything else on a card', () => {
  const text = 'nothing leads to 2026-10-25T00:30:00.000Z; the nearest: 2026-11-20T03:01:00.123Z';
  expect(reader('Europe/Berlin').told(text)).toBe(
    'nothing leads to Sun, 25 Oct 2026, 02:30 Europe/Berlin (UTC+2); the nearest: Fri, 20 Nov 2026, 04:01:00.123 Europe/Berlin (UTC+1)',
  );
  const failure = {
    step: 'restore-beside',
    code: 'x',
    message: text,
    remedy: 'Not after 2026-11-20T03:01:00.000Z.',
  } as const;
  const shown = textOf(runCard(contextOf(aRun({ state: 'failed', failure }), { kind: 'outcome' })));
  expect(shown).not.toMatch(/\d{4}-\d\d-\d\dT/);
});

const stopped: Run = aRun({
  state: 'aborted',
  startedAt: NOW,
  steps: stepsUntil('sanitize', 'skipped').map((step) =>
    step.name === 'inspect-copy' ? { ...step, state: 'skipped', startedAt: undefined } : step,
  ),
  ending: { how: 'stopped', by: mira, at: NOW, reason: '' },
});

test('a stopped step › is stopped, and one that was passed over is skipped: on the card, in the terminal, in the log', () => {
  const card = textOf(runCard(contextOf(stopped)));
  expect(card).toMatch(/⏹️\nSanitize the copy\n(?:[^⚪]*\n)?stopped\n/);
  expect(card).toContain('skipped');
  expect(describeRun(stopped)).toMatch(/■ sanitize +stopped/);
  expect(writeLog(stopped, [], [])).toMatch(/sanitize +stopped {2}/);
  expect(writeLog(stopped, [], [])).toMatch(/inspect-copy +skipped {2}/);
});

const UNTIL = '2026-11-25T21:00:00.000Z';
test.for<readonly [string, Partial<Run>, string, RegExp]>([
  [
    'after success',
    { state: 'completed', previousKeptUntil: UNTIL },
    `until ${UNTIL}`,
    /until \*\*Wed, 25 Nov 2026, 22:00\*\*/,
  ],
  [
    'after a failure that nobody has decided on',
    { state: 'failed', previousKeptUntil: UNTIL, failure: { step: 'swap', code: 'x', message: 'm', remedy: 'r' } },
    'until somebody decides; the former database is kept that long',
    /until somebody decides; the former database is kept that long/,
  ],
  [
    'when nobody has said how long the former database is kept',
    { state: 'completed', previousKeptUntil: undefined },
    'possible',
    /Rollback to the former UAT is possible\./,
  ],
  [
    'signed off, while the former database still lies there',
    { state: 'signed-off', signedOffBy: mira, previousKeptUntil: UNTIL },
    'no longer possible',
    /is final/,
  ],
  [
    'when the former database is gone',
    { state: 'completed', isPreviousRetired: true },
    'no longer possible',
    /is final/,
  ],
])('the way back › %s is the same on card, in the terminal and in the log', ([, change, said, onCard]) => {
  const run = aSwitchedRun({ generation: 1, ...change });
  expect(describeRun(run)).toContain(`Rollback ${said}`);
  expect(writeLog(run, [], [])).toContain(`Rollback      ${said}`);
  expect(textOf(runCard(contextOf(run, { kind: 'outcome', zone: 'Europe/Berlin' })))).toMatch(onCard);
});

test('a way back › is told of a run that has ended, and of no other', () => {
  for (const state of ['in-progress', 'rollback-in-progress', 'rolled-back'] as const) {
    const run = aSwitchedRun({ state, generation: 1, previousKeptUntil: UNTIL });
    expect(describeRun(run)).not.toMatch(/^Rollback (until|possible|no longer|only)/m);
    expect(writeLog(run, [], [])).not.toMatch(/^Rollback /m);
  }
});

const failure = { step: 'swap', code: 'x', message: 'm', remedy: 'r' } as const;
test.for<readonly [string, Partial<Run>, string]>([
  [
    'untouched',
    { state: 'failed', targetState: 'old', swappedAt: undefined },
    'is as it was before the run, and in use',
  ],
  [
    'back, but not online',
    { state: 'rollback-failed', targetState: 'old' },
    'holds its former database again, but was not brought back online',
  ],
  [
    'new',
    { state: 'completed', targetState: 'new' },
    'holds the new database and is open for Admin and service accounts',
  ],
  [
    'new, with users of its profile',
    { state: 'completed', targetState: 'new', profile: [{ part: 'users', done: 2, left: 4 }] },
    'is open for Admin, 2 users of its profile and service accounts',
  ],
  [
    'new, with a user of its profile, but not online',
    { state: 'failed', targetState: 'new', profile: [{ part: 'users', done: 1, left: 0 }] },
    'lets Admin, 1 user of its profile and service accounts in, but was not brought online',
  ],
  [
    'new, but not online',
    { state: 'failed', targetState: 'new' },
    'lets Admin and service accounts in, but was not brought online',
  ],
  ['new and closed', { state: 'failed', targetState: 'closed' }, 'and is closed: people cannot sign in'],
  [
    'old and closed',
    { state: 'failed', targetState: 'closed', swappedAt: undefined },
    'holds its former database and is closed: people cannot sign in',
  ],
  [
    'out of reach',
    { state: 'failed', targetState: 'none' },
    'neither its former database nor the new one serves it as a whole',
  ],
  [
    'taken over, new',
    { state: 'failed', targetState: 'new', acceptedBy: mira },
    'with the new database, not brought online by Rewind',
  ],
  [
    'taken over, closed',
    { state: 'failed', targetState: 'closed', acceptedBy: mira },
    'with the new database, closed to people',
  ],
  [
    'taken over, old',
    { state: 'rollback-failed', targetState: 'old', acceptedBy: mira },
    'with its former database, not brought back online by Rewind',
  ],
  [
    'taken over, out of reach',
    { state: 'rollback-failed', targetState: 'none', acceptedBy: mira },
    'no database answered under its name',
  ],
  [
    'another run’s',
    { state: 'completed', targetState: 'new', replacedBy: { runId: 'R-1050', at: NOW } },
    'to another database',
  ],
])('the sandbox › %s: the same on card, in the terminal and in the log', ([, change, said]) => {
  const run = aSwitchedRun({ failure, generation: 1, ...change });
  expect(describeTarget(run)).toContain(said);
  expect(describeRun(run)).toContain(`uat ${describeTarget(run)}`);
  expect(writeLog(run, [], [])).toContain(`Sandbox       uat ${describeTarget(run)}`);
  expect(textOf(runCard(contextOf(run, { kind: 'outcome' })))).toContain(said);
});

test('a request that was cancelled › is called so on the card, in the terminal and in the log', () => {
  const run = aRun({ state: 'aborted', ending: { how: 'kept', by: mira, at: NOW, reason: '' } });
  expect(textOf(runCard(contextOf(run)))).toContain('cancelled');
  expect(describeRun(run)).toContain(`cancelled by ${mira.name}`);
  expect(writeLog(run, [], [])).toContain(`Ended         cancelled by ${mira.name}`);
});

test('the way back › is told where a rollback is not refused, and only there', () => {
  for (const state of ['completed', 'signed-off', 'failed', 'rollback-failed'] as const)
    for (const acceptedBy of [undefined, mira])
      for (const replacedBy of [undefined, { runId: 'R-1050', at: NOW }])
        for (const isPreviousRetired of [false, true])
          for (const generation of [undefined, 1])
            for (const previousKeptUntil of [undefined, '2026-11-22T20:00:00.000Z', UNTIL]) {
              const change = { state, acceptedBy, replacedBy, isPreviousRetired, generation, previousKeptUntil };
              const run = aSwitchedRun(change);
              const isTold = ['until', 'undecided', 'open'].includes(wayBackOf(run, NOW).kind);
              expect({ change, isTold }).toEqual({
                change,
                isTold: whyNot(run, 'roll-back', { now: NOW }) === undefined,
              });
            }
});

test('a question before a sign-off › comes before what else is to be said of the sandbox', () => {
  const context = contextOf(aRun({ state: 'completed' }), { kind: 'outcome' });
  const freeze = { number: 1, by: mira, from: NOW, until: '2099-12-05T23:00:00.000Z', reason: 'month-end' };
  const said = textOf(withSandboxNotes(signOffCard(context), { ...context, freeze, isQuestion: true }));
  const question = said.indexOf('The former database of UAT is dropped');
  expect(question).toBeGreaterThan(-1);
  expect(said.indexOf('UAT is frozen until')).toBeGreaterThan(question);
});

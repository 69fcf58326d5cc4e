import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  historyCard,
  runCard,
  scheduleCard,
  signOffCard,
  statusCard,
  stopQuestionCard,
  viewPlanCard,
  type Card,
} from '../../../cards/index.ts';
import { RUN_STATES, type Run } from '../../../engine/contracts.ts';
import { aSandbox } from '../../builders.ts';
import { describeRun, oneLine } from '../../../cli/describeRun.ts';
import { aStartedRun, aSwitchedRun, contextOf, NOW, person, plan } from '../samples.ts';
import { made } from '../making.ts';
import { schedule } from '../scheduleStates.ts';
import { textOf } from '../walk.ts';

const owner = person('noor', 'Noor Haddad');
const finding = { proof: 'search', database: 'AxDB_UAT', schema: 'dbo', table: 'NOTES', column: 'TEXT' } as const;
const findings = [{ ...finding, kind: 'mail', count: 3 }];
const house = { people: [], sandbox: aSandbox({ dataOwners: [owner.id] }) };

test.for([
  ['says that its users stay disabled', [{ part: 'users', done: 4, left: 1 }], true],
  ['says nothing of users where it brings none back', [{ part: 'jobs', done: 4, left: 1 }], false],
] as const)('the question about a finding in a sandbox with a profile › %s', ([, profile, isSaid]) => {
  const run: Run = aStartedRun({
    ...{ state: 'awaiting-exception', askedException: { findings, digest: 'd', at: NOW }, plan: { ...plan, profile } },
    expiresAt: '2026-11-23T17:00:00.000Z',
  });
  const text = textOf(runCard(contextOf(run, { kind: 'exception', house })));
  expect(text.includes('stay disabled: nobody but Admin is enabled')).toBe(isSaid);
});

test('a refresh with exceptions that failed behind its switch › says so, and who has accepted them until when', () => {
  const said = { reason: 'Test customers of our own', until: '2026-12-31', packsHash: 'packs', runId: 'R-1042' };
  const failure = { step: 'bring-online', code: 'x', message: 'It is away', remedy: 'Look' } as const;
  const excepted = { failure, state: 'failed', exceptions: [{ ...said, findings, by: owner, at: NOW }] } as const;
  const behind = aSwitchedRun(excepted);
  const text = textOf(runCard(contextOf(behind, { kind: 'outcome' })));
  expect(text).toMatch(/Failed, with exceptions/);
  expect(text).toMatch(/1 finding, accepted by Noor Haddad until 2026-12-31: Test customers of our own/);
  expect(describeRun(behind)).toContain('failed, with exceptions');
  const before = textOf(runCard(contextOf(aStartedRun(excepted), { kind: 'outcome' })));
  expect(before).not.toMatch(/with exceptions|Noor Haddad/);
});

/** Every card that says how a run stands or has ended, and the lines of a terminal. An approval card says how it was decided. */
const TELLS: Readonly<Record<string, (run: Run) => Card | string>> = {
  run: (run) => runCard(contextOf(run, { kind: 'run' })),
  outcome: (run) => runCard(contextOf(run, { kind: 'outcome' })),
  cutover: (run) => runCard(contextOf(run, { kind: 'cutover' })),
  exception: (run) => runCard(contextOf(run, { kind: 'exception' })),
  'sign-off': (run) => signOffCard(contextOf(run)),
  'question of a stop': (run) => stopQuestionCard(contextOf(run)),
  plan: (run) => viewPlanCard(contextOf(run), plan),
  history: (run) => historyCard(made({}, { runs: [{ run, targetTitle: 'UAT' }] })),
  'history of one': (run) =>
    historyCard(made({}, { runs: [{ run, targetTitle: 'UAT' }], targetTitle: 'UAT', target: 'uat' })),
  overview: (run) => statusCard(made({}, { sandboxes: [{ title: 'UAT', sourceTitle: 'PROD', ...standing(run) }] })),
  schedule: (run) =>
    scheduleCard(
      made({}, { schedule, targetTitle: 'UAT', sourceTitle: 'PROD', coming: [], last: { ...run, scheduled } }),
    ),
  'rewind status RUN': describeRun,
  'rewind status, rewind history': oneLine,
};
const scheduled = { schedule: 3, at: NOW, moment: { kind: 'latest' }, tooLate: 'keep' } as const;

/** What an overview shows of a sandbox: the run that has it, or the one whose data it holds. */
const standing = (run: Run): { readonly run?: Run; readonly lastRun?: Run } =>
  run.state === 'completed' || run.state === 'signed-off' ? { lastRun: run } : { run };

/** What is said of a run whose exceptions somebody has accepted: by the sentences of the issue, and not by the code that says it. */
function isSaid({ state, swappedAt, targetState }: Run): boolean {
  if (state === 'completed' || state === 'signed-off' || state === 'in-progress' || state === 'awaiting-cutover')
    return true;
  const isRollback = state === 'rollback-in-progress' || state === 'rolled-back' || state === 'rollback-failed';
  return swappedAt !== undefined && (isRollback || (state === 'failed' && targetState !== 'old'));
}

test.for(Object.keys(TELLS))(
  '%s › says “with exceptions” of each run that brings or has brought some, and of no other',
  (name) => {
    const text = (run: Run): string => {
      const told = TELLS[name]?.(run) ?? '';
      return typeof told === 'string' ? told : textOf(told);
    };
    const failure = { step: 'bring-online', code: 'x', message: 'It is away', remedy: 'Look' } as const;
    const rollback = { by: owner, requestedAt: NOW };
    const accepted = {
      reason: 'Our own',
      until: '2026-12-31',
      packsHash: 'p',
      runId: 'R-1042',
      findings,
      by: owner,
      at: NOW,
    };
    const replacedBy = { runId: 'R-1050', at: NOW };
    fc.assert(
      fc.property(
        fc.constantFrom(...RUN_STATES.filter((state) => state !== 'aborted')),
        fc.record({ isSwitched: fc.boolean(), isReplaced: fc.boolean(), hasExceptions: fc.boolean() }),
        fc.constantFrom('old' as const, 'closed' as const, 'new' as const),
        (state, { isSwitched, isReplaced, hasExceptions }, targetState) => {
          const isDone = state === 'completed' || state === 'signed-off';
          const { swappedAt: _, ...started } = aSwitchedRun({ state, failure, rollback });
          const run: Run = {
            ...(isSwitched || isDone ? aSwitchedRun({ state, failure, rollback }) : started),
            targetState: isDone ? 'new' : targetState,
            ...(hasExceptions ? { exceptions: [accepted] } : {}),
            ...(isReplaced && isDone ? { replacedBy } : {}),
          };
          expect([state, isSwitched, targetState, /with\W+exceptions/i.test(text(run))]).toEqual([
            ...[state, isSwitched, targetState, hasExceptions && isSaid(run)],
          ]);
        },
      ),
      { numRuns: 120 },
    );
  },
);

import { expect, test } from 'vitest';
import { waitsFor, whyNot, type Deed, type House, type Wait } from '../../../engine/contracts/mayBeDone/index.ts';
import type { Actor, Run } from '../../../engine/contracts.ts';
import { aSandbox } from '../../builders.ts';
import { aRun, NEVER, NOW } from '../journal/builders.ts';
import { approver, asker, chooser, RUNS, second, stranger } from './situations.ts';

const ids = (...people: readonly Actor[]) => people.map(({ id }) => id);
const house: House = {
  people: [],
  sandbox: aSandbox({ requesters: ids(asker, chooser), approvers: ids(approver, second), urgent: ids(asker) }),
};
const runOf = (name: string): Run =>
  aRun({ expiresAt: NEVER, requestedBy: asker, shapedBy: [asker, chooser], ...RUNS[name] });
const situationOf = (run: Run, actor: Actor) => ({
  ...{ now: NOW, house, actor },
  hold: { heldBy: run.runId, generation: (run.generation ?? 0) + (run.replacedBy ? 1 : 0) },
});

/** For whoever asked, and for somebody who may approve. */
const EXPECTED: Readonly<Record<string, readonly [asker: Wait | undefined, approver: Wait | undefined]>> = {
  'a draft without a moment': [undefined, undefined],
  'being planned': [undefined, undefined],
  'a plan that was refused': [undefined, undefined],
  'a plan that is blocked': [undefined, undefined],
  'a plan': ['confirm', undefined],
  'a plan whose time is over': [undefined, undefined],
  'awaiting approval': [undefined, 'approve'],
  'an approval whose time is over': [undefined, undefined],
  'awaiting two approvals': [undefined, 'approve'],
  'awaiting the second of two': [undefined, 'approve'],
  'an urgent plan': ['confirm', undefined],
  'urgent, before its start': [undefined, undefined],
  'urgent, its delay over': [undefined, undefined],
  queued: [undefined, undefined],
  'queued, to be stopped': [undefined, undefined],
  'in progress': [undefined, undefined],
  'in progress, stopping services': [undefined, undefined],
  'awaiting an exception': [undefined, undefined],
  'an exception whose time is over': [undefined, undefined],
  'awaiting an exception, to be stopped': [undefined, undefined],
  'awaiting the cutover': ['switch', 'switch'],
  'awaiting it, pressed': [undefined, undefined],
  completed: ['sign-off', undefined],
  'urgent and completed': ['sign-off', 'acknowledge'],
  'urgent and signed off': [undefined, 'acknowledge'],
  'urgent and rolled back': [undefined, 'acknowledge'],
  'urgent and acknowledged': ['sign-off', undefined],
  'completed, way back over': [undefined, undefined],
  replaced: [undefined, undefined],
  'signed off': [undefined, undefined],
  'failed, with its copy': ['decide', 'decide'],
  'failed, copy over': [undefined, undefined],
  'failed, another plan by now': [undefined, undefined],
  'failed behind the switch': ['decide', 'decide'],
  'failed and left': [undefined, undefined],
  'rolling back': [undefined, undefined],
  'rolled back': [undefined, undefined],
  'rollback failed': ['decide', 'decide'],
  'rollback failed and left': [undefined, undefined],
  aborted: [undefined, undefined],
};

test('what waits for somebody › is said for every situation of a run', () => {
  const found = Object.keys(RUNS).map((name) => {
    const run = runOf(name);
    return [name, [asker, approver].map((who) => waitsFor(run, situationOf(run, who)))] as const;
  });
  expect(Object.fromEntries(found)).toEqual(EXPECTED);
});

const DEEDS_OF: Readonly<Record<Wait, readonly Deed[]>> = {
  decide: ['retry', 'roll-back', 'accept'],
  approve: ['approve'],
  'accept-findings': ['accept-findings'],
  switch: ['switch-now'],
  confirm: ['confirm'],
  acknowledge: ['acknowledge'],
  'sign-off': ['sign-off'],
};

test('what waits for somebody › is never refused to them, and nothing waits for a stranger', () => {
  const found = Object.keys(RUNS).flatMap((name) =>
    [asker, chooser, approver, second, stranger].flatMap((who) => {
      const run = runOf(name);
      const situation = situationOf(run, who);
      const wait = waitsFor(run, situation);
      const isRefused = (deed: Deed) => whyNot(run, deed, situation) !== undefined;
      return wait ? [{ who, name, isRefused: DEEDS_OF[wait].every(isRefused) }] : [];
    }),
  );
  expect(found.length).toBeGreaterThan(20);
  expect(found.filter(({ who, isRefused }) => isRefused || who === stranger)).toEqual([]);
});

test('a refresh that a later one has switched over › waits for no sign-off, also before it is told so', () => {
  const run = runOf('completed');
  const later = { heldBy: 'R-2', generation: (run.generation ?? 0) + 1 };
  expect(waitsFor(run, { ...situationOf(run, asker), hold: later })).toBeUndefined();
});

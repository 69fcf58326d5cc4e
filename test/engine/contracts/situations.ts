import type { Actor, Run } from '../../../engine/contracts.ts';
import { TENANT } from '../../builders.ts';
import { aCheck, aFinding, aPlan, aRun, LATER, NOW } from '../journal/builders.ts';

/** People, and every situation of a run that something is to be done about. */
const person = (id: string): Actor => ({ id, tenantId: TENANT, name: id });
export const [asker, chooser, approver, second, stranger] = ['asker', 'chooser', 'approver', 'second', 'stranger'].map(
  person,
) as [Actor, Actor, Actor, Actor, Actor];

const failure = { step: 'sanitize', code: 'injected', message: 'It failed', remedy: 'Try again' } as const;
const checklist = [{ n: 1, title: 'Sign in', detail: '' }];
export const planned = { at: NOW, plan: aPlan(), reason: 'why' } satisfies Partial<Run>;
const two = aPlan();
const ofTwo = { ...planned, plan: { ...two, binding: { ...two.binding, approvals: 2 } } } satisfies Partial<Run>;
const approved = { ...planned, startedAt: NOW, approval: { by: second, at: NOW, digest: 'digest-1' } };
const swapped = {
  ...{ ...approved, generation: 1, swappedAt: NOW, previousKeptUntil: LATER, checklist },
} satisfies Partial<Run>;
const { approval: _, ...unapproved } = swapped;
const behind = { ...swapped, failure, targetState: 'closed' } satisfies Partial<Run>;
const stopServices = (run: Run): Run['steps'] =>
  run.steps.map((step) => (step.name === 'stop-services' ? { ...step, state: 'running' } : step));

export const askedException = { findings: [aFinding()], digest: 'digest-1', at: NOW };

export const RUNS: Readonly<Record<string, Partial<Run>>> = {
  'a draft without a moment': { state: 'draft' },
  'being planned': { state: 'draft', at: NOW, isPlanning: true },
  'a plan that was refused': { state: 'draft', at: NOW, failure: { ...failure, step: 'plan' } },
  'a plan that is blocked': { ...planned, state: 'draft', plan: aPlan({ checks: [aCheck({ outcome: 'blocked' })] }) },
  'a plan': { ...planned, state: 'draft' },
  'a plan whose time is over': { ...planned, state: 'draft', expiresAt: NOW },
  'awaiting approval': { ...planned, state: 'awaiting-approval' },
  'an approval whose time is over': { ...planned, state: 'awaiting-approval', expiresAt: NOW },
  'awaiting two approvals': { ...ofTwo, state: 'awaiting-approval' },
  'awaiting the second of two': {
    ...{ ...ofTwo, state: 'awaiting-approval' },
    firstApproval: { by: second, at: NOW, digest: 'digest-1' },
  },
  'an urgent plan': { ...planned, state: 'draft', isUrgent: true },
  'urgent, before its start': { ...planned, state: 'awaiting-approval', isUrgent: true },
  'urgent, its delay over': { ...planned, state: 'awaiting-approval', isUrgent: true, expiresAt: NOW },
  queued: { ...approved, state: 'queued' },
  'queued, to be stopped': { ...approved, state: 'queued', stopRequestedBy: asker },
  'in progress': { ...approved, state: 'in-progress' },
  'in progress, stopping services': { ...approved, state: 'in-progress', steps: stopServices(aRun()) },
  'awaiting an exception': { ...approved, state: 'awaiting-exception', askedException },
  'an exception whose time is over': { ...approved, state: 'awaiting-exception', askedException, expiresAt: NOW },
  'awaiting an exception, to be stopped': {
    ...{ ...approved, state: 'awaiting-exception', askedException, stopRequestedBy: asker },
  },
  'awaiting the cutover': { ...approved, state: 'awaiting-cutover', cutover: { kind: 'on-click' } },
  'awaiting it, pressed': {
    ...approved,
    state: 'awaiting-cutover',
    cutover: { kind: 'on-click', at: NOW, pressedBy: asker },
  },
  completed: { ...swapped, state: 'completed', targetState: 'new' },
  'urgent and completed': { ...unapproved, state: 'completed', targetState: 'new', isUrgent: true },
  'urgent and signed off': {
    ...unapproved,
    state: 'signed-off',
    targetState: 'new',
    signedOffBy: asker,
    isUrgent: true,
  },
  'urgent and rolled back': { ...unapproved, state: 'rolled-back', isUrgent: true, generation: undefined },
  'urgent and acknowledged': {
    ...{ ...unapproved, state: 'completed', targetState: 'new', isUrgent: true },
    acknowledged: { by: second, at: NOW },
  },
  'completed, way back over': { ...swapped, state: 'completed', targetState: 'new', previousKeptUntil: NOW },
  replaced: { ...swapped, state: 'completed', targetState: 'new', replacedBy: { runId: 'R-9', at: NOW } },
  'signed off': { ...swapped, state: 'signed-off', targetState: 'new', signedOffBy: asker },
  'failed, with its copy': { ...approved, state: 'failed', failure, copyKeptUntil: LATER },
  'failed, copy over': { ...approved, state: 'failed', failure, copyKeptUntil: NOW },
  'failed, another plan by now': {
    ...approved,
    state: 'failed',
    failure: { ...failure, code: 'plan-drifted' },
    copyKeptUntil: LATER,
  },
  'failed behind the switch': { ...behind, state: 'failed' },
  'failed and left': { ...behind, state: 'failed', acceptedBy: asker },
  'rolling back': { ...behind, state: 'rollback-in-progress' },
  'rolled back': { ...approved, state: 'rolled-back' },
  'rollback failed': { ...behind, state: 'rollback-failed' },
  'rollback failed and left': { ...behind, state: 'rollback-failed', acceptedBy: asker },
  aborted: { ...planned, state: 'aborted', ending: { how: 'rejected', by: approver, at: NOW, reason: 'no' } },
};

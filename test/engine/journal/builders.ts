import { STEP_NAMES } from '../../../engine/contracts.ts';
import type { CheckResult, NamedFinding, Person, Plan, ProofResult, Run } from '../../../engine/contracts.ts';
import type { NewSchedule } from '../../../engine/journal/schedules/schedules.ts';
import type { Draft } from '../../../engine/journal/journal.ts';
import type { RunEvent } from '../../../engine/journal/events.ts';

export const ANN: Person = { id: 'ann-object-id', tenantId: 'contoso', name: 'Ann' };
export const BOB: Person = { id: 'bob-object-id', tenantId: 'contoso', name: 'Bob' };

export const NOW = '2026-11-20T18:00:00.000Z';
export const LATER = '2026-11-21T18:00:00.000Z';
/** Far enough for a real clock. */
export const NEVER = '2999-01-01T00:00:00.000Z';

export function aDraft(change: Partial<Draft> = {}): Draft {
  return { target: 'uat', source: 'prod', requestedBy: ANN, zone: 'Europe/Prague', expiresAt: NEVER, ...change };
}

export function aCheck(change: Partial<CheckResult> = {}): CheckResult {
  return {
    name: 'same-release',
    title: 'Same application release',
    outcome: 'passed',
    basis: 'measured',
    detail: '10.0.44 and 10.0.44',
    remedy: '',
    ...change,
  };
}

export function aPlan(change: Partial<Plan> = {}): Plan {
  return {
    binding: {
      source: 'prod',
      target: 'uat',
      sourceIdentity: 'prod-1',
      targetIdentity: 'uat-1',
      at: { application: NOW, financialReporting: NOW },
      packsHash: 'packs',
      policyHash: 'policy',
    },
    digest: 'digest-1',
    madeAt: NOW,
    checks: [aCheck()],
    chain: [],
    replaced: {},
    cleared: [],
    keptFromTarget: [],
    administrator: 'admin@contoso.example',
    estimate: { kind: 'unknown' },
    keepPreviousMs: 3_600_000,
    ...change,
  };
}

export function aRun(change: Partial<Run> = {}): Run {
  return {
    runId: 'R-1001',
    state: 'draft',
    version: 1,
    target: 'uat',
    source: 'prod',
    requestedBy: ANN,
    createdAt: NOW,
    updatedAt: NOW,
    zone: 'Europe/Prague',
    isPlanning: false,
    expiresAt: NEVER,
    steps: STEP_NAMES.map((name) => ({ name, state: 'waiting', detail: '' })),
    remembered: {},
    targetState: 'old',
    isPreviousRetired: false,
    figures: {},
    checklist: [],
    ...change,
  };
}

const failure = {
  step: 'synchronize-database',
  code: 'command-failed',
  message: 'It failed',
  remedy: 'Roll back',
} as const;

export const aProof = (change: Partial<ProofResult> = {}): ProofResult => ({
  name: 'search',
  searched: { tables: 3, columns: 9, bytes: 4096, values: 20 },
  notSearched: [],
  findings: [],
  sampled: false,
  seconds: 1,
  ...change,
});

export const aFinding = (change: Partial<NamedFinding> = {}): NamedFinding => ({
  ...{ proof: 'search', database: 'axdb', schema: 'dbo', table: 'CONTOSONOTES', column: 'MEMO' },
  ...{ kind: 'mail', count: 3 },
  ...change,
});

/** One event of every kind, with plausible content. */
export const EVENTS: { readonly [Kind in RunEvent['kind']]: Extract<RunEvent, { kind: Kind }> } = {
  'choose-moment': { kind: 'choose-moment', at: NOW, expiresAt: NEVER },
  'plan-made': { kind: 'plan-made', at: NOW, plan: aPlan() },
  'plan-refused': { kind: 'plan-refused', at: NOW, failure: { ...failure, step: 'plan' } },
  confirm: { kind: 'confirm', digest: 'digest-1', reason: 'Month-end tests', expiresAt: NEVER },
  told: { kind: 'told', to: 'bob-object-id', why: 'not-installed' },
  reminded: { kind: 'reminded' },
  announced: { kind: 'announced', what: 'switch-announced', by: 'command', for: LATER, why: 'failed' },
  skip: { kind: 'skip', why: 'by-hand', detail: '' },
  keep: { kind: 'keep' },
  expire: { kind: 'expire' },
  approve: { kind: 'approve', digest: 'digest-1' },
  'approve-first': { kind: 'approve-first', digest: 'digest-1' },
  'go-ahead': { kind: 'go-ahead' },
  halt: { kind: 'halt' },
  acknowledge: { kind: 'acknowledge' },
  'acknowledge-reminded': { kind: 'acknowledge-reminded' },
  reject: { kind: 'reject', reason: 'Not today' },
  stop: { kind: 'stop' },
  stopped: { kind: 'stopped' },
  start: { kind: 'start' },
  'step-started': { kind: 'step-started', step: 'restore-beside' },
  'step-done': { kind: 'step-done', step: 'restore-beside', detail: '2 databases', figures: { restoreSeconds: 2 } },
  'step-skipped': { kind: 'step-skipped', step: 'synchronize-beside', detail: 'by policy' },
  proved: { kind: 'proved', step: 'verify-sanitization', proofs: [aProof()] },
  'ask-exception': { kind: 'ask-exception', findings: [aFinding()], digest: 'digest-1', expiresAt: NEVER },
  'accept-findings': { kind: 'accept-findings', digest: 'digest-1', reason: 'Test data', until: '2026-12-31' },
  'exceptions-held': { kind: 'exceptions-held', exceptions: [] },
  'report-made': { kind: 'report-made', report: { sha256: 'f'.repeat(64), madeAt: NOW, key: '2026a' } },
  remember: { kind: 'remember', key: 'operation', value: '42' },
  'hand-back': { kind: 'hand-back' },
  'await-cutover': { kind: 'await-cutover', policy: 'on-click' },
  'switch-now': { kind: 'switch-now', at: LATER },
  resume: { kind: 'resume' },
  closed: { kind: 'closed' },
  swapped: { kind: 'swapped', previousKeptUntil: NEVER },
  complete: { kind: 'complete', figures: { totalSeconds: 9 }, checklist: [{ n: 1, title: 'Sign in', detail: '' }] },
  fail: { kind: 'fail', failure, targetState: 'closed', figures: {} },
  retry: { kind: 'retry' },
  'roll-back': { kind: 'roll-back' },
  'rolled-back': { kind: 'rolled-back', figures: { rollbackSeconds: 1 } },
  'rollback-failed': { kind: 'rollback-failed', failure: { ...failure, step: 'rollback' }, targetState: 'closed' },
  accept: { kind: 'accept' },
  'sign-off': { kind: 'sign-off' },
  'tick-item': { kind: 'tick-item', n: 1 },
  replaced: { kind: 'replaced', by: 'R-1043', at: NOW },
  reinstated: { kind: 'reinstated' },
  'copy-given-up': { kind: 'copy-given-up' },
  'previous-given-up': { kind: 'previous-given-up' },
  'copy-dropped': { kind: 'copy-dropped' },
  'previous-retired': { kind: 'previous-retired' },
};

export const aSchedule: NewSchedule = {
  ...{ target: 'uat', source: 'prod', by: ANN, shownZone: 'UTC', reason: 'weekly “CHG-1”' },
  ...{ conversation: '19:x', address: { conversation: '19:x' } },
  rule: { every: { kind: 'weekly', days: [7], time: '22:00' }, moment: { kind: 'latest' }, zone: 'Europe/Berlin' },
};

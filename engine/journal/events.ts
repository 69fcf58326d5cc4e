import { RUN_STATES } from '../contracts.ts';
import type {
  AcceptedException,
  Announcement,
  ChecklistItem,
  Failure,
  Figures,
  Instant,
  NamedFinding,
  Plan,
  Policy,
  ProfileLine,
  ProofResult,
  ReportHead,
  RuleCount,
  RunState,
  Skip,
  StepName,
  TargetState,
  Told,
} from '../contracts.ts';

/** Everything that can happen to a run after it was drafted. Each becomes one record of the journal, with its actor. */
export type RunEvent =
  | { readonly kind: 'choose-moment'; readonly at: Instant; readonly expiresAt: Instant }
  /** `at`: the moment that was planned. */
  | { readonly kind: 'plan-made'; readonly at: Instant; readonly plan: Plan }
  | { readonly kind: 'plan-refused'; readonly at: Instant; readonly failure: Failure }
  | {
      readonly kind: 'confirm';
      readonly digest: string;
      readonly reason: string;
      /** Of an urgent refresh: when it starts. */
      readonly expiresAt: Instant;
      readonly isUrgent?: boolean;
    }
  /** A chat has taken the question whether the plan is approved, or has not. */
  | ({ readonly kind: 'told' } & Omit<Told, 'at'>)
  | { readonly kind: 'reminded' }
  /** Those who work in the sandbox were told by the installation's command, or somebody could not be. */
  | ({ readonly kind: 'announced' } & Omit<Announcement, 'at'>)
  /** An occurrence of a schedule that comes to nothing, and why. */
  | { readonly kind: 'skip'; readonly why: Skip; readonly detail: string }
  | { readonly kind: 'keep' }
  | { readonly kind: 'expire' }
  | { readonly kind: 'approve'; readonly digest: string; readonly comment?: string }
  /** The first of two approvals; `insteadOf`: by whom the one before was, who may no longer approve. */
  | { readonly kind: 'approve-first'; readonly digest: string; readonly comment?: string; readonly insteadOf?: string }
  /** What was confirmed goes on without an approval: by policy, or an urgent refresh whose delay is over. */
  | { readonly kind: 'go-ahead' }
  /** Somebody stops an urgent refresh before it starts. */
  | { readonly kind: 'halt' }
  | { readonly kind: 'acknowledge' }
  | { readonly kind: 'acknowledge-reminded' }
  | { readonly kind: 'reject'; readonly reason: string }
  | { readonly kind: 'stop' }
  | { readonly kind: 'stopped'; readonly copyKeptUntil?: Instant }
  /** `under`: the number of the reservation that whoever starts it has looked at, where there was one. */
  | { readonly kind: 'start'; readonly under?: number }
  | { readonly kind: 'step-started'; readonly step: StepName }
  | {
      readonly kind: 'step-done';
      readonly step: StepName;
      readonly detail: string;
      readonly figures?: Figures;
      /** Of the step that sanitizes: the records alone keep it. */
      readonly rules?: readonly RuleCount[];
      /** Of the step that applies the profile. */
      readonly profile?: readonly ProfileLine[];
    }
  | { readonly kind: 'step-skipped'; readonly step: StepName; readonly detail: string }
  /** What a step has proved of the copy, or could not: recorded in either case, before the step ends. */
  | { readonly kind: 'proved'; readonly step: StepName; readonly proofs: readonly ProofResult[] }
  /** A proof has found something for which somebody may answer; the copy stays closed meanwhile. */
  | {
      readonly kind: 'ask-exception';
      readonly findings: readonly NamedFinding[];
      readonly digest: string;
      readonly expiresAt: Instant;
    }
  | { readonly kind: 'accept-findings'; readonly digest: string; readonly reason: string; readonly until: string }
  /** Exactly what a proof has found was accepted in earlier runs. */
  | { readonly kind: 'exceptions-held'; readonly exceptions: readonly AcceptedException[] }
  /** The report of what was proved is made and kept. */
  | { readonly kind: 'report-made'; readonly report: ReportHead }
  | { readonly kind: 'remember'; readonly key: string; readonly value: string }
  /** A worker let go in good order: a deployment is not a crash. */
  | { readonly kind: 'hand-back' }
  | {
      readonly kind: 'await-cutover';
      readonly policy: Policy['cutover']['kind'];
      readonly at?: Instant;
      readonly isFrozen?: boolean;
    }
  | { readonly kind: 'switch-now'; readonly at: Instant }
  | { readonly kind: 'resume' }
  | { readonly kind: 'closed' }
  | { readonly kind: 'swapped'; readonly previousKeptUntil: Instant }
  | {
      readonly kind: 'complete';
      readonly figures: Figures;
      readonly checklist: readonly ChecklistItem[];
      /** Of a run that was mended behind its switch: the promise counts from here. */
      readonly previousKeptUntil?: Instant;
    }
  | {
      readonly kind: 'fail';
      readonly failure: Failure;
      readonly targetState: TargetState;
      readonly copyKeptUntil?: Instant;
      readonly figures: Figures;
    }
  | { readonly kind: 'retry' }
  | { readonly kind: 'roll-back' }
  | { readonly kind: 'rolled-back'; readonly figures: Figures; readonly copyKeptUntil?: Instant }
  | { readonly kind: 'rollback-failed'; readonly failure: Failure; readonly targetState: TargetState }
  | { readonly kind: 'accept' }
  | { readonly kind: 'sign-off' }
  | { readonly kind: 'tick-item'; readonly n: number }
  /** A later run has switched; `at` is when. */
  | { readonly kind: 'replaced'; readonly by: string; readonly at: Instant }
  /** The later run was rolled back: the target holds this run's data again. */
  | { readonly kind: 'reinstated' }
  /** An approved plan drops the copy or the former databases before their time: first nobody is promised them any longer. */
  | { readonly kind: 'copy-given-up' }
  | { readonly kind: 'previous-given-up' }
  | { readonly kind: 'copy-dropped' }
  | { readonly kind: 'previous-retired' };

export type EventKind = RunEvent['kind'];

/** Whatever a webhook tells of may be past by the time that its receiver is given up. */
const REQUESTED = RUN_STATES.filter((state) => state !== 'draft');
const BEFORE_START: readonly RunState[] = ['draft', 'awaiting-approval'];
/** In which somebody is asked to decide. */
const ASKED: readonly RunState[] = ['awaiting-approval', 'awaiting-exception'];
const WORKING: readonly RunState[] = ['in-progress'];
const STOPPABLE: readonly RunState[] = ['queued', 'in-progress', 'awaiting-exception', 'awaiting-cutover'];
const ENDED_WITH_COPY: readonly RunState[] = ['failed', 'aborted', 'rolled-back', 'rollback-failed'];
/** Whatever came of it, once it has begun to change something. */
const ENDED: readonly RunState[] = ['completed', 'signed-off', 'failed', 'rolled-back', 'rollback-failed'];
/** From where a run goes on by a retry or a rollback alone. */
export const OVER: readonly RunState[] = [...ENDED, 'aborted'];
const ENDED_WITH_PREVIOUS: readonly RunState[] = ['completed', 'signed-off', 'failed', 'rollback-failed'];

/** What an event does to the target's holder: the one run that may touch the target. */
type Hold = 'take' | 'keep' | 'release' | 'release-if-untouched';

interface Transition {
  readonly from: readonly RunState[];
  /** Absent: the state stays. */
  readonly to?: RunState;
  readonly hold: Hold;
}

/** The whole life of a run: which event is possible in which state, and where it leads. */
export const TRANSITIONS = {
  'choose-moment': { from: ['draft'], hold: 'keep' },
  'plan-made': { from: ['draft'], hold: 'keep' },
  'plan-refused': { from: ['draft'], hold: 'keep' },
  confirm: { from: ['draft'], to: 'awaiting-approval', hold: 'take' },
  told: { from: ASKED, hold: 'keep' },
  reminded: { from: ASKED, hold: 'keep' },
  announced: { from: REQUESTED, hold: 'keep' },
  keep: { from: BEFORE_START, to: 'aborted', hold: 'release' },
  skip: { from: ['draft', 'awaiting-approval', 'queued'], to: 'aborted', hold: 'release' },
  expire: { from: BEFORE_START, to: 'aborted', hold: 'release' },
  approve: { from: ['awaiting-approval'], to: 'queued', hold: 'keep' },
  'approve-first': { from: ['awaiting-approval'], hold: 'keep' },
  'go-ahead': { from: ['awaiting-approval'], to: 'queued', hold: 'keep' },
  halt: { from: ['awaiting-approval'], to: 'aborted', hold: 'release' },
  acknowledge: { from: ENDED, hold: 'keep' },
  'acknowledge-reminded': { from: ENDED, hold: 'keep' },
  reject: { from: ['awaiting-approval'], to: 'aborted', hold: 'release' },
  stop: { from: STOPPABLE, hold: 'keep' },
  stopped: { from: STOPPABLE, to: 'aborted', hold: 'release' },
  start: { from: ['queued'], to: 'in-progress', hold: 'take' },
  'step-started': { from: WORKING, hold: 'keep' },
  'step-done': { from: WORKING, hold: 'keep' },
  'step-skipped': { from: WORKING, hold: 'keep' },
  proved: { from: WORKING, hold: 'keep' },
  'report-made': { from: WORKING, hold: 'keep' },
  'ask-exception': { from: WORKING, to: 'awaiting-exception', hold: 'keep' },
  'accept-findings': { from: ['awaiting-exception'], to: 'in-progress', hold: 'keep' },
  'exceptions-held': { from: WORKING, hold: 'keep' },
  remember: { from: ['in-progress', 'rollback-in-progress'], hold: 'keep' },
  'hand-back': { from: ['in-progress', 'rollback-in-progress'], hold: 'keep' },
  'await-cutover': { from: WORKING, to: 'awaiting-cutover', hold: 'keep' },
  'switch-now': { from: ['awaiting-cutover'], hold: 'keep' },
  resume: { from: ['awaiting-cutover'], to: 'in-progress', hold: 'keep' },
  closed: { from: WORKING, hold: 'keep' },
  swapped: { from: WORKING, hold: 'keep' },
  complete: { from: WORKING, to: 'completed', hold: 'release' },
  fail: { from: STOPPABLE, to: 'failed', hold: 'release-if-untouched' },
  retry: { from: ['failed'], to: 'queued', hold: 'take' },
  'roll-back': { from: ['completed', 'failed', 'rollback-failed'], to: 'rollback-in-progress', hold: 'take' },
  'rolled-back': { from: ['rollback-in-progress'], to: 'rolled-back', hold: 'release' },
  'rollback-failed': { from: ['rollback-in-progress'], to: 'rollback-failed', hold: 'keep' },
  accept: { from: ['failed', 'rollback-failed'], hold: 'release' },
  'sign-off': { from: ['completed'], to: 'signed-off', hold: 'keep' },
  'tick-item': { from: ['completed', 'signed-off'], hold: 'keep' },
  replaced: { from: ENDED_WITH_PREVIOUS, hold: 'keep' },
  reinstated: { from: ENDED_WITH_PREVIOUS, hold: 'keep' },
  'copy-given-up': { from: ENDED_WITH_COPY, hold: 'keep' },
  'previous-given-up': { from: ENDED_WITH_PREVIOUS, hold: 'keep' },
  'copy-dropped': { from: ENDED_WITH_COPY, hold: 'keep' },
  'previous-retired': { from: ENDED_WITH_PREVIOUS, hold: 'keep' },
} as const satisfies Record<EventKind, Transition>;

/** A run of a schedule holds its target from its start on, any other from the request. */
export const holdOf = (kind: EventKind, isScheduled: boolean): Hold =>
  kind === 'confirm' && isScheduled ? 'keep' : TRANSITIONS[kind].hold;

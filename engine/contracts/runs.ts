import type { Announcement } from './announcements.ts';
import type { Policy } from './environments.ts';
import type { AcceptedException, AskedException } from './exceptions.ts';
import type { Instant, Person } from './people.ts';
import type { Plan } from './plans.ts';
import type { ProfileLine } from './profile.ts';
import type { ProofResult } from './proofs.ts';
import type { Told } from './reach.ts';
import type { ReportHead } from './reports.ts';
import type { ScheduledFor, Skip } from './schedules.ts';

export const RUN_STATES = [
  'draft',
  'awaiting-approval',
  'queued',
  'in-progress',
  'awaiting-exception',
  'awaiting-cutover',
  'completed',
  'signed-off',
  'failed',
  'rollback-in-progress',
  'rolled-back',
  'rollback-failed',
  'aborted',
] as const;
export type RunState = (typeof RUN_STATES)[number];

/** The runbook's order; `engine/runs/runbook.ts` gives each its meaning and a test compares the two. */
export const STEP_NAMES = [
  'check-prerequisites',
  'restore-beside',
  'inspect-copy',
  'sanitize',
  'synchronize-beside',
  'verify-sanitization',
  'await-cutover',
  'apply-target-settings',
  'stop-services',
  'swap',
  'synchronize-database',
  'bring-online',
] as const;
export type StepName = (typeof STEP_NAMES)[number];

export interface StepStatus {
  readonly name: StepName;
  readonly state: 'waiting' | 'running' | 'done' | 'failed' | 'skipped';
  readonly startedAt?: Instant;
  readonly endedAt?: Instant;
  /** One line for people: `271 of 396 GB`, `22 rules, 41,207 rows`. */
  readonly detail: string;
  /** What it came to before the switch, where it is done once more behind it. */
  readonly beforeSwitch?: Pick<StepStatus, 'startedAt' | 'endedAt' | 'detail'>;
}

/**
 * What the target is at this moment: the former database, the new one in use, the new one closed to all but the service,
 * or `none`: neither of them answers as a whole, be it that one is missing, in pieces, or out of sight.
 */
export type TargetState = 'old' | 'new' | 'closed' | 'none';

export interface Failure {
  readonly step: StepName | 'plan' | 'rollback';
  readonly code: string;
  readonly message: string;
  readonly remedy: string;
}

/** Seconds; measured by the worker with a monotonic clock. */
export interface Figures {
  readonly totalSeconds?: number;
  readonly restoreSeconds?: number;
  readonly sanitizeSeconds?: number;
  /** The swap itself. */
  readonly switchSeconds?: number;
  /** stop-services → brought online. */
  readonly unavailableSeconds?: number;
  readonly rollbackSeconds?: number;
  /** Ready, and waiting for the moment that people chose. */
  readonly waitedSeconds?: number;
  /** Inside the steps other than the wait for the cutover; what is neither this nor waiting lies between them. */
  readonly workSeconds?: number;
}

export interface ChecklistItem {
  readonly n: number;
  readonly title: string;
  readonly detail: string;
  readonly doneBy?: string;
}

/** The proofs that a step has made, at the end of its newest attempt, whether they held or not. */
export interface StepProofs {
  readonly step: StepName;
  readonly at: Instant;
  readonly proofs: readonly ProofResult[];
}

/** Everything about one run that cards and people need; the journal's records say how it came to be. */
export interface Run {
  readonly runId: string;
  readonly state: RunState;
  /** Sequence number of the last record. */
  readonly version: number;
  readonly target: string;
  readonly source: string;
  /** Whoever confirmed the plan; until then, whoever asked for it. */
  readonly requestedBy: Person;
  /**
   * Everybody who asked, chose the moment or confirmed, here or in the run that this one was planned again from: none of
   * them may approve. Absent in documents that are older than this member.
   */
  readonly shapedBy?: readonly Person[];
  /** The run that this one was planned again from. */
  readonly plannedAgainFrom?: string;
  /** Hash of the press of a button that has begun it: pressed again, it begins no other one while this is a draft. */
  readonly pressed?: string;
  /** Of a run that a schedule has begun. */
  readonly scheduled?: ScheduledFor;
  readonly createdAt: Instant;
  readonly updatedAt: Instant;
  /** IANA zone of the requester, for display. */
  readonly zone: string;
  /** The recovery point. */
  readonly at?: Instant;
  readonly isPlanning: boolean;
  readonly plan?: Plan;
  readonly reason?: string;
  readonly approval?: {
    readonly by: Person;
    readonly at: Instant;
    readonly digest: string;
    /** What whoever approved had to say. */
    readonly comment?: string;
  };
  /** The first of two; `approval` is the second. */
  readonly firstApproval?: Run['approval'];
  /** Asked for as urgent: nobody approves, everybody is told, and may stop it until it starts. */
  readonly isUrgent?: boolean;
  /** Who has looked at an urgent refresh afterwards. */
  readonly acknowledged?: { readonly by: Person; readonly at: Instant };
  /** When those who may acknowledge it were reminded. */
  readonly acknowledgeRemindedAt?: Instant;
  /** Who was asked for an approval, and who could not be; the newest word about each. Absent in older documents. */
  readonly told?: readonly Told[];
  /** When those who were asked were reminded. */
  readonly remindedAt?: Instant;
  /** What those were told who work in the sandbox, and what they were not; the newest word about each. */
  readonly announced?: readonly Announcement[];
  /** When the present state ends by itself: a draft, an approval, a wait for cutover, a kept copy. */
  readonly expiresAt?: Instant;
  readonly startedAt?: Instant;
  readonly endedAt?: Instant;
  readonly steps: readonly StepStatus[];
  /** What providers asked to keep before a remote operation is polled. */
  readonly remembered: Readonly<Record<string, string>>;
  readonly targetState: TargetState;
  readonly failure?: Failure;
  /** Why a run was aborted: rejected, expired or stopped, and by whom. */
  readonly ending?: {
    readonly how: 'rejected' | 'expired' | 'stopped' | 'kept' | 'skipped';
    /** Of an occurrence that was skipped. */
    readonly why?: Skip;
    readonly by: Person;
    readonly at: Instant;
    readonly reason: string;
  };
  readonly stopRequestedBy?: Person;
  readonly cutover?: {
    readonly kind: Policy['cutover']['kind'];
    readonly at?: Instant;
    readonly pressedBy?: Person;
    /** It waits for the end of a freeze, and is announced anew after that. */
    readonly isFrozen?: boolean;
  };
  /** Number of the target's database after this run's swap; only the newest may be rolled back. */
  readonly generation?: number;
  /** The later run that has switched over what this one brought, and when; absent while the target holds it. */
  readonly replacedBy?: { readonly runId: string; readonly at: Instant };
  readonly swappedAt?: Instant;
  readonly previousKeptUntil?: Instant;
  readonly isPreviousRetired: boolean;
  /** The closed copy of a failed run, kept for Retry. */
  readonly copyKeptUntil?: Instant;
  readonly figures: Figures;
  readonly rollback?: { readonly by: Person; readonly requestedAt: Instant; readonly endedAt?: Instant };
  readonly signedOffBy?: Person;
  /** A failure behind the switch, or of a rollback, that somebody accepted: the target is theirs again, as it is. */
  readonly acceptedBy?: Person;
  readonly checklist: readonly ChecklistItem[];
  /** What the profile has brought about in the newest copy; absent without one. */
  readonly profile?: readonly ProfileLine[];
  /** In the order of the steps; a proof repeated behind the switch stands last. Absent in documents that are older than this member, and before anything was proved. */
  readonly proofs?: readonly StepProofs[];
  /** What its newest proofs have found and somebody may accept; absent while nothing of that kind was found. */
  readonly askedException?: AskedException;
  /** What was accepted of its newest copy, by a decision about it or about an earlier one. */
  readonly exceptions?: readonly AcceptedException[];
  /** Of what was proved of its newest copy. Absent in documents that are older than this member, and before one was made. */
  readonly report?: ReportHead;
}

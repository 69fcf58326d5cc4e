import type { Actor, Instant, LogLine, Person, Run, RunRecord, RunState, ScheduledFor, Survey } from '../contracts.ts';
import type { RunEvent } from './events.ts';
import type { JournalFreezes, JournalReservations } from './freezes.ts';
import type { JournalMessages } from './messages.ts';
import type { JournalReach } from './reach.ts';
import type { JournalProfiles, JournalReports } from './besideRuns.ts';
import type { JournalSchedules } from './schedules/schedules.ts';
import type { TargetHold } from './rule/transitionContext.ts';
import type { SignDecision } from './signatures.ts';

/**
 * The truth about runs: `run`, `record`, `target`, `message`, `log` and six small tables, in SQL Server or PostgreSQL.
 * A change is a compare-and-set on the run's version plus its record, in one transaction.
 */
export interface Journal
  extends
    JournalMessages,
    JournalReach,
    JournalFreezes,
    JournalReservations,
    JournalReports,
    JournalProfiles,
    JournalSchedules,
    AsyncDisposable {
  /** Creates the tables that are missing; safe to run from several processes at once. */
  migrate(): Promise<void>;

  /** A new run in state `draft`, with the next free number: `R-1042`. */
  draft(draft: Draft): Promise<Run>;
  run(runId: string): Promise<Run | undefined>;
  /** Newest first. */
  runs(filter: RunFilter): Promise<readonly Run[]>;

  /** What is due by itself at this moment, over all targets; found without a look at any run's document. */
  chores(at: Instant): Promise<readonly Chore[]>;

  /**
   * Applies one event (see transition.ts) and appends its record. Tried again on the new state when two changes meet.
   * With `lease`, the change is refused once another worker has taken the target; with `sign`, the record carries a signature.
   * @throws the transition's own errors, RunNotFoundError, LeaseLostError, ConcurrentChangeError
   */
  record(
    runId: string,
    event: RunEvent,
    by: { readonly actor: Actor; readonly lease?: Lease; readonly sign?: SignDecision },
  ): Promise<Run>;

  /** The run's audit trail, oldest first. */
  records(runId: string): Promise<readonly RunRecord[]>;
  /** Recomputes the hash chain of a run; names the first record that does not fit. */
  verify(runId: string): Promise<{ readonly intact: boolean; readonly firstBadSeq?: number; readonly head: string }>;

  hold(target: string): Promise<TargetHold>;
  /** Takes or renews the right to work on a target, in database time; undefined while another worker's lease lives. */
  acquireLease(target: string, worker: string, ttlMs: number): Promise<Lease | undefined>;
  /** @throws LeaseLostError */
  renewLease(lease: Lease, ttlMs: number): Promise<void>;
  releaseLease(lease: Lease): Promise<void>;
  /** Targets whose lease has not run out, for the reconciler and `status`. */
  leases(): Promise<readonly { readonly target: string; readonly worker: string; readonly until: Instant }[]>;

  saveSurvey(target: string, survey: Survey): Promise<void>;
  survey(target: string): Promise<Survey | undefined>;

  /** Whether the head of a run that ended like this was told outside of the journal. */
  isHeadKept(end: RunEnd): Promise<boolean>;
  headKept(end: RunEnd): Promise<void>;

  /** Lines are scrubbed by the caller; per run at most `LOG_LINES_PER_RUN` are kept, the newest win and the cut is said. */
  appendLog(runId: string, lines: readonly LogLine[]): Promise<void>;
  log(runId: string): Promise<readonly LogLine[]>;
}

export interface Draft {
  readonly target: string;
  readonly source: string;
  readonly requestedBy: Person;
  readonly zone: string;
  readonly expiresAt: Instant;
  /** The ended run that is planned again: whoever shaped it has shaped the new one. */
  readonly plannedAgainFrom?: string;
  /** A draft of the same target that was begun by the same press is the answer, in place of a new one. */
  readonly pressed?: string;
  /** The schedule's occurrence that it carries out. */
  readonly scheduled?: ScheduledFor;
  readonly reason?: string;
  readonly isUrgent?: boolean;
}

export interface RunFilter {
  readonly target?: string;
  readonly generation?: number;
  readonly states?: readonly RunState[];
  /** One of these ids stands in a record of it as who has acted. */
  readonly actors?: readonly string[];
  readonly limit?: number;
}

/** Something that no person asks for and that is due. */
export interface Chore {
  /** `roll-back`: a failure behind the switch that nobody has decided about, for a policy that does. */
  readonly kind: 'expire' | 'note-succession' | 'roll-back' | 'drop-copy' | 'drop-previous';
  readonly runId: string;
  readonly target: string;
  /** The run that has switched over this one; absent where it is the target's present one again. */
  readonly by?: string;
}

/** The right of one worker to act on one target; `fence` grows with every new holder. */
export interface Lease {
  readonly target: string;
  readonly worker: string;
  readonly fence: number;
}

/** One end of a run; a rollback or another attempt leads to a further one. */
export interface RunEnd {
  readonly runId: string;
  readonly state: RunState;
  readonly endedAt: Instant;
}

export const LOG_LINES_PER_RUN = 20_000;

/**
 * The shapes that cross rooms. Types and closed sets only: no behaviour, no imports.
 * Everything here is plain JSON; instants are UTC, ISO 8601 (`2026-11-20T17:00:00.000Z`), durations and sizes carry their unit.
 */
export type Instant = string;

/** Who acts: the Entra object id and tenant of a verified activity. `name` is for people to read, never for a decision. */
export interface Person {
  readonly id: string;
  readonly tenantId: string;
  readonly name: string;
}

/** The product itself, or the worker that carries out a run. */
export const REWIND: Person = { id: 'rewind', tenantId: '', name: 'Rewind' };

// Environments (env/environments.yaml) -------------------------------------------------------------------------------

/** F&O keeps two databases per environment; a refresh always moves both, to the same instant. */
export const DATABASE_ROLES = ['application', 'financialReporting'] as const;
export type DatabaseRole = (typeof DATABASE_ROLES)[number];

/** Where a fact about an environment comes from: said in the file, or read from one cell of one of its databases. */
export type FactSource =
  | { readonly kind: 'declared'; readonly value: string }
  | {
      readonly kind: 'measured';
      readonly database: DatabaseRole;
      readonly table: string;
      readonly column: string;
      readonly where?: { readonly column: string; readonly equals: string };
    };

export const FACT_NAMES = [
  'applicationRelease',
  'financialReportingVersion',
  'platformUpdate',
  'tenantId',
  'region',
] as const;
export type FactName = (typeof FACT_NAMES)[number];

export interface Environment {
  /** As typed in `/refresh uat`: `^[a-z0-9-]{1,32}$`. */
  readonly name: string;
  /** As written on cards: `UAT`. */
  readonly title: string;
  readonly kind: 'production' | 'sandbox';
  /** Name of the provider that can restore it. */
  readonly provider: string;
  /** Parsed by the provider's own schema. */
  readonly settings: unknown;
  readonly databases: Readonly<Record<DatabaseRole, string>>;
  readonly facts: Readonly<Partial<Record<FactName, FactSource>>>;
  /** Largest size the environment's databases may have together, bytes. */
  readonly capacityBytes?: number;
  /** Recurring data-management jobs that are not stopped: `count` of rows matching, per database role. */
  readonly recurringJobs?: {
    readonly database: DatabaseRole;
    readonly table: string;
    readonly column: string;
    readonly runningValues: readonly (string | number)[];
  };
  readonly timeZone: string;
}

export interface Source extends Environment {
  readonly kind: 'production';
  /** How far back recovery points may lie; 30 at most (the seed). */
  readonly retentionDays: number;
}

export interface Command {
  readonly command: string;
  readonly args: readonly string[];
  readonly timeoutMs: number;
}

export const COMMAND_NAMES = ['stopServices', 'startServices', 'checkHealth', 'synchronize'] as const;
export type CommandName = (typeof COMMAND_NAMES)[number];

export interface Policy {
  /** `when-ready`: after the warning; `on-click`: when somebody presses “Switch now”; `at`: not before this daily wall time (HH:mm in the target's zone). */
  readonly cutover:
    { readonly kind: 'when-ready' } | { readonly kind: 'on-click' } | { readonly kind: 'at'; readonly time: string };
  readonly cutoverWarningMs: number;
  readonly synchronize: 'beside' | 'after-switch' | 'beside-and-after-switch' | 'never';
  readonly rollbackOnFailure: 'offered' | 'automatic';
  readonly integrityCheck: 'none' | 'physical' | 'full';
  /** How long the previous database is kept for a rollback after the switch. */
  readonly keepPreviousMs: number;
  /** How long a closed copy is kept for Retry after a failure before the switch; 24 h at most. */
  readonly keepFailedCopyMs: number;
  readonly draftExpiresMs: number;
  readonly approvalExpiresMs: number;
  /** Declared by whoever owns the sandbox: copies for production reporting are not supported (the seed). */
  readonly forProductionReporting: boolean;
}

export interface Sandbox extends Environment {
  readonly kind: 'sandbox';
  /** Names of the sources it may be refreshed from; the first is the default. */
  readonly sources: readonly string[];
  /** Entra object ids. */
  readonly requesters: readonly string[];
  readonly approvers: readonly string[];
  /** The System Administrator account (`Admin`) after the refresh: what the target's web.config says. */
  readonly administrator: { readonly signIn: string; readonly objectId: string; readonly tenantId: string };
  readonly commands: Readonly<Partial<Record<CommandName, Command>>>;
  readonly policy: Policy;
  /** Names of the rule packs, in order. */
  readonly packs: readonly string[];
  /** Address people open to sign in; the success card links it. */
  readonly url?: string;
}

/** Somebody whom Rewind can name and mention; `osAccounts` are the accounts that may act for them in a terminal. */
export interface KnownPerson {
  readonly id: string;
  readonly name: string;
  readonly osAccounts: readonly string[];
}

export interface Installation {
  readonly people: readonly KnownPerson[];
  readonly sources: readonly Source[];
  readonly sandboxes: readonly Sandbox[];
}

// Recovery points ----------------------------------------------------------------------------------------------------

export interface RecoveryWindow {
  readonly from: Instant;
  readonly to: Instant;
}

export interface RecoveryGap {
  readonly from: Instant;
  readonly to: Instant;
  /** Plain words: `a log backup is missing`. */
  readonly reason: string;
}

/** What a source can be restored to, as measured at `measuredAt`. Windows and gaps ascend and do not overlap. */
export interface Survey {
  readonly source: string;
  readonly measuredAt: Instant;
  readonly windows: readonly RecoveryWindow[];
  readonly gaps: readonly RecoveryGap[];
  /** Recovery points closer together than this are the same point. */
  readonly precisionMs: number;
  readonly sizeBytes?: number;
}

// Plan ---------------------------------------------------------------------------------------------------------------

export type CheckOutcome = 'passed' | 'warning' | 'blocked';

/** One condition of the seed, and how it is known. */
export interface CheckResult {
  /** Stable kebab-case name. */
  readonly name: string;
  readonly title: string;
  readonly outcome: CheckOutcome;
  readonly basis: 'measured' | 'declared' | 'not-applicable';
  /** The values that were compared. */
  readonly detail: string;
  /** Empty when passed. */
  readonly remedy: string;
}

/** What the approval binds: change any of it and the plan must be approved again. Sizes, surveys and estimates stay out. */
export interface PlanBinding {
  readonly source: string;
  readonly target: string;
  /** Identity of the databases (server, GUIDs), not their content. */
  readonly sourceIdentity: string;
  readonly targetIdentity: string;
  readonly at: Readonly<Record<DatabaseRole, Instant>>;
  readonly packsHash: string;
  readonly policyHash: string;
}

export interface Plan {
  readonly binding: PlanBinding;
  /** SHA-256 of the binding's canonical JSON, hex. */
  readonly digest: string;
  readonly madeAt: Instant;
  readonly checks: readonly CheckResult[];
  /** What is read to get there, one line per backup. */
  readonly chain: readonly string[];
  readonly restoreBytes?: number;
  readonly replaced: { readonly sizeBytes?: number };
  readonly cleared: readonly DataElement[];
  readonly keptFromTarget: readonly DataElement[];
  /** Who will be System Administrator afterwards: the sign-in name of `Admin`. */
  readonly administrator: string;
  readonly estimate: Estimate;
  readonly keepPreviousMs: number;
}

/** One line of the seed's list of data that is not copied. */
export interface DataElement {
  readonly title: string;
  readonly tables: readonly string[];
  readonly reason: string;
}

export type Estimate =
  | { readonly kind: 'unknown' }
  | {
      readonly kind: 'known';
      readonly fromSeconds: number;
      readonly toSeconds: number;
      readonly unavailableSeconds: number;
      readonly runs: number;
    };

// Runs ---------------------------------------------------------------------------------------------------------------

export const RUN_STATES = [
  'draft',
  'awaiting-approval',
  'queued',
  'in-progress',
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

/** The runbook's order; `engine/runbook.ts` gives each its meaning and a test compares the two. */
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
}

/** What the target is at this moment: the former database, the new one in use, or the new one closed to all but the service. */
export type TargetState = 'old' | 'new' | 'closed';

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
  /** Inside providers, sanitization and commands; what is neither this nor waiting is orchestration. */
  readonly workSeconds?: number;
}

export interface ChecklistItem {
  readonly n: number;
  readonly title: string;
  readonly detail: string;
  readonly doneBy?: string;
}

/** Everything about one run that cards and people need; the journal's records say how it came to be. */
export interface Run {
  readonly runId: string;
  readonly state: RunState;
  /** Sequence number of the last record. */
  readonly version: number;
  readonly target: string;
  readonly source: string;
  readonly requestedBy: Person;
  readonly createdAt: Instant;
  readonly updatedAt: Instant;
  /** IANA zone of the requester, for display. */
  readonly zone: string;
  /** The recovery point. */
  readonly at?: Instant;
  readonly isPlanning: boolean;
  readonly plan?: Plan;
  readonly reason?: string;
  readonly approval?: { readonly by: Person; readonly at: Instant; readonly digest: string };
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
    readonly how: 'rejected' | 'expired' | 'stopped' | 'kept';
    readonly by: Person;
    readonly at: Instant;
    readonly reason: string;
  };
  readonly stopRequestedBy?: Person;
  readonly cutover?: { readonly kind: Policy['cutover']['kind']; readonly at?: Instant; readonly pressedBy?: Person };
  /** Number of the target's database after this run's swap; only the newest may be rolled back. */
  readonly generation?: number;
  readonly swappedAt?: Instant;
  readonly previousKeptUntil?: Instant;
  readonly isPreviousRetired: boolean;
  /** The closed copy of a failed run, kept for Retry. */
  readonly copyKeptUntil?: Instant;
  readonly figures: Figures;
  readonly rollback?: { readonly by: Person; readonly requestedAt: Instant; readonly endedAt?: Instant };
  readonly signedOffBy?: Person;
  /** A failure after the switch that somebody accepted: the target is theirs again, closed. */
  readonly acceptedBy?: Person;
  readonly checklist: readonly ChecklistItem[];
}

/** Live figures of the running step; lost without harm. */
export interface Progress {
  readonly runId: string;
  readonly step: StepName | 'rollback';
  /** 0–100, or absent when the provider only knows phases. */
  readonly percent?: number;
  readonly detail: string;
}

export interface RunRecord {
  readonly runId: string;
  readonly seq: number;
  readonly at: Instant;
  readonly actor: Person;
  /** Name of the transition. */
  readonly event: string;
  readonly data: unknown;
  readonly previousHash: string;
  readonly hash: string;
}

export interface LogLine {
  readonly at: Instant;
  readonly step: string;
  readonly text: string;
}

/** Where a card lives: enough to update the same message later from any process. Plain JSON, made by bot/. */
export type CardAddress = Readonly<Record<string, unknown>>;

export const CARD_KINDS = ['run', 'approval', 'cutover', 'outcome'] as const;
/** `run` moves along from choosing to the end; the others are new messages because a person must act or the run ended. */
export type CardKind = (typeof CARD_KINDS)[number];

import type { DatabaseRole, PackLeftOut } from './environments.ts';
import type { Instant } from './people.ts';
import type { ProfileLine } from './profile.ts';
import type { MomentRule } from './schedules.ts';

export type CheckOutcome = 'passed' | 'warning' | 'blocked';

/** One condition of a refresh, and how it is known. */
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
  /** A warning that nobody may confirm or approve without having read it: first of the warnings, and whole on every card. */
  readonly isWhole?: true;
}

/** What the approval binds: change any of it and the plan must be approved again. Sizes, surveys and estimates stay out. */
export interface PlanBinding {
  /** Of the digest: what it covers (engine/planning/planDigest.ts). Absent: 1. */
  readonly version?: number;
  readonly source: string;
  readonly target: string;
  /** Identity of the databases (server, GUIDs), not their content. */
  readonly sourceIdentity: string;
  readonly targetIdentity: string;
  readonly at: Readonly<Record<DatabaseRole, Instant>>;
  readonly packsHash: string;
  readonly policyHash: string;
  /** Runs whose former databases are dropped first; absent when none has to go. */
  readonly retires?: readonly string[];
  /** Ways back that stay promised and wait behind this run's; absent in plans of versions before 3. */
  readonly earlier?: readonly EarlierWayBack[];
  /** Failed runs whose kept copies are dropped first; absent in plans of versions that left them where they were. */
  readonly dropsCopiesOf?: readonly string[];
  /** Of a run that a schedule has begun: which occurrence, and by which rule its moment was found. */
  readonly occurrence?: { readonly schedule: number; readonly at: Instant; readonly moment: MomentRule };
  /** How many people approve it; absent: one. */
  readonly approvals?: 0 | 2;
  /** The report for whose sake nobody has to, by the run that it is about. */
  readonly cleanReport?: { readonly runId: string; readonly sha256: string };
  /** Nobody approves it, and whoever wants to can stop it for so long. */
  readonly urgentDelayMs?: number;
  /** Of the list of what the profile gives back of the sandbox, as it was when the plan was made; absent without a profile. */
  readonly profile?: string;
  /** Of the list of rows that packs keep of the sandbox, as they were when the plan was made; absent where none are, and in older plans. */
  readonly kept?: string;
}

/** Why somebody has to approve where the policy would let nobody: what the last report is not. */
export type NotClean =
  'no-personal-data' | 'no-report' | 'not-signed' | 'packs-changed' | 'not-searched' | 'sampled' | 'findings';

/** The rollback of an earlier run: from the next switch on it is open only after that one is rolled back. */
export interface EarlierWayBack {
  readonly runId: string;
  /** As promised; its former databases stay until then. */
  readonly until: Instant;
}

/** Databases of an earlier run that have to go before a copy is restored: former ones for want of room, kept copies always. */
export interface Retirement {
  readonly runId: string;
  readonly names: readonly string[];
  readonly sizeBytes: number;
  /** Why former databases go; absent: for want of room. */
  readonly why?: 'too-deep' | 'policy';
}

/** A unique index or constraint that the sandbox alone has, and which rows of production do not admit. Never a value. */
export interface Misfit {
  readonly kind: 'unique' | 'check' | 'foreign-key';
  readonly name: string;
  /** With its schema. */
  readonly table: string;
  readonly columns: readonly string[];
  /** Rows that share their value with another row, break the check, or refer to nothing. */
  readonly rows: number;
}

export interface Plan {
  readonly binding: PlanBinding;
  /** SHA-256 of the binding's canonical JSON, hex. */
  readonly digest: string;
  /** What stands behind the hashes of the binding, hashed one by one, so that a difference can be named. It binds nothing. */
  readonly boundParts?: Readonly<Record<string, string>>;
  readonly madeAt: Instant;
  /** The moment still lay ahead: what it was made with instead. That the moment itself is reached is found out at the start. */
  readonly triedWith?: Instant;
  readonly checks: readonly CheckResult[];
  /** What a synchronization of the refreshed sandbox would fail at, as far as it could be known; each is also a check. Absent: nothing. */
  readonly misfits?: readonly Misfit[];
  /** Of a run that a schedule has begun: what the tables and columns of its source are like, hashed. It binds nothing. */
  readonly schema?: string;
  /** What is read to get there, one line per backup. */
  readonly chain: readonly string[];
  readonly restoreBytes?: number;
  readonly replaced: { readonly sizeBytes?: number };
  /** Former databases of earlier runs that lay beside the target when the plan was made, with the space they take. */
  readonly formers?: readonly Retirement[];
  readonly cleared: readonly DataElement[];
  readonly keptFromTarget: readonly DataElement[];
  /** Names of the rule packs that run, in order; absent on a plan of an older version. They bind through the hash of the packs. */
  readonly packs?: readonly string[];
  /** Which of the usual packs do not run; only its name is known where the environments file does not say why. */
  readonly withoutPacks?: readonly LeftOut[];
  /** What the profile would bring about, as far as the sandbox alone tells; absent without one. */
  readonly profile?: readonly ProfileLine[];
  /** Who will be System Administrator afterwards: the sign-in name of `Admin`. */
  readonly administrator: string;
  readonly estimate: Estimate;
  readonly keepPreviousMs: number;
  /** Of the platform that carries the plan out; absent on a plan of an older version. It binds nothing. */
  readonly guarantees?: Guarantees;
  /** Why one person approves all the same, where the policy says none. */
  readonly notClean?: NotClean;
  /** Who can read the copy without the application, as its server says; absent on a plan of an older version. It binds nothing. */
  readonly reachers?: Reachers;
}

/** Logins of the target's server that need no rights in the application. */
export interface Reachers {
  /** May do anything on the server. */
  readonly administrators: LoginList;
  /** Own one of the databases, or have all rights in one. */
  readonly owners: LoginList;
  /** Whether the login that asked may see all of them. */
  readonly isComplete: boolean;
}

export interface LoginList {
  /** The first of them, by name. */
  readonly names: readonly string[];
  readonly count: number;
}

export type LeftOut = Pick<PackLeftOut, 'pack'> & Partial<PackLeftOut>;

/** What a platform can promise, as the engine, cards and terminal read it. */
export interface Guarantees {
  /** `beside`: a copy is made next to the target and switched to; `in-place`: the target itself is replaced in its place. Chooses the runbook. */
  readonly place: Place;
  /** `atomic`: no instant between old and new; `repairable`: a crash can leave neither, `act` mends it. */
  readonly swap: 'atomic' | 'repairable';
  /** Where a stale worker is refused. */
  readonly fence: 'per-statement' | 'per-operation';
  readonly canStopRestore: boolean;
  readonly progress: 'percent' | 'phases';
}

export type Place = 'beside' | 'in-place';

/** One line of the list of data that is not copied. */
export interface DataElement {
  readonly title: string;
  readonly tables: readonly string[];
  readonly reason: string;
}

export type Estimate =
  | { readonly kind: 'unknown' }
  /** On the first run, of the restore alone; what comes after it nobody has measured. `runs`: of other sandboxes. */
  | {
      readonly kind: 'guessed';
      readonly basis: 'backups' | 'other-sandboxes';
      readonly fromSeconds: number;
      readonly toSeconds: number;
      readonly runs?: number;
    }
  | {
      readonly kind: 'known';
      readonly fromSeconds: number;
      readonly toSeconds: number;
      readonly unavailableSeconds: number;
      readonly runs: number;
    };

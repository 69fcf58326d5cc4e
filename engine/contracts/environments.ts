import type { Webhook } from './announcements.ts';
import type { Instant } from './people.ts';
import type { Profile } from './profile.ts';
import type { RequestRules } from './requests.ts';
import type { NamedMoment } from './recovery.ts';
import type { ScheduleRules } from './schedules.ts';

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
  /** `sandbox-backups`: a sandbox as other sandboxes are refreshed from it, by the backups it has of its own. */
  readonly kind: 'production' | 'sandbox' | 'sandbox-backups';
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
  readonly kind: 'production' | 'sandbox-backups';
  /** How far back recovery points may lie. */
  readonly retentionDays: number;
  /** Of a sandbox: when it was switched last; what its backups hold of before is another database. Known to the engine alone. */
  readonly notBefore?: Instant;
}

export interface Command {
  readonly command: string;
  readonly args: readonly string[];
  readonly timeoutMs: number;
  /**
   * Whether `synchronize` gets REWIND_APPLICATION_URL, which holds a password. Absent where nobody has said; then it does not,
   * and the digest of an older plan stays what it was.
   */
  readonly databaseUrl?: boolean;
}

export const COMMAND_NAMES = ['stopServices', 'startServices', 'checkHealth', 'synchronize', 'announce'] as const;
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
  /**
   * What becomes of a way back that is still promised when the next refresh is planned: it stays behind the new one, its former
   * databases are dropped first, or it has to be signed off before. Absent where nobody has said: `keep`.
   */
  readonly earlierWayBack?: 'keep' | 'drop' | 'refuse';
  /** How long a closed copy is kept for Retry after a failure before the switch; 24 h at most. */
  readonly keepFailedCopyMs: number;
  readonly draftExpiresMs: number;
  readonly approvalExpiresMs: number;
  /**
   * How many approve, each another person: absent, one. `none`: nobody, as long as the packs include `personal-data` and the
   * last report was clean (engine/planning/approvals.ts); else one.
   */
  readonly approvals?: 'two' | 'none';
  /** How long an urgent refresh waits for whoever wants to stop it; absent where nobody may ask for one. */
  readonly urgentDelayMs?: number;
  /** Declared by whoever owns the sandbox: copies for production reporting are not supported. */
  readonly forProductionReporting: boolean;
}

/** Where the file says nothing else. */
export const URGENT_DELAY_MS = 15 * 60_000;

/** What a sandbox is sanitized with when its file names nothing else; whoever leaves one out says why. */
export const DEFAULT_PACKS: readonly string[] = ['lcs-2026', 'quiet', 'personal-data'];

/** A pack of the usual ones that a sandbox does without, for a while. */
export interface PackLeftOut {
  readonly pack: string;
  readonly reason: string;
  readonly owner: string;
  /** The last day, `2026-12-31`, in the sandbox's zone. */
  readonly until: string;
}

export interface Sandbox extends Environment {
  readonly kind: 'sandbox';
  /** Names of the sources it may be refreshed from; the first is the default. */
  readonly sources: readonly string[];
  /** Entra object ids, groups of the file resolved. */
  readonly requesters: readonly string[];
  readonly approvers: readonly string[];
  /** May look and nothing more. */
  readonly viewers?: readonly string[];
  /** Absent: requesters and approvers operate. */
  readonly operators?: readonly string[];
  /** Operate, whatever the file says of operators. They neither ask nor approve unless they are named for it. */
  readonly administrators?: readonly string[];
  /** May ask for a refresh that nobody approves; they are requesters as well. */
  readonly urgent?: readonly string[];
  /** Answer for the data: they may accept what a proof has found. Absent: nobody may. */
  readonly dataOwners?: readonly string[];
  /** Where requests are brought that were made in a personal chat: a channel or group chat, by its id in Teams. */
  readonly approvals?: { readonly channel?: string };
  /** Of refreshes that come by themselves; absent: SCHEDULE_DEFAULTS. */
  readonly schedules?: ScheduleRules;
  /** Of whoever asks for a refresh; absent: nothing. */
  readonly requests?: RequestRules;
  /** The System Administrator account (`Admin`) after the refresh: what the target's web.config says. */
  readonly administrator: { readonly signIn: string; readonly objectId: string; readonly tenantId: string };
  readonly commands: Readonly<Partial<Record<CommandName, Command>>>;
  readonly policy: Policy;
  /** Names of the rule packs, in order. */
  readonly packs: readonly string[];
  readonly withoutPacks?: readonly PackLeftOut[];
  /** The columns of the source that somebody has looked at: a file of `rewind coverage --write-baseline`, found from where environments.yaml lies. */
  readonly coverage?: { readonly baseline: string };
  /** Absent: every run masks with a key of its own. `fingerprint`: of the secret that the same masks come from. */
  readonly masks?: { readonly stable: boolean; readonly fingerprint?: string };
  /** How it comes up after a refresh; absent: as the packs leave it. */
  readonly profile?: Profile;
  /** Address people open to sign in; the success card links it. */
  readonly url?: string;
}

/** Somebody whom Rewind can name and mention; `osAccounts` are the accounts that may act for them in a terminal. */
export interface KnownPerson {
  readonly id: string;
  /** Further Entra object ids of the same person. */
  readonly ids?: readonly string[];
  readonly name: string;
  readonly osAccounts: readonly string[];
}

export interface Installation {
  readonly people: readonly KnownPerson[];
  /** Whether a plan may be approved in a terminal, whose account holds the journal's credential. */
  readonly terminalApproval?: boolean;
  /** Whether a run is switched with a signed report alone. */
  readonly signedReportsOnly?: boolean;
  /** Productions, and sandboxes that have backups of their own. */
  readonly sources: readonly Source[];
  readonly sandboxes: readonly Sandbox[];
  readonly moments?: readonly NamedMoment[];
  readonly webhooks?: readonly Webhook[];
}

import type { Instant, Person, Signature } from './people.ts';

/** Days of the week, Monday is 1. Times are HH:mm on the wall of the schedule's zone. */
export type Recurrence =
  | { readonly kind: 'weekly'; readonly days: readonly number[]; readonly time: string }
  /** The `nth` of its days of that kind, -1 the last one: a month has every such day. */
  | { readonly kind: 'monthly'; readonly nth: number; readonly of: MonthDay; readonly time: string }
  | { readonly kind: 'once'; readonly date: string; readonly time: string };

/** A workday is Monday to Friday; a number is a day of the week. */
export type MonthDay = 'day' | 'workday' | number;

/** What every month has: 28 days, and four of each other kind. */
export const MOST_NTH = { day: 28, other: 4 } as const;

/** Production as of when, said once for all occurrences. */
export type MomentRule =
  /** As late as it can be had when the occurrence starts. */
  | { readonly kind: 'latest' }
  /** So many days before the occurrence; 0: the same day. */
  | { readonly kind: 'days-before'; readonly days: number; readonly time: string };

export interface ScheduleRule {
  readonly every: Recurrence;
  readonly moment: MomentRule;
  /** IANA zone of the sandbox. */
  readonly zone: string;
}

export interface Occurrence {
  readonly at: Instant;
  /** The wall time comes twice on that day, and the first is meant; or the clock skips it, and its jump is meant. */
  readonly note?: 'first-of-two' | 'skipped-by-clock';
}

/** What of a schedule a run carries out; it says so from its draft on. It holds nothing of its sandbox before it starts. */
export interface ScheduledFor {
  /** `S-3` on cards. */
  readonly schedule: number;
  /** Of the occurrence: the run does not start before. */
  readonly at: Instant;
  readonly moment: MomentRule;
  /** Nothing is switched later; absent: whenever it is ready. A retry by a person knows no such end. */
  readonly switchBy?: Instant;
  /** The sandbox is to be in use again. */
  readonly backBy?: Instant;
  /** What becomes of the copy when it is too late to switch. */
  readonly tooLate: 'keep' | 'drop';
}

export const SCHEDULE_STATES = ['active', 'paused', 'ended'] as const;
export type ScheduleState = (typeof SCHEDULE_STATES)[number];

/** A rule for coming refreshes of one sandbox, as somebody set it up: another rule is another schedule. */
export interface Schedule {
  readonly number: number;
  readonly target: string;
  readonly source: string;
  readonly rule: ScheduleRule;
  /** Whoever set it up asks for each of its runs. */
  readonly by: Person;
  readonly madeAt: Instant;
  /** Of the requester, for display. */
  readonly shownZone: string;
  readonly reason: string;
  /** Where the cards of its runs are posted. */
  readonly conversation: string;
  readonly address: Readonly<Record<string, unknown>>;
  readonly state: ScheduleState;
  /** Who paused, resumed or ended it last. */
  readonly changedBy?: Person;
  readonly changedAt?: Instant;
  /** Every occurrence up to here has its run, or was not to have one; it never goes back. */
  readonly handledUntil: Instant;
  /** Counts its changes. */
  readonly version: number;
  /** How many records say what people decided about it; absent where nobody has since there are such records. */
  readonly decisions?: number;
  /** The bot's, of what was said when it was set up; absent where decisions are not signed. */
  readonly signature?: Signature;
  /** What a second person has approved in advance. */
  readonly standing?: StandingApproval;
  /** Why the last one holds no more. */
  readonly standingEnded?: { readonly at: Instant; readonly why: string };
}

/** What has to be the same for an approval in advance to hold. */
export interface StandingBinding {
  readonly source: string;
  readonly target: string;
  readonly sourceIdentity: string;
  /** Packs, policy with commands and administrator, as a plan binds them. */
  readonly packsHash: string;
  readonly policyHash: string;
  /** Of the tables and columns of both databases of the source. */
  readonly schema: string;
}

/** The word of a second person for the coming plans of one schedule. */
export interface StandingApproval {
  readonly by: Person;
  readonly at: Instant;
  /** LONGEST_STANDING_DAYS after it at most. */
  readonly until: Instant;
  readonly binds: StandingBinding;
  /** Checks that were not passed and were seen, by name and title: any other one asks. */
  readonly findings: readonly string[];
  readonly signature?: Signature;
}

export const LONGEST_STANDING_DAYS = 90;

/** Why an occurrence came to nothing. */
export const SKIPS = [
  'by-hand',
  'paused',
  'ended',
  'missed',
  'not-approved',
  'not-planned',
  'blocked',
  'frozen',
  'busy',
  'reserved',
  'not-allowed',
  'not-signed',
  'unattended',
  'sandbox-gone',
] as const;
export type Skip = (typeof SKIPS)[number];

/** Of a sandbox, for all of its schedules; what is absent has the default. */
export interface ScheduleRules {
  /** A plan is made at least so long before its start. */
  readonly planAheadMs: number;
  /** Approval is asked for so many working days before the start, at the beginning of the working hours. */
  readonly askAheadDays: number;
  /** HH:mm, of Monday to Friday, on the sandbox's wall. */
  readonly workingHours: { readonly from: string; readonly to: string };
  /** HH:mm after the start: nothing is switched later. */
  readonly latestSwitch?: string;
  /** HH:mm after the start: by then the sandbox is to be in use again. */
  readonly backBy?: string;
  readonly tooLate: 'keep' | 'drop';
  /** Entra object id of whoever is called when a run fails that nobody watches. */
  readonly onCall?: string;
}

export const SCHEDULE_DEFAULTS: ScheduleRules = {
  planAheadMs: 24 * 3_600_000,
  askAheadDays: 2,
  workingHours: { from: '09:00', to: '17:00' },
  tooLate: 'keep',
};

/** Every verb a button can send. Stored in messages that live for months: never renamed. */
export const VERBS = [
  'preview-plan',
  'preview-plan-at',
  'confirm-run',
  'change-moment',
  'keep-target',
  'plan-again',
  'approve-run',
  'reject-run',
  'view-plan',
  'view-run',
  'ask-stop',
  'stop-run',
  'retry-run',
  'roll-back-run',
  'accept-run',
  'sign-off-run',
  'accept-findings',
  'switch-now',
  'tick-item',
  'refresh-target',
  'show-status',
  'show-history',
  'lift-freeze',
  'show-schedules',
  'show-schedule',
  'skip-occurrence',
  'run-schedule',
  'pause-schedule',
  'resume-schedule',
  'end-schedule',
  'approve-in-advance',
  'end-standing',
  'edit-schedule',
  'preview-schedule',
  'set-up-schedule',
  'halt-run',
  'acknowledge-run',
  'release-reservation',
  'take-over-reservation',
] as const;
export type Verb = (typeof VERBS)[number];

/**
 * What a button carries, besides what people typed (INPUTS). All of it comes back from a client, so it only says what was
 * meant: `runId`, the `digest` of the plan, or of the findings, that the card showed (confirm, approve, accept), the item `n` of the checklist (tick-item) or
 * the page of a list (show-history, show-status) or of a plan’s data (view-plan), and what a list of runs is narrowed to.
 * `target`, `source` and `point` stand on buttons that offer a moment, under the names of the inputs they stand for.
 */
export interface ButtonData {
  readonly runId?: string;
  readonly digest?: string;
  readonly n?: number;
  readonly target?: string;
  readonly source?: string;
  readonly point?: string;
  /** Number of a schedule. */
  readonly schedule?: number;
  /** Which of its occurrences. */
  readonly at?: string;
  /** What comes by itself, as it could be typed behind `/schedule uat` (edit-schedule, set-up-schedule), and why. */
  readonly wish?: string;
  readonly reason?: string;
  /** As it could be typed behind `/history`, with instants instead of days (show-history). */
  readonly search?: string;
}

/** Names of the inputs that arrive with a verb. All are text; all are optional as far as a client can be trusted. */
export const INPUTS = {
  /** Names of the sandbox and of what it is restored from; `point`: an instant, UTC. */
  'preview-plan': ['target', 'source', 'point'],
  /** `date` YYYY-MM-DD and `time` HH:mm, wall time in `zone` (IANA). A `point` picked above is sent too and does not count. */
  'preview-plan-at': ['target', 'source', 'date', 'time', 'zone'],
  'confirm-run': ['confirm', 'reason'],
  'approve-run': ['comment'],
  'approve-in-advance': ['comment'],
  'reject-run': ['why'],
  'take-over-reservation': ['why'],
  /** `days` (1 is Monday) with commas, `nth` and `monthDay`, or `date`: whichever `often` asks for. `asOf`: so many days before, or `latest`. */
  'preview-schedule': [
    ...(['source', 'often', 'days', 'nth', 'monthDay', 'date', 'time', 'asOf', 'asOfTime', 'reason'] as const),
  ],
  /** `until`: the last day, YYYY-MM-DD. */
  'accept-findings': ['reason', 'until'],
} as const satisfies Partial<Record<Verb, readonly string[]>>;

/** The typed confirmation of the plan card: the target's name, in whatever case. */
export function isConfirmed(typed: string, target: string): boolean {
  return typed.trim().toLowerCase() === target.toLowerCase();
}

import { createHash } from 'node:crypto';
import type { Instant, Run } from '../../engine/contracts.ts';
import type { Hold } from '../../engine/journal/messages.ts';
import type { Card } from '../../cards/index.ts';

/** A changed percentage may wait this long; Teams flickers and counts every update. */
const FIGURES_EVERY_MS = 5_000;
/** Steps of a small database follow each other faster than a thread may be written to. */
const STEPS_EVERY_MS = 1_000;

/** What a card showed when it was last sent, as hashes: a bot has thousands of cards. */
export interface Shown {
  readonly milestone: string;
  readonly steps: string;
  readonly picture: string;
  /** Monotonic milliseconds. */
  readonly atMs: number;
}

export function shownOf(run: Run, under: Hold, card: Card, atMs: number): Shown {
  return { milestone: milestone(run, under), steps: steps(run), picture: pictureOf(card), atMs };
}

export const pictureOf = (card: Card): string => hash(card);

/** `milestone`: asks somebody to act, ends the run, or changes what its card offers; `steps`: how far it is; `figures`: percentages. */
export type News = 'milestone' | 'steps' | 'figures';

export function newsOf(run: Run, under: Hold, shown: Shown | undefined): News {
  if (!shown || milestone(run, under) !== shown.milestone) return 'milestone';
  return steps(run) === shown.steps ? 'figures' : 'steps';
}

/** How long a newer picture has to wait. Milestones are never held back. */
export function waitForPicture(news: News, shown: Shown | undefined, nowMs: number): number {
  if (!shown || news === 'milestone') return 0;
  return Math.max(0, shown.atMs + (news === 'steps' ? STEPS_EVERY_MS : FIGURES_EVERY_MS) - nowMs);
}

const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 600_000;

/**
 * How long to wait after the `failures`-th refusal in a row: doubled each time, half of it left to chance, so that many
 * conversations do not come back together. Never shorter than the chat asked for.
 */
export function backOffMs(failures: number, retryAfterMs: number | undefined, random: () => number): number {
  const longest = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** Math.min(failures - 1, 10));
  return Math.max(retryAfterMs ?? 0, longest / 2 + (longest / 2) * random());
}

const DAY_MS = 86_400_000;

/**
 * Whether a chat that does not take a card is given up: after a day, and not before it was tried this often, because
 * the bot may have been away itself for that day.
 */
export function isGivenUp(failures: number, behindSince: Instant, now: Instant): boolean {
  return failures >= 10 && Date.parse(now) - Date.parse(behindSince) >= DAY_MS;
}

function milestone(run: Run, { heldBy, generation, freeze, reservation }: Hold): string {
  return hash([
    run.state,
    run.isPlanning,
    run.plan?.digest,
    run.failure?.code,
    run.stopRequestedBy?.id,
    run.cutover,
    run.acceptedBy?.id,
    run.told,
    run.remindedAt,
    run.checklist,
    run.replacedBy?.runId,
    run.isPreviousRetired,
    run.previousKeptUntil,
    run.copyKeptUntil,
    // From here on there is no Stop.
    run.steps.find(({ name }) => name === 'stop-services')?.state === 'waiting',
    heldBy,
    generation,
    freeze?.number,
    reservation?.number,
    run.firstApproval?.by.id,
    run.acknowledged?.by.id,
  ]);
}

function steps(run: Run): string {
  return run.steps.map(({ name, state }) => `${name} ${state}`).join();
}

function hash(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('base64');
}

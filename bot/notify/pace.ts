import type { Instant, Run } from '../../engine/contracts.ts';

/** A changed percentage may wait this long; Teams flickers and counts every update. */
const FIGURES_EVERY_MS = 5_000;
/** Steps of a small database follow each other faster than a thread may be written to. */
const STEPS_EVERY_MS = 1_000;

/** What a card showed when it was last sent. */
export interface Shown {
  readonly run: Run;
  readonly card: string;
  /** Monotonic milliseconds. */
  readonly atMs: number;
}

/** Whether a newer picture of a run may be sent now. States are never held back: they ask somebody to act, or end the run. */
export function isTimely(run: Run, shown: Shown | undefined, nowMs: number): boolean {
  if (!shown || milestone(run) !== milestone(shown.run)) return true;
  return steps(run) === steps(shown.run) ? isTimeForFigures(shown, nowMs) : nowMs - shown.atMs >= STEPS_EVERY_MS;
}

/** Whether newer figures of a running step may be shown now. */
export function isTimeForFigures(shown: Shown | undefined, nowMs: number): boolean {
  return !shown || nowMs - shown.atMs >= FIGURES_EVERY_MS;
}

const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 600_000;

/**
 * How long to wait after the `failures`-th refusal in a row: doubled each time, half of it left to chance, so that many
 * cards do not come back together. Never shorter than the chat asked for.
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

function milestone(run: Run): string {
  return JSON.stringify([
    run.state,
    run.isPlanning,
    run.plan?.digest,
    run.failure?.code,
    run.stopRequestedBy?.id,
    run.cutover,
    run.acceptedBy?.id,
    run.checklist,
    run.replacedBy?.runId,
  ]);
}

function steps(run: Run): string {
  return run.steps.map(({ name, state }) => `${name} ${state}`).join();
}

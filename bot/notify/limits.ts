/** At most `count` messages in any `ms` milliseconds. */
interface Window {
  readonly count: number;
  readonly ms: number;
}

/** How much may still be sent; times are monotonic milliseconds. */
export interface Limits {
  /** 0: now. */
  waitMs(nowMs: number): number;
  take(nowMs: number): void;
  /** Nothing was taken for as long as the longest window. */
  isFresh(nowMs: number): boolean;
}

/** Teams counts what a bot sends and updates in one conversation: 7 in a second, 8 in two, 60 in thirty, 1,800 in an hour. */
export const CONVERSATION: readonly Window[] = [
  { count: 6, ms: 1_000 },
  { count: 7, ms: 2_000 },
  { count: 50, ms: 30_000 },
  { count: 1_700, ms: 3_600_000 },
];

/** Steps and percentages may use this much of it, so that an answer or an end never waits for them. */
export const PROGRESS: readonly Window[] = [
  { count: 2, ms: 1_000 },
  { count: 20, ms: 30_000 },
  { count: 1_100, ms: 3_600_000 },
];

/**
 * Of all conversations together: Teams documents 50 a second for an app in one tenant, and 30 in older pages. Whatever nobody
 * waits for keeps below both; an answer that is refused comes no later than one that was held back.
 */
export const EVERYWHERE: readonly Window[] = [{ count: 25, ms: 1_000 }];
export const WITH_ANSWERS: readonly Window[] = [{ count: 48, ms: 1_000 }];

export function createLimits(windows: readonly Window[]): Limits {
  const longestMs = Math.max(...windows.map(({ ms }) => ms));
  let sent: number[] = [];
  return {
    waitMs(nowMs) {
      sent = sent.filter((at) => at > nowMs - longestMs);
      const waits = windows.map(({ count, ms }) => {
        const first = sent.at(-count);
        return first === undefined ? 0 : first + ms - nowMs;
      });
      return Math.max(0, ...waits);
    },
    take: (nowMs) => void sent.push(nowMs),
    isFresh: (nowMs) => (sent.at(-1) ?? Number.NEGATIVE_INFINITY) <= nowMs - longestMs,
  };
}

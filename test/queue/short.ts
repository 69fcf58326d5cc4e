/** Short, so that a takeover takes about a second. */
export const SHORT = {
  lock: { durationMs: 1_000, stalledMs: 500 },
  lease: { ttlMs: 1_000, renewMs: 200 },
} as const;

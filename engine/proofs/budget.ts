/** How much of what is left there is time for. What was seen so far says how fast it goes. */
export interface Budget {
  /** Between 0 and 1: of a table of so many bytes. */
  share(bytes: number): number;
  /** So many bytes of the estimate are behind. */
  pass(bytes: number): void;
  readonly passed: number;
}

/** Until something was measured: what an old machine does. */
const FIRST_RATE = 40_000;
/** Whatever the time: a table is never left out. */
const LEAST = 0.001;
/** Smaller tables are read whole. */
const SMALL = 33_554_432;

/** @param elapsedMs since the search began */
export function createBudget(totalBytes: number, budgetMs: number, elapsedMs: () => number): Budget {
  let passed = 0;
  return {
    share(bytes) {
      if (bytes <= SMALL) return 1;
      const elapsed = elapsedMs();
      const rate = passed > SMALL && elapsed > 0 ? passed / elapsed : FIRST_RATE;
      const needed = Math.max(bytes, totalBytes - passed) / rate;
      return Math.min(1, Math.max(LEAST, (budgetMs - elapsed) / needed));
    },
    pass(bytes) {
      passed += bytes;
    },
    get passed() {
      return passed;
    },
  };
}

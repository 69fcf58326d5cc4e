const QUIET_MS = 60_000;
/** Causes that are remembered; more at once would be no repetition but a flood of different lines. */
const MOST_CAUSES = 1_000;

/**
 * Lets a line through unless the same one was let through within the last minute: what fails in a loop is told once a
 * minute, with how often it was left out. Where it happened, and when, make no other cause.
 */
export function limitRepeats(elapsedMs: () => number) {
  const causes = new Map<string, { readonly toldAt: number; leftOut: number }>();
  return (
    event: string,
    fields: Readonly<Record<string, unknown>> = {},
  ): { readonly repeated?: number } | undefined => {
    const now = elapsedMs();
    const key = JSON.stringify([event, fields], (name, value: unknown) => (name === 'at' ? undefined : value));
    const told = causes.get(key);
    if (told !== undefined && now - told.toldAt < QUIET_MS) {
      told.leftOut += 1;
      return undefined;
    }
    // Told anew, it is the youngest: a Map keeps the order of insertion.
    causes.delete(key);
    causes.set(key, { toldAt: now, leftOut: 0 });
    const [oldest] = causes.keys();
    if (causes.size > MOST_CAUSES && oldest !== undefined) causes.delete(oldest);
    return told === undefined || told.leftOut === 0 ? {} : { repeated: told.leftOut };
  };
}

import { z } from 'zod';
import type { Misfit, Run } from '../contracts.ts';

/** What a run has found on its copy, so that the next plan knows. */
export const MISFITS_KEY = 'does-not-fit';

const misfits = z.array(
  z.object({
    kind: z.enum(['unique', 'check', 'foreign-key']),
    ...{ name: z.string(), table: z.string() },
    columns: z.array(z.string()),
    rows: z.number(),
  }),
) satisfies z.ZodType<readonly Misfit[]>;

/** How many indexes and constraints were tried, and how many could not be, for the report. */
export const TRIED_KEY = 'customizations-tried';

const tried = z.object({ own: z.number(), untried: z.number() });

/** Absent where nothing of the sandbox's own was tried on the copy. */
export function triedOnCopy({ remembered }: Run): z.infer<typeof tried> | undefined {
  const found = remembered[TRIED_KEY];
  return found === undefined ? undefined : tried.parse(JSON.parse(found));
}

/** Nothing of a run whose copy was never proved. */
export function misfitsOfCopy({ remembered, steps }: Run): readonly Misfit[] | undefined {
  const found = remembered[MISFITS_KEY];
  if (found !== undefined) return misfits.parse(JSON.parse(found));
  return steps.some(({ name, state }) => name === 'verify-sanitization' && state === 'done') ? [] : undefined;
}

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

/** Nothing of a run whose copy was never proved. */
export function misfitsOfCopy({ remembered, steps }: Run): readonly Misfit[] | undefined {
  const found = remembered[MISFITS_KEY];
  if (found !== undefined) return misfits.parse(JSON.parse(found));
  return steps.some(({ name, state }) => name === 'verify-sanitization' && state === 'done') ? [] : undefined;
}

import { z } from 'zod';

/** What became of the sandbox's users and jobs, by ids alone: for whoever operates it, and for nobody's log. */
export const operatorsList = z.object({
  enabledBefore: z.array(z.string()),
  enabled: z.array(z.string()),
  left: z.array(z.object({ id: z.string(), why: z.string() })),
  withheld: z.array(z.object({ id: z.string(), role: z.string(), why: z.string() })),
  /** Record numbers of the sandbox's own jobs that were at work; they are gone with its database. */
  jobsBefore: z.array(z.string()),
  /** `n`: which job of the profile, from 1. */
  released: z.array(z.object({ n: z.number(), recId: z.string() })),
  jobsLeft: z.array(z.object({ n: z.number(), why: z.string() })),
});
export type OperatorsList = z.infer<typeof operatorsList>;

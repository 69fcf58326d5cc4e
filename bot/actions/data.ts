import { z } from 'zod';

/** Shapes of what buttons carry; all of it comes back from a client. */
export const runData = z.object({ runId: z.string().regex(/^R-\d{1,9}$/) });

/** What somebody typed or picked; a longer one is not worth reading. */
export const shortText = z.string().max(300);

export const digestText = z.string().max(128);

import { z } from 'zod';
import { STEP_NAMES, type Instant, type Progress, type Run } from '../engine/contracts.ts';

/** One queue per kind and target: a worker takes only those of the targets it serves. */
export const QUEUE_KINDS = ['refresh', 'plan', 'survey'] as const;
export type QueueKind = (typeof QUEUE_KINDS)[number];

export const DEFAULT_PREFIX = 'rewind';

export function queueName(kind: QueueKind, target: string): string {
  return `${kind}-${target}`;
}

/** Jobs only say which run to look at; what is to be done is read from the journal. */
export const runJob = z.strictObject({ runId: z.string().regex(/^R-\d{1,9}$/) });
export const surveyJob = z.strictObject({ target: z.string().max(32) });

/** What a job is about, or undefined when its data was not written by Rewind. */
export function runIdOf(data: unknown): string | undefined {
  return runJob.safeParse(data).data?.runId;
}

/** The same wish gets the same id, so that Redis keeps it once: `proceed-R-1042-7`. BullMQ refuses ids with a colon. */
export function jobIdOf(name: 'proceed' | 'plan', run: Run): string {
  return `${name}-${run.runId}-${run.version}`;
}

export const progressUpdate: z.ZodType<Progress> = z.object({
  runId: z.string(),
  step: z.enum([...STEP_NAMES, 'rollback']),
  percent: z.number().min(0).max(100).optional(),
  detail: z.string(),
});

/** What a worker has to do about a run as it stands, and not before when. */
export function workOn(run: Run): { readonly name: 'proceed' | 'plan'; readonly notBefore?: Instant } | undefined {
  switch (run.state) {
    case 'draft':
      return run.isPlanning ? { name: 'plan' } : undefined;
    case 'queued':
      return run.scheduled && !run.stopRequestedBy
        ? { name: 'proceed', notBefore: run.scheduled.at }
        : { name: 'proceed' };
    case 'in-progress':
    case 'rollback-in-progress':
      return { name: 'proceed' };
    case 'awaiting-exception':
      if (run.stopRequestedBy) return { name: 'proceed' };
      return run.expiresAt === undefined ? undefined : { name: 'proceed', notBefore: run.expiresAt };
    case 'awaiting-cutover':
      if (run.stopRequestedBy) return { name: 'proceed' };
      if (run.cutover?.isFrozen) return { name: 'proceed' };
      return run.cutover?.at === undefined ? undefined : { name: 'proceed', notBefore: run.cutover.at };
    case 'awaiting-approval':
    case 'completed':
    case 'signed-off':
    case 'failed':
    case 'rolled-back':
    case 'rollback-failed':
    case 'aborted':
      return undefined;
  }
}

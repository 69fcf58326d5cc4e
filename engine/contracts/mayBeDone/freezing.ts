import type { Freeze } from '../freezes.ts';
import type { Instant } from '../people.ts';
import type { Run, RunState } from '../runs.ts';
import type { Refusal } from './refusal.ts';

export const isInForce = (freeze: Freeze | undefined, now: Instant): freeze is Freeze =>
  freeze !== undefined && now < freeze.until;

export function frozen({ until, reason }: Freeze): Refusal {
  return { code: 'frozen', until, reason };
}

/** States of runs whose cards say that their sandbox is frozen: those that may still lead to something. */
export const SHOWS_FREEZE: readonly RunState[] = [
  ...(['draft', 'awaiting-approval', 'queued', 'in-progress', 'awaiting-exception', 'awaiting-cutover'] as const),
  ...(['completed', 'failed', 'rollback-failed'] as const),
];

/** What would ask for a switch, or begin one. Out of it lead Stop, Rollback and all that comes behind a switch, whatever is frozen. */
const REFUSED: ReadonlySet<string> = new Set(['confirm', 'approve', 'switch-now', 'retry', 'start']);

export const isRefusedByFreeze = (run: Run, event: string): boolean => REFUSED.has(event) && run.targetState === 'old';

import type { Run } from '../contracts.ts';
import { announce } from './announce.ts';
import { stepContext, type ProceedResult, type Work } from './stepContext.ts';

/** While a run waits: somebody has pressed “Switch now”, and only from then on there is a moment to tell. */
export async function announceMoment(work: Work, run: Run, signal: AbortSignal): Promise<ProceedResult> {
  const at = run.cutover?.at;
  if (at !== undefined) await announce(stepContext(work, run, 'await-cutover', signal), 'switch-announced', at);
  return 'done';
}

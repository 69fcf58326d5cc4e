import type { NamedFinding, Run } from '../../contracts.ts';
import { digestOf } from '../../journal/canonicalJson.ts';
import type { RunEvent } from '../../journal/events.ts';
import { ExceptionNotGivenError } from '../../proofs/errors.ts';
import { verifySanitization } from '../../steps/verifySanitization.ts';
import { askedUntil, compensate } from '../compensate.ts';
import type { StepContext } from '../step.ts';
import type { ProceedResult, Work } from '../stepContext.ts';

/** The copy stays closed, and whoever answers for the data is asked. */
export const askException = (context: StepContext, findings: readonly NamedFinding[]): RunEvent => ({
  ...{ kind: 'ask-exception', findings, digest: digestOf(findings) },
  expiresAt: askedUntil(context),
});

/** Whoever accepts lets the run go on; once the time is over without that, what was found refuses the switch. */
export async function refuseUnaccepted(work: Work, run: Run, signal: AbortSignal): Promise<ProceedResult> {
  if (run.expiresAt === undefined || run.expiresAt > work.parts.clock.now()) return 'done';
  const error = new ExceptionNotGivenError(run.askedException?.findings ?? []);
  return compensate(work, run, verifySanitization, error, signal);
}

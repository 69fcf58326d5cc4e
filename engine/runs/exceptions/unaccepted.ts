import type { NamedFinding, Run } from '../../contracts.ts';
import { digestOf } from '../../journal/canonicalJson.ts';
import type { RunEvent } from '../../journal/events.ts';
import { ExceptionNotGivenError } from '../../proofs/errors.ts';
import { verifySanitization } from '../../steps/verifySanitization.ts';
import { askedUntil, compensate } from '../compensate.ts';
import { switchDeadline, TooLateToSwitchError } from '../../schedules/tooLate.ts';
import type { StepContext } from '../step.ts';
import type { ProceedResult, Work } from '../stepContext.ts';

/** The copy stays closed, and whoever answers for the data is asked: until it would be too late to switch, where somebody has said so. */
export function askException(context: StepContext, findings: readonly NamedFinding[]): RunEvent {
  const until = askedUntil(context);
  const deadline = switchDeadline(context.run) ?? until;
  const expiresAt = deadline < until ? deadline : until;
  return { kind: 'ask-exception', findings, digest: digestOf(findings), expiresAt };
}

/** Whoever accepts lets the run go on; once the time is over without that, what was found refuses the switch. */
export async function refuseUnaccepted(work: Work, run: Run, signal: AbortSignal): Promise<ProceedResult> {
  const now = work.parts.clock.now();
  if (run.expiresAt === undefined || run.expiresAt > now) return 'done';
  const deadline = switchDeadline(run);
  const error =
    deadline !== undefined && deadline <= now
      ? new TooLateToSwitchError(run, deadline)
      : new ExceptionNotGivenError(run.askedException?.findings ?? []);
  return compensate(work, run, verifySanitization, error, signal);
}

import type { Instant, Run } from '../contracts.ts';
import { TerminalError } from '../errors.ts';
import { isPastNoReturn } from '../contracts/mayBeDone/index.ts';
import { later } from '../journal/desk.ts';

/** How long a sandbox is taken to be away where no run has measured it. */
const AWAY_MS = 3_600_000;

/** A run of a schedule would switch into the working day. Nothing was switched. */
export class TooLateToSwitchError extends TerminalError {
  override readonly code = 'too-late-to-switch';

  constructor({ target, scheduled }: Run, deadline: Instant) {
    const why = scheduled?.backBy === undefined ? '' : ` (it is to be back by ${scheduled.backBy})`;
    super(`${target} is switched by ${deadline} or not at all${why}, and the copy is not ready in time`, {
      remedy:
        'Nothing was switched. Where the copy is kept, Retry goes on with it now; otherwise ask for a refresh, or let the next occurrence come.',
    });
  }
}

/** The last moment at which a run of a schedule may begin to switch; undefined where nobody has said. */
export function switchDeadline({ scheduled, plan }: Pick<Run, 'scheduled' | 'plan'>): Instant | undefined {
  const { switchBy, backBy } = scheduled ?? {};
  const estimate = plan?.estimate;
  const awayMs = estimate?.kind === 'known' ? estimate.unavailableSeconds * 1000 : AWAY_MS;
  return [switchBy, backBy && later(backBy, -awayMs)].filter((one) => one !== undefined).sort()[0];
}

/** @throws TooLateToSwitchError where a run that has switched nothing would begin to do so at `at`, or later */
export function refuseTooLate(run: Run, at: Instant): void {
  const deadline = switchDeadline(run);
  if (deadline !== undefined && at > deadline && !isPastNoReturn(run)) throw new TooLateToSwitchError(run, deadline);
}

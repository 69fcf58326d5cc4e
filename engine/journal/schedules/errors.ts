import type { Schedule } from '../../contracts.ts';
import { TerminalError } from '../../errors.ts';

export class ScheduleNotFoundError extends TerminalError {
  override readonly code = 'schedule-not-found';

  constructor(number: number) {
    super(`There is no schedule S-${String(number)}`, { remedy: '/schedules lists those there are.' });
  }
}

/** It has moved on since the card or the command was written. */
export class ScheduleOutdatedError extends TerminalError {
  override readonly code = 'schedule-outdated';

  constructor({ number, state, changedBy }: Schedule) {
    const by = changedBy ? ` by ${changedBy.name}` : '';
    super(`S-${String(number)} is ${state}${state === 'active' ? '' : by}, so that does not apply`, {
      remedy: `Look at it as it is: /schedule S-${String(number)}.`,
    });
  }
}

/** Nobody watches a run of a schedule: what fails behind the switch must go back by itself, or somebody must be called. */
export class ScheduleUnattendedError extends TerminalError {
  override readonly code = 'schedule-unattended';

  constructor(title: string, why: 'nobody-on-call' | 'waits-for-a-click') {
    super(
      why === 'nobody-on-call'
        ? `A refresh of ${title} that fails behind its switch would stay closed until somebody looks, and nobody is named for it`
        : `A refresh of ${title} waits for somebody who presses “Switch now”, and a schedule runs while nobody watches`,
      {
        remedy:
          why === 'nobody-on-call'
            ? 'Whoever looks after Rewind sets policy.rollbackOnFailure: automatic for the sandbox, or names somebody: schedules: { onCall: … }.'
            : 'Whoever looks after Rewind sets policy.cutover of the sandbox to when-ready or to a time of day.',
      },
    );
  }
}

/** Its plan does not say what tables and columns it was made for. */
export class StandingImpossibleError extends TerminalError {
  override readonly code = 'standing-impossible';

  constructor() {
    super('Only the plan of an occurrence can be approved for those that follow', {
      remedy: 'Approve this one; the next plan of the schedule can be approved in advance.',
    });
  }
}

/** It is there already: twice, the second would find the sandbox taken every time. */
export class ScheduleTwiceError extends TerminalError {
  override readonly code = 'schedule-twice';

  constructor(title: string, number: number) {
    super(`S-${String(number)} refreshes ${title} at these times already`, {
      remedy: `Look at it: /schedule S-${String(number)}. End it first if it is to be another one.`,
    });
  }
}

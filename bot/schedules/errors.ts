import type { Instant } from '../../engine/contracts.ts';
import { TerminalError } from '../../engine/errors.ts';

/** A rule that says no time, or two. */
export class ScheduleUnclearError extends TerminalError {
  override readonly code = 'schedule-unclear';

  constructor(why: string, name = 'uat') {
    super(why, {
      remedy: `Type /schedule ${name} every Sunday 22:00 as of Saturday 23:00, /schedule ${name} every weekday 20:00, or /schedule ${name} once tomorrow 22:00; a reason follows “because”.`,
    });
  }
}

/** A sandbox with several schedules, where one has to be named. */
export class WhichScheduleError extends TerminalError {
  override readonly code = 'which-schedule';

  constructor(title: string, numbers: readonly number[], word: string) {
    const named = numbers.map((number) => `S-${String(number)}`).join(', ');
    super(numbers.length === 0 ? `${title} has no schedule` : `${title} has several schedules: ${named}`, {
      remedy:
        numbers.length === 0
          ? 'Set one up: /schedule uat every Sunday 22:00 as of Saturday 23:00.'
          : `Name one: /schedule S-${String(numbers[0])} ${word}.`,
    });
  }
}

/** Skipping is about one occurrence; by now another one is next. */
export class OccurrenceOverError extends TerminalError {
  override readonly code = 'occurrence-over';

  constructor(number: number, at: Instant | undefined) {
    super(
      `${at === undefined ? 'What was next' : `The occurrence of ${at}`} is not next in S-${String(number)} any more`,
      {
        remedy: `Look at what is: /schedule S-${String(number)}.`,
      },
    );
  }
}

import type { Provider } from '../../../engine/environments/provider.ts';
import { RetryableError, TerminalError } from '../../../engine/errors.ts';
import { withWriter } from './withWriter.ts';
import type { Journal } from '../../../engine/journal/journal.ts';
import type { RunEvent } from '../../../engine/journal/events.ts';

/** Something that a person has to mend. */
export class InjectedError extends TerminalError {
  override readonly code = 'injected';

  constructor() {
    super('A test has injected this error', { remedy: 'Leave it out.' });
  }
}

/** Something that passes. */
export class BlipError extends RetryableError {
  override readonly code = 'blip';

  constructor() {
    super('The network blinked', { remedy: 'Wait.' });
  }
}

/** The nth connection that is opened fails: sanitize opens the first three, verify the next, apply-target-settings from the ninth on. */
export function failingSession(n: number, error: () => Error): (provider: Provider) => Provider {
  let opened = 0;
  const count = () => {
    opened += 1;
    if (opened === n) throw error();
  };
  return withWriter((writer) => ({
    async session(side, database) {
      count();
      return writer.session(side, database);
    },
    async read(side, database) {
      count();
      return writer.read(side, database);
    },
  }));
}

/** Tells of every event once it is recorded. */
export function watched(after: (event: RunEvent) => void): (journal: Journal) => Journal {
  return (journal) => ({
    ...journal,
    async record(runId, event, by) {
      const run = await journal.record(runId, event, by);
      after(event);
      return run;
    },
  });
}

import { TerminalError } from '../errors.ts';

/** Whoever asked or approved has a wish in the matter. */
export class OwnExceptionError extends TerminalError {
  override readonly code = 'own-exception';

  constructor(runId: string) {
    super(`Whoever asked for ${runId} or approved it cannot accept what a proof has found`, {
      remedy: 'Another person who answers for the data, and neither asked nor approved, has to decide.',
    });
  }
}

/** An exception without an end would be a rule. */
export class ExceptionEndError extends TerminalError {
  override readonly code = 'exception-end';

  constructor(until: string, first: string, last: string) {
    super(`“${until}” is no day on which an exception can end`, {
      remedy: `Give a day from ${first} to ${last}, such as ${first}.`,
    });
  }
}

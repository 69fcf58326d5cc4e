/** What every error of Rewind carries: what happened (message), what to do (remedy), a stable code (docs/errors.md). */
export interface ErrorOptions {
  readonly remedy: string;
  readonly cause?: unknown;
}

abstract class RewindError extends Error {
  abstract readonly code: string;
  readonly remedy: string;

  constructor(message: string, { remedy, cause }: ErrorOptions) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = new.target.name;
    this.remedy = remedy;
  }
}

/** Trying again changes nothing: a person has to act. */
export abstract class TerminalError extends RewindError {}

/** May pass by itself (a network, a deadlock, a service that restarts): the step is tried again a few times. */
export abstract class RetryableError extends RewindError {}

/** A message that may be shown to people: code, message and remedy of our own errors, one neutral sentence for all others. */
export interface ErrorReport {
  readonly code: string;
  readonly message: string;
  readonly remedy: string;
}

/** Foreign errors may quote values of a database, so their text never leaves the process through here. */
export function reportError(error: unknown): ErrorReport {
  if (error instanceof RewindError) return { code: error.code, message: error.message, remedy: error.remedy };
  return {
    code: 'unexpected',
    message: 'Something unforeseen stopped Rewind here.',
    remedy: 'Open the log of the run; it names the place. Nothing further happens to the target by itself.',
  };
}

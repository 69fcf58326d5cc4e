/** What every error of Rewind carries: what happened (message), what to do (remedy), a stable code (docs/errors.md). */
export interface ErrorOptions {
  readonly remedy: string;
  readonly cause?: unknown;
  /** Where somebody with rights on the server finds the text that is not repeated here: `the error log of sql01`. */
  readonly withheldTextIn?: string;
}

abstract class RewindError extends Error {
  abstract readonly code: string;
  readonly remedy: string;
  readonly withheldTextIn?: string;

  constructor(message: string, { remedy, cause, withheldTextIn }: ErrorOptions) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = new.target.name;
    this.remedy = remedy;
    if (withheldTextIn !== undefined) this.withheldTextIn = withheldTextIn;
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

/**
 * Foreign errors may quote values of a database, so their text never leaves the process through here. `at`: when it happened,
 * for whoever looks a text up that is withheld.
 */
export function reportError(error: unknown, at?: string): ErrorReport {
  if (error instanceof RewindError)
    return { code: error.code, message: error.message, remedy: [error.remedy, ...whereToLook(error, at)].join(' ') };
  return {
    code: 'unexpected',
    message: 'Something unforeseen stopped Rewind here.',
    remedy: 'Open the log of the run; it names the place. Nothing further happens to the target by itself.',
  };
}

function* whereToLook({ withheldTextIn }: RewindError, at: string | undefined): Generator<string> {
  if (withheldTextIn === undefined) return;
  yield `A DBA finds the text in ${withheldTextIn}${at === undefined ? '' : `, at ${at}`}.`;
}

/**
 * All that may be said of an error that is not ours: its class, and the number that a server, Node or the operating system
 * gave it. Its text may quote values of a database, and so may everything else it carries.
 */
export function describeForeign(error: unknown): string {
  if (!(error instanceof Error)) return `a ${typeof error} was thrown; its text is withheld: it may hold data`;
  const name = /^[A-Za-z]{1,40}$/.test(error.name) ? error.name : 'Error';
  const why = [codeOf(error), numberOf(error)].filter((part) => part !== '').join(', ');
  return `${name}${why === '' ? '' : ` (${why})`}; its text is withheld: it may hold data`;
}

/** For the log of a run, where somebody looks for the place. */
export function describeWithPlace(error: unknown): string {
  const places = error instanceof Error ? placesOf(error).slice(0, 3) : [];
  return [describeForeign(error), ...places].join(' ');
}

/** Lines of the stack that name a file; those of the message, which the stack begins with, are none, whatever they look like. */
export function placesOf({ stack = '', message }: Error): readonly string[] {
  const start = stack.indexOf(message);
  if (start < 0) return [];
  return stack
    .slice(start + message.length)
    .split('\n')
    .filter((line) => PLACE.test(line))
    .map((line) => line.trim());
}

const PLACE =
  /^\s+at (?:(?:async |new )?[\w.<>$# ]+ (?:\[as [\w.$]+\] )?\()?(?:file:\/\/|node:|\/|[A-Za-z]:\\)[^()]*:\d+:\d+\)?$/;

/** A trigger may raise any five characters as its SQLSTATE: only classes that PostgreSQL itself has are repeated. */
const SQLSTATE = /^(?:0[0189ABFLPZ]|2[0-8BDF]|3[489BDF]|4[024]|5[34578]|72|F0|HV|P0|XX)[0-9A-Z]{3}$/;
const CODE = /^(?:E[A-Z]{2,20}|ERR_[A-Z0-9_]{1,60}|[A-Z_]{1,40}_CERT[A-Z_]{0,40}|CERT_[A-Z_]{1,40})$/;

function codeOf(error: Error): string {
  const given = String(Reflect.get(error, 'code') ?? '');
  if (SQLSTATE.test(given) && 'severity' in error) return `SQLSTATE ${given}`;
  return CODE.test(given) ? given : '';
}

export const isSqlState = (code: string): boolean => SQLSTATE.test(code);

/** Of SQL Server; of an answer to a request of ours. */
function numberOf(error: Error): string {
  if ('number' in error && Number.isInteger(error.number)) return `error ${String(error.number)}`;
  return 'statusCode' in error && Number.isInteger(error.statusCode) ? `status ${String(error.statusCode)}` : '';
}

/** What a process's own log says of an error: for us, so with the place where it happened. */
export function describeError(error: unknown): Readonly<Record<string, unknown>> {
  const { code, message } = reportError(error);
  if (!(error instanceof Error)) return { code, message };
  const at = placesOf(error).slice(0, 4);
  return code === 'unexpected'
    ? { code, message, cause: describeForeign(error), at }
    : { code, message, name: error.name, at };
}

/** `err` of a line in the log, where pino would write the error with all that it carries. */
export const errSerializer = (err: unknown): unknown => (err instanceof Error ? describeError(err) : err);

/** Why a file or folder cannot be read, in words; what the operating system calls it stays behind. */
export function whyUnreadable(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return UNREADABLE.get(code) ?? 'cannot be read';
}

const UNREADABLE: ReadonlyMap<string, string> = new Map([
  ['ENOENT', 'is not there'],
  ['ENOTDIR', 'is not there: a part of its path is a file'],
  ['EACCES', 'may not be read by this account'],
  ['EPERM', 'may not be read by this account'],
  ['EISDIR', 'is a folder, not a file'],
  ['ERR_ENCODING_INVALID_ENCODED_DATA', 'is text neither in UTF-8 nor in UTF-16'],
]);

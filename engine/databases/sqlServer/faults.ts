import { type ErrorOptions, RetryableError, TerminalError } from '../../errors.ts';
import { type CauseCode, causes } from './knownNumbers.ts';
import type { ServerFault } from './serverFault.ts';

/** A statement of the engine that the server refused, with what can be done about it: trying again changes nothing. */
export class ServerRefusal extends TerminalError {
  override readonly code: CauseCode;
  readonly number: number;

  constructor(code: CauseCode, fault: ServerFault) {
    super(messageOf(code, fault), { remedy: remedyOf(code, fault), ...whereTextIs(code, fault) });
    this.code = code;
    this.number = fault.number;
  }
}

/** The same of what may pass by itself. */
export class ServerHesitation extends RetryableError {
  override readonly code: CauseCode;
  readonly number: number;

  constructor(code: CauseCode, fault: ServerFault) {
    super(messageOf(code, fault), { remedy: remedyOf(code, fault), ...whereTextIs(code, fault) });
    this.code = code;
    this.number = fault.number;
  }
}

export type ServerError = ServerRefusal | ServerHesitation;

/** The error that says so, for what the server has said or is sure to say. */
export const serverError = (code: CauseCode, fault: ServerFault): ServerError =>
  causeOf(code).isRetryable ? new ServerHesitation(code, fault) : new ServerRefusal(code, fault);

/** The server has answered, and its answer is no. */
export const isRefusal = (error: unknown): error is ServerRefusal => error instanceof ServerRefusal;

/** The server has said one of these. */
export const isServerError = (error: unknown, ...codes: readonly CauseCode[]): error is ServerError =>
  (error instanceof ServerRefusal || error instanceof ServerHesitation) && codes.includes(error.code);

/** No to this one statement: neither database nor disk nor backup is at fault. */
export const isStatementRefused = (error: unknown): error is ServerRefusal =>
  error instanceof ServerRefusal && causeOf(error.code).isOfStatement === true;

function causeOf(code: CauseCode) {
  const cause = causes.find((one) => one.code === code);
  if (cause === undefined) throw new TypeError(`No cause ${code}`);
  return cause;
}

const messageOf = (code: CauseCode, fault: ServerFault): string =>
  `${causeOf(code).what(fault)} (SQL Server error ${String(fault.number)} while ${fault.doing} on ${fault.server})`;

function remedyOf(code: CauseCode, fault: ServerFault): string {
  const { remedy } = causeOf(code);
  return typeof remedy === 'string' ? remedy : remedy(fault);
}

/**
 * Of a number with a cause nothing is missing but the server's wording. The server's error log keeps what is as grave as 17 and what
 * was raised WITH LOG (sys.messages, is_event_logged); the rest is only to be had in an Extended Events session.
 */
const whereTextIs = (code: CauseCode, { text, server }: ServerFault): Partial<ErrorOptions> =>
  code === 'statement-refused' && text === undefined
    ? {
        withheldTextIn: `the error log of ${server}, or (below severity 17) in an Extended Events session on error_reported there`,
      }
    : {};

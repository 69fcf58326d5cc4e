import type { RequestError } from 'mssql';
import { noConnectionOf } from '../noConnection.ts';
import { causeAmong, classify, faultOf, type Said } from './classify.ts';
import { loadMssql } from './drivers.ts';
import { ConnectionLostError } from './login/errors.ts';
import { type Addressed, refusalOf } from './login/refusal.ts';
import { FENCED } from './statement.ts';

/** The fence on the server is greater than the worker's. Whoever knows target and fence makes a FencedError of it. */
export class FenceRaised extends Error {
  override readonly name = 'FenceRaised';
}

/** Makes one of our errors of whatever the driver threw: the driver rejects with the last error, which is never the cause. */
export function translate(error: unknown, address: Addressed, doing: string): unknown {
  const server = address.title;
  const mssql = loadMssql();
  if (error instanceof mssql.ConnectionError)
    return refusalOf(error, address) ?? noConnectionOf(error, server) ?? new ConnectionLostError(server, doing);
  if (!(error instanceof mssql.RequestError))
    return error instanceof mssql.MSSQLError ? new ConnectionLostError(server, doing) : error;
  const said = [...precedingErrors(error), error].map(asSaid);
  if (said.some(({ number }) => number === FENCED)) return new FenceRaised();
  const cause = causeAmong(said);
  // ETIMEOUT, ESOCKET, ECONNCLOSED, EINVALIDSTATE: what became of the statement is unknown.
  if (cause?.number === undefined) return new ConnectionLostError(server, doing);
  // 596 and 6005: the session was killed, or the server shuts down.
  if ([596, 6005].includes(cause.number)) return new ConnectionLostError(server, doing);
  return classify(faultOf(cause, { server, doing }));
}

const precedingErrors = (error: RequestError): readonly unknown[] =>
  'precedingErrors' in error && Array.isArray(error.precedingErrors) ? error.precedingErrors : [];

function asSaid(error: unknown): Said {
  const message = error instanceof Error ? error.message : '';
  const number = numberOf(error);
  const state = typeof error === 'object' && error !== null && 'state' in error ? error.state : undefined;
  const severity = typeof error === 'object' && error !== null && 'class' in error ? error.class : undefined;
  return { message, state, severity, ...(number === undefined ? {} : { number }) };
}

function numberOf(error: unknown): number | undefined {
  if (typeof error !== 'object' || error === null || !('number' in error)) return undefined;
  return typeof error.number === 'number' ? error.number : undefined;
}

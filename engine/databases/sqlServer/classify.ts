import { serverError, type ServerError } from './faults.ts';
import { type KnownNumber, knownNumbers } from './knownNumbers.ts';
import { readServerMessage } from './messageShapes.ts';
import type { Named, ServerFault } from './serverFault.ts';

const table: ReadonlyMap<number, KnownNumber> = new Map(knownNumbers.map((row) => [row.number, row]));

/**
 * Errors that say only that something went wrong. 3167 comes first of all when a restored database cannot be started, and
 * the cause behind it (905, 909), with 933 after that.
 */
const tails: ReadonlySet<number> = new Set([933, 1750, 3013, 3119, 3167, 3727, 4060, 5069]);

export interface Said {
  readonly number?: number;
  readonly state?: unknown;
  readonly severity?: unknown;
  readonly message: string;
}

/** The first error that is a cause; RESTORE and ALTER DATABASE end with one that is not. */
export function causeAmong(errors: readonly Said[]): Said | undefined {
  return errors.find(({ number }) => number !== undefined && !tails.has(number)) ?? errors[0];
}

export function faultOf(said: Said, { server, doing }: Pick<ServerFault, 'server' | 'doing'>): ServerFault {
  const number = said.number ?? 0;
  const osError = /(?:operating system (?:error |returned the error )'?|" failed: )(\d+)/i.exec(said.message)?.[1];
  const text = readServerMessage(number, said.message)?.text;
  const severity = Number(said.severity ?? Number.NaN);
  return {
    number,
    state: Number(said.state ?? 0),
    server,
    doing,
    objects: namesIn(said.message, table.get(number)),
    ...(text === undefined ? {} : { text }),
    ...(Number.isInteger(severity) ? { severity } : {}),
    ...(osError === undefined ? {} : { osError: Number(osError) }),
  };
}

/** @returns an error whose message names cause, object and remedy; the server's own text is left behind. */
export function classify(fault: ServerFault): ServerError {
  // ERROR_HANDLE_DISK_FULL and ERROR_DISK_FULL: said of a file that cannot be written (3202, 5123), whatever the number.
  const isDiskFull = fault.osError === 39 || fault.osError === 112;
  return serverError(isDiskFull ? 'disk-full' : (table.get(fault.number)?.code ?? 'statement-refused'), fault);
}

/** Nothing of a message whose quotation marks are not known: it may quote values. */
function namesIn(message: string, row: KnownNumber | undefined): readonly Named[] {
  const quoted = [...message.matchAll(/'([^']+)'|"([^"]+)"/g)].map(([, single, double]) => single ?? double ?? '');
  return (row?.quotes ?? []).flatMap((kind, index) => {
    const name = quoted[index];
    return kind === 'text' || name === undefined ? [] : [{ kind, name }];
  });
}

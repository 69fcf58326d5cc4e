import { TimeoutError } from 'tarn';
import { NOT_READY } from '../../databases/sqlServer/login/errors.ts';

/** Numbers of sys.messages that say: this server, or this database on it, is going, coming or elsewhere. */
const AWAY: ReadonlySet<number> = new Set([
  // The session was ended by an administrator or a failover; the server is shutting down.
  ...[596, 6005],
  ...NOT_READY,
  // The database is being recovered, suspect, restoring, offline or read by one session alone; its log is not available.
  ...[921, 922, 924, 926, 927, 942, 945, 9001],
  // The availability group's replica is not the primary.
  ...[976, 978, 979, 983],
  // Azure SQL: reconfigured, busy, moved, out of workers.
  ...[10_928, 10_929, 40_197, 40_501, 40_613, 49_918, 49_919, 49_920],
]);

const BROKEN =
  /^E(SOCKET|TIMEOUT|CONNCLOSED|CLOSE|INSTLOOKUP|INVALIDSTATE|CONNREFUSED|CONNRESET|PIPE|TIMEDOUT|HOST|NET|AI_|NOTFOUND)/;

/** Whether the server is away, or the connection to it broke: nothing is known of what was sent last. */
export function isOutage(error: unknown): boolean {
  return causesOf(error).some(
    (cause) =>
      matches(BROKEN, cause['code']) ||
      AWAY.has(Number(cause['number'])) ||
      // A login that the driver itself calls transient: the database cannot be opened now (4060, Azure's numbers).
      cause['isTransient'] === true ||
      // The pool waited for a connection in vain; the server hung up during the login.
      cause instanceof TimeoutError ||
      matches(/^The connection ended/, cause['message']),
  );
}

const matches = (pattern: RegExp, value: unknown) => typeof value === 'string' && pattern.test(value);

/** Numbers of all errors of one request: several errors come as a list, and the cause is not always the first. */
export const numbersOf = (error: unknown): readonly number[] =>
  causesOf(error).flatMap(({ number }) => (typeof number === 'number' ? [number] : []));

type Fields = Readonly<Record<string, unknown>>;

/** Kysely rejects with the bare list of errors when a request has several; the driver nests what went wrong below a socket. */
function causesOf(error: unknown): readonly Fields[] {
  if (Array.isArray(error)) return error.flatMap(causesOf);
  if (typeof error !== 'object' || error === null) return [];
  // An object of any shape may be asked for members that it does not have; `name` and `message` are inherited.
  const fields = error as Fields;
  return [fields, ...causesOf(fields['errors']), ...causesOf(fields['cause'])];
}

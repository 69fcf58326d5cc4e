import { RetryableError } from '../errors.ts';
import { distrustIn } from './distrust.ts';

/** No connection came about, and it is known why: each reason has a remedy of its own. */
export class NoConnectionError extends RetryableError {
  override readonly code = 'no-connection';

  /** `why` is said of the server: `refuses the connection`. */
  constructor(server: string, { why, remedy }: Hindrance, cause?: unknown) {
    super(`${server} ${why}`, { remedy, cause });
  }
}

interface Hindrance {
  readonly why: string;
  readonly remedy: string;
}

/** Codes of the operating system and of Node's name lookup. */
const HINDRANCES: readonly (readonly [RegExp, Hindrance])[] = [
  [
    /^(ENOTFOUND|EAI_NONAME|EAI_NODATA)$/,
    {
      why: 'is a name that the name service (DNS) of this machine does not know',
      remedy: 'Correct the name in the address, or have the name service know it.',
    },
  ],
  [
    /^EAI_/,
    {
      why: 'cannot be looked up: the name service (DNS) of this machine does not answer',
      remedy: 'Look at the network and the name service of this machine, then try again.',
    },
  ],
  [
    /^ECONNREFUSED$/,
    {
      why: 'refuses the connection: nothing listens on that port',
      remedy: 'Start the server, or correct host and port in the address.',
    },
  ],
  [
    /^(ETIMEDOUT|ETIMEOUT|ESOCKETTIMEDOUT)$/,
    {
      why: 'does not answer in time',
      remedy: 'Look whether the machine runs, and at firewalls and network between here and there.',
    },
  ],
  [
    /^E(HOST|NET)(UNREACH|DOWN)$/,
    {
      why: 'is out of reach: no way of the network leads there',
      remedy: 'Look at network, routes and VPN between here and there.',
    },
  ],
];

/** What PostgreSQL (SQLSTATE) and Redis answer to a login. */
const LOGINS: readonly (readonly [RegExp, Hindrance])[] = [
  [
    /^3D000$/,
    { why: 'has no database of that name', remedy: 'Correct the name of the database in the address, or create it.' },
  ],
  [
    /^53300$/,
    { why: 'has no connection left to give', remedy: 'Let it allow more connections, or look who holds them.' },
  ],
  [
    /^28\w{3}$|^(WRONGPASS|NOAUTH|NOPERM)\b/,
    { why: 'refuses the login', remedy: 'Check user and password in the address; the server’s log says why.' },
  ],
];

const UNSIGNED_REMEDY = 'Let this machine trust the authority that has signed it: NODE_EXTRA_CA_CERTS=FILE.';

/**
 * One of our errors for a connection that did not come about; undefined where the reason is none of these.
 * `server`: `db.contoso.example:5432`, as people know it, without user and password.
 */
export function noConnectionOf(error: unknown, server: string): NoConnectionError | undefined {
  const causes = causesOf(error);
  const say = (hindrance: Hindrance) => new NoConnectionError(server, hindrance, error);
  const codes = causes.flatMap(({ code }) => (typeof code === 'string' ? [code] : []));
  const untrusted = distrustIn(codes, UNSIGNED_REMEDY);
  if (untrusted !== undefined)
    return say({ why: `shows a certificate that is not trusted: ${untrusted[0]}`, remedy: untrusted[1] });
  const words = causes.map(({ message }) => (typeof message === 'string' ? message : ''));
  const login = firstOf(LOGINS, [...codes, ...words]);
  if (login !== undefined) return say(login);
  // Drivers give a time limit of their own no code.
  const isLate = words.some((said) => /\btimeout (expired|exceeded)|connection timeout|timed out\b/i.test(said));
  const found = firstOf(HINDRANCES, isLate ? [...codes, 'ETIMEDOUT'] : codes);
  return found === undefined ? undefined : say(found);
}

/** The host and port of an address, which may hold a password. */
export function serverOf(url: string, defaultPort: number): string {
  const parsed = URL.parse(url);
  return parsed === null ? 'the server' : `${parsed.hostname}:${parsed.port || String(defaultPort)}`;
}

function firstOf(table: readonly (readonly [RegExp, Hindrance])[], said: readonly string[]): Hindrance | undefined {
  return table.find(([pattern]) => said.some((one) => pattern.test(one)))?.[1];
}

interface Fields {
  readonly code?: unknown;
  readonly message?: unknown;
  readonly errors?: unknown;
  readonly cause?: unknown;
}

/** Node tries all addresses of a name and lists what each said; drivers nest. */
function causesOf(error: unknown): readonly Fields[] {
  if (Array.isArray(error)) return error.flatMap(causesOf);
  if (typeof error !== 'object' || error === null) return [];
  // An object of any shape may be asked for members that it does not have.
  const fields = error as Fields;
  return [fields, ...causesOf(fields.errors), ...causesOf(fields.cause)];
}

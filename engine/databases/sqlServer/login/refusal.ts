import type { Connection } from 'tedious';
import { distrustIn } from '../../distrust.ts';
import type { ServerAddress } from '../address.ts';
import {
  CertificateNotTrustedError,
  EncryptionRefusedError,
  EntraAudienceRefusedError,
  EntraTokenRefusedError,
  EntraTokenUnavailableError,
  InstanceUnknownError,
  LoginRefusedError,
  NOT_READY,
  ServerNotReadyError,
} from './errors.ts';

/** The driver keeps the text of a refused login and forgets its number: it is written onto the error it rejects with. */
export function keepLoginNumber(connection: Connection): void {
  let number: number | undefined;
  // Of 4060 and 18456 in one answer the first says why.
  const note = (message: { readonly number: number }) => void (number ??= message.number);
  connection.on('errorMessage', note);
  connection.once('connect', (error?: Error) => {
    connection.off('errorMessage', note);
    if (error !== undefined && number !== undefined) Object.assign(error, { number });
  });
}

/** Thrown by us inside the driver while it connects, which wraps them. */
const OUR_SIDE = [
  EncryptionRefusedError,
  EntraAudienceRefusedError,
  EntraTokenRefusedError,
  EntraTokenUnavailableError,
] as const;

const UNSIGNED_REMEDY =
  'Name the certificate of its authority with `?ca=FILE` in the address; only a server on 127.0.0.1 may be trusted unseen.';

/** For messages. */
export type Addressed = Pick<ServerAddress, 'title' | 'authentication'>;

/** One of our errors for a connection that was not made, when the server or our own side said no; undefined when it was merely away. */
export function refusalOf(error: unknown, { title, authentication }: Addressed): Error | undefined {
  const causes = causesOf(error);
  const own = causes.find((cause) => OUR_SIDE.some((refusal) => cause instanceof refusal));
  if (own !== undefined) return own;
  const codes = causes.map(codeOf);
  const untrusted = distrustIn(codes, UNSIGNED_REMEDY);
  if (untrusted !== undefined) return new CertificateNotTrustedError(title, ...untrusted);
  if (codes.includes('EINSTLOOKUP')) return new InstanceUnknownError(title);
  if (!codes.includes('ELOGIN')) return undefined;
  const number = causes.map(numberOf).find((found) => found !== undefined);
  if (number !== undefined && NOT_READY.includes(number)) return new ServerNotReadyError(title, number);
  return new LoginRefusedError(title, authentication, number);
}

/** Drivers nest: `cause` of what went wrong below, `errors` of what has several. */
function causesOf(error: unknown): readonly Error[] {
  if (!(error instanceof Error)) return [];
  const inner = [error.cause, ...(error instanceof AggregateError ? error.errors : [])];
  return [error, ...inner.flatMap(causesOf)];
}

const codeOf = (error: Error): string => ('code' in error ? String(error.code) : '');

function numberOf(error: Error): number | undefined {
  return 'number' in error && typeof error.number === 'number' ? error.number : undefined;
}

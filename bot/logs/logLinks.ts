import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Clock } from '../../engine/clock.ts';

/** A key that signs links; its id travels in the link so that keys can be rotated. */
export interface LinkKey {
  readonly id: string;
  /** At least 32 bytes. */
  readonly key: string;
}

export interface LogLinkParts {
  /** The first signs; all are believed, so a former key goes on working until its links have expired. */
  readonly keys: readonly LinkKey[];
  /** Address under which people reach the bot: `https://rewind.contoso.com`. Asked late: it may depend on the port. */
  readonly publicUrl: () => string;
  readonly clock: Pick<Clock, 'now'>;
  readonly validForMs?: number;
}

/** Links that open without signing in, so they expire and cannot be made by anybody else. */
export interface SignedLinks {
  urlFor(runId: string): string;
  /** The run that a token opens; undefined when it is forged, damaged, too old, or made for something else. */
  read(token: string): string | undefined;
}

/** Links to the log of a run; a link to its report opens that alone. */
export interface LogLinks extends SignedLinks {
  readonly report: SignedLinks;
}

const LONGEST_MS = 24 * 60 * 60 * 1000;
/** Links of one card stay the same for a while, so that an update without news is recognised as one. */
const ROUNDED_TO_MS = 60 * 60 * 1000;
/** The first part of what is signed, so that a token fits one place. */
const LOG = { place: 'logs', version: 'v1' };
const REPORT = { place: 'reports', version: 'r1' };

export function createLogLinks({ keys, publicUrl, clock, validForMs = LONGEST_MS }: LogLinkParts): LogLinks {
  const [current] = keys;
  if (!current) throw new TypeError('A log link needs a key');
  if (keys.some(({ key }) => Buffer.byteLength(key) < 32))
    throw new TypeError('A key of log links has 32 bytes or more');
  if (validForMs > LONGEST_MS) throw new TypeError('A log link lives for 24 hours at most');
  const linksTo = (what: typeof LOG) => signedLinks({ keys, publicUrl, clock, validForMs }, current, what);
  return { ...linksTo(LOG), report: linksTo(REPORT) };
}

function signedLinks(
  { keys, publicUrl, clock, validForMs }: Required<LogLinkParts>,
  current: LinkKey,
  { place, version: own }: typeof LOG,
): SignedLinks {
  return {
    urlFor(runId) {
      const now = Date.parse(clock.now());
      const expires = now - (now % ROUNDED_TO_MS) + validForMs;
      const payload = [own, runId, expires, current.id].join('|');
      const token = `${Buffer.from(payload).toString('base64url')}.${sign(payload, current).toString('base64url')}`;
      return new URL(`/${place}/${token}`, publicUrl()).href;
    },
    read(token) {
      const [encoded = '', signature = '', ...rest] = token.split('.');
      const payload = Buffer.from(encoded, 'base64url').toString();
      const [version, runId = '', expires = '', keyId, ...more] = payload.split('|');
      const key = keys.find(({ id }) => id === keyId);
      if (rest.length > 0 || more.length > 0 || version !== own || !key) return undefined;
      // Decoding forgives spare bits and foreign characters; one link has one spelling.
      const isCanonical =
        token === [payload, sign(payload, key)].map((part) => Buffer.from(part).toString('base64url')).join('.');
      if (!isCanonical || !equals(Buffer.from(signature, 'base64url'), sign(payload, key))) return undefined;
      return Date.parse(clock.now()) < Number(expires) ? runId : undefined;
    },
  };
}

function sign(payload: string, key: LinkKey): Buffer {
  return createHmac('sha256', key.key).update(payload).digest();
}

function equals(one: Buffer, other: Buffer): boolean {
  return one.length === other.length && timingSafeEqual(one, other);
}

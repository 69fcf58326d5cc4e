import { createPublicKey, type KeyObject } from 'node:crypto';
import { bounded } from '../../engine/bounded.ts';
import { z } from 'zod';
import type { Clock } from '../../engine/clock.ts';

export interface SigningKey {
  readonly key: KeyObject;
  /** The channels in whose name this key may speak. */
  readonly endorsements: readonly string[];
}

/** The keys that sign for the Bot Framework, as they are published; their ids stand in the tokens. */
export interface SigningKeys {
  /** `missing` when there is no such key; undefined when that has to be asked. */
  known(keyId: string): SigningKey | 'missing' | undefined;
  /** @throws when the keys cannot be fetched */
  find(keyId: string): Promise<SigningKey | 'missing'>;
}

const FRESH_FOR_MS = 24 * 60 * 60 * 1000;
/** A key that is not known may be new; nobody can have it looked for more often than this. */
const NEW_KEYS_AFTER_MS = 60 * 60 * 1000;
const TRIED_AGAIN_AFTER_MS = 1_000;
const TIMEOUT_MS = 5_000;

const openIdSchema = z.object({ jwks_uri: z.url() });
const keySchema = z.looseObject({
  kid: z.string(),
  kty: z.literal('RSA'),
  n: z.string().min(1),
  e: z.string().min(1),
  endorsements: z.array(z.string()).default([]),
});
const keysSchema = z.object({ keys: z.array(z.unknown()) });

/** Fetched when first needed, by one request at a time, and kept for a day. */
export function createSigningKeys(openIdUrl: string, clock: Pick<Clock, 'elapsedMs'>): SigningKeys {
  let fetched: { readonly keys: ReadonlyMap<string, SigningKey>; readonly atMs: number } | undefined;
  let failed: { readonly error: unknown; readonly atMs: number } | undefined;
  let fetching: Promise<void> | undefined;

  const fetchOnce = (): Promise<void> => {
    if (failed && clock.elapsedMs() - failed.atMs < TRIED_AGAIN_AFTER_MS) return Promise.reject(failed.error);
    fetching ??= fetchKeys(openIdUrl)
      .then(
        (keys) => void ([fetched, failed] = [{ keys, atMs: clock.elapsedMs() }, undefined]),
        (error: unknown) => {
          failed = { error, atMs: clock.elapsedMs() };
          throw error;
        },
      )
      .finally(() => (fetching = undefined));
    return fetching;
  };

  const known = (keyId: string): SigningKey | 'missing' | undefined => {
    const ageMs = fetched ? clock.elapsedMs() - fetched.atMs : Infinity;
    if (ageMs > FRESH_FOR_MS) return undefined;
    return fetched?.keys.get(keyId) ?? (ageMs < NEW_KEYS_AFTER_MS ? 'missing' : undefined);
  };

  return {
    known,
    async find(keyId) {
      const found = known(keyId);
      if (found) return found;
      await fetchOnce();
      return fetched?.keys.get(keyId) ?? 'missing';
    },
  };
}

async function fetchKeys(openIdUrl: string): Promise<ReadonlyMap<string, SigningKey>> {
  const { jwks_uri } = openIdSchema.parse(await getJson(openIdUrl));
  const { keys } = keysSchema.parse(await getJson(jwks_uri));
  return new Map(keys.flatMap(readKey));
}

/** A key of another kind signs no token of ours; it must not keep the others away. */
function readKey(published: unknown): [string, SigningKey][] {
  const { data } = keySchema.safeParse(published);
  if (!data) return [];
  const { kid, kty, n, e, endorsements } = data;
  try {
    return [[kid, { key: createPublicKey({ key: { kty, n, e }, format: 'jwk' }), endorsements }]];
  } catch {
    return [];
  }
}

async function getJson(url: string): Promise<unknown> {
  const whom = 'Who publishes the signing keys of the Bot Framework';
  return bounded(
    async (signal) => {
      const response = await fetch(url, { signal });
      if (!response.ok) throw new Error(`The signing keys of the Bot Framework were answered with ${response.status}`);
      return response.json();
    },
    { whom, withinMs: TIMEOUT_MS },
  );
}

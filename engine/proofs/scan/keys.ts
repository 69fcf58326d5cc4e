import { hkdfSync } from 'node:crypto';
import { sipHash } from './sipHash.ts';
import { word } from './word.ts';

/** Shorter values stand in too many places by chance. */
export const SHORTEST = 8;
/** Of a longer value its end is sought: addresses, connection strings and certificates begin alike. */
export const LONGEST = 64;

/** All that is derived from the key of a run. */
export interface Keys {
  /** Odd factors of the quick hashes, which only choose where to look closer. */
  readonly block: number;
  readonly window: number;
  /** Of the keyed hash that tells whether it is the value. */
  readonly mac: Int32Array;
  readonly seal: Buffer;
}

/** @param key 32 bytes */
export function keysFrom(key: Buffer): Keys {
  const part = (name: string, length: number) => Buffer.from(hkdfSync('sha256', key, '', `rewind ${name}`, length));
  const mac = part('mac', 16);
  return {
    block: part('block', 4).readInt32LE() | 1,
    window: part('window', 4).readInt32LE() | 1,
    mac: Int32Array.from([0, 4, 8, 12], (at) => mac.readInt32LE(at)),
    // What was noted with other hashes is not opened, as it would be sought in vain.
    seal: part('seal of SipHash and leaps', 32),
  };
}

/**
 * What is kept of a protected value, as numbers, and nothing that it could be read from: its length and kind, the hashes of its first
 * eight bytes and of all of it, and the keyed hash of 64 bits.
 */
export const PRINT = { lengthAndKind: 0, window: 1, whole: 2, mac: 3 } as const;
export const PRINT_NUMBERS = 5;
/** Blocks of four bytes, at 0 … 4, that lie within the first eight. */
export const LEAPS = 5;

/** Where what is sought of a value begins. */
export const soughtFrom = (value: Uint8Array): number => Math.max(0, value.length - LONGEST);

/**
 * Puts the print of a value behind `at`; it is folded, and not shorter than can be sought.
 * @param mac the keyed hash of all of the value, where it is known
 */
export function putPrint(
  into: Int32Array,
  at: number,
  value: Uint8Array,
  kind: number,
  keys: Pick<Keys, 'window' | 'mac'>,
  mac?: Int32Array,
): void {
  const to = value.length;
  const from = soughtFrom(value);
  const window = windowHash(value, from, keys.window);
  let whole = window;
  for (let i = from + SHORTEST; i < to; i += 1) whole = grow(whole, value[i] ?? 0);
  into[at + PRINT.lengthAndKind] = ((to - from) << 8) | kind;
  into[at + PRINT.window] = window;
  into[at + PRINT.whole] = whole;
  if (mac === undefined || from > 0) sipHash(keys.mac, value, from, to, into, at + PRINT.mac);
  else {
    into[at + PRINT.mac] = mac[0] ?? 0;
    into[at + PRINT.mac + 1] = mac[1] ?? 0;
  }
}

export function windowHash(bytes: Uint8Array, at: number, factor: number): number {
  let hash = Math.imul(word(bytes, at) ^ Math.imul(word(bytes, at + 4), 0x9e3779b1), factor);
  hash ^= hash >>> 15;
  return Math.imul(hash, 0x85ebca6b) | 0;
}

export const grow = (hash: number, byte: number): number => Math.imul(hash ^ byte, 0x01000193) ^ (hash >>> 15);

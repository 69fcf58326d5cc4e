import { createHmac, createSecretKey, hkdfSync, type KeyObject } from 'node:crypto';
import { fold } from './fold.ts';

/** Shorter values stand in too many places by chance. */
export const SHORTEST = 8;
/** Of a longer value its end is sought: addresses, connection strings and certificates begin alike. */
export const LONGEST = 64;

/** All that is derived from the key of a run. */
export interface Keys {
  /** Odd factors of the quick hashes, which only choose where to look closer. */
  readonly block: number;
  readonly window: number;
  readonly mac: KeyObject;
  readonly seal: Buffer;
}

/** @param key 32 bytes */
export function keysFrom(key: Buffer): Keys {
  const part = (name: string, length: number) => Buffer.from(hkdfSync('sha256', key, '', `rewind ${name}`, length));
  return {
    block: part('block', 4).readInt32LE() | 1,
    window: part('window', 4).readInt32LE() | 1,
    mac: createSecretKey(part('mac', 32)),
    seal: part('seal', 32),
  };
}

/** What is kept of a protected value: nothing that it could be read from. */
export interface Print {
  readonly kind: number;
  readonly length: number;
  /** Hashes of the four bytes at 0 … 4, by which the scanner leaps. */
  readonly blocks: readonly number[];
  readonly window: number;
  readonly whole: number;
  readonly macLow: number;
  readonly macHigh: number;
}

/** @returns `undefined` for a value that is too short to be sought */
export function printOf(value: Buffer, kind: number, keys: Keys): Print | undefined {
  const bytes = Buffer.from(value.length > LONGEST ? value.subarray(-LONGEST) : value);
  const length = bytes.length;
  if (length < SHORTEST) return undefined;
  fold(bytes, bytes, length);
  const window = windowHash(bytes, 0, keys.window);
  let whole = window;
  for (let at = SHORTEST; at < length; at += 1) whole = grow(whole, bytes[at] ?? 0);
  const mac = macOf(bytes, 0, length, keys);
  return {
    ...{ kind, length, window, whole: whole | 0, macLow: mac.readInt32LE(0), macHigh: mac.readInt32LE(4) },
    blocks: [0, 1, 2, 3, 4].map((at) => Math.imul(word(bytes, at), keys.block) >>> 0),
  };
}

export const word = (b: Uint8Array, i: number): number =>
  (b[i] ?? 0) | ((b[i + 1] ?? 0) << 8) | ((b[i + 2] ?? 0) << 16) | ((b[i + 3] ?? 0) << 24);

export function windowHash(bytes: Uint8Array, at: number, factor: number): number {
  let hash = Math.imul(word(bytes, at) ^ Math.imul(word(bytes, at + 4), 0x9e3779b1), factor);
  hash ^= hash >>> 15;
  return Math.imul(hash, 0x85ebca6b) | 0;
}

export const grow = (hash: number, byte: number): number => Math.imul(hash ^ byte, 0x01000193) ^ (hash >>> 15);

export const macOf = (bytes: Uint8Array, from: number, to: number, { mac }: Pick<Keys, 'mac'>): Buffer =>
  createHmac('sha256', mac).update(bytes.subarray(from, to)).digest();

import { expect, test } from 'vitest';
import { sipHash } from '../../../engine/proofs/scan/sipHash.ts';

/** Of the authors of SipHash: key 00 01 … 0f, messages 00 01 … of that length. */
const KNOWN = [
  [0, '726fdb47dd0e0e31'],
  [1, '74f839c593dc67fd'],
  [7, 'ab0200f58b01d137'],
  [8, '93f5f5799a932462'],
  [15, 'a129ca6149be45e5'],
  [63, '958a324ceb064572'],
] as const;

test.each(KNOWN)('the keyed hash of %i bytes › is the one that is published', (length, known) => {
  const key = Int32Array.of(0x03020100, 0x07060504, 0x0b0a0908, 0x0f0e0d0c);
  // Wherever the bytes lie.
  const bytes = Uint8Array.from({ length: length + 5 }, (_, at) => at - 3);
  const hash = new Int32Array(4);
  sipHash(key, bytes, 3, 3 + length, hash, 1);
  const [low = 0, high = 0] = hash.subarray(1);
  const hex = [high, low].map((half) => (half >>> 0).toString(16).padStart(8, '0')).join('');
  expect([hex, hash[0], hash[3]]).toEqual([known, 0, 0]);
});

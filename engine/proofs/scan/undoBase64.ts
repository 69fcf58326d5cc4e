import { BYTES, fieldAt } from './block.ts';
import { put, type Undo } from './undo.ts';

/** Twelve bytes: shorter runs are ordinary words. */
const SHORTEST_RUN = 16;

/** Of both alphabets; -1 for what is in neither. */
const DIGITS = new Int8Array(256).fill(-1);
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
for (let digit = 0; digit < ALPHABET.length; digit += 1) DIGITS[ALPHABET.charCodeAt(digit)] = digit;
DIGITS['-'.charCodeAt(0)] = 62;
DIGITS['_'.charCodeAt(0)] = 63;

/** Runs of base64, which have capitals, small letters and no break. What comes out may be text of either width. */
export const undoBase64: Undo = (block, into, full) => {
  const { bytes, end } = block;
  let done = 0;
  // A run that is long enough covers one of these places.
  for (let at = SHORTEST_RUN - 1; at < end; at += SHORTEST_RUN) {
    if (at < done || isOutside(bytes[at])) continue;
    let from = at;
    while (from > done && !isOutside(bytes[from - 1])) from -= 1;
    let to = at + 1;
    while (to < end && !isOutside(bytes[to])) to += 1;
    done = to;
    if (to - from < SHORTEST_RUN || !isMixed(bytes, from, to)) continue;
    const write = (out: Buffer, start: number) => decode(bytes, from, to, out, start);
    put(block, into, full, fieldAt(block, from), ((to - from) * 3) >> 2, write, BYTES);
  }
};

const isOutside = (byte = 0): boolean => (DIGITS[byte] ?? -1) < 0;

/** Numbers and words in one case are no base64 of a text. */
function isMixed(bytes: Uint8Array, from: number, to: number): boolean {
  let kinds = 0;
  for (let i = from; i < to && kinds !== 3; i += 1) {
    const digit = DIGITS[bytes[i] ?? 0] ?? 0;
    if (digit < 26) kinds |= 1;
    else if (digit < 52) kinds |= 2;
  }
  return kinds === 3;
}

function decode(bytes: Uint8Array, from: number, to: number, out: Uint8Array, start: number): number {
  let length = start;
  let i = from;
  for (; i + 3 < to; i += 4) {
    const four =
      (digit(bytes, i) << 18) | (digit(bytes, i + 1) << 12) | (digit(bytes, i + 2) << 6) | digit(bytes, i + 3);
    out[length] = four >>> 16;
    out[length + 1] = four >>> 8;
    out[length + 2] = four;
    length += 3;
  }
  if (to - i >= 2) {
    out[length] = (digit(bytes, i) << 2) | (digit(bytes, i + 1) >> 4);
    length += 1;
  }
  if (to - i === 3) {
    out[length] = (digit(bytes, i + 1) << 4) | (digit(bytes, i + 2) >> 2);
    length += 1;
  }
  return length - start;
}

const digit = (bytes: Uint8Array, at: number): number => DIGITS[bytes[at] ?? 0] ?? 0;

import { AMONG_BYTES, BYTES, endOf } from './block.ts';
import { put, type Undo } from './undo.ts';

const SHORTEST_RUN = 8;
/** Latin, Greek, Cyrillic, Hebrew, Arabic: second bytes of these letters and of all punctuation. */
const HIGHEST = 0x20;

/**
 * Text of two bytes per letter in fields that are no text, in either order of the bytes. A run is found by one of its zeros, which every
 * space, digit and sign has.
 */
export const undoUtf16: Undo = (block, into, full) => {
  const { bytes, natures, starts, count } = block;
  for (let field = 0; field < count; field += 1) {
    if (natures[field] !== BYTES) continue;
    const first = starts[field] ?? 0;
    const end = endOf(block, field);
    // Where the runs end that were found with the zero behind the letter, and with the zero in front of it.
    const done = [first, first];
    for (let at = bytes.indexOf(0, first); at >= 0 && at < end; at = bytes.indexOf(0, at + 1)) {
      // Where nothing but zeros is, there is no text.
      if (bytes[at - 1] === 0 && bytes[at + 1] === 0) continue;
      for (const [order, low] of ORDERS) {
        const high = at;
        if (high < (done[order] ?? 0)) continue;
        const isLetter = (place: number) =>
          (bytes[place] ?? 0) <= HIGHEST && ((bytes[place] ?? 0) | (bytes[place + low] ?? 0)) !== 0;
        let from = high;
        while (from - 2 >= (done[order] ?? first) && isInside(from - 2 + low, first, end) && isLetter(from - 2))
          from -= 2;
        let to = high;
        while (isInside(to, first, end) && isInside(to + low, first, end) && isLetter(to)) to += 2;
        done[order] = Math.max(to, high + 1);
        const letters = (to - from) / 2;
        if (letters < SHORTEST_RUN) continue;
        put(
          block,
          into,
          full,
          field,
          letters * 3,
          (out, start) => write(bytes, from, to, low, out, start),
          AMONG_BYTES,
        );
      }
    }
  }
};

/** Where the first byte of a letter lies, as seen from the second. */
const ORDERS = [
  [0, -1],
  [1, 1],
] as const;

const isInside = (place: number, first: number, end: number): boolean => place >= first && place < end;

function write(bytes: Uint8Array, from: number, to: number, low: number, out: Uint8Array, start: number): number {
  let length = start;
  for (let high = from; high < to; high += 2) {
    const code = ((bytes[high] ?? 0) << 8) | (bytes[high + low] ?? 0);
    if (code < 0x80) out[length++] = code;
    else if (code < 0x800) {
      out[length++] = 0xc0 | (code >> 6);
      out[length++] = 0x80 | (code & 0x3f);
    } else {
      out[length++] = 0xe0 | (code >> 12);
      out[length++] = 0x80 | ((code >> 6) & 0x3f);
      out[length++] = 0x80 | (code & 0x3f);
    }
  }
  return length - start;
}

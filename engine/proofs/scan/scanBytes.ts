import { grow, SHORTEST, windowHash } from './keys.ts';
import { sipHash } from './sipHash.ts';
import type { SoughtSet } from './soughtSet.ts';
import { word } from './word.ts';

/** Told of every place where a sought value stands, in bytes `from` … `to`. */
export type OnHit = (from: number, to: number, kind: number) => void;

/**
 * Finds sought values in folded bytes. It looks at every fifth block where nothing begins; what begins like a value is hashed
 * on as far as values of that beginning go, and only what then still looks like one is worth a keyed hash of all of it.
 */
export function scanBytes(bytes: Uint8Array, end: number, set: SoughtSet, onHit: OnHit): void {
  const { leaps, windows, keys } = set;
  const { table, shift } = leaps;
  const { block, window: factor } = keys;
  const mask = windows.length / 3 - 1;
  const last = end - SHORTEST;
  let i = 0;
  while (i <= last) {
    const leap = table[Math.imul(word(bytes, i + 4), block) >>> shift] ?? 1;
    if (leap !== 0) {
      i += leap;
      continue;
    }
    const hash = windowHash(bytes, i, factor);
    let slot = 3 * (hash & mask);
    for (;;) {
      const low = windows[slot + 1] ?? 0;
      const high = windows[slot + 2] ?? 0;
      if (low === 0 && high === 0) break;
      if (windows[slot] === hash) {
        lookCloser(bytes, i, end, set, { hash, low, high }, onHit);
        break;
      }
      slot = slot + 3 === windows.length ? 0 : slot + 3;
    }
    i += 1;
  }
}

const mac = new Int32Array(2);

interface Beginning {
  readonly hash: number;
  /** Lengths of the values that begin so. */
  readonly low: number;
  readonly high: number;
}

function lookCloser(
  bytes: Uint8Array,
  from: number,
  end: number,
  { wholes, keys }: SoughtSet,
  { hash: window, low, high }: Beginning,
  onHit: OnHit,
): void {
  const mask = wholes.length / 4 - 1;
  const longest = high !== 0 ? 63 - Math.clz32(high) : 31 - Math.clz32(low);
  let hash = window;
  for (let bit = 0; bit <= longest && from + SHORTEST + bit <= end; bit += 1) {
    const to = from + SHORTEST + bit;
    if (bit > 0) hash = grow(hash, bytes[to - 1] ?? 0);
    if ((((bit < 32 ? low : high) >>> (bit & 31)) & 1) === 0) continue;
    const whole = hash | 0;
    for (let place = whole & mask; wholes[4 * place + 3] !== 0; place = (place + 1) & mask) {
      if (wholes[4 * place] !== whole) continue;
      sipHash(keys.mac, bytes, from, to, mac, 0);
      if (mac[0] !== wholes[4 * place + 1] || mac[1] !== wholes[4 * place + 2]) continue;
      onHit(from, to, wholes[4 * place + 3] ?? 0);
      break;
    }
  }
}

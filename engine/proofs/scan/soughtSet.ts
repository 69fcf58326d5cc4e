import { type Keys, PRINT, PRINT_NUMBERS, SHORTEST } from './keys.ts';
import type { Leaps } from './leaps.ts';

/** The prints of all sought values as the scanner reads them: open-addressed tables of numbers, no object per value. */
export interface SoughtSet {
  readonly keys: Keys;
  readonly size: number;
  readonly leaps: Leaps;
  /** Three numbers per window: its hash, and which lengths begin so (8 … 39, 40 … 71). */
  readonly windows: Int32Array;
  /** Four numbers per value: hash of the whole, keyed hash, kind. */
  readonly wholes: Int32Array;
}

/** A set that is being filled. */
export interface SoughtSetMaker {
  /** The numbers of prints, one behind another. */
  add(prints: Int32Array): void;
  /** @param leaps of all values that were added: what they leap over is not found */
  with(leaps: Leaps): SoughtSet;
}

/** @param expected how many there will be at most; the tables are made for that */
export function makeSoughtSet(keys: Keys, expected: number): SoughtSetMaker {
  const slots = 2 ** Math.ceil(Math.log2(Math.max(8, expected * 2)));
  const windows = new Int32Array(3 * slots);
  const wholes = new Int32Array(4 * slots);
  const mask = slots - 1;
  let size = 0;

  function addOne(prints: Int32Array, at: number): void {
    if (size >= expected) throw new RangeError('more values than were announced');
    const number = (index: number) => prints[at + index] ?? 0;
    const window = number(PRINT.window);
    let slot = window & mask;
    while (isTaken(windows, 3 * slot) && windows[3 * slot] !== window) slot = (slot + 1) & mask;
    windows[3 * slot] = window;
    const bit = (number(PRINT.lengthAndKind) >>> 8) - SHORTEST;
    const half = 3 * slot + (bit < 32 ? 1 : 2);
    windows[half] = (windows[half] ?? 0) | (1 << (bit & 31));
    let place = number(PRINT.whole) & mask;
    while (wholes[4 * place + 3] !== 0) place = (place + 1) & mask;
    wholes[4 * place] = number(PRINT.whole);
    wholes[4 * place + 1] = number(PRINT.mac);
    wholes[4 * place + 2] = number(PRINT.mac + 1);
    wholes[4 * place + 3] = number(PRINT.lengthAndKind) & 0xff;
    size += 1;
  }

  return {
    add(prints) {
      for (let at = 0; at < prints.length; at += PRINT_NUMBERS) addOne(prints, at);
    },
    with: (leaps) => ({ keys, size, leaps, windows, wholes }),
  };
}

const isTaken = (windows: Int32Array, at: number): boolean => windows[at + 1] !== 0 || windows[at + 2] !== 0;

import { LEAPS, SHORTEST } from './keys.ts';
import { word } from './word.ts';

/** How far the scanner may leap behind a block of four bytes: a table by the first bits of the block's hash. */
export interface Leaps {
  readonly table: Uint8Array;
  /** A hash of 32 bits without these lowest is its place. */
  readonly shift: number;
}

/** Where no sought value has such a block in its first eight bytes. */
export const FAR = SHORTEST - 4 + 1;

const [FEWEST_BITS, MOST_BITS] = [12, 21];

export const leapsOf = (table: Uint8Array): Leaps => ({ table, shift: 32 - Math.log2(table.length) });

/** Gathers the blocks of all values, while nobody knows yet how many there will be. */
export function createLeaps(factor: number) {
  const { table, shift } = leapsOf(new Uint8Array(2 ** MOST_BITS).fill(FAR));
  return {
    /** The beginning of a value, as far as it is sought: the first block, the second, and so on. */
    add(value: Uint8Array, from: number): void {
      for (let i = 0; i < LEAPS; i += 1) {
        const place = Math.imul(word(value, from + i), factor) >>> shift;
        if ((table[place] ?? FAR) > FAR - 1 - i) table[place] = FAR - 1 - i;
      }
    },
    /** The table, as small as is good for so many values: what lies in the core's own memory is asked fastest. */
    take(values: number): Uint8Array {
      const bits = Math.min(MOST_BITS, Math.max(FEWEST_BITS, Math.ceil(Math.log2(values + 1)) + 1));
      const taken = new Uint8Array(2 ** bits).fill(FAR);
      const fewer = MOST_BITS - bits;
      for (let place = 0; place < table.length; place += 1) {
        const at = place >>> fewer;
        taken[at] = Math.min(taken[at] ?? FAR, table[place] ?? FAR);
      }
      return taken;
    },
  };
}

import { sipHash } from '../scan/sipHash.ts';

/** Remembers which values it has seen, by a keyed hash of 64 bits: no value is kept, and none takes more than a few bytes. */
export interface Sighted {
  /** From here on the value is none that is new, of whatever kind. */
  spare(value: Uint8Array): void;
  /** Whether a value of this kind is seen for the first time. Its keyed hash lies in `mac` then. */
  isNew(kind: number, value: Uint8Array): boolean;
  readonly mac: Int32Array;
}

/** @param key as `sipHash` takes it */
export function createSighted(key: Int32Array): Sighted {
  const spared = createPairs();
  const seen = createPairs();
  const mac = new Int32Array(2);
  const hash = (value: Uint8Array) => sipHash(key, value, 0, value.length, mac, 0);
  return {
    mac,
    spare(value) {
      hash(value);
      spared.add(mac[0] ?? 0, mac[1] ?? 0);
    },
    isNew(kind, value) {
      hash(value);
      const [low = 0, high = 0] = [mac[0], mac[1]];
      return !spared.has(low, high) && seen.add(low, high ^ Math.imul(kind, 0x9e3779b1));
    },
  };
}

/** A set of pairs of numbers, open-addressed, so that a million of them fit into memory. */
function createPairs() {
  let table = new Int32Array(2 * 4096);
  let size = 0;

  /** Where the pair stands, or would. */
  function placeIn(places: Int32Array, one: number, other: number): number {
    const mask = places.length - 2;
    let at = (one << 1) & mask;
    while ((places[at] !== 0 || places[at + 1] !== 0) && !(places[at] === one && places[at + 1] === other))
      at = (at + 2) & mask;
    return at;
  }

  function grow(): void {
    const larger = new Int32Array(table.length * 2);
    for (let from = 0; from < table.length; from += 2) {
      const [one = 0, other = 0] = [table[from], table[from + 1]];
      if (one === 0 && other === 0) continue;
      const at = placeIn(larger, one, other);
      larger[at] = one;
      larger[at + 1] = other;
    }
    table = larger;
  }

  const isTaken = (at: number): boolean => table[at] !== 0 || table[at + 1] !== 0;
  return {
    has: (one: number, other: number): boolean => isTaken(placeIn(table, one, other)),
    /** Whether it was new. */
    add(one: number, other: number): boolean {
      const at = placeIn(table, one, other);
      if (isTaken(at)) return false;
      table[at] = one;
      table[at + 1] = other;
      size += 1;
      if (size * 4 > table.length) grow();
      return true;
    },
  };
}

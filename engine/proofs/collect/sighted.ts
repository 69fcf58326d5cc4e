/** Remembers which bytes it has seen, by two hashes of 32 bits each: no value is kept, and none takes more than a few bytes. */
export interface Sighted {
  holds(kind: number, value: Uint8Array): boolean;
  /** Whether it was new. */
  add(kind: number, value: Uint8Array): boolean;
}

export function createSighted(): Sighted {
  let table = new Int32Array(2 * 4096);
  let size = 0;
  /** Of the value at hand. */
  let one = 0;
  let other = 0;

  /** Where the value stands, or would. */
  function placeIn(places: Int32Array): number {
    const mask = places.length / 2 - 1;
    let slot = one & mask;
    while (places[2 * slot] !== 0 && !(places[2 * slot] === one && places[2 * slot + 1] === other))
      slot = (slot + 1) & mask;
    return 2 * slot;
  }

  function put(places: Int32Array): void {
    const at = placeIn(places);
    places[at] = one;
    places[at + 1] = other;
  }

  function grow(): void {
    const larger = new Int32Array(table.length * 2);
    for (let at = 0; at < table.length; at += 2) {
      one = table[at] ?? 0;
      other = table[at + 1] ?? 0;
      if (one !== 0) put(larger);
    }
    table = larger;
  }

  function isKnown(kind: number, value: Uint8Array): boolean {
    let first = 0x811c9dc5 ^ kind;
    let second = (0x9e3779b1 + kind) | 0;
    for (let i = 0; i < value.length; i += 1) {
      const byte = value[i] ?? 0;
      first = Math.imul(first ^ byte, 0x01000193);
      second = Math.imul(second ^ byte, 0x85ebca6b) ^ (second >>> 13);
    }
    one = first === 0 ? 1 : first;
    other = second;
    return table[placeIn(table)] !== 0;
  }

  return {
    holds: isKnown,
    add(kind, value) {
      if (isKnown(kind, value)) return false;
      put(table);
      size += 1;
      if (size * 4 > table.length) grow();
      return true;
    },
  };
}

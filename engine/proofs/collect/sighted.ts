/** Remembers what it has seen, by two hashes of 32 bits each: no value is kept, and none takes more than a few bytes. */
export interface Sighted {
  holds(kind: number, value: string): boolean;
  /** Whether it was new. */
  add(kind: number, value: string): boolean;
}

export function createSighted(): Sighted {
  let table = new Int32Array(2 * 4096);
  let size = 0;

  function place(into: Int32Array, one: number, other: number): number {
    const mask = into.length / 2 - 1;
    let slot = one & mask;
    while (into[2 * slot] !== 0 && !(into[2 * slot] === one && into[2 * slot + 1] === other)) slot = (slot + 1) & mask;
    return 2 * slot;
  }

  function grow(): void {
    const larger = new Int32Array(table.length * 2);
    for (let at = 0; at < table.length; at += 2) {
      const [one = 0, other = 0] = [table[at], table[at + 1]];
      if (one !== 0) larger.set([one, other], place(larger, one, other));
    }
    table = larger;
  }

  function hash(kind: number, value: string): readonly [number, number] {
    let one = 0x811c9dc5 ^ kind;
    let other = 0x9e3779b1 + kind;
    for (let i = 0; i < value.length; i += 1) {
      const code = value.charCodeAt(i);
      one = Math.imul(one ^ code, 0x01000193);
      other = Math.imul(other ^ code, 0x85ebca6b) ^ (other >>> 13);
    }
    return [(one | 0) === 0 ? 1 : one | 0, other | 0];
  }

  return {
    holds(kind, value) {
      const [one, other] = hash(kind, value);
      return table[place(table, one, other)] !== 0;
    },
    add(kind, value) {
      const [one, other] = hash(kind, value);
      const at = place(table, one, other);
      if (table[at] !== 0) return false;
      table[at] = one;
      table[at + 1] = other;
      size += 1;
      if (size * 4 > table.length) grow();
      return true;
    },
  };
}

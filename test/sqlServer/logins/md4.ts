/** MD4 (RFC 1320), which NTLM is built on and OpenSSL no longer has. Broken since 1995: for this test double alone. */
export function md4(data: Buffer): Buffer {
  const words = pad(data);
  let state: Words = [0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476];
  for (let at = 0; at < words.length; at += 16) {
    const before = state;
    for (const { order, shifts, constant, mix } of rounds) {
      for (const [step, index] of order.entries()) {
        const [a, b, c, d] = state;
        const sum = (a + mix(b, c, d) + (words[at + index] ?? 0) + constant) >>> 0;
        const shift = shifts[step % 4] ?? 0;
        state = [d, (sum << shift) | (sum >>> (32 - shift)), b, c];
      }
    }
    state = [add(state[0], before[0]), add(state[1], before[1]), add(state[2], before[2]), add(state[3], before[3])];
  }
  const digest = Buffer.alloc(16);
  for (const [index, word] of state.entries()) digest.writeUInt32LE(word >>> 0, index * 4);
  return digest;
}

type Words = readonly [number, number, number, number];

const add = (left: number, right: number) => (left + right) >>> 0;

const rounds = [
  {
    order: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15],
    shifts: [3, 7, 11, 19],
    constant: 0,
    mix: (x: number, y: number, z: number) => (x & y) | (~x & z),
  },
  {
    order: [0, 4, 8, 12, 1, 5, 9, 13, 2, 6, 10, 14, 3, 7, 11, 15],
    shifts: [3, 5, 9, 13],
    constant: 0x5a827999,
    mix: (x: number, y: number, z: number) => (x & y) | (x & z) | (y & z),
  },
  {
    order: [0, 8, 4, 12, 2, 10, 6, 14, 1, 9, 5, 13, 3, 11, 7, 15],
    shifts: [3, 9, 11, 15],
    constant: 0x6ed9eba1,
    mix: (x: number, y: number, z: number) => x ^ y ^ z,
  },
];

function pad(data: Buffer): readonly number[] {
  const length = (((data.length + 8) >> 6) + 1) << 6;
  const padded = Buffer.alloc(length);
  data.copy(padded);
  padded.writeUInt8(0x80, data.length);
  padded.writeBigUInt64LE(BigInt(data.length) * 8n, length - 8);
  return Array.from({ length: length / 4 }, (_, index) => padded.readUInt32LE(index * 4));
}

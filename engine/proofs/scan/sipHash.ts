import { word } from './word.ts';

/**
 * SipHash-2-4 of bytes `from` … `to`: a keyed hash of 64 bits that is made for short values, and takes a fraction of an HMAC's time, as it
 * needs no call out of the runtime and no object. Halves of 64 bits are numbers of their own.
 * @param key four words of 32 bits, as the 16 bytes of the key are read
 * @param into is given the hash at `at`, low half first
 */
export function sipHash(
  key: Int32Array,
  bytes: Uint8Array,
  from: number,
  to: number,
  into: Int32Array,
  at: number,
): void {
  const [k0 = 0, k1 = 0, k2 = 0, k3 = 0] = [key[0], key[1], key[2], key[3]];
  let a = k0 ^ 0x70736575;
  let ah = k1 ^ 0x736f6d65;
  let b = k2 ^ 0x6e646f6d;
  let bh = k3 ^ 0x646f7261;
  let c = k0 ^ 0x6e657261;
  let ch = k1 ^ 0x6c796765;
  let d = k2 ^ 0x79746573;
  let dh = k3 ^ 0x74656462;
  const blocks = (to - from) >>> 3;
  for (let block = 0; block <= blocks + 1; block += 1) {
    let low = 0;
    let high = 0;
    let rounds = 2;
    const first = from + 8 * block;
    if (block < blocks) {
      low = word(bytes, first);
      high = word(bytes, first + 4);
    } else if (block === blocks) {
      high = (to - from) << 24;
      for (let i = first; i < to; i += 1) {
        const byte = bytes[i] ?? 0;
        if (i < first + 4) low |= byte << (8 * (i - first));
        else high |= byte << (8 * (i - first - 4));
      }
    } else {
      c ^= 0xff;
      rounds = 4;
    }
    d ^= low;
    dh ^= high;
    for (; rounds > 0; rounds -= 1) {
      let sum = 0;
      let kept = 0;
      sum = (a + b) | 0;
      ah = (ah + bh + carry(sum, a)) | 0;
      a = sum;
      kept = (b << 13) | (bh >>> 19);
      bh = ((bh << 13) | (b >>> 19)) ^ ah;
      b = kept ^ a;
      kept = a;
      a = ah;
      ah = kept;
      sum = (c + d) | 0;
      ch = (ch + dh + carry(sum, c)) | 0;
      c = sum;
      kept = (d << 16) | (dh >>> 16);
      dh = ((dh << 16) | (d >>> 16)) ^ ch;
      d = kept ^ c;
      sum = (a + d) | 0;
      ah = (ah + dh + carry(sum, a)) | 0;
      a = sum;
      kept = (d << 21) | (dh >>> 11);
      dh = ((dh << 21) | (d >>> 11)) ^ ah;
      d = kept ^ a;
      sum = (c + b) | 0;
      ch = (ch + bh + carry(sum, c)) | 0;
      c = sum;
      kept = (b << 17) | (bh >>> 15);
      bh = ((bh << 17) | (b >>> 15)) ^ ch;
      b = kept ^ c;
      kept = c;
      c = ch;
      ch = kept;
    }
    a ^= low;
    ah ^= high;
  }
  into[at] = a ^ b ^ c ^ d;
  into[at + 1] = ah ^ bh ^ ch ^ dh;
}

/** Of an addition of two halves: it is carried where the sum is less than what was added to. */
const carry = (sum: number, addend: number): number => (sum >>> 0 < addend >>> 0 ? 1 : 0);

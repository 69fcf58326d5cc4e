import { randomBytes } from 'node:crypto';

/** The key of an HMAC-SHA-256 as its two hashes use it, 64 bytes each. Whoever has it can try out who a made-up person was. */
export interface MaskKey {
  readonly ipad: Buffer;
  readonly opad: Buffer;
}

/** One that nobody can know before or after. */
export const randomKey = (): MaskKey => keyFrom(randomBytes(32));

/** @param key 64 bytes at most */
export function keyFrom(key: Buffer): MaskKey {
  const block = Buffer.concat([key], 64);
  const padded = (pad: number) => Buffer.from(block.map((byte) => byte ^ pad));
  return { ipad: padded(0x36), opad: padded(0x5c) };
}

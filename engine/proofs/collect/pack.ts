import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type { Keys, Print } from '../scan/keys.ts';

const PRINT_BYTES = 40;
const PRINTS_PER_PAGE = 2_000;

/** Prints as bytes, so that a million of them fit into memory. */
export interface Packer {
  add(print: Print): void;
  /** What has gathered, in pages. */
  take(): readonly Buffer[];
}

export function createPacker(): Packer {
  let pages: Buffer[] = [];
  let page = Buffer.alloc(0);
  let end = 0;
  return {
    add({ kind, length, window, whole, macLow, macHigh, blocks }) {
      if (end === page.length) {
        page = Buffer.allocUnsafe(PRINT_BYTES * PRINTS_PER_PAGE);
        pages.push(page);
        end = 0;
      }
      page.writeUInt16LE(kind, end);
      page.writeUInt16LE(length, end + 2);
      for (const [index, hash] of [window, whole, macLow, macHigh].entries())
        page.writeInt32LE(hash, end + 4 + 4 * index);
      for (const [index, hash] of blocks.entries()) page.writeUInt32LE(hash, end + 20 + 4 * index);
      end += PRINT_BYTES;
    },
    take() {
      const taken = pages.map((each) => (each === page ? each.subarray(0, end) : each));
      pages = [];
      page = Buffer.alloc(0);
      end = 0;
      return taken;
    },
  };
}

export function* printsIn(page: Buffer): Generator<Print> {
  for (let at = 0; at < page.length; at += PRINT_BYTES)
    yield {
      kind: page.readUInt16LE(at),
      length: page.readUInt16LE(at + 2),
      window: page.readInt32LE(at + 4),
      whole: page.readInt32LE(at + 8),
      macLow: page.readInt32LE(at + 12),
      macHigh: page.readInt32LE(at + 16),
      blocks: [0, 1, 2, 3, 4].map((index) => page.readUInt32LE(at + 20 + 4 * index)),
    };
}

const IV = 12;
const TAG = 16;

/** Without the key nothing can be read, and nothing be tried out: the quick hashes alone would give a guess away. */
export function seal(page: Buffer, { seal: key }: Pick<Keys, 'seal'>): Buffer {
  const iv = randomBytes(IV);
  const cipher = createCipheriv('aes-256-gcm', key, iv);
  const hidden = Buffer.concat([cipher.update(page), cipher.final()]);
  return Buffer.concat([iv, cipher.getAuthTag(), hidden]);
}

/** @throws where it is another key's, or no longer what was sealed */
export function unseal(sealed: Buffer, { seal: key }: Pick<Keys, 'seal'>): Buffer {
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, IV));
  decipher.setAuthTag(sealed.subarray(IV, IV + TAG));
  return Buffer.concat([decipher.update(sealed.subarray(IV + TAG)), decipher.final()]);
}

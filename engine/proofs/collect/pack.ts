import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { type Keys, PRINT_NUMBERS, putPrint } from '../scan/keys.ts';

const PRINTS_PER_PAGE = 2_000;

/** Prints as bytes, so that a million of them fit into memory. */
export interface Packer {
  /** @param value as `putPrint` takes it */
  add(value: Uint8Array, kind: number): void;
  /** What has gathered, in pages. */
  take(): readonly Buffer[];
}

export function createPacker(keys: Keys): Packer {
  let pages: Int32Array[] = [];
  let page = new Int32Array(0);
  let end = 0;
  return {
    add(value, kind) {
      if (end === page.length) {
        page = new Int32Array(PRINT_NUMBERS * PRINTS_PER_PAGE);
        pages.push(page);
        end = 0;
      }
      putPrint(page, end, value, kind, keys);
      end += PRINT_NUMBERS;
    },
    take() {
      const taken = pages.map((each) => Buffer.from(each.buffer, 0, each === page ? 4 * end : each.byteLength));
      pages = [];
      page = new Int32Array(0);
      end = 0;
      return taken;
    },
  };
}

/** The numbers of all prints of a page, one behind another. */
export const printsIn = (page: Buffer): Int32Array => new Int32Array(new Uint8Array(page).buffer);

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

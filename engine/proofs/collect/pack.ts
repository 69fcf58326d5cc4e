import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { type Keys, PRINT_NUMBERS, putPrint, soughtFrom } from '../scan/keys.ts';
import { createLeaps, type Leaps, leapsOf } from '../scan/leaps.ts';

const PRINTS_PER_PAGE = 4_000;

/** Prints as bytes, so that a million of them fit into memory. */
export interface Packer {
  /** @param value as `putPrint` takes it, like `mac` */
  add(value: Uint8Array, kind: number, mac?: Int32Array): void;
  /** Hands on what has gathered, and how far may be leapt between so many prints. */
  end(prints: number): void;
}

/** @param put is given each page once it is full */
export function createPacker(keys: Keys, put: (page: Buffer) => void): Packer {
  const leaps = createLeaps(keys.block);
  let page = new Int32Array(0);
  let end = 0;
  const turn = () => {
    if (end > 0) put(Buffer.from(page.buffer, 0, 4 * end));
    page = new Int32Array(PRINT_NUMBERS * PRINTS_PER_PAGE);
    end = 0;
  };
  return {
    add(value, kind, mac) {
      if (end === page.length) turn();
      putPrint(page, end, value, kind, keys, mac);
      leaps.add(value, soughtFrom(value));
      end += PRINT_NUMBERS;
    },
    end(prints) {
      turn();
      put(Buffer.concat([LEAPS_FOLLOW, leaps.take(prints)]));
    },
  };
}

/** No print begins so: every kind has a number. */
const LEAPS_FOLLOW = Buffer.alloc(4);

/** What a page holds: the numbers of prints, one behind another, or the leaps. */
export function readPage(page: Buffer): { readonly prints: Int32Array } | { readonly leaps: Leaps } {
  // Numbers lie at multiples of four; a copy is made only where these do not.
  const bytes = page.byteOffset % 4 === 0 ? page : new Uint8Array(page);
  return LEAPS_FOLLOW.equals(page.subarray(0, LEAPS_FOLLOW.length))
    ? { leaps: leapsOf(bytes.subarray(LEAPS_FOLLOW.length)) }
    : { prints: new Int32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4) };
}

const IV = 12;
const TAG = 16;

/** Without the key nothing can be read, and nothing be tried out: the quick hashes alone would give a guess away. */
export function seal(page: Buffer, { seal: key }: Pick<Keys, 'seal'>): Buffer {
  const iv = randomBytes(IV);
  const cipher = createCipheriv('aes-256-gcm', key, iv);
  const hidden = [cipher.update(page), cipher.final()];
  return Buffer.concat([iv, cipher.getAuthTag(), ...hidden]);
}

/** @throws where it is another key's, or no longer what was sealed */
export function unseal(sealed: Buffer, { seal: key }: Pick<Keys, 'seal'>): Buffer {
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, IV));
  decipher.setAuthTag(sealed.subarray(IV, IV + TAG));
  const page = decipher.update(sealed.subarray(IV + TAG));
  // A stream cipher has given everything by then: this compares the tag, and throws.
  decipher.final();
  return page;
}

import { createHash } from 'node:crypto';
import type { MaskKind } from '../pack/maskSchema.ts';
import { CITIES, FIRST_NAMES, LAST_NAMES, type WordList } from './words.ts';

/**
 * How a kind makes its value out of the keyed hash of the old one: `number`, its first 56 bits, and `hex`, all of it in capitals. The same
 * parts are written for each dialect, so that both give the same value.
 */
export type Part =
  | { readonly text: string }
  /** Word `number / step mod (length of the list)`. */
  | { readonly word: WordList; readonly step: number }
  /** `1 + number / step mod count`, without leading zeros. */
  | { readonly count: number; readonly step: number }
  /** Digits of `number mod 10^digits`, with leading zeros. */
  | { readonly digits: number }
  /** Characters of `hex` from `first` (counted from 1), each put as the alphabet's character of that number. */
  | { readonly hex: number; readonly first: number; readonly alphabet: string }
  /** Two digits, as in an IBAN: they make country, digits and themselves one number that is 1 modulo 97. */
  | { readonly checkOf: number; readonly country: string };

export interface Kind {
  readonly parts: readonly Part[];
  /** Characters of the longest value. */
  readonly length: number;
  /** Whether two different values stay different: 64 bits of the hash and more. */
  readonly isUnique: boolean;
}

/** Without vowels no word comes out, and with letters alone none of the numbers that companies count with. */
const CONSONANTS = 'BCDFGHJKMNPQRTVX';
const HEX = '0123456789abcdef';
/** Nobody's name ends like this, so a made-up one is told from a real one by looking. */
const MADE_UP = { text: ' ~' };

export function kindOf(kind: MaskKind): Kind {
  const parts = partsOf(kind);
  const length = parts.reduce((sum, part) => sum + lengthOf(part), 0);
  return { parts, length, isUnique: parts.some((part) => 'hex' in part && part.hex >= 16) };
}

function partsOf(kind: MaskKind): readonly Part[] {
  if (typeof kind === 'object') {
    if ('token' in kind) return [{ hex: kind.token, first: 1, alphabet: CONSONANTS }];
    if ('email' in kind) return emailAt(kind.email);
    return [{ word: kind.person === 'first' ? FIRST_NAMES : LAST_NAMES, step: 1 }, MADE_UP];
  }
  switch (kind) {
    case 'token':
      return [{ hex: 16, first: 1, alphabet: CONSONANTS }];
    case 'person':
      return [
        { word: FIRST_NAMES, step: 1 },
        { text: ' ' },
        { word: LAST_NAMES, step: FIRST_NAMES.words.length },
        MADE_UP,
      ];
    case 'company':
      return [{ word: LAST_NAMES, step: 1 }, { text: ' ' }, { hex: 4, first: 17, alphabet: CONSONANTS }, MADE_UP];
    case 'street':
      return [{ word: LAST_NAMES, step: 1 }, { text: ' St ' }, { count: 999, step: LAST_NAMES.words.length }, MADE_UP];
    case 'city':
      return [{ word: CITIES, step: 1 }, MADE_UP];
    case 'phone':
      // No country has this code.
      return [{ text: '+999' }, { digits: 10 }];
    case 'email':
      // RFC 2606: nobody ever gets this domain.
      return emailAt('masked.invalid');
    case 'iban':
      // No bank of Germany has a number that begins with 0.
      return [{ text: 'DE' }, { checkOf: 10, country: 'DE' }, { text: '00000000' }, { digits: 10 }];
    case 'tax-number':
      // ISO 3166 leaves XX to its users: no state gives such a number out.
      return [{ text: 'XX' }, { checkOf: 10, country: 'XX' }, { digits: 10 }];
  }
}

const emailAt = (domain: string): readonly Part[] => [
  { text: 'u' },
  { hex: 16, first: 1, alphabet: HEX },
  { text: `@${domain}` },
];

function lengthOf(part: Part): number {
  if ('text' in part) return part.text.length;
  if ('word' in part) return part.word.width;
  if ('count' in part) return String(part.count).length;
  if ('digits' in part) return part.digits;
  return 'hex' in part ? part.hex : 2;
}

/** What stands after the digits of a number while its check digits are worked out: the country's letters as numbers, and two zeros. */
export function countryNumber(country: string): number {
  return Number(Array.from(country, (letter) => letter.charCodeAt(0) - 55).join('') + '00');
}

export const shownKind = (kind: MaskKind): string => (typeof kind === 'string' ? kind : JSON.stringify(kind));

/** SHA-256, hex, of all that decides what a mask gives beside its key: part of the hash of every pack that masks. */
export function masksHash(): string {
  return createHash('sha256')
    .update(JSON.stringify([1, FIRST_NAMES.words, LAST_NAMES.words, CITIES.words]))
    .digest('hex');
}

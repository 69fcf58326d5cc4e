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
  /** Whether two different values stay different: of 10^16 values and more, two of a million are the same once in 20,000 runs. */
  readonly isUnique: boolean;
  /** Its column has no room for what the kind gives elsewhere. */
  readonly isShortened: boolean;
}

/** Without vowels no word comes out, and with letters alone none of the numbers that companies count with. */
const CONSONANTS = 'BCDFGHJKMNPQRTVX';
const HEX = '0123456789abcdef';
/** Nobody's name ends like this, so a made-up one is told from a real one by looking. */
const MADE_UP = { text: ' ~' };

/** With fewer characters, a made-up value could not be told from a real one. */
export const LEAST_ROOM = 4;

/**
 * A kind as it is in a column of so many characters: the longest of its forms that fits, the same in every column of that length.
 * @param room at least LEAST_ROOM
 */
export function kindOf(kind: MaskKind, room = Infinity): Kind {
  const forms = formsOf(kind, room);
  const parts = [...forms, stub(room)].find((each) => lengthOfAll(each) <= room) ?? stub(LEAST_ROOM);
  return {
    parts,
    length: lengthOfAll(parts),
    isUnique: parts.some((part) => ('hex' in part && part.hex >= 16) || ('digits' in part && part.digits >= 16)),
    isShortened: lengthOfAll(parts) < lengthOfAll(formsOf(kind, Infinity)[0] ?? []),
  };
}

/** The longest one first. */
function formsOf(kind: MaskKind, room: number): readonly (readonly Part[])[] {
  const first = [{ word: FIRST_NAMES, step: 1 }, MADE_UP];
  const last = [{ word: LAST_NAMES, step: 1 }, MADE_UP];
  if (typeof kind === 'object') {
    if ('token' in kind) return tokens(kind.token, room);
    if ('email' in kind) return emailsAt(kind.email, room);
    return [kind.person === 'first' ? first : last];
  }
  switch (kind) {
    case 'token':
      return tokens(16, room);
    case 'person':
      return [
        [{ word: FIRST_NAMES, step: 1 }, { text: ' ' }, { word: LAST_NAMES, step: FIRST_NAMES.words.length }, MADE_UP],
        last,
        first,
      ];
    case 'company':
      return [
        [{ word: LAST_NAMES, step: 1 }, { text: ' ' }, { hex: 4, first: 17, alphabet: CONSONANTS }, MADE_UP],
        last,
      ];
    case 'street':
      return [
        [{ word: LAST_NAMES, step: 1 }, { text: ' St ' }, { count: 999, step: LAST_NAMES.words.length }, MADE_UP],
        [{ word: LAST_NAMES, step: 1 }, { text: ' St' }, MADE_UP],
        last,
      ];
    case 'city':
      return [[{ word: CITIES, step: 1 }, MADE_UP]];
    case 'phone':
      // No country has this code.
      return upTo(10, 6, room - 4).map((digits) => [{ text: '+999' }, { digits }]);
    case 'email':
      // RFC 2606: nobody ever gets this domain.
      return emailsAt('masked.invalid', room);
    case 'iban':
      // No bank of Germany has a number that begins with 0.
      return [[{ text: 'DE' }, { checkOf: 17, country: 'DE' }, { text: '0' }, { digits: 17 }]];
    case 'tax-number':
      // ISO 3166 leaves XX to its users: no state gives such a number out.
      return upTo(16, 8, room - 4).map((digits) => [{ text: 'XX' }, { checkOf: digits, country: 'XX' }, { digits }]);
  }
}

/** As many as there is room for; none where these are too few. */
const upTo = (most: number, least: number, room: number): readonly number[] =>
  room < least ? [] : [Math.min(most, room)];

const tokens = (length: number, room: number): readonly (readonly Part[])[] =>
  upTo(length, 8, room).map((hex) => [{ hex, first: 1, alphabet: CONSONANTS }]);

const emailsAt = (domain: string, room: number): readonly (readonly Part[])[] =>
  upTo(16, 8, room - domain.length - 2).map((hex) => [
    { text: 'u' },
    { hex, first: 1, alphabet: HEX },
    { text: `@${domain}` },
  ]);

/** Where nothing of the kind fits: some letters, and the mark of what is made up. */
const stub = (room: number): readonly Part[] => [
  { hex: Math.min(room, 16) - 1, first: 1, alphabet: CONSONANTS },
  { text: '~' },
];

const lengthOfAll = (parts: readonly Part[]): number => parts.reduce((sum, part) => sum + lengthOf(part), 0);

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
    .update(JSON.stringify([2, FIRST_NAMES.words, LAST_NAMES.words, CITIES.words]))
    .digest('hex');
}

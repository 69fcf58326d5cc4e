import type { ValueKind } from '../kinds.ts';
import type { ColumnHint } from './valuesIn.ts';

/** What a text is because of its mask, whatever it looks like. */
const BY_MASK: ReadonlyMap<string | undefined, ValueKind> = new Map([
  ['phone', 'phone'],
  ['person', 'full-name'],
  ['token', 'identity-number'],
  ['tax-number', 'identity-number'],
]);

/**
 * Whether `valuesIn` can find a value of these kinds in a text, told by its bytes alone: most texts hold none, and need not be made text
 * of. Endpoints count always.
 */
export function mayHold(kinds: ReadonlySet<ValueKind>, { mask, isSecret }: ColumnHint) {
  const byMask = BY_MASK.get(mask);
  if (isSecret || (byMask !== undefined && kinds.has(byMask))) return () => true;
  if (!kinds.has('mail') && !kinds.has('phone') && !kinds.has('iban')) return mayHoldEndpoint();
  const signs = signsOf(kinds);
  return (bytes: Buffer, from: number, to: number): boolean => {
    for (let at = from; at < to; at += 1)
      if (signs[bytes[at] ?? 0] !== NONE && isSign(signs[bytes[at] ?? 0], bytes, from, at)) return true;
    return false;
  };
}

const ENDPOINT_SIGNS = ['=', '://', '\\\\'].map((sign) => Buffer.from(sign));

/**
 * Their signs are rare: instead of byte by byte they are looked for in all that was read at once, and fields are compared with where the
 * next one stands. What stands between fields may look like one, and is passed over.
 */
function mayHoldEndpoint() {
  let read: Uint8Array = Buffer.alloc(0);
  const next = ENDPOINT_SIGNS.map(() => -1);
  return (bytes: Buffer, from: number, to: number): boolean => {
    if (bytes !== read) {
      read = bytes;
      next.fill(-1);
    }
    for (let sign = 0; sign < next.length; sign += 1) {
      if ((next[sign] ?? 0) < from) next[sign] = indexOf(bytes, ENDPOINT_SIGNS[sign], from);
      if ((next[sign] ?? 0) < to) return true;
    }
    return false;
  };
}

/** Beyond the end where it is nowhere. */
function indexOf(bytes: Buffer, sign: Buffer | undefined, from: number): number {
  const at = bytes.indexOf(sign ?? '', from);
  return at < 0 ? bytes.length : at;
}

/** By byte: whether it is a sign of a value, and together with which others. */
const [NONE, ALONE, BEFORE_SLASHES, DOUBLED, BEHIND_CAPITALS] = [0, 1, 2, 3, 4];

/** Looked up byte by byte: comparing each with all of them takes several times as long. */
function signsOf(kinds: ReadonlySet<ValueKind>): Uint8Array {
  const signs = new Uint8Array(256);
  const note = (characters: string, sign: number) => {
    for (const character of characters) signs[character.charCodeAt(0)] = sign;
  };
  note('=', ALONE);
  note(':', BEFORE_SLASHES);
  note('\\', DOUBLED);
  if (kinds.has('mail')) note('@', ALONE);
  if (kinds.has('phone')) note('+', ALONE);
  if (kinds.has('iban')) note('0123456789', BEHIND_CAPITALS);
  return signs;
}

function isSign(sign: number | undefined, bytes: Uint8Array, from: number, at: number): boolean {
  switch (sign) {
    case BEFORE_SLASHES:
      return bytes[at + 1] === SLASH && bytes[at + 2] === SLASH;
    case DOUBLED:
      return bytes[at + 1] === BACKSLASH;
    case BEHIND_CAPITALS:
      return at >= from + 3 && isDigit(bytes[at - 1]) && isCapital(bytes[at - 2]) && isCapital(bytes[at - 3]);
    default:
      return true;
  }
}

const [SLASH, BACKSLASH] = [0x2f, 0x5c];
const isDigit = (byte = 0): boolean => byte >= 0x30 && byte <= 0x39;
const isCapital = (byte = 0): boolean => byte >= 0x41 && byte <= 0x5a;

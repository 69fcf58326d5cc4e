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
  const [mail, phone, iban] = [kinds.has('mail'), kinds.has('phone'), kinds.has('iban')];
  return (bytes: Uint8Array, from: number, to: number): boolean => {
    for (let at = from; at < to; at += 1) {
      const byte = bytes[at] ?? 0;
      if (byte >= DIGIT_0 && byte <= DIGIT_9) {
        if (iban && at >= from + 3 && isDigit(bytes[at - 1]) && isCapital(bytes[at - 2]) && isCapital(bytes[at - 3]))
          return true;
      } else if (byte === AT) {
        if (mail) return true;
      } else if (byte === PLUS) {
        if (phone) return true;
      } else if (byte === EQUALS) return true;
      else if (byte === COLON) {
        if (bytes[at + 1] === SLASH && bytes[at + 2] === SLASH) return true;
      } else if (byte === BACKSLASH && bytes[at + 1] === BACKSLASH) return true;
    }
    return false;
  };
}

const [PLUS, SLASH, DIGIT_0, DIGIT_9, COLON, EQUALS, AT, BACKSLASH] = [0x2b, 0x2f, 0x30, 0x39, 0x3a, 0x3d, 0x40, 0x5c];
const isDigit = (byte = 0): boolean => byte >= DIGIT_0 && byte <= DIGIT_9;
const isCapital = (byte = 0): boolean => byte >= 0x41 && byte <= 0x5a;

import type { ProtectedValue } from '../kinds.ts';
import { endpointsIn } from './endpointsIn.ts';

/** What is known of a column: the mask that a rule has for it, and whether its name speaks of a secret. */
export interface ColumnHint {
  readonly mask?: string | undefined;
  readonly isSecret: boolean;
}

/**
 * The values in a text that are worth being looked for: those that hardly stand anywhere by chance. What a mask has made, or what
 * could be anybody's, is not.
 */
export function* valuesIn(text: string, { mask, isSecret }: ColumnHint): Generator<ProtectedValue> {
  yield* endpointsIn(text, isSecret);
  if (text.includes('@'))
    for (const [mail] of text.matchAll(MAIL)) if (!isMadeUpMail(mail)) yield { kind: 'mail', value: mail };
  for (const [number] of text.matchAll(IBAN)) {
    const iban = number.replaceAll(' ', '');
    if (!isIban(iban)) continue;
    for (const value of new Set([iban, iban.replaceAll(/(.{4})(?=.)/g, '$1 '), number])) yield { kind: 'iban', value };
  }
  if (text.includes('+')) for (const [number] of text.matchAll(PHONE)) yield* phone(number, 8);
  switch (mask) {
    case 'phone':
      yield* phone(text.trim(), 9);
      break;
    case 'person':
      if (isFullName(text.trim())) yield { kind: 'full-name', value: text.trim() };
      break;
    case 'token':
    case 'tax-number':
      if (isIdentity(text.trim())) yield { kind: 'identity-number', value: text.trim() };
      break;
    default:
  }
}

const MAIL = /[\p{L}\d._%+'-]{1,64}@(?:[\p{L}\d-]+\.)+\p{L}{2,}/gu;
const IBAN = /\b[A-Z]{2}\d{2}(?: ?[A-Z\d]{4}){2,7}(?: ?[A-Z\d]{1,3})?\b/g;
const PHONE = /\+\d[\d ()/.-]{6,}\d/g;

const isMadeUpMail = (mail: string): boolean => /@masked\.invalid$|^u[\da-f]{16}@/i.test(mail);

function* phone(number: string, fewest: number): Generator<ProtectedValue> {
  const digits = number.replaceAll(/\D/g, '');
  // No country has the code 999: masks give numbers of it.
  if (digits.length < fewest || digits.length > 15 || digits.startsWith('999') || isMonotonous(digits)) return;
  if (/[^\d ()/.+-]/.test(number)) return;
  const plus = number.startsWith('+') ? '+' : '';
  for (const value of new Set([number, `${plus}${digits}`])) yield { kind: 'phone', value };
}

/** Country and digits moved behind, letters as numbers, modulo 97. No bank of Germany begins with 0: masks give such. */
function isIban(iban: string): boolean {
  if (iban.length < 15 || iban.length > 34 || /^DE\d\d00000000/.test(iban)) return false;
  let rest = 0;
  for (const character of `${iban.slice(4)}${iban.slice(0, 4)}`)
    rest = Number(`${String(rest)}${String(Number.parseInt(character, 36))}`) % 97;
  return rest === 1;
}

/** Two words and more of letters; masks end theirs with a mark that is none. */
const isFullName = (text: string): boolean => {
  const words = text.split(/\s+/);
  return (
    words.length >= 2 &&
    words.length <= 6 &&
    /^\p{L}[\p{L}\p{M}'’.,&\- ]*$/u.test(text) &&
    words.filter((word) => /\p{L}{2}/u.test(word)).length >= 2
  );
};

function isIdentity(text: string): boolean {
  if (/^XX\d{12}$/.test(text) || !/^[\p{L}\d ./-]{8,40}$/u.test(text)) return false;
  const digits = text.replaceAll(/\D/g, '').length;
  return !isMonotonous(text) && (digits >= 9 || (digits >= 5 && /\p{L}/u.test(text)));
}

const isMonotonous = (text: string): boolean => new Set(text).size < 4;

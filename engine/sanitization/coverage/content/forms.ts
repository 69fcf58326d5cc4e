import type { SuspicionKind } from '../findings.ts';

/** What a value can be seen to be, and from which share of a column's values on the column is taken for it. */
export interface Form {
  readonly kind: SuspicionKind;
  /** As a finding says it. */
  readonly form: string;
  /** Of the values that are not empty; 0: one is enough. */
  readonly atLeast: number;
  readonly isLike: (value: string) => boolean;
}

/** Every twentieth number passes for a card by chance, so one is no card; a private key stands nowhere by chance. */
export const FORMS: readonly Form[] = [
  { kind: 'secret', form: 'keys and tokens', atLeast: 0, isLike: isKey },
  { kind: 'secret', form: 'connection strings and passwords', atLeast: 0, isLike: isConnection },
  { kind: 'secret', form: 'random keys of 256 or 512 bits', atLeast: 0.3, isLike: isRandomKey },
  { kind: 'payment card', form: 'card numbers with right check digits', atLeast: 0.3, isLike: isCard },
  { kind: 'bank account', form: 'IBANs with right check digits', atLeast: 0.1, isLike: isIban },
  { kind: 'e-mail', form: 'e-mail addresses', atLeast: 0.02, isLike: hasMail },
  { kind: 'phone', form: 'international phone numbers', atLeast: 0.1, isLike: isPhone },
  {
    kind: 'sign-in',
    form: 'security identifiers',
    atLeast: 0.3,
    isLike: (value) => /^S-1-5-21(-\d{1,10}){3,}$/.test(value),
  },
  { kind: 'endpoint', form: 'addresses of other systems', atLeast: 0.1, isLike: isEndpoint },
];

/** Domains under .invalid are nobody's: the mail addresses that masks make. */
function hasMail(value: string): boolean {
  return /(?<![\w.+-])[\w.+-]{1,64}@(?!(?:[\w-]+\.)*invalid\b)(?:[a-z0-9-]{1,63}\.)+[a-z]{2,24}(?![\w-])/i.test(value);
}

/** +999 is no country: the phone numbers that masks make. */
function isPhone(value: string): boolean {
  const text = value.trim();
  if (!/^\+(?!999)\d[\d ()./-]{6,24}$/.test(text)) return false;
  const digits = text.replace(/\D/g, '').length;
  return digits >= 8 && digits <= 15;
}

/** By ISO 13616: the four first characters behind the others, letters as two digits, modulo 97. */
function isIban(value: string): boolean {
  const text = value.replace(/[ .-]/g, '').toUpperCase();
  if (!/^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$/.test(text)) return false;
  let rest = 0;
  for (const character of text.slice(4) + text.slice(0, 4)) {
    for (const digit of String(Number.parseInt(character, 36))) rest = (rest * 10 + Number(digit)) % 97;
  }
  return rest === 1;
}

/** A prefix of the large schemes, their lengths, and the check digit by Luhn. */
function isCard(value: string): boolean {
  const text = value.trim();
  if (!/^[\d -]{13,23}$/.test(text)) return false;
  const digits = text.replace(/\D/g, '');
  if (
    !/^(?:4\d{12}(?:\d{3}){0,2}|5[1-5]\d{14}|2[2-7]\d{14}|3[47]\d{13}|3[068]\d{12}|6(?:011|5\d\d)\d{12})$/.test(digits)
  )
    return false;
  const sum = [...digits].toReversed().reduce((total, character, index) => {
    const digit = Number(character) * (index % 2 === 0 ? 1 : 2);
    return total + (digit > 9 ? digit - 9 : digit);
  }, 0);
  return sum % 10 === 0 && new Set(digits).size > 2;
}

function isKey(value: string): boolean {
  return (
    /-----BEGIN [A-Z ]*PRIVATE KEY/.test(value) ||
    /\beyJ[\w-]{10,}\.eyJ[\w-]{10,}/.test(value) ||
    /\b(?:AKIA|ASIA)[0-9A-Z]{16}\b/.test(value) ||
    /\b(?:ghp|gho|ghs)_[A-Za-z0-9]{36}\b|\bgithub_pat_\w{22,}|\bxox[abprs]-[\w-]{10,}|\bsk_live_\w{16,}/.test(value) ||
    /[?&;]sig=[\w%+/=]{30,}/i.test(value)
  );
}

function isConnection(value: string): boolean {
  return (
    /\b(?:AccountKey|SharedAccessKey|SharedSecretValue)\s*=\s*\S/i.test(value) ||
    /(?:^|[;\s"'])(?:password|pwd)\s*=\s*[^;\s]/i.test(value) ||
    /\b[a-z][a-z0-9+.-]*:\/\/[^\s/:@]+:[^\s/@]+@/i.test(value)
  );
}

/** Base64 of exactly 32 or 64 bytes; fewer letters than there are in random ones are a number with zeros before it. */
function isRandomKey(value: string): boolean {
  return /^(?:[A-Za-z0-9+/]{43}=|[A-Za-z0-9+/]{86}==)$/.test(value) && new Set(value).size > 20;
}

function isEndpoint(value: string): boolean {
  const [, host] = /\b(?:https?|ftps?|sftp|net\.tcp|sb|amqps?):\/\/(?:[^\s/@]*@)?([^\s/:?#]+)/i.exec(value) ?? [];
  if (host !== undefined) return !EVERYBODYS.test(host);
  return /^\\\\[\w.-]+\\\S/.test(value);
}

/** Where everybody signs in, names of XML vocabularies, and manuals: they lead to no system of the company's. */
const EVERYBODYS =
  /(^|\.)(sts\.windows\.net|login\.(microsoftonline|windows)\.(com|net)|w3\.org|schemas\.(microsoft|xmlsoap|openxmlformats)\.(com|org)|(go|learn|docs)\.microsoft\.com)$/i;

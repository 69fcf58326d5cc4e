import { shownText } from '../engine/shownText.ts';

export type Scrub = (text: string) => string;

/**
 * SQL errors print the values of the row they stumbled over; these forms are PostgreSQL's and SQL Server's. Greedy, because a
 * value may hold the very signs that end it: rather a word too few in a log than a customer's name in it.
 */
const VALUES_IN_ERRORS: readonly (readonly [RegExp, string])[] = [
  [/Key \(([^)]*)\)=\((?:.*\)|.*)/gs, 'Key ($1)=(…)'],
  [/(duplicate key value is )\((?:.*\)|.*)/gis, '$1(…)'],
  [/(Duplicate key: )\((?:.*\)|.*)/gis, '$1(…)'],
  [/(Truncated value: )'(?:.*'|.*)/gis, "$1'…'"],
  [/(Failing row contains )\((?:.*\)|.*)/gis, '$1(…)'],
  [/(invalid input syntax for type [\w ]+: )"(?:.*"|.*)/gis, '$1"…"'],
  [/(converting the \w+ value )'(?:.*'|.*)/gis, "$1'…'"],
];

/** Bounded repetitions: a line of a megabyte must not keep a worker busy for minutes. */
const CREDENTIALS: readonly (readonly [RegExp, string])[] = [
  [
    /((?:password|pwd|accesskey|accountkey|sharedaccesssignature|sig|secret|token)["']?\s{0,9}[=:]\s{0,9})("[^"]*"|'[^']*'|\{[^}]*\}|[^;&\s]+)/gi,
    '$1…',
  ],
  [/(\bbearer\s{1,9})[\w.~+/=-]+/gi, '$1…'],
  [/(\w{1,32}:\/\/[^:/\s]{0,256}):[^/\s]{1,512}@/g, '$1:…@'],
  [/[\p{L}\p{N}_.+'-]{1,64}@[\p{L}\p{N}_-]{1,63}(\.[\p{L}\p{N}_-]{1,63})+/gu, '…@…'],
];

/** Takes secrets, e-mail addresses and row values out of a text before it reaches a log or a card. */
export function createScrub(secrets: readonly string[]): Scrub {
  const known = [...new Set(secrets.flatMap(formsOf))]
    .filter((secret) => secret.length >= 4)
    .toSorted((a, b) => b.length - a.length);
  return (text) => {
    let clean = text;
    for (const secret of known) clean = clean.replaceAll(secret, '…');
    for (const [pattern, replacement] of [...VALUES_IN_ERRORS, ...CREDENTIALS])
      clean = clean.replace(pattern, replacement);
    // One event is one line, and no terminal is steered by it.
    return shownText(clean);
  };
}

/** An address holds a password that also turns up alone, as it was written or as the server knows it. */
function formsOf(secret: string): readonly string[] {
  const password = URL.parse(secret)?.password ?? '';
  return password === '' ? [secret] : [secret, password, decoded(password)];
}

function decoded(password: string): string {
  try {
    return decodeURIComponent(password);
  } catch {
    return password;
  }
}

export type Scrub = (text: string) => string;

/** SQL errors print the values of the row they stumbled over; these forms are PostgreSQL's and SQL Server's. */
const VALUES_IN_ERRORS: readonly (readonly [RegExp, string])[] = [
  [/Key \(([^)]*)\)=\(.*?\)(?= |$|\.)/g, 'Key ($1)=(…)'],
  [/(duplicate key value is )\(.*?\)(?=\.|$)/gi, '$1(…)'],
  [/(Duplicate key: )\(.*?\)(?=\.|$)/gi, '$1(…)'],
  [/(Truncated value: )'.*?'/gi, "$1'…'"],
  [/(Failing row contains )\(.*\)/gi, '$1(…)'],
  [/(invalid input syntax for type [\w ]+: )".*?"/gi, '$1"…"'],
  [/(converting the \w+ value )'.*?'/gi, "$1'…'"],
];

const CREDENTIALS: readonly (readonly [RegExp, string])[] = [
  [/((?:password|pwd|accesskey|sharedaccesssignature|sig|secret|token)\s*[=:]\s*)("[^"]*"|'[^']*'|[^;&\s]+)/gi, '$1…'],
  [/(\w+:\/\/[^:/\s]+):[^@/\s]+@/g, '$1:…@'],
  [/[\w.+-]+@[\w-]+(\.[\w-]+)+/g, '…@…'],
];

/** Takes secrets, e-mail addresses and row values out of a text before it reaches a log or a card. */
export function createScrub(secrets: readonly string[]): Scrub {
  const known = secrets.filter((secret) => secret.length >= 4).toSorted((a, b) => b.length - a.length);
  return (text) => {
    let clean = text;
    for (const secret of known) clean = clean.replaceAll(secret, '…');
    for (const [pattern, replacement] of [...VALUES_IN_ERRORS, ...CREDENTIALS])
      clean = clean.replace(pattern, replacement);
    return withoutControlCharacters(clean);
  };
}

/** One event is one line, and no terminal is steered by it. */
function withoutControlCharacters(text: string): string {
  // oxlint-disable-next-line no-control-regex -- control characters are what is taken out
  return text.replace(/[\u0000-\u0008\u000a-\u001f\u007f\u202a-\u202e\u2066-\u2069]+/g, ' ');
}

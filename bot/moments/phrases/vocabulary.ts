/** The words of time, English and German side by side: whoever writes one language may slip into the other. Lower case. */

type Words<Meaning> = ReadonlyMap<string, Meaning>;

/** ISO 8601: Monday is 1. */
export const WEEKDAYS: Words<number> = numbered([
  ['monday', 'mon', 'montag', 'mo'],
  ['tuesday', 'tue', 'tues', 'dienstag', 'di'],
  ['wednesday', 'wed', 'mittwoch', 'mi'],
  ['thursday', 'thu', 'thur', 'thurs', 'donnerstag', 'do'],
  ['friday', 'fri', 'freitag', 'fr'],
  ['saturday', 'sat', 'samstag', 'sonnabend', 'sa'],
  ['sunday', 'sun', 'sonntag', 'so'],
]);

export const MONTHS: Words<number> = numbered([
  ['january', 'jan', 'januar', 'jänner'],
  ['february', 'feb', 'februar', 'feber'],
  ['march', 'mar', 'märz', 'maerz', 'mrz'],
  ['april', 'apr'],
  ['may', 'mai'],
  ['june', 'jun', 'juni'],
  ['july', 'jul', 'juli'],
  ['august', 'aug'],
  ['september', 'sep', 'sept'],
  ['october', 'oct', 'oktober', 'okt'],
  ['november', 'nov'],
  ['december', 'dec', 'dezember', 'dez'],
]);

export const NUMBERS: Words<number> = new Map([
  ...numbered([
    ['a', 'an', 'one', 'ein', 'eine', 'einer', 'einem', 'einen', 'eins'],
    ['two', 'zwei'],
    ['three', 'drei'],
    ['four', 'vier'],
    ['five', 'fünf', 'fuenf'],
    ['six', 'sechs'],
    ['seven', 'sieben'],
    ['eight', 'acht'],
    ['nine', 'neun'],
    ['ten', 'zehn'],
    ['eleven', 'elf'],
    ['twelve', 'zwölf', 'zwoelf'],
  ]),
  ...meaning(1.5, ['anderthalb', 'eineinhalb']),
]);

/** How many days back. */
export const DAYS: Words<number> = new Map([
  ...meaning(0, ['today', 'heute']),
  ...meaning(1, ['yesterday', 'gestern']),
  ...meaning(2, ['vorgestern']),
  ...meaning(-1, ['tomorrow']),
  ...meaning(-2, ['übermorgen', 'uebermorgen']),
]);

export type Period = 'morning' | 'midday' | 'afternoon' | 'evening' | 'night';

export const PERIODS: Words<Period> = new Map<string, Period>([
  ...meaning('morning', ['morning', 'früh', 'frueh', 'vormittag', 'vormittags', 'morgens']),
  ...meaning('afternoon', ['afternoon', 'nachmittag', 'nachmittags']),
  ...meaning('evening', ['evening', 'abend', 'abends']),
  ...meaning('night', ['night', 'nacht', 'nachts']),
]);

export type Unit = 'minute' | 'hour' | 'day' | 'week' | 'month';

export const UNITS: Words<Unit> = new Map<string, Unit>([
  ...meaning('minute', ['m', 'min', 'mins', 'minute', 'minutes', 'minuten']),
  ...meaning('hour', ['h', 'hr', 'hrs', 'hour', 'hours', 'std', 'stunde', 'stunden']),
  ...meaning('day', ['d', 'day', 'days', 'tag', 'tage', 'tagen']),
  ...meaning('week', ['w', 'week', 'weeks', 'woche', 'wochen']),
  ...meaning('month', ['month', 'months', 'monat', 'monate', 'monaten']),
]);

export type Which = 'last' | 'this' | 'next';

export const WHICH: Words<Which> = new Map<string, Which>([
  ...meaning('last', ['last', 'past', 'previous', ...endings('letzt'), ...endings('vergangen'), ...endings('vorig')]),
  ...meaning('this', ['this', ...endings('dies')]),
  ...meaning('next', ['next', ...endings('nächst'), ...endings('naechst'), ...endings('kommend')]),
]);

export const LATEST: ReadonlySet<string> = new Set([
  'latest',
  'now',
  'jetzt',
  'neueste',
  'neuester',
  'neuester stand',
  'letzter stand',
  'aktuell',
]);

/**
 * Abbreviations name an offset, and people use them for the wall clock of the region all the same: where the two differ,
 * both are meant.
 */
export const ABBREVIATIONS: Words<readonly string[]> = new Map<string, readonly string[]>([
  ...meaning(['UTC'], ['utc', 'gmt', 'z']),
  ...meaning(['+01:00', 'Europe/Berlin'], ['cet', 'mez']),
  ...meaning(['+02:00', 'Europe/Berlin'], ['cest', 'mesz']),
  ...meaning(['+01:00', 'Europe/London'], ['bst']),
  ...meaning(['-05:00', 'America/New_York'], ['est']),
  ...meaning(['-04:00', 'America/New_York'], ['edt']),
  ...meaning(['-06:00', 'America/Chicago'], ['cst']),
  ...meaning(['-05:00', 'America/Chicago'], ['cdt']),
  ...meaning(['-07:00', 'America/Denver'], ['mst']),
  ...meaning(['-06:00', 'America/Denver'], ['mdt']),
  ...meaning(['-08:00', 'America/Los_Angeles'], ['pst']),
  ...meaning(['-07:00', 'America/Los_Angeles'], ['pdt']),
]);

/** Carry no meaning between two parts of a moment. */
export const FILLERS: ReadonlySet<string> = new Set([
  'around',
  'about',
  'ca',
  'ca.',
  'etwa',
  'ungefähr',
  'at',
  'um',
  'on',
  'am',
  'of',
  'the',
  'in',
  'im',
  'den',
  'dem',
  'der',
  'gegen',
  '@',
]);

function numbered(rows: readonly (readonly string[])[]): Words<number> {
  return new Map(rows.flatMap((words, index) => words.map((word) => [word, index + 1] as const)));
}

function meaning<const Meaning>(value: Meaning, words: readonly string[]): Words<Meaning> {
  return new Map(words.map((word) => [word, value]));
}

function endings(stem: string): readonly string[] {
  return ['e', 'er', 'en', 'em', 'es'].map((ending) => `${stem}${ending}`);
}

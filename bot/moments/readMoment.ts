import { Temporal } from 'temporal-polyfill';
import type { Instant, NamedMoment } from '../../engine/contracts.ts';
import { parsePhrase } from './phrases/parsePhrase.ts';
import type { Outcome } from './phrases/outcome.ts';
import { resolvePhrase } from './phrases/resolvePhrase.ts';
import { LATEST } from './phrases/vocabulary.ts';
import { readWall } from './wallTime.ts';
import { isZone } from './zones.ts';

/** What a typed moment turned out to mean. */
export type MomentReading =
  | Exclude<Outcome, { kind: 'twice' | 'no-time' }>
  /** The end of the last recovery window, whatever it is by then. */
  | { readonly kind: 'latest' }
  /** Several instants fit what was typed, ascending. */
  | { readonly kind: 'choice'; readonly instants: readonly Instant[] }
  /** Days (YYYY-MM-DD, in `zone`) whose time was not said; several where the day itself is ambiguous. */
  | { readonly kind: 'no-time'; readonly dates: readonly string[]; readonly zone?: string }
  | { readonly kind: 'unknown-zone'; readonly zone: string }
  | { readonly kind: 'unreadable' };

export interface MomentContext {
  readonly now: Instant;
  /** IANA zone of whoever typed, used where no zone is written. */
  readonly zone: string;
  /** Moments that this installation calls by a name. */
  readonly named?: readonly NamedMoment[];
}

const LONGEST = 120;

/**
 * Reads a moment of the past as people write it, in English and German: docs/moments.md lists what.
 * Nothing is guessed: every word must have a meaning, and what can mean two things comes back as both.
 */
export function readMoment(text: string, context: MomentContext): MomentReading {
  const plain = cleaned(text);
  if (plain.length > LONGEST) return { kind: 'unreadable' };
  // A name may hold any word.
  const named = readNamed(plain, context);
  if (named) return named;
  const bare = withoutCourtesy(plain);
  return bare === plain ? readUnnamed(plain, context) : (readNamed(bare, context) ?? readUnnamed(bare, context));
}

function readUnnamed(plain: string, context: MomentContext): MomentReading {
  if (LATEST.has(plain)) return { kind: 'latest' };
  const absolute = /^(\d{4}-\d\d-\d\dt\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?) ?(z|[+-]\d\d:\d\d)$/.exec(plain);
  if (absolute) return readAbsolute(`${absolute[1] ?? ''}${absolute[2] ?? ''}`.toUpperCase(), context.now);
  if (/^in \d|\bfrom now$/.test(plain)) return { kind: 'future' };
  return readWords(wordsOf(plain), context);
}

/** Lower case, one space between words, without what people put around a moment. */
function cleaned(text: string): string {
  return text
    .normalize('NFC')
    .replaceAll(/[“”„"'«»!?]+/g, '')
    .toLowerCase()
    .replaceAll(/[\s,]+/g, ' ')
    .trim()
    .replace(/^(?:as of|as at|from|to|stand|von|vom) /, '')
    .replace(/(?<=[a-zäöü]|:\d\d)(?<![ap]\.m)\.$/, '');
}

/** “to the latest, please” means latest. */
function withoutCourtesy(plain: string): string {
  return plain
    .replaceAll(/(?<=^| )(?:please|bitte)(?= |$)/g, '')
    .replaceAll(/ +/g, ' ')
    .trim()
    .replace(/^(?:(?:as of|as at|from|to|auf|the|den|stand|von|vom) )+/, '');
}

/** A date, a time of day and an IANA zone as three inputs of a card give them. */
export function readWallTime(date: string, time: string, zone: string): MomentReading {
  if (!isZone(zone)) return { kind: 'unknown-zone', zone };
  const padded = /^\d:/.test(time) ? `0${time}` : time;
  let plain: Temporal.PlainDateTime;
  try {
    plain = Temporal.PlainDateTime.from(`${date}T${padded}`, { overflow: 'reject' });
  } catch {
    return { kind: 'unreadable' };
  }
  // A leap second is no time of a database: Temporal would quietly make it :59.
  if (padded.endsWith(':60')) return { kind: 'unreadable' };
  const reading = readWall(plain, zone);
  return reading.kind === 'twice' ? { kind: 'choice', instants: reading.instants } : reading;
}

/** `2026-11-22t18:00` and `20261122t180000z` become a day and a time; no filler belongs to them. */
function wordsOf(plain: string): readonly string[] {
  return plain
    .replace(
      /^(\d{4})(\d\d)(\d\d)t?(\d\d)(\d\d)(\d\d)?(z?)$/,
      (_all, year, month, day, hour, minute, second = '00', zone) =>
        `${year}-${month}-${day} ${hour}:${minute}:${second} ${zone}`.trim(),
    )
    .replace(/^(\d{4}-\d\d-\d\d)t(?=\d)/, '$1 ')
    .replace(/(:\d\d)(z)$/, '$1 $2')
    .replace(/\b(\d{1,2})-([a-zä]{3,9})-(\d{4})\b/, '$1 $2 $3')
    .replace(/\b(\d+h)(\d+m(?:in)?)\b/, '$1 $2')
    .replace(/\btonight\b/, 'today night')
    .split(' ');
}

function readWords(words: readonly string[], context: MomentContext): MomentReading {
  const phrases = parsePhrase(words);
  if (phrases.some(({ ago }) => ago && ago.minutes + ago.days + ago.months === 0)) return { kind: 'latest' };
  const outcomes = phrases.flatMap((phrase) => resolvePhrase(phrase, context));
  const isDayOrMonth = phrases.filter(({ date }) => date !== undefined).length > 1;
  if (outcomes.length > 0) return settle(outcomes, isDayOrMonth);
  const zone = words.at(-1) ?? '';
  const isZoneLike = words.length > 1 && /^[a-z][\w+-]{2,}(\/[\w+-]+)*$/.test(zone);
  const isRest = isZoneLike && parsePhrase(words.slice(0, -1)).some(({ time }) => time !== undefined && !time.isBare);
  return isRest ? { kind: 'unknown-zone', zone } : { kind: 'unreadable' };
}

/** A zone that was written counts, and not that of whoever writes. */
function zoneOf(outcomes: readonly Outcome[]): { readonly zone?: string } {
  const zone = outcomes.find((one) => one.kind === 'no-time')?.zone;
  return zone === undefined ? {} : { zone };
}

/**
 * What has passed goes before what is to come or cannot be; of the rest, all that differ are asked about. 11/12 is asked
 * about even where one of its days is to come: whoever meant that one would not notice the other.
 */
function settle(outcomes: readonly Outcome[], isDayOrMonth: boolean): MomentReading {
  const instants = outcomes.flatMap((one) =>
    one.kind === 'instant' ? [one.at] : one.kind === 'twice' ? one.instants : [],
  );
  const distinct = [...new Set(instants)].sort();
  const dates = outcomes.flatMap((one) => (one.kind === 'no-time' ? [one.date] : []));
  const [only] = distinct;
  const isSettled = distinct.length === 1 && !(isDayOrMonth && outcomes.some(({ kind }) => kind === 'future'));
  if (only !== undefined && dates.length === 0)
    return isSettled ? { kind: 'instant', at: only } : { kind: 'choice', instants: distinct };
  if (dates.length > 0) return { kind: 'no-time', dates: [...new Set(dates)].sort(), ...zoneOf(outcomes) };
  const order = ['skipped', 'other-weekday', 'no-such-day', 'future'] as const;
  for (const kind of order) {
    const found = outcomes.find((one) => one.kind === kind);
    if (found && found.kind !== 'twice' && found.kind !== 'no-time') return found;
  }
  return { kind: 'unreadable' };
}

/** `month-end close`, `before the month-end close`: a moment before which nothing of it had happened is one millisecond earlier. */
function readNamed(plain: string, { named = [] }: MomentContext): MomentReading | undefined {
  const before = /^(?:before|vor) (?:the |dem |der )?(.+)$/.exec(plain)?.[1];
  for (const { name, at } of named) {
    const own = name.trim().toLowerCase();
    if (plain === own) return { kind: 'instant', at };
    if (before === own) return { kind: 'instant', at: new Date(Date.parse(at) - 1).toISOString() };
  }
  return undefined;
}

function readAbsolute(text: string, now: Instant): MomentReading {
  if (/:60(?:\.\d+)?(?:Z|[+-])/.test(text)) return { kind: 'unreadable' };
  try {
    // Zoned by its own offset, so that 30 February is refused instead of becoming 2 March.
    const at = new Date(Temporal.Instant.from(text).epochMilliseconds).toISOString();
    return at > now ? { kind: 'future' } : { kind: 'instant', at };
  } catch {
    return { kind: 'unreadable' };
  }
}

import { Temporal } from 'temporal-polyfill';
import type { Instant, MomentRule, Recurrence } from '../../engine/contracts.ts';
import { readEnd } from '../moments/readEnd.ts';
import { parsePhrase } from '../moments/phrases/parsePhrase.ts';
import { timesOf } from '../moments/phrases/resolveTime.ts';
import { LATEST, WEEKDAYS } from '../moments/phrases/vocabulary.ts';
import { readMonthly } from './readMonthly.ts';

export type ScheduleReading =
  | { readonly kind: 'rule'; readonly every: Recurrence; readonly moment: MomentRule }
  /** What of it has no meaning, or more than one: the words that were typed. */
  | { readonly kind: 'unclear'; readonly what: 'when' | 'as-of'; readonly words: string }
  | { readonly kind: 'past' };

interface Context {
  readonly now: Instant;
  /** IANA zone of the sandbox, in which every time is meant. */
  readonly zone: string;
}

const LONGEST = 160;
const AS_OF = / (?:as of|as at|stand) /;

/** `every Sunday 22:00 as of Saturday 23:00`, `every Mon and Thu 20:00`, `every day 02:30`, `once tomorrow 22:00`; English and German. */
export function readSchedule(text: string, context: Context): ScheduleReading {
  const plain = text
    .normalize('NFC')
    .toLowerCase()
    .replaceAll(/[\s,]+/g, ' ')
    .trim();
  const [when = '', asOf, ...more] = plain.split(AS_OF);
  if (plain.length > LONGEST || more.length > 0)
    return { kind: 'unclear', what: 'when', words: text.slice(0, LONGEST) };
  const every = readRecurrence(when, context);
  if ('kind' in every && (every.kind === 'unclear' || every.kind === 'past')) return every;
  const moment = readMomentRule(asOf, every, context.zone);
  return moment ? { kind: 'rule', every, moment } : { kind: 'unclear', what: 'as-of', words: asOf ?? '' };
}

const EVERY = /^(?:every|each|jeden|jede|jedes) /;
const ALL_DAYS: Readonly<Record<string, readonly number[]>> = {
  ...{ day: [1, 2, 3, 4, 5, 6, 7], tag: [1, 2, 3, 4, 5, 6, 7] },
  ...{ weekday: [1, 2, 3, 4, 5], workday: [1, 2, 3, 4, 5], werktag: [1, 2, 3, 4, 5], arbeitstag: [1, 2, 3, 4, 5] },
};
const BETWEEN: ReadonlySet<string> = new Set(['and', 'und', '&', 'at', 'um']);

function readRecurrence(when: string, { now, zone }: Context): Recurrence | Exclude<ScheduleReading, { kind: 'rule' }> {
  const unclear = { kind: 'unclear', what: 'when', words: when } as const;
  const monthly = readMonthly(when);
  if (monthly) {
    const { rest, ...which } = monthly;
    const time = readTime(rest);
    return time === undefined ? unclear : { kind: 'monthly', ...which, time };
  }
  if (!EVERY.test(when)) return readOnce(when.replace(/^(?:once|einmal) /, ''), { now, zone }) ?? unclear;
  const words = when.replace(EVERY, '').split(' ');
  const days = new Set<number>();
  let place = 0;
  for (; place < words.length; place += 1) {
    const word = words[place] ?? '';
    const own = WEEKDAYS.get(word.replace(/\.$/, '')) ?? WEEKDAYS.get(word.replace(/s$/, ''));
    const named = own === undefined ? ALL_DAYS[word] : [own];
    if (named === undefined && !BETWEEN.has(word)) break;
    for (const day of named ?? []) days.add(day);
  }
  const time = readTime(words.slice(place));
  return days.size > 0 && time !== undefined
    ? { kind: 'weekly', days: [...days].sort((one, other) => one - other), time }
    : unclear;
}

/** A day and a time to come; a day alone says no time to start at. */
function readOnce(when: string, { now, zone }: Context): Recurrence | { readonly kind: 'past' } | undefined {
  const plain = when.replace(/\btonight\b/, 'today').replace(/\bheute abend\b/, 'heute');
  const phrases = parsePhrase(plain.split(' '));
  if (phrases.length === 0 || phrases.some(({ time }) => time === undefined || time.isBare)) return undefined;
  const reading = readEnd(plain, { now, zone });
  if (reading.kind === 'past') return { kind: 'past' };
  if (reading.kind !== 'at') return undefined;
  const wall = Temporal.Instant.from(reading.at).toZonedDateTimeISO(zone);
  return {
    kind: 'once',
    date: wall.toPlainDate().toString(),
    time: wall.toPlainTime().toString({ smallestUnit: 'minute' }),
  };
}

const DAY_BEFORE = /(?:^| )(?:(?:on )?the day before|the evening before|am vortag|am tag davor)(?:$| )/;

const SOME_DAYS_BEFORE =
  /(?:^| )(?:(?:on )?the same day|am selben tag|am gleichen tag|(\d{1,2}) (?:days? before|tage? (?:davor|vorher|zuvor)))(?:$| )/;
/** Longer ago than a week is said by no weekday either. */
const MOST_DAYS_BEFORE = 7;

/** Without words: as late as production can be had. A time alone is the last one before the start. */
function readMomentRule(asOf: string | undefined, every: Recurrence, zone: string): MomentRule | undefined {
  if (asOf === undefined || LATEST.has(asOf)) return { kind: 'latest' };
  const said = SOME_DAYS_BEFORE.exec(asOf);
  if (said) {
    const time = readTime(asOf.replace(SOME_DAYS_BEFORE, ' ').trim().split(' '));
    const days = Number(said[1] ?? 0);
    if (time === undefined || days > MOST_DAYS_BEFORE || (days === 0 && time >= every.time)) return undefined;
    return { kind: 'days-before', days, time };
  }
  const isDayBefore = DAY_BEFORE.test(asOf);
  const words = asOf.replace(DAY_BEFORE, ' ').trim().split(' ');
  const weekday = WEEKDAYS.get(words[0] ?? '');
  const time = readTime(weekday === undefined ? words : words.slice(1));
  if (time === undefined || (isDayBefore && weekday !== undefined)) return undefined;
  if (isDayBefore) return { kind: 'days-before', days: 1, time };
  if (weekday === undefined) return { kind: 'days-before', days: time < every.time ? 0 : 1, time };
  // “Saturday” of a rule for several days would be another number of days for each of them.
  const [day, ...others] = daysOf(every, zone);
  if (day === undefined || others.length > 0) return undefined;
  const back = (day - weekday + 7) % 7;
  return { kind: 'days-before', days: back === 0 && time >= every.time ? 7 : back, time };
}

function daysOf(every: Recurrence, zone: string): readonly number[] {
  if (every.kind === 'weekly') return every.days;
  if (every.kind === 'monthly') return typeof every.of === 'number' ? [every.of] : [];
  return [Temporal.PlainDate.from(every.date).toZonedDateTime(zone).dayOfWeek];
}

/** HH:mm; undefined where it is none, or might be one of the morning or of the evening. */
function readTime(words: readonly string[]): string | undefined {
  const [phrase, ...others] = parsePhrase(words.filter((word) => !BETWEEN.has(word)));
  const isTimeAlone = phrase !== undefined && Object.keys(phrase).every((kind) => kind === 'time' || kind === 'period');
  if (!isTimeAlone || others.length > 0) return undefined;
  const [time, ...more] = timesOf(phrase);
  if (time === undefined || more.length > 0 || time.plain.second + time.plain.millisecond > 0) return undefined;
  return time.plain.toString({ smallestUnit: 'minute' });
}

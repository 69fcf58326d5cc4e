import type { Instant } from '../engine/contracts.ts';
import { dateFormat, numberFormat } from './intlFormats.ts';
import { safe, type Safe } from './text.ts';

/** Times, durations and sizes as people read them. Instants come in as UTC. */
export interface Formats {
  /** `Sun, 22 Nov 2026, 00:00`, with seconds where there are some; in the reader's zone. */
  moment(at: Instant): Safe;
  /** As `moment`, to the millisecond where there are some. */
  exact(at: Instant): Safe;
  /** `21:46` today, otherwise with its day. */
  clock(at: Instant): Safe;
  /** `21 Nov 2026, 23:00 UTC`, to the millisecond where there are some. */
  utc(at: Instant): Safe;
  timeOfDay(at: Instant): Safe;
  day(at: Instant): Safe;
  /** `22 Nov`: for buttons beside which the year stands. */
  shortDay(at: Instant): Safe;
  /** `Sunday`, `Monday and Thursday`; Monday is 1. */
  weekdays(days: readonly number[]): Safe;
  /** `2026-11-29` as people read it. */
  calendarDay(date: string): Safe;
  /** `UTC+1` at that instant. */
  offset(at: Instant): Safe;
  /** `Europe/Berlin`: of the reader, where no other is named. */
  zoneId(of?: string): Safe;
  /** `Europe/Berlin (UTC+1)`; the offset is that of `at`. */
  zoneName(at: Instant, zone?: string): Safe;
  /** `2 min 41 sec`: two units at most, tenths below ten seconds. */
  seconds(value: number): Safe;
  between(from: Instant, to: Instant): Safe;
  /** `24 min`: in one unit, for what is about to change anyway. */
  roughly(seconds: number): Safe;
  /** Roughly how long before now. */
  ago(at: Instant): Safe;
  /** `38–52 min`. */
  range(fromSeconds: number, toSeconds: number): Safe;
  size(bytes: number): Safe;
  number(value: number): Safe;
  percent(value: number): Safe;
}

export function formats({
  now,
  zone,
  locale,
  isolated,
}: {
  readonly now: Instant;
  readonly zone: string;
  readonly locale: string;
  readonly isolated: <Text extends string>(text: Text) => Text;
}): Formats {
  // Day before month for plain `en`; Latin digits everywhere, as in run numbers and logs.
  const tag = locale === 'en' ? 'en-GB' : `${locale}-u-nu-latn`;
  const say = (at: Instant, options: Intl.DateTimeFormatOptions, timeZone = zone) =>
    // Letters, digits, commas and colons only.
    dateFormat(tag, { ...options, timeZone }).format(new Date(at)) as Safe;
  const unit = (value: number, name: string, digits = 0) =>
    // British English and its kin would write “mins” and “secs”.
    numberFormat(/^en\b/i.test(locale) ? 'en' : tag, {
      style: 'unit',
      unit: name,
      unitDisplay: 'short',
      maximumFractionDigits: digits,
    }).format(value);
  const moment = (at: Instant) => say(at, { ...DAY, weekday: 'short', ...clockOptions(at) });

  const inUnits = (value: number) => {
    if (value < 9.95) return unit(value, 'second', 1);
    const whole = Math.round(value);
    const parts = UNITS.flatMap(([name, length], index) => {
      const above = UNITS[index - 1]?.[1] ?? Infinity;
      const count = Math.floor((whole % above) / length);
      return count > 0 ? [unit(count, name)] : [];
    });
    return parts.slice(0, 2).join(' ');
  };

  const inOneUnit = (value: number) => {
    const [name, length] = UNITS.find(([, length]) => value >= length * 1.5) ?? UNITS[3];
    return unit(Math.round(value / length), name);
  };
  const secondsBetween = (from: Instant, to: Instant) => Math.max(0, (Date.parse(to) - Date.parse(from)) / 1000);

  return {
    moment,
    exact: (at) => safe`${moment(at)}${millisecondsOf(at)}`,
    clock: (at) => (say(at, DAY) === say(now, DAY) ? say(at, clockOptions(at)) : moment(at)),
    utc: (at) => {
      const text = say(at, { ...DAY, ...clockOptions(at) }, 'UTC');
      return isolated(`${text}${millisecondsOf(at)} UTC`) as Safe;
    },
    timeOfDay: (at) => say(at, clockOptions(at)),
    day: (at) => say(at, DAY),
    shortDay: (at) => say(at, { day: 'numeric', month: 'short' }),
    weekdays: (days) => {
      // 1 January 2024 was a Monday.
      const names = days.map((day) => say(`2024-01-0${String(day)}T12:00:00.000Z`, { weekday: 'long' }, 'UTC'));
      // Letters, commas and spaces only.
      return isolated(new Intl.ListFormat(tag).format(names)) as Safe;
    },
    calendarDay: (date) => say(`${date}T12:00:00.000Z`, { ...DAY, weekday: 'short' }, 'UTC'),
    offset: (at) => isolated(offset(at, zone)) as Safe,
    zoneId: (of = zone) => isolated(of) as Safe,
    zoneName: (at, of = zone) => isolated(of === 'UTC' ? 'UTC' : `${of} (${offset(at, of)})`) as Safe,
    seconds: (value) => isolated(inUnits(Math.max(0, value))) as Safe,
    between: (from, to) => isolated(inUnits(secondsBetween(from, to))) as Safe,
    roughly: (seconds) => isolated(inOneUnit(Math.max(0, seconds))) as Safe,
    ago: (at) => isolated(inOneUnit(secondsBetween(at, now))) as Safe,
    range: (fromSeconds, toSeconds) => {
      const [from, to] = outward(fromSeconds, toSeconds);
      if (to >= 2 * 3600) return isolated(`${from === 0 ? unit(0, 'minute') : inUnits(from)} – ${inUnits(to)}`) as Safe;
      const minutes = numberFormat(tag, { maximumFractionDigits: 0 }).format(from / 60);
      return isolated(`${minutes}–${unit(to / 60, 'minute')}`) as Safe;
    },
    // Powers of 1024 under the names that database tools give them.
    size: (bytes) => {
      const power = Math.min(4, Math.max(0, Math.floor(Math.log2(Math.max(1, bytes)) / 10)));
      return isolated(
        unit(bytes / 1024 ** power, SIZES[power] ?? 'byte', power > 0 && bytes / 1024 ** power < 10 ? 1 : 0),
      ) as Safe;
    },
    number: (value) => isolated(numberFormat(tag, {}).format(value)) as Safe,
    percent: (value) => isolated(`${Math.floor(value)} %`) as Safe,
  };
}

/** Seconds of whole minutes, from two hours on of five each, rounded so that the range never promises more than is known. */
function outward(from: number, to: number): readonly [from: number, to: number] {
  const grain = to >= 2 * 3600 ? 300 : 60;
  const low = Math.floor(Math.max(0, from) / grain) * grain;
  return [low, Math.max(low + grain, Math.ceil(to / grain) * grain)];
}

const DAY = { day: 'numeric', month: 'short', year: 'numeric' } as const;
const UNITS = [
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
  ['second', 1],
] as const;
const SIZES = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const;

/** Digits and a dot, or nothing. */
function millisecondsOf(at: Instant): Safe {
  const milliseconds = /\.(\d{3})Z$/.exec(at)?.[1] ?? '000';
  return (milliseconds === '000' ? '' : `.${milliseconds}`) as Safe;
}

function clockOptions(at: Instant): Intl.DateTimeFormatOptions {
  const hasSeconds = Date.parse(at) % 60_000 !== 0;
  return { hour: '2-digit', minute: '2-digit', ...(hasSeconds ? { second: '2-digit' } : {}), hourCycle: 'h23' };
}

/** `UTC+1`: the same in every language, unlike Intl's own wording. */
function offset(at: Instant, zone: string): string {
  const parts = dateFormat('en', { timeZone: zone, timeZoneName: 'shortOffset' }).formatToParts(new Date(at));
  const name = parts.find((part) => part.type === 'timeZoneName')?.value ?? 'GMT';
  return name.replace('GMT', 'UTC').replace('-', '−');
}

import type { Match, PartOf } from './part.ts';
import { NUMBERS } from './vocabulary.ts';

type Time = PartOf<'time'>;

/** What the digits or words of a clock say, before it is known which half of the day they mean. */
interface Clock {
  readonly length: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly millisecond: number;
  /** `7`, `halb sieben`: nobody writes the hours of an afternoon so without saying more. */
  readonly isBare: boolean;
  /** `am`, `pm`, `uhr`, `h`, written onto it. */
  readonly suffix?: string;
}

/** Every reading of the words at `at` as a time of day. */
export function matchTimes(words: readonly string[], at: number): readonly Match[] {
  const clocks = [...digits(words[at]), ...spoken(words, at)].map((clock) => withSuffix(clock, words, at));
  return [...named(words, at), ...clocks].flatMap(({ length, time }) =>
    time === undefined ? [] : [{ length, part: time }],
  );
}

/** Four digits are a time only beside a day: 2026 alone is a year. */
export function matchFourDigits(words: readonly string[], at: number): readonly Match[] {
  const found = /^([01]\d|2[0-3])([0-5]\d)$/.exec(words[at] ?? '');
  return found ? [{ length: 1, part: timeOf({ hour: Number(found[1]), minute: Number(found[2]) }) }] : [];
}

function named(words: readonly string[], at: number): readonly { length: number; time: Time }[] {
  const place = words[at] === '12' ? at + 1 : at;
  const word = words[place] ?? '';
  const hour = /^(noon|midday|mittags?)$/.test(word) ? 12 : /^(midnight|mitternachts?)$/.test(word) ? 0 : undefined;
  return hour === undefined ? [] : [{ length: place - at + 1, time: timeOf({ hour, minute: 0 }) }];
}

/** `18`, `18:30`, `18.30`, `18:30:15.250`, `6pm`, `18uhr`, `18h30`, `six`. */
function digits(word = ''): readonly Clock[] {
  const found =
    /^(?<hour>\d{1,2})(?:[:.](?<minute>\d\d)(?:[:.](?<second>\d\d)(?:\.(?<fraction>\d{1,3})\d*)?)?)?(?<suffix>am|pm|a\.m\.?|p\.m\.?|h|uhr)?$/.exec(
      word,
    )?.groups ?? /^(?<hour>\d{1,2})(?<suffix>h)(?<minute>\d\d)$/.exec(word)?.groups;
  if (!found) {
    const hour = hourOf(word);
    return hour === undefined ? [] : [{ length: 1, hour, minute: 0, second: 0, millisecond: 0, isBare: true }];
  }
  const { hour, minute, second = 0, fraction = '', suffix } = found;
  const millisecond = Number(fraction.padEnd(3, '0'));
  const clock = { hour: Number(hour), minute: Number(minute ?? 0), second: Number(second), millisecond };
  return [{ length: 1, ...clock, isBare: minute === undefined, ...(suffix === undefined ? {} : { suffix }) }];
}

/** `half past six`, `quarter to 7`, `halb sieben`, `viertel nach sechs`. */
function spoken(words: readonly string[], at: number): readonly Clock[] {
  const [first = '', second = '', third = ''] = words.slice(at, at + 3);
  const clock = (length: number, hour: number | undefined, minute: number): readonly Clock[] =>
    hour === undefined ? [] : [{ length, hour, minute, second: 0, millisecond: 0, isBare: true }];
  if (first === 'halb') return clock(2, hourBefore(second), 30);
  if (first === 'half' && second === 'past') return clock(3, hourOf(third), 30);
  if (!/^(quarter|viertel)$/.test(first)) return [];
  if (/^(past|nach)$/.test(second)) return clock(3, hourOf(third), 15);
  return /^(to|vor)$/.test(second) ? clock(3, hourBefore(third), 45) : [];
}

/** `6 pm`, `18 uhr 30`, `seven o’clock`: the words behind a clock that belong to it. */
function withSuffix(clock: Clock, words: readonly string[], at: number): { length: number; time: Time | undefined } {
  const suffix = clock.suffix ?? words[at + clock.length] ?? '';
  const length = clock.suffix === undefined ? clock.length + 1 : clock.length;
  const half = /^([ap])\.?m\.?$/.exec(suffix)?.[1];
  if (half !== undefined) return { length, time: halfDay(clock, half === 'p') };
  if (/^o.?clock$/.test(suffix)) return { length, time: checked(clock) };
  if (suffix === 'h' && clock.isBare && clock.hour < 13) return { length, time: undefined };
  if (!/^(h|uhr)$/.test(suffix)) return { length: clock.length, time: checked(clock) };
  const minute = clock.isBare ? /^[0-5]\d$/.exec(words[at + length] ?? '')?.[0] : undefined;
  return minute === undefined
    ? { length, time: checked({ ...clock, isBare: false }) }
    : { length: length + 1, time: checked({ ...clock, minute: Number(minute), isBare: false }) };
}

function hourOf(word = ''): number | undefined {
  if (/^\d{1,2}$/.test(word)) return Number(word);
  const number = NUMBERS.get(word);
  // `a` and `an` count things, not hours.
  return number !== undefined && Number.isInteger(number) && word.length > 2 ? number : undefined;
}

function hourBefore(word: string): number | undefined {
  const hour = hourOf(word);
  return hour === 1 ? 12 : hour === undefined ? undefined : hour - 1;
}

function halfDay(clock: Clock, isAfternoon: boolean): Time | undefined {
  if (clock.hour < 1 || clock.hour > 12) return undefined;
  return checked({ ...clock, hour: (clock.hour % 12) + (isAfternoon ? 12 : 0), isBare: false });
}

function checked(clock: Clock): Time | undefined {
  const isPossible = clock.hour >= 0 && clock.hour < 24 && clock.minute < 60 && clock.second < 60;
  return isPossible ? timeOf(clock) : undefined;
}

function timeOf({
  hour,
  minute,
  second = 0,
  millisecond = 0,
  isBare = false,
}: Partial<Clock> & { hour: number; minute: number }): Time {
  return { kind: 'time', hour, minute, second, millisecond, isBare: isBare && hour >= 1 && hour <= 12 };
}

import { Temporal } from 'temporal-polyfill';
import type { Phrase } from './parsePhrase.ts';
import type { Period } from './vocabulary.ts';

export interface TimeOfDay {
  readonly plain: Temporal.PlainTime;
  /** 1 for the small hours of a night that began on the day named. */
  readonly daysLater: 0 | 1;
}

/** [from, to) in hours. */
const HOURS = { morning: [4, 12], midday: [11, 15], afternoon: [12, 18], evening: [16, 24], night: [18, 24] } as const;

export const beginOf = (period: Period): Temporal.PlainTime => new Temporal.PlainTime(HOURS[period][0]);

/** The times that a phrase can mean; none where no time is said, or where it contradicts its part of the day. */
export function timesOf(phrase: Phrase): readonly TimeOfDay[] {
  const { time, period } = phrase;
  if (time === undefined) return [];
  const hours = time.isBare ? [time.hour % 12, (time.hour % 12) + 12] : [time.hour];
  return hours.flatMap((hour): readonly TimeOfDay[] => {
    const plain = new Temporal.PlainTime(hour, time.minute, time.second, time.millisecond);
    if (phrase['last-night'])
      return hour >= 18 ? [{ plain, daysLater: 0 }] : hour < 12 ? [{ plain, daysLater: 1 }] : [];
    if (period === undefined) return [{ plain, daysLater: 0 }];
    if (period.period === 'night') {
      if (hour >= 18) return [{ plain, daysLater: 0 }];
      // Whether the night began or ended on that day, nobody has said.
      return hour < 6
        ? [
            { plain, daysLater: 0 },
            { plain, daysLater: 1 },
          ]
        : [];
    }
    const [from, to] = HOURS[period.period];
    return from <= hour && hour < to ? [{ plain, daysLater: 0 }] : [];
  });
}

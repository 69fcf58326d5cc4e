import { Temporal } from 'temporal-polyfill';
import type { Instant } from '../../../engine/contracts.ts';
import { readWall, type WallReading } from '../wallTime.ts';
import type { Outcome } from './outcome.ts';
import type { Phrase } from './parsePhrase.ts';
import { daysOf } from './resolveDay.ts';
import { beginOf, timesOf } from './resolveTime.ts';

export interface PhraseContext {
  readonly now: Instant;
  readonly zone: string;
}

/** All outcomes of one phrase; none where its parts contradict each other. */
export function resolvePhrase(phrase: Phrase, { now, zone }: PhraseContext): readonly Outcome[] {
  const own = phrase.zone?.zone ?? zone;
  const here = Temporal.Instant.from(now).toZonedDateTimeISO(own);
  const { ago, time, period } = phrase;
  if (ago && ago.minutes > 0) {
    const isAlone = Object.keys(phrase).every((kind) => kind === 'ago' || kind === 'zone');
    if (!isAlone || ago.days > 0 || ago.months > 0) return [];
    return [{ kind: 'instant', at: new Date(Date.parse(now) - ago.minutes * 60_000).toISOString() }];
  }
  const edge = phrase['month-edge'];
  if (edge && Object.keys(phrase).some((kind) => kind !== 'month-edge' && kind !== 'zone')) return [];
  const isSameClock = ago !== undefined && time === undefined && period === undefined;

  return daysOf(phrase, here).flatMap((day): readonly Outcome[] => {
    if ('kind' in day) return [day];
    if (edge) return [past(readWall(day.date.toPlainDateTime(), own), now)];
    if (isSameClock) return [past(readWall(day.date.toPlainDateTime(here.toPlainTime().round('second')), own), now)];
    const times = timesOf(phrase);
    if (times.length > 0) {
      return times.map(({ plain, daysLater }) => {
        const on = (date: Temporal.PlainDate) => past(readWall(date.toPlainDateTime(plain), own), now);
        const outcome = on(day.date.add({ days: daysLater }));
        // A time of day without a day is the last one that has passed.
        return day.isAssumed && outcome.kind === 'future' ? on(day.date.subtract({ days: 1 })) : outcome;
      });
    }
    if (time !== undefined) return [];
    const begin = day.date.toPlainDateTime(period && beginOf(period.period));
    const isToCome = Temporal.PlainDateTime.compare(begin, here.toPlainDateTime()) > 0;
    return [isToCome ? { kind: 'future' } : { kind: 'no-time', date: day.date.toString(), zone: own }];
  });
}

function past(reading: WallReading, now: Instant): Outcome {
  switch (reading.kind) {
    case 'instant':
      return reading.at > now ? { kind: 'future' } : reading;
    case 'twice': {
      const [earlier, later] = reading.instants;
      if (earlier > now) return { kind: 'future' };
      return later > now ? { kind: 'instant', at: earlier } : reading;
    }
    case 'skipped':
      return reading;
  }
}

import { Temporal } from 'temporal-polyfill';
import type { Instant, Survey } from '../../engine/contracts.ts';
import { locateMoment } from '../../engine/recovery/locateMoment.ts';
import { type MomentContext, type MomentReading, readMoment, readWallTime } from './readMoment.ts';
import { refusalOf, unreachableDay } from './refusalOf.ts';

/** A moment that can be planned, a question that has to be answered first, or why neither is possible; instants in messages are UTC. */
export type Moment =
  | { readonly kind: 'at'; readonly at: Instant }
  | { readonly kind: 'which'; readonly instants: readonly Instant[] }
  /** A moment that cannot be had; with `date` (YYYY-MM-DD) the day is clear and its time is not; `nearest`: what can. */
  | {
      readonly kind: 'refused';
      readonly message: string;
      readonly remedy: string;
      readonly date?: string;
      readonly nearest?: readonly Instant[];
    }
  /** A text that names none. */
  | { readonly kind: 'no-moment'; readonly message: string; readonly remedy: string };

/** What was typed after the name of a sandbox. */
export function typedMoment(text: string, survey: Survey | undefined, context: MomentContext): Moment {
  return momentOf(readMoment(text, context), survey, context);
}

/** One of those that the card offers, by its instant; it may have gone out of reach since, or none was chosen. */
export function offeredMoment(point: string, survey: Survey | undefined, context: MomentContext): Moment {
  if (point.trim() !== '') return typedMoment(point, survey, context);
  return {
    kind: 'no-moment',
    message: 'No moment is chosen yet',
    remedy: 'Choose one of the moments below, or open “Other time…” for any other.',
  };
}

/** What was picked in the fields of a card. */
export function pickedMoment(
  { date, time, zone }: { readonly date: string; readonly time: string; readonly zone: string },
  survey: Survey | undefined,
  context: MomentContext,
): Moment {
  if (date === '' || time === '')
    return {
      kind: 'no-moment',
      message: date === '' ? 'No date is chosen yet' : 'No time is chosen yet',
      remedy: 'Open “Other time…” and choose date and time, or one of the moments below.',
    };
  return momentOf(readWallTime(date, time, zone), survey, context);
}

function momentOf(reading: MomentReading, survey: Survey | undefined, context: MomentContext): Moment {
  switch (reading.kind) {
    case 'instant':
      return reachable(reading.at, survey, context);
    case 'latest':
      return latest(survey);
    case 'choice':
      return choice(reading.instants, survey, context);
    case 'no-time':
      return dayWithoutTime(reading, survey, context);
    case 'future':
      return { kind: 'refused', ...refusalOf(reading) };
    default:
      return { kind: 'no-moment', ...refusalOf(reading) };
  }
}

/** A time is worth asking for where some moment of the day can be reached. */
function dayWithoutTime(
  { dates, zone }: Extract<MomentReading, { kind: 'no-time' }>,
  survey: Survey | undefined,
  context: MomentContext,
): Moment {
  const windows = survey?.windows ?? [];
  const days = dates.map((date) => ({ date, ...boundsOf(date, zone ?? context.zone) }));
  const open = days.filter(({ from, to }) =>
    windows.some((one) => Date.parse(one.from) < to && Date.parse(one.to) >= from),
  );
  const [day] = days;
  if (windows.length === 0 || open.length > 0 || day === undefined)
    return {
      kind: 'refused',
      ...refusalOf({ kind: 'no-time', dates: open.length > 0 ? open.map(({ date }) => date) : dates }),
    };
  const found = reachable(new Date(day.from).toISOString(), survey, context);
  return found.kind === 'refused' ? { ...found, message: unreachableDay(day.date) } : found;
}

function boundsOf(date: string, zone: string): { readonly from: number; readonly to: number } {
  const day = Temporal.PlainDate.from(date);
  const start = (of: Temporal.PlainDate) => of.toZonedDateTime(zone).epochMilliseconds;
  return { from: start(day), to: start(day.add({ days: 1 })) };
}

/** Only what can be reached is worth a question, and one that is left is asked all the same: taking it would decide for the person. */
function choice(instants: readonly Instant[], survey: Survey | undefined, context: MomentContext): Moment {
  const found = instants.map((at) => reachable(at, survey, context));
  const possible = found.flatMap((one) => (one.kind === 'at' ? [one.at] : []));
  const [first] = found;
  return possible.length > 0 || first === undefined ? { kind: 'which', instants: possible } : first;
}

function latest(survey: Survey | undefined): Moment {
  const at = survey?.windows.at(-1)?.to;
  return at === undefined ? UNSURVEYED : { kind: 'at', at };
}

const UNSURVEYED: Moment = {
  kind: 'refused',
  message: 'What production can be restored to is not known yet',
  remedy: 'Wait for the next survey (a minute or so), then ask again; if it stays so, look at the worker.',
};

function reachable(at: Instant, survey: Survey | undefined, { now }: MomentContext): Moment {
  const found = locateMoment(at, survey ?? { windows: [], gaps: [] }, now);
  switch (found.kind) {
    case 'reachable':
      return { kind: 'at', at };
    case 'future':
      return { kind: 'refused', ...refusalOf({ kind: 'future' }) };
    case 'no-window':
      return UNSURVEYED;
    case 'before':
    case 'between':
    case 'after': {
      const why = found.gap
        ? `lies in a gap from ${found.gap.from} to ${found.gap.to} (${found.gap.reason})`
        : found.kind === 'before'
          ? 'lies before the first moment that can be reached'
          : 'lies after the last moment that can be reached so far';
      return {
        kind: 'refused',
        message: `${at} ${why}`,
        remedy: `Nearest: ${found.nearest.join(' or ')}.`,
        nearest: found.nearest,
      };
    }
  }
}

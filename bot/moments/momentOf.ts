import type { Instant, Survey } from '../../engine/contracts.ts';
import { locateMoment } from '../../engine/recovery/locateMoment.ts';
import { type MomentContext, type MomentReading, readMoment, readWallTime } from './readMoment.ts';
import { refusalOf } from './refusalOf.ts';
import { sayMoment } from './sayMoment.ts';

/** A moment that can be planned, a question that has to be answered first, or why neither is possible. */
export type Moment =
  | { readonly kind: 'at'; readonly at: Instant }
  | { readonly kind: 'which'; readonly instants: readonly Instant[] }
  /** With `date` (YYYY-MM-DD) the day is clear and its time is not. */
  | { readonly kind: 'refused'; readonly message: string; readonly remedy: string; readonly date?: string };

/** What was typed after the name of a sandbox. */
export function typedMoment(text: string, survey: Survey | undefined, context: MomentContext): Moment {
  return momentOf(readMoment(text, context), survey, context);
}

/** What was picked in the fields of a card. */
export function pickedMoment(
  { date, time, zone }: { readonly date: string; readonly time: string; readonly zone: string },
  survey: Survey | undefined,
  context: MomentContext,
): Moment {
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
    default:
      return { kind: 'refused', ...refusalOf(reading) };
  }
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

function reachable(at: Instant, survey: Survey | undefined, { now, zone }: MomentContext): Moment {
  const found = locateMoment(at, survey ?? { windows: [], gaps: [] }, now);
  const say = (moment: Instant) => sayMoment(moment, zone);
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
      const nearest = found.nearest.map(say);
      const why = found.gap
        ? `lies in a gap from ${say(found.gap.from)} to ${say(found.gap.to)} (${found.gap.reason})`
        : found.kind === 'before'
          ? 'lies before the first moment that can be reached'
          : 'lies after the last moment that can be reached so far';
      return {
        kind: 'refused',
        message: `${say(at)} ${why}`,
        remedy: `Nearest: ${nearest.join(' or ')}.`,
      };
    }
  }
}

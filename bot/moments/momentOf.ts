import type { Instant, Survey } from '../../engine/contracts.ts';
import { locateMoment } from '../../engine/recovery/locateMoment.ts';
import { type MomentContext, type MomentReading, readMoment, readWallTime } from './readMoment.ts';
import { sayMoment } from './sayMoment.ts';

/** A moment that can be planned, a question that has to be answered first, or why neither is possible. */
export type Moment =
  | { readonly kind: 'at'; readonly at: Instant }
  | { readonly kind: 'which'; readonly instants: readonly [Instant, Instant] }
  | { readonly kind: 'refused'; readonly message: string; readonly remedy: string };

const EXAMPLES = 'Type latest, 2h ago, 2026-11-20 18:00, 2026-11-20 18:00 Europe/Berlin or 2026-11-20T17:00:00Z.';

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
    case 'ambiguous':
      return eitherOf(reading.instants, survey, context);
    case 'skipped':
      return {
        kind: 'refused',
        message: `There was no ${reading.wall} in ${reading.zone}: the clocks went forward`,
        remedy: `Type ${reading.next} ${reading.zone}, or a time before the change.`,
      };
    case 'unknown-zone':
      return {
        kind: 'refused',
        message: 'That is not a time zone',
        remedy: 'Write a zone by its IANA name, such as Europe/Berlin or UTC.',
      };
    case 'unreadable':
      return { kind: 'refused', message: 'That is not a moment', remedy: EXAMPLES };
  }
}

/** Of two instants with the same wall time, only those that can be reached are worth a question. */
function eitherOf(instants: readonly [Instant, Instant], survey: Survey | undefined, context: MomentContext): Moment {
  const [earlier, later] = instants.map((at) => reachable(at, survey, context));
  if (earlier?.kind === 'at' && later?.kind === 'at') return { kind: 'which', instants };
  // Taking the reachable one would decide for the person, so both refusals end here.
  return earlier?.kind === 'refused' ? earlier : (later ?? { kind: 'refused', message: '', remedy: EXAMPLES });
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
      return {
        kind: 'refused',
        message: 'That moment is still to come',
        remedy: 'Type latest, or a time in the past.',
      };
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

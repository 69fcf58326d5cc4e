import type { Instant, Survey } from '../../engine/contracts.ts';
import type { Reader } from '../reader.ts';
import type { Raw } from '../text.ts';
import { instantOf, wallDay } from '../wallTime.ts';

export interface QuickPick {
  /** Always with the absolute time. */
  readonly title: Raw;
  readonly at: Instant;
}

const BUSINESS_DAY_ENDS_AT = 18;
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
/** What a source that reaches back a few hours at most is asked for: new backups, a try-out. */
const shortPicks = [1, 5, 15, 30] as const;

/** The moments people ask for most, as far as they can be reached; each once, latest first. */
export function quickPicks(
  r: Reader,
  survey: Survey,
  moments: readonly { readonly title: string; readonly at: Instant }[] = [],
): readonly QuickPick[] {
  const words = r.words.choose;
  const latest = survey.windows.at(-1)?.to;
  if (latest === undefined) return [];
  const businessDay = endOfLastBusinessDay(r.now, r.zone);
  const candidates: readonly (readonly [Instant | undefined, (at: Instant) => Raw])[] = [
    [latest, (at) => words.latestPick(r.moment(at))],
    ...(isShort(survey) ? shortPicks : []).map(
      (minutes) =>
        [
          ago(r.now, minutes * MINUTE_MS),
          (at: Instant) => (minutes === 1 ? words.minuteAgo(r.moment(at)) : words.minutesAgo(minutes, r.moment(at))),
        ] as const,
    ),
    [ago(r.now, HOUR_MS), (at) => words.hourAgo(r.moment(at))],
    [instantOf(wallDay(r.now, r.zone, 0), r.zone), (at) => words.midnight(r.moment(at))],
    [businessDay, (at) => words.businessDay(r.moment(at))],
    [ago(r.now, 7 * 24 * HOUR_MS), (at) => words.weekAgo(r.moment(at))],
  ];
  const usual = candidates.flatMap(([at, title]) => (at && isReachable(survey, at) ? [{ at, title: title(at) }] : []));
  const named = moments
    .filter(({ at }) => isReachable(survey, at))
    .map(({ title, at }) => ({ at, title: words.moment(r.neutral(title, 60), r.moment(at)) }));
  return [...new Map([...named, ...usual].map((pick) => [pick.at, pick])).values()].sort((a, b) =>
    a.at < b.at ? 1 : -1,
  );
}

export function isReachable(survey: Survey, at: Instant): boolean {
  const time = Date.parse(at);
  return survey.windows.some(({ from, to }) => Date.parse(from) <= time && time <= Date.parse(to));
}

function isShort({ windows }: Survey): boolean {
  const [from, to] = [windows[0]?.from, windows.at(-1)?.to];
  return from !== undefined && to !== undefined && Date.parse(to) - Date.parse(from) < 2 * HOUR_MS;
}

/** To the full minute: nobody means the second when they say “an hour ago”. */
function ago(now: Instant, ms: number): Instant {
  return new Date(Math.floor((Date.parse(now) - ms) / 60_000) * 60_000).toISOString();
}

function endOfLastBusinessDay(now: Instant, zone: string): Instant | undefined {
  for (let daysBack = 0; daysBack <= 3; daysBack++) {
    const wall = wallDay(now, zone, daysBack, BUSINESS_DAY_ENDS_AT);
    const weekday = new Date(wall).getUTCDay();
    const at = instantOf(wall, zone);
    if (weekday !== 0 && weekday !== 6 && at !== undefined && at < now) return at;
  }
  return undefined;
}

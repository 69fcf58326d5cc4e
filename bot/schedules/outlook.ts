import {
  SCHEDULE_DEFAULTS,
  type Instant,
  type Occurrence,
  type Run,
  type Sandbox,
  type Schedule,
  type Survey,
} from '../../engine/contracts.ts';
import { surveyFrom } from '../../engine/recovery/surveyFrom.ts';
import type { Journal } from '../../engine/journal/journal.ts';
import { occurrencesAfter } from '../../engine/schedules/occurrences.ts';
import { askAt, expectedMoment } from '../../engine/schedules/timing.ts';

/** A coming occurrence, with its run where it has one already. */
export interface Coming extends Occurrence {
  readonly run?: Run;
  /** When its plan is made and its approval asked for. */
  readonly askAt: Instant;
  /** Production as of when. */
  readonly moment: Instant;
}

export const rulesOf = (sandbox: Pick<Sandbox, 'schedules'> | undefined) => sandbox?.schedules ?? SCHEDULE_DEFAULTS;

/** The next occurrences that are to come: first those that have a run which has not begun. */
export async function comingOf(
  journal: Pick<Journal, 'openOccurrences' | 'survey'>,
  schedule: Schedule,
  { sandbox, now, count }: { readonly sandbox: Sandbox | undefined; readonly now: Instant; readonly count: number },
): Promise<readonly Coming[]> {
  const { rule, source, number, handledUntil } = schedule;
  const [open, survey] = await Promise.all([journal.openOccurrences(number), journal.survey(schedule.target)]);
  const behindMs = behindOf(survey, source);
  const known = open.flatMap((run): readonly Coming[] => {
    const at = run.scheduled?.at;
    if (at === undefined || run.startedAt !== undefined) return [];
    const [found = { at }] = occurrencesAfter(rule, new Date(Date.parse(at) - 1).toISOString(), 1);
    const moment = run.at ?? expectedMoment(rule, { at }, behindMs);
    return [{ ...found, at, run, askAt: run.createdAt, moment }];
  });
  if (schedule.state !== 'active') return known.slice(0, count);
  const coming = firstOf(schedule, {
    ...{ sandbox, survey, now: handledUntil > now ? handledUntil : now },
    ...{ count: Math.max(0, count - known.length), before: known.at(-1)?.at },
  });
  return [...known, ...coming].slice(0, count);
}

/** The first occurrences of a rule from a moment on. `before`: of the one that comes before them. */
export function firstOf(
  { rule, source }: Pick<Schedule, 'rule' | 'source'>,
  {
    sandbox,
    survey,
    now,
    count,
    before,
  }: {
    readonly sandbox: Sandbox | undefined;
    readonly survey: Survey | undefined;
    readonly now: Instant;
    readonly count: number;
    readonly before?: Instant | undefined;
  },
): readonly Coming[] {
  const occurrences = occurrencesAfter(rule, now, count);
  return occurrences.map((one, n) => ({
    ...one,
    // Not before the one before it has begun.
    askAt: askAt(one, rule.zone, rulesOf(sandbox), [occurrences[n - 1]?.at ?? before ?? now, now].sort().at(-1)),
    moment: expectedMoment(rule, one, behindOf(survey, source)),
  }));
}

/** How far the newest backup was behind when it was looked at last. */
export function behindOf(survey: Survey | undefined, source: string): number {
  const of = surveyFrom(survey, source);
  const last = of?.windows.at(-1)?.to;
  return of && last !== undefined ? Date.parse(of.measuredAt) - Date.parse(last) : 0;
}

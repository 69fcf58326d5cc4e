import {
  SCHEDULE_DEFAULTS,
  type Freeze,
  type Occurrence,
  type Run,
  type Schedule,
  type ScheduleRules,
} from '../../engine/contracts.ts';
import { askFirst, execute, type Action } from '../actions.ts';
import { fillTemplate, type Card } from '../card.ts';
import { frame, type Tone } from '../frame.ts';
import { readerOf, type Reader, type Readership } from '../reader.ts';
import type { Fact } from '../run/runContext.ts';
import { stateWord } from '../run/targetWords.ts';
import { momentWords, ruleWords, scheduleId } from '../scheduleWords.ts';
import template from '../templates/schedule.json' with { type: 'json' };
import { joinMd, type Name } from '../text.ts';
import { occurrenceRow, type ComingOccurrence } from './occurrenceRow.ts';

export interface ScheduleContext extends Readership {
  readonly schedule: Schedule;
  readonly targetTitle: string;
  readonly sourceTitle: string;
  readonly coming: readonly ComingOccurrence[];
  /** The newest occurrence that is over. */
  readonly last?: Run;
  readonly rules?: ScheduleRules;
  readonly onCall?: string;
  readonly freeze?: Freeze;
  /** As the file says it. */
  readonly approvals?: 'two' | 'none';
}

const TONES: Readonly<Record<Schedule['state'], Tone>> = { active: 'choose', paused: 'ended', ended: 'ended' };

/** One schedule: its rule, its next dates, and what can be done about them. */
export function scheduleCard(context: ScheduleContext): Card {
  const r = readerOf(context);
  const words = r.words.schedule;
  const { schedule, coming } = context;
  const target = r.name(context.targetTitle);
  return fillTemplate(template, {
    ...frame(r, {
      tone: TONES[schedule.state],
      title: words.title(target),
      subtitle: words.subtitle(scheduleId(r, schedule.number), ruleWords(r, schedule)),
      badge: words.states[schedule.state],
    }),
    facts: factsOf(r, context),
    nextTitle: words.next,
    coming: coming.map((one) => occurrenceRow(r, one, context.freeze)),
    none: coming.length === 0 ? [{ text: words.none }] : [],
    reasonLabel: words.reason,
    reason: r.verbatim(schedule.reason, 300),
    note: words.holdsNothing(target, context.approvals === 'none'),
    links: linksOf(r, schedule),
    actions: actionsOf(r, schedule, target, coming[0]),
  });
}

function factsOf(
  r: Reader,
  { schedule, last, onCall, rules = SCHEDULE_DEFAULTS, ...context }: ScheduleContext,
): readonly Fact[] {
  const words = r.words.schedule;
  const { by, madeAt, changedBy, changedAt, state, rule, standing, standingEnded } = schedule;
  const time = (text: string) => r.neutral(text, 5);
  const limits = [
    ...(rules.latestSwitch === undefined ? [] : [words.switchBy(time(rules.latestSwitch))]),
    ...(rules.backBy === undefined ? [] : [words.backBy(time(rules.backBy))]),
  ];
  return [
    { title: words.from, value: r.name(context.sourceTitle).md },
    { title: words.asOf, value: momentWords(r, rule.moment) },
    ...(limits.length > 0
      ? [{ title: words.limits, value: joinMd([...limits, words.tooLate[rules.tooLate]], ', ') }]
      : []),
    { title: words.by, value: words.byAt(r.plain(by.name, 60), r.moment(madeAt)) },
    ...(changedBy && changedAt !== undefined
      ? [{ title: words.changed[state], value: words.byAt(r.plain(changedBy.name, 60), r.moment(changedAt)) }]
      : []),
    ...standingFacts(r, standing, standingEnded),
    ...(onCall === undefined ? [] : [{ title: words.onCall, value: r.plain(onCall, 60) }]),
    ...(last?.scheduled
      ? [{ title: words.last, value: words.lastRun(r.moment(last.scheduled.at), r.id(last.runId), stateWord(r, last)) }]
      : []),
  ];
}

function standingFacts(r: Reader, standing: Schedule['standing'], ended: Schedule['standingEnded']): readonly Fact[] {
  const words = r.words.schedule;
  const title = words.standing;
  if (standing) return [{ title, value: words.standingText(r.plain(standing.by.name, 60), r.moment(standing.until)) }];
  return ended ? [{ title, value: words.standingEnded(r.moment(ended.at), r.plain(ended.why, 200)) }] : [];
}

/** Apart from what is done at once: more than five buttons in a row are not shown. */
function linksOf(r: Reader, { number, state }: Schedule): readonly Action[] {
  const words = r.words.schedule;
  if (state === 'ended') return [];
  return [execute('edit-schedule', words.change, { schedule: number }), execute('show-schedules', words.list, {})];
}

function actionsOf(
  r: Reader,
  { number, state, target: name, standing }: Schedule,
  target: Name,
  next: Occurrence | undefined,
): readonly Action[] {
  const words = r.words.schedule;
  const data = { schedule: number };
  if (state === 'ended') return [execute('show-schedules', words.list, { target: name })];
  const end = askFirst(
    words.end,
    words.endEffect(target),
    execute('end-schedule', words.endButton, data, { style: 'destructive' }),
  );
  if (state === 'paused') return [execute('resume-schedule', words.resume, data, { style: 'positive' }), end];
  return [
    ...(next ? [execute('skip-occurrence', words.skip, { ...data, at: next.at })] : []),
    execute('run-schedule', words.runNow, data),
    end,
    execute('pause-schedule', words.pause, data, { isOverflow: true }),
    ...(standing ? [execute('end-standing', words.ask, data, { isOverflow: true })] : []),
  ];
}

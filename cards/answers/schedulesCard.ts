import type { Instant, Schedule } from '../../engine/contracts.ts';
import { execute } from '../actions.ts';
import { fillTemplate, type Card } from '../card.ts';
import { frame } from '../frame.ts';
import { readerOf, type Reader, type Readership } from '../reader.ts';
import { ruleWords, scheduleId } from '../scheduleWords.ts';
import template from '../templates/schedules.json' with { type: 'json' };
import { joinMd } from '../text.ts';

export interface ListedSchedule {
  readonly schedule: Schedule;
  readonly targetTitle: string;
  /** Of the next occurrence; absent when none is to come. */
  readonly next?: Instant;
}

export interface SchedulesContext extends Readership {
  readonly schedules: readonly ListedSchedule[];
  /** Of these alone. */
  readonly targetTitle?: string;
  /** What could be typed to set one up. */
  readonly example: string;
  /** The sandbox for which the reader may set up another one. */
  readonly newFor?: string;
  /** From 0. */
  readonly page?: number;
}

const PER_PAGE = 8;

/** Everything that comes by itself. */
export function schedulesCard(context: SchedulesContext): Card {
  const r = readerOf(context);
  const words = r.words.scheduleList;
  const { schedules, targetTitle, page = 0 } = context;
  const from = page * PER_PAGE;
  const target = context.targetTitle === undefined ? {} : { target: schedules[0]?.schedule.target };
  const subtitle = words.subtitle(schedules.length);
  return fillTemplate(template, {
    ...frame(r, {
      tone: 'list',
      title: targetTitle === undefined ? words.title : words.titleOf(r.name(targetTitle)),
      subtitle: page > 0 ? words.page(subtitle, page + 1) : subtitle,
      badge: words.badge,
    }),
    none: schedules.length === 0 ? [{ text: words.none, how: words.how(r.verbatim(context.example, 160)) }] : [],
    schedules: schedules.slice(from, from + PER_PAGE).map((one) => scheduleRow(r, one)),
    actions: [
      ...(schedules.length > from + PER_PAGE
        ? [execute('show-schedules', words.more, { n: page + 1, ...target })]
        : []),
      ...(page > 0 ? [execute('show-schedules', words.back, { n: page - 1, ...target })] : []),
      ...(context.newFor === undefined ? [] : [execute('edit-schedule', words.another, { target: context.newFor })]),
      execute('show-status', words.status, {}, { isOverflow: context.newFor !== undefined }),
    ],
  });
}

function scheduleRow(r: Reader, { schedule, targetTitle, next }: ListedSchedule) {
  const words = r.words.scheduleList;
  const id = scheduleId(r, schedule.number);
  const coming = schedule.state === 'active' && next !== undefined ? [words.next(r.moment(next))] : [];
  return {
    title: words.row(r.name(targetTitle), id),
    line: joinMd([ruleWords(r, schedule), ...coming], ' · '),
    label: r.words.schedule.states[schedule.state],
    color: schedule.state === 'active' ? 'Good' : 'Default',
    select: execute('show-schedule', words.open(id), { schedule: schedule.number }),
  };
}

import { MOST_NTH } from '../../engine/contracts.ts';
import { execute } from '../actions.ts';
import { fillTemplate, type Card } from '../card.ts';
import { frame } from '../frame.ts';
import { readerOf, type Reader, type Readership } from '../reader.ts';
import { scheduleId } from '../scheduleWords.ts';
import template from '../templates/scheduleForm.json' with { type: 'json' };
import { joinMd, type Raw } from '../text.ts';
import type { INPUTS } from '../verbs.ts';
import { wallClock } from '../wallTime.ts';
import type { Words } from '../words/words.ts';

/** What stands in the fields, as a client sends it. */
export type ScheduleEntry = Readonly<Record<(typeof INPUTS)['preview-schedule'][number], string>>;
export type EntryProblem = keyof Words['scheduleForm']['problems'];
/** The fields that something can be wrong with on its own. */
export const ENTRY_FIELDS = ['source', 'days', 'nth', 'date', 'time', 'asOfTime', 'reason'] as const;
export type EntryField = (typeof ENTRY_FIELDS)[number];

export interface ScheduleFormContext extends Readership {
  readonly target: string;
  readonly targetTitle: string;
  /** IANA, of the sandbox. */
  readonly targetZone: string;
  readonly sources: readonly { readonly name: string; readonly title: string }[];
  readonly entry: ScheduleEntry;
  readonly problems: readonly { readonly field: EntryField; readonly problem: EntryProblem }[];
  /** What no field alone is wrong about. */
  readonly refusal?: { readonly message: string; readonly remedy: string };
  /** Who could approve what whoever fills it in asks for, and how many have to. */
  readonly approvers: readonly string[];
  readonly wanted: number;
  /** As the file says it. */
  readonly approvals?: 'two' | 'none';
  readonly needsReason: boolean;
  readonly ticketExample?: string;
  /** The schedule that is changed by it. */
  readonly schedule?: number;
}

const MOST_DAYS_BEFORE = 7;

/** A schedule in fields: what was filled in stays, and each problem stands before its field. */
export function scheduleFormCard(context: ScheduleFormContext): Card {
  const r = readerOf(context);
  const words = r.words.scheduleForm;
  const { schedule, refusal, entry } = context;
  const target = r.name(context.targetTitle);
  const names = joinMd(
    context.approvers.map((name) => r.plain(name, 60)),
    ', ',
  );
  return fillTemplate(template, {
    ...frame(r, {
      tone: 'choose',
      title: schedule === undefined ? words.title(target) : words.changeTitle(target, scheduleId(r, schedule)),
      subtitle: words.subtitle(r.zoneId(context.targetZone)),
      badge: words.badge,
    }),
    words,
    intro: words.intro,
    refusals: refusal
      ? [{ message: r.verbatim(r.told(refusal.message), 400), remedy: r.verbatim(r.told(refusal.remedy), 400) }]
      : [],
    problems: Object.fromEntries(
      ENTRY_FIELDS.map((field) => [
        field,
        context.problems.filter((one) => one.field === field).map(({ problem }) => ({ text: words.problems[problem] })),
      ]),
    ),
    entry: Object.fromEntries(Object.entries(entry).map(([field, value]) => [field, r.verbatim(value, 300)])),
    hasSources: context.sources.length > 1,
    sources: context.sources.map(({ name, title }) => ({ value: name, title: r.neutral(title, 60) })),
    ...choicesOf(r),
    minDate: new Date(wallClock(r.now, context.targetZone)).toISOString().slice(0, 10),
    reasonLabel:
      context.ticketExample === undefined ? words.reason : words.reasonWith(r.verbatim(context.ticketExample, 40)),
    needsReason: context.needsReason,
    approval: context.approvals === 'none' ? words.freeApproval(names) : words.approval(names, context.wanted),
    actions: [
      execute(
        'preview-schedule',
        words.preview,
        { target: context.target, ...(schedule === undefined ? {} : { schedule }) },
        { style: 'positive' },
      ),
      ...(schedule === undefined ? [] : [execute('show-schedule', words.keep, { schedule }, { ignoresInputs: true })]),
    ],
  });
}

interface Choice {
  readonly value: string;
  readonly title: Raw;
}

function choicesOf(
  r: Reader,
): Readonly<Record<'oftens' | 'weekdays' | 'nths' | 'monthDays' | 'asOfs', readonly Choice[]>> {
  const { scheduleForm: words, schedule } = r.words;
  const weekdays = [1, 2, 3, 4, 5, 6, 7].map((day) => ({ value: String(day), title: r.weekdays([day]) }));
  const [last, ...named] = schedule.nths.toReversed();
  const higher = Array.from({ length: MOST_NTH.day - named.length }, (_, n) => n + named.length + 1);
  return {
    oftens: (['weekly', 'monthly', 'once'] as const).map((value) => ({ value, title: words.oftens[value] })),
    weekdays,
    nths: [
      ...named.toReversed().map(({ value, title }) => ({ value: String(value), title })),
      ...higher.map((nth) => ({ value: String(nth), title: words.ofMonth(nth) })),
      ...(last ? [{ value: String(last.value), title: last.title }] : []),
    ],
    monthDays: [{ value: 'day', title: words.day }, { value: 'workday', title: words.workday }, ...weekdays],
    asOfs: [
      ...words.asOfs,
      ...Array.from({ length: MOST_DAYS_BEFORE - 1 }, (_, n) => ({
        value: String(n + 2),
        title: words.daysBefore(n + 2),
      })),
    ],
  };
}

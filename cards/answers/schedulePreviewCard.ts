import type { Freeze, MomentRule, Recurrence } from '../../engine/contracts.ts';
import { execute } from '../actions.ts';
import { fillTemplate, type Card } from '../card.ts';
import { frame } from '../frame.ts';
import { readerOf, type Readership } from '../reader.ts';
import { momentWords, ruleWords, scheduleId } from '../scheduleWords.ts';
import template from '../templates/schedulePreview.json' with { type: 'json' };
import { occurrenceRow, type ComingOccurrence } from './occurrenceRow.ts';

export interface SchedulePreviewContext extends Readership {
  readonly target: string;
  readonly targetTitle: string;
  readonly source: string;
  readonly sourceTitle: string;
  readonly rule: { readonly every: Recurrence; readonly moment: MomentRule; readonly zone: string };
  readonly reason: string;
  readonly coming: readonly ComingOccurrence[];
  readonly freeze?: Freeze;
  /** As the file says it. */
  readonly approvals?: 'two' | 'none';
  /** As it could be typed behind the name of the sandbox. */
  readonly wish: string;
  /** Behind the whole of it. */
  readonly typed: string;
  /** The schedule that ends with it. */
  readonly schedule?: number;
}

/** What was filled in, in words, with its next dates: it is set up by the button alone. */
export function schedulePreviewCard(context: SchedulePreviewContext): Card {
  const r = readerOf(context);
  const { schedule: words, schedulePreview } = r.words;
  const { rule, coming, schedule } = context;
  const target = r.name(context.targetTitle);
  const data = {
    ...{ target: context.target, source: context.source, wish: r.verbatim(context.wish, 200) },
    ...{ reason: r.verbatim(context.reason, 300), ...(schedule === undefined ? {} : { schedule }) },
  };
  return fillTemplate(template, {
    ...frame(r, {
      tone: 'choose',
      title: schedulePreview.title(target),
      subtitle: ruleWords(r, { rule }),
      badge: schedulePreview.badge,
    }),
    facts: [
      { title: words.from, value: r.name(context.sourceTitle).md },
      { title: words.asOf, value: momentWords(r, rule.moment) },
      ...(schedule === undefined
        ? []
        : [{ title: schedulePreview.insteadOf, value: schedulePreview.instead(scheduleId(r, schedule)) }]),
    ],
    nextTitle: schedulePreview.first,
    coming: coming.map((one) => occurrenceRow(r, one, context.freeze)),
    none: coming.length === 0 ? [{ text: words.none }] : [],
    reasonLabel: words.reason,
    reason: r.verbatim(context.reason, 300),
    typedLabel: schedulePreview.typed,
    typed: r.verbatim(context.typed, 600),
    note: schedulePreview.note(target, context.approvals === 'none'),
    actions: [
      execute('set-up-schedule', schedulePreview.setUp, data, { style: 'positive' }),
      execute('edit-schedule', schedulePreview.change, data),
    ],
  });
}

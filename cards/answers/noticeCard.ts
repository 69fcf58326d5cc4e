import { askFirst, execute, openUrl, type Action } from '../actions.ts';
import { fillTemplate, type Card } from '../card.ts';
import { frame } from '../frame.ts';
import { readerOf, type Reader, type Readership } from '../reader.ts';
import template from '../templates/notice.json' with { type: 'json' };

export interface NoticeContext extends Readership {
  /** `refused`: nothing has changed. */
  readonly tone: 'info' | 'refused' | 'error';
  readonly title: string;
  readonly text: string;
  /** What to do; empty when there is nothing. */
  readonly remedy: string;
  /** Stable code of the error (docs/errors.md). */
  readonly code?: string;
  /** Offers the way to that run's card. */
  readonly runId?: string;
  readonly logUrl?: string;
  /** Offers to refresh that sandbox, with the moments there are. */
  readonly refresh?: string;
  /** Offers to lift the freeze of that sandbox. */
  readonly lift?: string;
  /** Offers to end its reservation, or to take it over from whoever keeps it. */
  readonly kept?: { readonly target: string; readonly by: string; readonly offers: 'release' | 'take-over' };
}

/** A short answer: a refusal, an error, a note. Always says what to do next when there is something to do. */
export function noticeCard(context: NoticeContext): Card {
  const r = readerOf(context);
  const words = r.words.notice;
  const { tone, runId, code, remedy } = context;
  return fillTemplate(template, {
    ...frame(r, {
      tone: tone === 'info' ? 'info' : tone === 'refused' ? 'refused' : 'failed',
      title: r.plain(context.title, 120),
      subtitle: runId ? words.subtitle(r.id(runId)) : words.subtitles[tone],
      badge: words.badges[tone],
    }),
    text: r.verbatim(r.told(context.text), 800),
    remedies: remedy === '' ? [] : [{ title: words.whatToDo, text: r.verbatim(r.told(remedy), 600) }],
    codes: code === undefined ? [] : [{ text: words.code(r.id(code)) }],
    actions: [
      ...(context.refresh === undefined
        ? []
        : [execute('refresh-target', words.refresh, { target: context.refresh }, { style: 'positive' })]),
      ...(context.lift === undefined ? [] : [execute('lift-freeze', words.lift, { target: context.lift })]),
      ...keptButtons(r, context),
      ...(runId ? [execute('view-run', words.view, { runId })] : []),
      ...openUrl(r.words.progress.log, context.logUrl),
    ],
  });
}

function keptButtons(r: Reader, { kept }: NoticeContext): readonly Action[] {
  if (!kept) return [];
  const words = r.words.reservation;
  const { target, by, offers } = kept;
  if (offers === 'release') return [execute('release-reservation', words.release, { target })];
  const why = {
    ...{ type: 'Input.Text', id: 'why', label: words.why, isRequired: true },
    ...{ errorMessage: words.whyMissing, isMultiline: true, maxLength: 300 },
  };
  const take = execute('take-over-reservation', words.takeOverButton, { target }, { style: 'destructive' });
  return [askFirst(words.takeOver, words.takeOverEffect(r.plain(by, 60)), take, { inputs: [why] })];
}

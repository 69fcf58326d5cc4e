import { execute, openUrl } from '../actions.ts';
import { fillTemplate, type Card } from '../card.ts';
import { frame } from '../frame.ts';
import { readerOf, type Readership } from '../reader.ts';
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
      ...(runId ? [execute('view-run', words.view, { runId })] : []),
      ...openUrl(r.words.progress.log, context.logUrl),
    ],
  });
}

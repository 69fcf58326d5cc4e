import type { Run } from '../../engine/contracts.ts';
import { execute } from '../actions.ts';
import { fillTemplate, type Card } from '../card.ts';
import { frame, TONES } from '../frame.ts';
import { readerOf, type Reader, type Readership } from '../reader.ts';
import { NONE } from '../run/stepRows.ts';
import { stateWord, toneOf } from '../run/targetWords.ts';
import template from '../templates/history.json' with { type: 'json' };

export interface HistoryContext extends Readership {
  /** Title of the one sandbox that was asked about. */
  readonly targetTitle?: string;
  /** Its name, for the way to older runs. */
  readonly target?: string;
  /** In the order in which they are shown. */
  readonly runs: readonly { readonly run: Run; readonly targetTitle: string }[];
  /** From 0. */
  readonly page?: number;
  /** There is another page behind this one. */
  readonly hasMore?: boolean;
}

/** Runs in a list; a tap opens one, and a button leads to more of them. */
export function historyCard(context: HistoryContext): Card {
  const r = readerOf(context);
  const words = r.words.history;
  const { runs, target, page = 0, hasMore = false } = context;
  const of = (n: number) => ({ n, ...(target === undefined ? {} : { target }) });
  return fillTemplate(template, {
    ...frame(r, {
      tone: 'list',
      title: context.targetTitle === undefined ? words.titleAll : words.title(r.name(context.targetTitle)),
      subtitle: runs.length === 0 ? words.emptySubtitle : words.subtitle(page + 1),
      badge: words.badge,
    }),
    isEmpty: runs.length === 0,
    empty: words.empty,
    runs: runs.map(({ run, targetTitle }) =>
      runRow(r, run, context.targetTitle === undefined ? targetTitle : undefined),
    ),
    actions: [
      execute('refresh-target', words.refresh, {}, { style: 'positive' }),
      ...(hasMore ? [execute('show-history', words.more, of(page + 1))] : []),
      ...(page > 0 ? [execute('show-history', words.back, of(page - 1))] : []),
      execute('show-status', words.status, {}, { isOverflow: hasMore && page > 0 }),
    ],
  });
}

const COLORS = { done: 'Good', failed: 'Attention', running: 'Accent', cutover: 'Accent', approval: 'Accent' } as const;

function runRow(r: Reader, run: Run, targetTitle: string | undefined) {
  const words = r.words.history;
  const tone = toneOf(run);
  const line = run.at ? words.at(r.moment(run.at)) : words.noMoment;
  return {
    glyph: TONES[tone].glyph,
    title: targetTitle === undefined ? line : words.ofTarget(r.name(targetTitle), line),
    who: words.who(r.id(run.runId), r.plain(run.requestedBy.name, 60), r.moment(run.createdAt)),
    label: stateWord(r, run),
    color: Object.entries(COLORS).find(([name]) => name === tone)?.[1] ?? 'Default',
    took: run.figures.totalSeconds === undefined ? NONE : r.seconds(run.figures.totalSeconds),
    select: execute('view-run', words.view(r.id(run.runId)), { runId: run.runId }),
  };
}

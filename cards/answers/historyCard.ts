import type { Freeze, Instant, PastFreeze, PastReservation, Reservation, Run } from '../../engine/contracts.ts';
import { isUnacknowledged } from '../../engine/contracts/mayBeDone/index.ts';
import { execute } from '../actions.ts';
import { fillTemplate, type Card } from '../card.ts';
import { frame, TONES } from '../frame.ts';
import { readerOf, type Reader, type Readership } from '../reader.ts';
import { NONE } from '../run/stepRows.ts';
import { joinMd, type Md, type Raw } from '../text.ts';
import { stateWord, toneOf } from '../run/targetWords.ts';
import template from '../templates/history.json' with { type: 'json' };

export interface HistoryContext extends Readership {
  /** Title of the one sandbox that was asked about. */
  readonly targetTitle?: string;
  /** Its name, for the way to older runs. */
  readonly target?: string;
  /** What the list is narrowed to. */
  readonly search?: ListSearch;
  /** The newest freeze and the newest reservation of that sandbox, with how they ended. */
  readonly last?: { readonly freeze?: PastFreeze | undefined; readonly reservation?: PastReservation | undefined };
  /** There are runs so old that nobody has looked whether they fit. */
  readonly isCut?: boolean;
  /** In the order in which they are shown. */
  readonly runs: readonly { readonly run: Run; readonly targetTitle: string }[];
  /** May ask for a refresh somewhere; left out: yes. */
  readonly mayAsk?: boolean;
  /** Has no role for any sandbox, so that there can be nothing. */
  readonly hasNoRole?: boolean;
  /** From 0. */
  readonly page?: number;
  /** There is another page behind this one. */
  readonly hasMore?: boolean;
}

/** What a list of runs is narrowed to, as cards say it and as their buttons carry it. */
export interface ListSearch {
  /** Empty: every run. */
  readonly text: string;
  readonly hasFailed?: boolean;
  readonly drafts?: 'none' | 'open' | 'all';
  readonly since?: Instant;
  readonly until?: Instant;
  /** The name of whoever had a hand in it, or a part of it. */
  readonly by?: string;
  /** Whoever asks is meant. */
  readonly isOwn?: boolean;
}

/** Runs in a list; a tap opens one, and a button leads to more of them. */
export function historyCard(context: HistoryContext): Card {
  const r = readerOf(context);
  const words = r.words.history;
  const { runs, target, page = 0, hasMore = false, search = { text: '' }, mayAsk = true } = context;
  const of = (n: number, text = search.text) => ({
    n,
    ...(target === undefined ? {} : { target }),
    ...(text === '' ? {} : { search: r.neutral(text, 200) }),
  });
  return fillTemplate(template, {
    ...frame(r, {
      tone: 'list',
      title: titleOf(r, context),
      subtitle: subtitleOf(r, context),
      badge: words.badge,
    }),
    isEmpty: runs.length === 0,
    empty: context.hasNoRole
      ? r.words.rights.askForRole
      : search.text === ''
        ? words.empty
        : isPlainlyOwn(search)
          ? words.noneOwn
          : words.noneFits,
    cuts: [...(context.isCut ? [{ text: words.cut }] : []), ...lastOf(r, context)],
    runs: runs.map(({ run, targetTitle }) =>
      runRow(r, run, context.targetTitle === undefined ? targetTitle : undefined),
    ),
    // More than five are not shown.
    actions: [
      ...(mayAsk ? [execute('refresh-target', words.refresh, {}, { style: 'positive' })] : []),
      ...(hasMore ? [execute('show-history', words.more, of(page + 1))] : []),
      ...(page > 0 ? [execute('show-history', words.back, of(page - 1))] : []),
      ...(hasMore && page > 0 ? [] : [execute('show-status', words.status, {})]),
      ...narrowings(r, search).map(([title, text]) =>
        execute('show-history', title, of(0, text), { isOverflow: true }),
      ),
    ].slice(0, 5),
  });
}

/** Who froze the sandbox or kept it last, and who ended that before its time. */
function lastOf(r: Reader, { last }: HistoryContext): readonly { readonly text: Md }[] {
  const { freeze, reservation } = last ?? {};
  const { freeze: frozen, reservation: kept } = r.words;
  const told = ({ by, from, until, reason }: Freeze | Reservation) =>
    [r.plain(by.name, 60), r.moment(from), r.moment(until), r.plain(reason, 100)] as const;
  const lines = [
    ...(freeze ? [[frozen.last(...told(freeze)), freeze.liftedBy, freeze.liftedAt] as const] : []),
    ...(reservation ? [[kept.last(...told(reservation)), reservation.endedBy, reservation.endedAt] as const] : []),
  ];
  return lines.map(([line, by, at]) => ({
    text: by && at ? r.words.history.endedBy(line, r.plain(by.name, 60), r.moment(at)) : line,
  }));
}

function titleOf(r: Reader, { targetTitle, search }: HistoryContext): Md {
  const words = r.words.history;
  if (targetTitle !== undefined) return words.title(r.name(targetTitle));
  return search?.isOwn && search.by !== undefined ? words.titleOf(r.plain(search.by, 60)) : words.titleAll;
}

/** Without words that narrow it further. */
const isPlainlyOwn = ({ isOwn, hasFailed, since, until }: ListSearch): boolean =>
  isOwn === true && !hasFailed && since === undefined && until === undefined;

/** What the list holds, and in which order. */
function subtitleOf(
  r: Reader,
  { targetTitle, runs, page = 0, search = { text: '' }, hasNoRole, mayAsk = true }: HistoryContext,
): Md {
  const words = r.words.history;
  if (hasNoRole) return r.words.rights.noRole;
  if (search.text === '') return runs.length === 0 && mayAsk ? words.emptySubtitle : words.subtitle(page + 1);
  const narrowed = [
    ...(search.hasFailed ? [words.failed] : []),
    ...(search.drafts === 'all' ? [words.withDrafts] : search.drafts === 'open' ? [words.withOpenDrafts] : []),
    // The title of a list without a sandbox names whoever asks.
    ...(search.by === undefined || (search.isOwn && targetTitle === undefined)
      ? []
      : [words.by(r.plain(search.by, 60))]),
    ...(search.since === undefined ? [] : [words.since(r.moment(search.since))]),
    ...(search.until === undefined ? [] : [words.until(r.moment(search.until))]),
    ...(page === 0 ? [] : [words.page(page + 1)]),
  ];
  return joinMd(narrowed, ' · ');
}

/** The usual ways to see fewer runs, or all again: what each says, and what it stands for. */
function narrowings(r: Reader, { text }: ListSearch): readonly (readonly [Raw, string])[] {
  const words = r.words.history;
  const all = [
    [words.all, ''],
    [words.onlyFailed, 'failed'],
    [words.onlyMine, 'by me'],
  ] as const;
  return all.filter(([, other]) => other !== text);
}

const COLORS = {
  done: 'Good',
  failed: 'Attention',
  running: 'Accent',
  cutover: 'Accent',
  approval: 'Accent',
  excepted: 'Warning',
  exception: 'Warning',
} as const;

function runRow(r: Reader, run: Run, targetTitle: string | undefined) {
  const words = r.words.history;
  const tone = toneOf(run);
  const who = words.who(r.id(run.runId), r.plain(run.requestedBy.name, 60), r.moment(run.createdAt));
  const line = run.at ? words.at(r.moment(run.at)) : words.noMoment;
  return {
    glyph: TONES[tone].glyph,
    title: targetTitle === undefined ? line : words.ofTarget(r.name(targetTitle), line),
    who: isUnacknowledged(run) ? r.words.urgent.unseen(who) : who,
    label: run.isUrgent ? r.words.urgent.inList(stateWord(r, run)) : stateWord(r, run),
    color: Object.entries(COLORS).find(([name]) => name === tone)?.[1] ?? 'Default',
    took: run.figures.totalSeconds === undefined ? NONE : r.seconds(run.figures.totalSeconds),
    select: execute('view-run', words.view(r.id(run.runId)), { runId: run.runId }),
  };
}

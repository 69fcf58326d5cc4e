import type { Freeze, Instant, Progress, Reservation, Run, Survey } from '../../engine/contracts.ts';
import { hasExceptions, isInForce, reservationOf, type Wait } from '../../engine/contracts/mayBeDone/index.ts';
import { execute } from '../actions.ts';
import { fillTemplate, type Card } from '../card.ts';
import { frame, STATE_TONES, TONES } from '../frame.ts';
import { approversLine, rolesLine, type SandboxRights } from './rights.ts';
import { readerOf, type Reader, type Readership } from '../reader.ts';
import { plainState } from '../run/targetWords.ts';
import template from '../templates/status.json' with { type: 'json' };
import { joinMd, rich, type Md, type Name, type Raw } from '../text.ts';

export interface SandboxStatus {
  readonly title: string;
  readonly sourceTitle: string;
  /** The run that holds the sandbox. */
  readonly run?: Run;
  readonly progress?: Progress;
  /** Requests that somebody has to decide on, newest first. */
  readonly waiting?: readonly Run[];
  /** The run whose data the sandbox holds; absent while it has its own. */
  readonly lastRun?: Run;
  /** Latest survey of its source. */
  readonly survey?: Survey;
  readonly freeze?: Freeze;
  /** When a schedule begins the next refresh. */
  readonly next?: Instant;
  readonly reservation?: Reservation;
  /** What whoever asks may do, and who may approve. */
  readonly rights?: SandboxRights;
}

export interface StatusContext extends Readership {
  readonly sandboxes: readonly SandboxStatus[];
  /** What waits for whoever asks, the most urgent first. */
  readonly waits?: {
    readonly name: string;
    readonly runs: readonly { readonly run: Run; readonly targetTitle: string; readonly wait: Wait }[];
  };
  /** May ask for a refresh somewhere; left out: yes. */
  readonly mayAsk?: boolean;
  /** From 0, where there are more sandboxes than one card takes. */
  readonly page?: number;
}

/** Sandboxes on one card: with long names, what they say takes three kilobytes each. */
const SANDBOXES_PER_PAGE = 6;
const WAITS_SHOWN = 4;

/** What waits for whoever asks, then every sandbox in two lines: free or held by which run, and how far back its source reaches; what waits for people comes first. */
export function statusCard(context: StatusContext): Card {
  const r = readerOf(context);
  const words = r.words.status;
  const { sandboxes, page = 0, mayAsk = true } = context;
  const free = sandboxes.filter(({ run }) => run === undefined).length;
  const from = page * SANDBOXES_PER_PAGE;
  const hasMore = sandboxes.length > from + SANDBOXES_PER_PAGE;
  const subtitle = sandboxes.length === 0 ? r.words.rights.noRole : words.subtitle(free, sandboxes.length);
  return fillTemplate(template, {
    ...frame(r, {
      tone: 'list',
      title: words.title,
      subtitle: page > 0 ? words.page(subtitle, page + 1) : subtitle,
      badge: words.badge,
    }),
    hasNone: sandboxes.length === 0,
    none: r.words.rights.askForRole,
    waits: waitsOf(r, context),
    sandboxes: sandboxes
      .toSorted((a, b) => rankOf(a) - rankOf(b))
      .slice(from, from + SANDBOXES_PER_PAGE)
      .map((sandbox) => sandboxRow(r, sandbox)),
    actions: [
      ...(mayAsk ? [execute('refresh-target', words.refresh, {}, { style: 'positive' })] : []),
      ...(hasMore ? [execute('show-status', words.more, { n: page + 1 })] : []),
      ...(page > 0 ? [execute('show-status', words.back, { n: page - 1 })] : []),
      execute('show-history', words.history, {}, { isOverflow: hasMore && page > 0 }),
      execute('show-status', words.again, page > 0 ? { n: page } : {}, { isOverflow: true }),
    ],
  });
}

function waitsOf(r: Reader, { waits }: StatusContext) {
  if (!waits || waits.runs.length === 0) return [];
  const words = r.words.status;
  const more = waits.runs.length - WAITS_SHOWN;
  const rows = waits.runs.slice(0, WAITS_SHOWN).map(({ run, targetTitle, wait }) => ({
    text: words.waits[wait](r.id(run.runId), r.name(targetTitle), r.plain(run.requestedBy.name, 60)),
    select: execute('view-run', words.view(r.id(run.runId)), { runId: run.runId }),
  }));
  return [
    {
      title: words.waitsFor(r.plain(waits.name, 60)),
      rows,
      more: more > 0 ? [{ text: words.moreWaits(more) }] : [],
    },
  ];
}

/** In the order of engine/journal/attention.ts. */
function rankOf({ run, lastRun, waiting = [] }: SandboxStatus): number {
  if (waiting.length > 0 || run?.state === 'awaiting-cutover' || run?.state === 'awaiting-exception') return 0;
  if (run === undefined) return lastRun?.targetState === 'closed' ? 2 : 3;
  return STATE_TONES[run.state] === 'failed' ? 2 : 1;
}

function sandboxRow(r: Reader, sandbox: SandboxStatus) {
  const { title, sourceTitle, run, progress, waiting = [], lastRun, survey, freeze, reservation, next } = sandbox;
  const words = r.words.status;
  const source = r.name(sourceTitle);
  const isAsked = waiting.some(({ runId }) => runId === run?.runId);
  const shown = [...waiting, ...(run ? (isAsked ? [] : [run]) : waiting.length > 0 || !lastRun ? [] : [lastRun])];
  const asked = waiting.map(({ runId, requestedBy }) => words.waiting(r.id(runId), r.plain(requestedBy.name, 60)));
  const frozen = isInForce(freeze, r.now)
    ? [r.words.freeze.short(r.moment(freeze.until), r.plain(freeze.reason, 100))]
    : [];
  const keeping = reservationOf({ ...(reservation ? { reservation } : {}) }, r.now);
  const kept = keeping
    ? [
        r.words.reservation.short(
          ...([r.plain(keeping.by.name, 60), r.moment(keeping.until)] as const),
          ...([r.ago(keeping.from), r.plain(keeping.reason, 100)] as const),
        ),
      ]
    : [];
  const busy = run && !isAsked ? [words.busy(r.id(run.runId), r.plain(run.requestedBy.name, 60))] : [];
  const coming = next === undefined ? [] : [r.words.scheduled.next(r.moment(next))];
  // Behind the switch a run’s own card says what the sandbox is.
  const held = run && run.targetState !== 'old' ? [] : [holds(r, source, lastRun)];
  return {
    glyph: run ? TONES[STATE_TONES[run.state]].glyph : isShut(lastRun) ? '🟠' : '🟢',
    title: r.plain(title, 60),
    line: joinMd([...frozen, ...kept, ...asked, ...busy, ...held, ...coming], '\n\n'),
    window: joinMd([windowLine(r, source, survey), ...(sandbox.rights ? [rightsLine(r, sandbox.rights)] : [])], '\n\n'),
    label: run ? busyLabel(r, run, progress) : words.free,
    color: run ? (STATE_TONES[run.state] === 'failed' ? 'Attention' : 'Accent') : 'Good',
    links: shown.map(({ runId }) => execute('view-run', words.view(r.id(runId)), { runId })),
  };
}

function rightsLine(r: Reader, rights: SandboxRights): Md {
  const words = r.words.rights;
  return words.row(rolesLine(r, rights), words.approvers(approversLine(r, rights)));
}

function holds(r: Reader, source: Name, run: Run | undefined): Md {
  const words = r.words.status;
  if (!run?.at) return words.own;
  const brought = words.last(source, r.moment(run.at), r.id(run.runId));
  const line = run.swappedAt
    ? words.since(brought, r.moment(run.swappedAt), r.plain(run.requestedBy.name, 60))
    : brought;
  if (run.targetState === 'none') return words.away(r.id(run.runId));
  const said = hasExceptions(run) ? words.excepted(line) : line;
  return isShut(run) ? words.closed(said) : said;
}

const isShut = (run: Run | undefined): boolean => run?.targetState === 'closed' || run?.targetState === 'none';

function busyLabel(r: Reader, run: Run, progress: Progress | undefined): Raw {
  const state = plainState(r, run);
  return progress?.percent === undefined ? state : r.words.status.moving(state, r.percent(progress.percent));
}

function windowLine(r: Reader, source: Name, survey: Survey | undefined): Md {
  const words = r.words.status;
  if (!survey) return words.notSurveyed(source);
  const [from, to] = [survey.windows[0]?.from, survey.windows.at(-1)?.to];
  if (!from || !to) return words.noWindow(source);
  const line = words.window(source, r.moment(from), r.moment(to), r.clock(survey.measuredAt));
  return survey.gaps.length === 0 ? line : rich`${line}${words.gaps(survey.gaps.length)}`;
}

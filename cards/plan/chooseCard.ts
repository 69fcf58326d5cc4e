import type { Instant, Run, Survey } from '../../engine/contracts.ts';
import type { House } from '../../engine/contracts/mayBeDone/index.ts';
import { execute } from '../actions.ts';
import { fillTemplate, type Card } from '../card.ts';
import { approversNote } from './approversNote.ts';
import { frame } from '../frame.ts';
import { quickPicks } from './quickPicks.ts';
import { readerOf, type Reader, type Readership } from '../reader.ts';
import { recoveryStrip } from './recoveryStrip.ts';
import template from '../templates/choose.json' with { type: 'json' };
import type { Name } from '../text.ts';
import { wallClock } from '../wallTime.ts';

export interface ChooseContext extends Readership {
  readonly runId: string;
  /** The sandboxes this person may ask for, and what each holds now, where Rewind brought it there. */
  readonly sandboxes: readonly {
    readonly name: string;
    readonly title: string;
    readonly holds?: { readonly source: string; readonly at: Instant };
  }[];
  /** Preselected: what was typed after `refresh`. A moment never is. */
  readonly target?: string;
  /** What the target may be refreshed from; the choice is offered where there are several. */
  readonly sources?: readonly { readonly name: string; readonly title: string; readonly isProduction: boolean }[];
  readonly sourceTitle: string;
  readonly sourceZone: string;
  readonly survey: Survey;
  /** Moments that people of this installation call by a name; offered with the usual ones. */
  readonly moments?: readonly { readonly title: string; readonly at: Instant }[];
  /** YYYY-MM-DD: the day is chosen already, its time is not. */
  readonly date?: string;
  /** The draft, and what environments.yaml says: who could still approve it. */
  readonly draft?: { readonly run: Run; readonly house?: House };
  /** Why the moment just asked for was refused, and the nearest ones, each a button. */
  readonly problem?: { readonly message: string; readonly remedy: string; readonly nearest?: readonly Instant[] };
}

/** The first card of a refresh: which sandbox, and production as of when. */
export function chooseCard(context: ChooseContext): Card {
  return fillTemplate(template, chooseView(context));
}

const GAPS_SHOWN = 4;

function chooseView(context: ChooseContext) {
  const r = readerOf(context);
  const words = r.words.choose;
  const { survey, sandboxes, sources = [], problem } = context;
  const source = r.name(context.sourceTitle);
  const target = sandboxes.find(({ name }) => name === context.target);
  const [from, to] = [survey.windows[0]?.from ?? r.now, survey.windows.at(-1)?.to ?? r.now];
  return {
    ...frame(r, {
      tone: 'choose',
      title: target ? words.titleOf(r.name(target.title), source) : words.title,
      subtitle: words.subtitle(r.id(context.runId)),
      badge: words.badge,
    }),
    runId: context.runId,
    words,
    problems: problem
      ? [
          {
            message: r.verbatim(r.told(problem.message), 400),
            remedy: r.verbatim(r.told(problem.remedy), 400),
            nearest: (problem.nearest ?? []).map((at) => nearestButton(r, context, at)),
          },
        ]
      : [],
    notes: context.draft
      ? approversNote(r, context.draft.run, context.draft.house, r.name(target?.title ?? context.target ?? ''))
      : [],
    target: target?.name ?? '',
    sandboxes: sandboxes.map(({ name, title, holds }) => ({
      name,
      title: holds
        ? words.sandbox(r.neutral(title, 60), r.neutral(holds.source, 40), r.moment(holds.at))
        : r.neutral(title, 60),
    })),
    source: survey.source,
    hasSources: sources.length > 1,
    sources: sources.map(({ name, title, isProduction }) => ({
      name,
      title: (isProduction ? words.production : words.fromSandbox)(r.neutral(title, 60)),
    })),
    sourcesHint: words.sourcesHint(source),
    windowTitle: words.window(source),
    asOf: words.asOf(r.clock(survey.measuredAt)),
    hasWindow: survey.windows.length > 0,
    hasNoWindow: survey.windows.length === 0,
    noWindow: words.noWindow(source),
    segments: recoveryStrip(survey),
    earliest: r.moment(from),
    earliestAgo: words.earliest(r.ago(from)),
    latest: r.moment(to),
    latestAgo: words.latest(r.ago(to)),
    gaps: gapLines(r, survey),
    pointLabel: words.point(source),
    picks: quickPicks(r, survey, context.moments),
    otherText: (survey.gaps.length === 0 ? words.otherText : words.otherTextGaps)(r.moment(from), r.moment(to)),
    date: /^\d{4}-\d\d-\d\d$/.exec(context.date ?? '')?.[0] ?? '',
    minDate: wallDate(from, r.zone),
    maxDate: wallDate(to, r.zone),
    zone: r.zone,
    zones: zonesOf(r, source, context.sourceZone),
    secondsHint: words.seconds(r.verbatim(target?.name ?? sandboxes[0]?.name ?? 'uat', 32)),
    cancel: execute('keep-target', words.cancel, { runId: context.runId }, { ignoresInputs: true }),
  };
}

/** The answer to “out of reach”: with the sandbox and source that the card shows. */
function nearestButton(r: Reader, { runId, target, survey }: ChooseContext, at: Instant) {
  const data = { runId, ...(target === undefined ? {} : { target }), source: survey.source, point: at };
  return execute('preview-plan', r.words.askWhich.buttonOther(r.shortDay(at), r.timeOfDay(at)), data, {
    ignoresInputs: true,
  });
}

function gapLines(r: Reader, { gaps }: Survey) {
  const words = r.words.choose;
  const shown = gaps
    .slice(-GAPS_SHOWN)
    .map(({ from, to, reason }) => ({ text: words.gap(r.moment(from), r.moment(to), r.plain(r.told(reason), 100)) }));
  return gaps.length > GAPS_SHOWN ? [...shown, { text: words.moreGaps(gaps.length - GAPS_SHOWN) }] : shown;
}

function zonesOf(r: Reader, source: Name, sourceZone: string) {
  const words = r.words.choose;
  const zones = [
    { id: r.zone, title: words.yourZone(r.zoneName(r.now)) },
    { id: sourceZone, title: words.sourceZone(r.zoneName(r.now, sourceZone), source) },
    { id: 'UTC', title: r.zoneName(r.now, 'UTC') },
  ];
  return zones.filter((zone, index) => zones.findIndex(({ id }) => id === zone.id) === index);
}

function wallDate(at: Instant, zone: string): string {
  return new Date(wallClock(at, zone)).toISOString().slice(0, 10);
}

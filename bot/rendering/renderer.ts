import type { Actor, CardKind, Installation, Instant, Run, Sandbox } from '../../engine/contracts.ts';
import { approversLeft, handsIn, ownersLeft, type House } from '../../engine/contracts/mayBeDone/index.ts';
import { surveyFrom } from '../../engine/recovery/surveyFrom.ts';
import type { Clock } from '../../engine/clock.ts';
import type { Journal } from '../../engine/journal/journal.ts';
import type { Hold } from '../../engine/journal/messages.ts';
import { reportError, TerminalError } from '../../engine/errors.ts';
import {
  askWhichCard,
  chooseCard,
  noticeCard,
  planDataCard,
  replacedCard,
  runCard,
  signOffCard,
  stopQuestionCard,
  viewPlanCard,
  withSandboxNotes,
  type Card,
  type Mention,
  type Readership,
  type RunContext,
} from '../../cards/index.ts';
import type { LogLinks } from '../logs/logLinks.ts';
import type { ShownTo } from '../notify/deliveryParts.ts';
import { readBy, readThere } from './readBy.ts';
import { mentionsFor } from './mentions.ts';
import type { Audience } from '../answer.ts';
import { isAllowed } from './access.ts';
import { presentRefresh } from '../../engine/journal/presentRefresh.ts';

export interface RendererParts {
  readonly installation: Installation;
  readonly journal: Journal;
  readonly links: LogLinks;
  readonly clock: Pick<Clock, 'now'>;
}

/** A short answer in words. */
export interface Notice {
  readonly tone: 'info' | 'refused' | 'error';
  readonly title: string;
  readonly text: string;
  readonly remedy?: string;
  readonly code?: string;
  /** Offers the way back to that run's card. */
  readonly runId?: string;
  readonly logUrl?: string;
  /** Offers to refresh that sandbox. */
  readonly refresh?: string;
  /** Offers to lift the freeze of that sandbox. */
  readonly lift?: string;
  /** Offers to end its reservation, or to take it over from whoever keeps it. */
  readonly kept?: { readonly target: string; readonly by: string; readonly offers: 'release' | 'take-over' };
}

/** Why a moment was refused, and what can be had near it; with `date` (YYYY-MM-DD) the day is known and only its time is missing. */
export interface MomentProblem {
  readonly message: string;
  readonly remedy: string;
  readonly date?: string;
  readonly nearest?: readonly Instant[];
}

/** Turns what the journal knows into cards: every card of the bot is made here. */
export interface Renderer {
  readership(audience: Pick<Audience, 'zone' | 'locale'>): Readership;
  /** The card of a run for one reader, as somebody sees it who has just acted; `tried`: to confirm it, in vain. */
  run(audience: Audience, run: Run, kind: CardKind, tried?: RunContext['tried']): Promise<Card>;
  /** The same as its conversation sees it, in the zone that is read there (readBy.ts), with the approvers mentioned. */
  shared(run: Run, kind: CardKind, under: Hold, more?: ShownTo): Promise<Card>;
  /** Where another message has taken a card's place. */
  replaced(run: Run): Card;
  /** “Stop…”: what it means, and the button that does it. */
  stopQuestion(audience: Audience, run: Run): Promise<Card>;
  /** With `page`, from 1: what it keeps and clears, in full. */
  plan(audience: Audience, run: Run, page?: number): Promise<Card | undefined>;
  /** What a sign-off gives up and leaves undone, and the button that does it. */
  signOffQuestion(audience: Audience, run: Run): Promise<Card>;
  /** Which sandbox, and production as of when; `problem` says why the last answer was refused. */
  choose(audience: Audience, run: Run, problem?: MomentProblem): Promise<Card>;
  askWhich(audience: Audience, run: Run, instants: readonly Instant[]): Card;
  notice(audience: Pick<Audience, 'zone' | 'locale'>, notice: Notice): Card;
  /** What went wrong, in words that may be shown. */
  problem(audience: Audience, error: unknown, runId?: string): Card;
}

export function createRenderer({ installation, journal, links, clock }: RendererParts): Renderer {
  const readership = ({ zone, locale }: Pick<Audience, 'zone' | 'locale'>): Readership => ({
    now: clock.now(),
    zone,
    // The words are English, so dates of another language would stand in the middle of English sentences.
    locale: /^en\b/i.test(locale) ? locale : 'en',
  });

  const sandboxOf = (run: Run): Sandbox | undefined => installation.sandboxes.find(({ name }) => name === run.target);
  const sourceOf = (run: Run) => installation.sources.find(({ name }) => name === run.source);

  const sourcesOf = (run: Run) =>
    (sandboxOf(run)?.sources ?? []).flatMap((name) => {
      const found = installation.sources.find((one) => one.name === name);
      return found ? [{ name, title: found.title, isProduction: found.kind === 'production' }] : [];
    });

  const houseOf = (run: Run): House | undefined => {
    const sandbox = sandboxOf(run);
    return sandbox && { sandbox, people: installation.people, terminalApproval: installation.terminalApproval };
  };

  /** Whoever had a hand in the plan is not asked to approve. */
  const approversOf = (run: Run): readonly Mention[] => {
    const house = houseOf(run);
    return named(house ? approversLeft(handsIn(run), house) : []);
  };

  const mentionsOf = (run: Run, addressee: string | undefined) => {
    const house = houseOf(run);
    const asked = run.state !== 'awaiting-exception' ? approversOf(run) : named(house ? ownersLeft(run, house) : []);
    return mentionsFor(run, { addressee, approvers: asked, house });
  };

  const contextOf = (
    audience: Pick<Audience, 'zone' | 'locale'>,
    run: Run,
    kind: CardKind,
    hold?: Hold,
  ): RunContext => ({
    ...readership(audience),
    run,
    kind,
    approvers: approversOf(run),
    ...mentionsOf(run, undefined),
    house: houseOf(run),
    hold,
    sourceTitle: sourceOf(run)?.title ?? run.source,
    targetTitle: sandboxOf(run)?.title ?? run.target,
    targetUrl: sandboxOf(run)?.url,
    logUrl: links.urlFor(run.runId),
    reportUrl: run.report && links.report.urlFor(run.runId),
  });

  const renderer: Renderer = {
    readership,
    async run(asked, run, kind, tried) {
      if (isOpen(run) && run.requestedBy.id === asked.person.id) return renderer.choose(asked, run);
      const audience = readBy(asked, run, sandboxOf(run));
      return runCard({ ...contextOf(audience, run, kind, await journal.hold(run.target)), tried });
    },
    async shared(run, kind, under, more = {}) {
      const { progress, addressee } = more;
      const audience = { person: run.requestedBy, ...readThere(run, sandboxOf(run), more) };
      if (kind === 'run' && isOpen(run)) return renderer.choose(audience, run);
      return runCard({ ...contextOf(audience, run, kind, under), progress, ...mentionsOf(run, addressee) });
    },
    replaced: (run) => replacedCard(contextOf({ zone: run.zone, locale: 'en' }, run, 'run')),
    async stopQuestion(asked, run) {
      const audience = readBy(asked, run, sandboxOf(run));
      return noted(audience, run, stopQuestionCard(contextOf(audience, run, 'run')), true);
    },
    async signOffQuestion(asked, run) {
      const audience = readBy(asked, run, sandboxOf(run));
      return noted(audience, run, signOffCard(contextOf(audience, run, 'outcome')), true);
    },
    async plan(asked, run, page) {
      const audience = readBy(asked, run, sandboxOf(run));
      const context = contextOf(audience, run, 'run');
      if (!run.plan) return undefined;
      return page === undefined
        ? noted(audience, run, viewPlanCard(context, run.plan))
        : planDataCard(context, run.plan, page);
    },
    async choose(audience, run, problem) {
      const source = sourceOf(run);
      const sandboxes = installation.sandboxes.filter((sandbox) => isAllowed(sandbox, audience.person, 'draft'));
      const survey = surveyFrom(await journal.survey(run.target), run.source) ?? {
        source: run.source,
        measuredAt: clock.now(),
        windows: [],
        gaps: [],
        precisionMs: 1000,
      };
      const card = chooseCard({
        ...readership(audience),
        runId: run.runId,
        target: run.target,
        sandboxes: await Promise.all(
          sandboxes.map(async ({ name, title }) => ({ name, title, holds: await holds(name) })),
        ),
        sources: sourcesOf(run),
        sourceTitle: source?.title ?? run.source,
        sourceZone: source?.timeZone ?? 'UTC',
        survey,
        moments: installation.moments?.map(({ name, at }) => ({ title: name, at })),
        draft: { run, house: houseOf(run) },
        problem,
        date: problem?.date,
      });
      return noted(audience, run, card);
    },
    askWhich: (audience, run, instants) =>
      askWhichCard({
        ...readership(audience),
        runId: run.runId,
        target: run.target,
        targetTitle: sandboxOf(run)?.title ?? run.target,
        instants,
      }),
    notice: (audience, { remedy = '', ...notice }) => noticeCard({ ...readership(audience), ...notice, remedy }),
    problem(audience, error, runId) {
      const { code, message, remedy } = reportError(error);
      return renderer.notice(audience, {
        tone: error instanceof TerminalError ? 'refused' : 'error',
        title: error instanceof TerminalError ? 'That is not possible' : 'That did not get through',
        text: /[.!?]$/.test(message) ? message : `${message}.`,
        remedy,
        code,
        runId,
      });
    },
  };

  /** With the freeze and the reservation of its sandbox, if there are any. */
  const noted = async (audience: Pick<Audience, 'zone' | 'locale'>, run: Run, card: Card, isQuestion = false) => {
    const { freeze, reservation } = await journal.hold(run.target);
    const targetTitle = sandboxOf(run)?.title ?? run.target;
    return withSandboxNotes(card, { ...readership(audience), run, targetTitle, freeze, reservation, isQuestion });
  };

  /** What a sandbox holds now, as far as Rewind has brought it there. */
  const holds = async (target: string) => {
    const last = await presentRefresh(journal, target);
    const title = installation.sources.find(({ name }) => name === last?.source)?.title ?? last?.source;
    return last?.at === undefined || title === undefined ? undefined : { source: title, at: last.at };
  };

  return renderer;
}

/** Only those whom the file gives a name. */
const named = (people: readonly Actor[]): readonly Mention[] =>
  people.filter(({ ids }) => ids !== undefined).map(({ id, name }) => ({ id, name }));

/** A draft for which no moment has been chosen yet. */
function isOpen(run: Run): boolean {
  return run.state === 'draft' && !run.isPlanning && !run.plan && !run.failure;
}

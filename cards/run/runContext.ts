import type { CardKind, Progress, Run } from '../../engine/contracts.ts';
import {
  mayAnybody,
  namedIn,
  whyNot,
  whyNotDraft,
  type Deed,
  type House,
  type Situation,
} from '../../engine/contracts/mayBeDone/index.ts';
import { fitting } from '../actions.ts';
import { readerOf, type Reader, type Readership } from '../reader.ts';
import type { Md, Name, Raw, Safe } from '../text.ts';

/** Somebody to be mentioned: `id` as the chat client knows people (`29:…`), not the Entra object id. */
export interface Mention {
  readonly id: string;
  readonly name: string;
}

/** Everything a card of one run is made from. */
export interface RunContext extends Readership {
  readonly run: Run;
  readonly kind: CardKind;
  readonly progress?: Progress;
  readonly sourceTitle: string;
  readonly targetTitle: string;
  /** Whoever may approve and had no hand in the plan. */
  readonly approvers: readonly Mention[];
  /** Mentioned on the approval card: all of them where nobody knows better, else those who are in its conversation. */
  readonly asked?: readonly Mention[];
  /** Mentioned after a failure: whoever has to decide. */
  readonly deciders?: readonly Mention[];
  /** What environments.yaml says; left out, buttons are offered by the run alone. */
  readonly house?: House;
  /** Who holds the target, and how often it was switched; left out where nobody has looked. */
  readonly hold?: Situation['hold'];
  /** Signed address of the run's log; https, or http on loopback. */
  readonly logUrl?: string;
  /** The same of its report. */
  readonly reportUrl?: string | undefined;
  /** A confirmation that was refused: why, and what was typed. */
  readonly tried?:
    | {
        readonly message: string;
        readonly remedy: string;
        readonly code: string;
        readonly confirm: string;
        readonly reason: string;
      }
    | undefined;
  /** Where people sign in to the target. */
  readonly targetUrl?: string;
}

/** The run's own words, cleaned once for both kinds of field. */
export interface Subject {
  readonly r: Reader;
  readonly run: Run;
  readonly runId: Safe;
  readonly target: Name;
  readonly source: Name;
  /** Whether somebody in the conversation could do it, if everybody whom the file names were there: what a card offers. */
  may(deed: Deed): boolean;
  /** The same once no freeze is in force: who is left to decide does not depend on it. */
  mayUnfrozen(deed: Deed): boolean;
  /** What it could do but for another run that holds the target: that one's number. */
  heldFrom(...deeds: readonly Deed[]): Safe | undefined;
  /** The same for “Plan again” of a run that is over. */
  mayPlanAgain(): boolean;
}

export function subjectOf(context: RunContext): Subject {
  const r = readerOf(context);
  return {
    r,
    run: context.run,
    runId: r.id(context.run.runId),
    target: r.name(context.targetTitle),
    source: r.name(context.sourceTitle),
    ...offersOf(context, r),
  };
}

function offersOf(
  { run, house, now, hold }: RunContext,
  r: Reader,
): Pick<Subject, 'may' | 'mayUnfrozen' | 'mayPlanAgain' | 'heldFrom'> {
  const mayUnder = (deed: Deed, under: RunContext['hold']) =>
    house ? mayAnybody(run, deed, { now, house, hold: under }) : whyNot(run, deed, { now, hold: under }) === undefined;
  const may = (deed: Deed) => mayUnder(deed, hold);
  const mayUnfrozen = (deed: Deed) => mayUnder(deed, hold && { ...hold, freeze: undefined });
  const heldFrom = (...deeds: readonly Deed[]) => {
    const heldBy = hold?.heldBy;
    if (heldBy === undefined || heldBy === run.runId) return undefined;
    const free = { generation: hold?.generation ?? 0 };
    return deeds.some((deed) => !may(deed) && mayUnder(deed, free)) ? r.id(heldBy) : undefined;
  };
  if (!house) return { may, mayUnfrozen, heldFrom, mayPlanAgain: () => true };
  return {
    may,
    mayUnfrozen,
    heldFrom,
    mayPlanAgain: () => namedIn(house).some((actor) => whyNotDraft(run, { house, actor }, run.isUrgent) === undefined),
  };
}

/** One line of a FactSet. */
export interface Fact {
  readonly title: Md;
  readonly value: Md;
}

/** The recovery point, where the reader lives and, where that is elsewhere, in UTC. */
export function recoveryPoint({ r, run }: Subject): Md {
  if (run.at === undefined) return r.plain('—');
  return r.instant(run.at);
}

/** A button title with the target's name in it, or the general one where the name is too long. */
export function targetButton({ target, r }: Subject, title: (target: Name) => Raw, otherwise: Raw): Raw {
  const named = title(target);
  // Isolates around a name are not seen, so they do not count.
  const visible = r.isRtl ? (named.replace(/[\u2068\u2069]/g, '') as Raw) : named;
  return fitting(visible, otherwise) === otherwise ? otherwise : named;
}

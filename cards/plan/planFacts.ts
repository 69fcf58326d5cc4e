import type { DataElement, Instant, Plan } from '../../engine/contracts.ts';
import type { Reader } from '../reader.ts';
import { approvalFact, reachCounts } from './accessFacts.ts';
import { packFacts } from './packFacts.ts';
import { recoveryPoint, type Fact, type Subject } from '../run/runContext.ts';
import { scheduledFacts } from '../run/scheduledFacts.ts';
import { joinMd, rich, type Md } from '../text.ts';

/** The figures of a plan, in the order people decide by: from, to, when, how long, offline, who, what is read. */
export function planFacts(subject: Subject, plan: Plan): readonly Fact[] {
  const { r, target, source } = subject;
  const words = r.words.plan;
  return [
    { title: words.from, value: source.md },
    { title: words.replace, value: rich`**${target.md}**` },
    { title: words.at, value: recoveryPoint(subject) },
    ...scheduledFacts(subject),
    { title: words.duration, value: estimateOf(subject, plan) },
    { title: words.unavailable(target), value: unavailableOf(r, plan) },
    { title: words.administrator, value: r.plain(plan.administrator, 80) },
    ...approvalFact(r, plan),
    ...reachCounts(r, plan),
    ...packFacts(r, plan),
    {
      title: words.reads,
      value: words.chain(plan.chain.length, plan.restoreBytes === undefined ? undefined : r.size(plan.restoreBytes)),
    },
  ];
}

export function estimateOf({ r, target }: Subject, { estimate }: Plan): Md {
  const words = r.words.plan;
  if (estimate.kind === 'unknown') return words.unknown(target);
  const range = r.range(estimate.fromSeconds, estimate.toSeconds);
  if (estimate.kind === 'known') return words.estimate(range, estimate.runs);
  return estimate.basis === 'other-sandboxes'
    ? words.guessedFromOthers(range, estimate.runs ?? 0)
    : words.guessedFromBackups(range);
}

function unavailableOf(r: Reader, { estimate }: Plan): Md {
  const words = r.words.plan;
  return estimate.kind === 'known'
    ? words.unavailableFor(r.seconds(estimate.unavailableSeconds))
    : words.unavailableUnknown;
}

/** What the platform promises about a run that is interrupted or stopped; nothing in a plan of a version that did not say. */
export function promisesOf({ r, target }: Subject, { guarantees }: Plan): Md {
  if (guarantees === undefined) return rich``;
  const { interrupted, noStop, phases } = r.words.plan;
  return joinMd(
    [
      interrupted[guarantees.swap](target),
      interrupted[guarantees.fence],
      ...(guarantees.canStopRestore ? [] : [noStop]),
      ...(guarantees.progress === 'phases' ? [phases] : []),
    ],
    ' ',
  );
}

/** The switch cannot come before the plan, nor before the start of an occurrence, so the replaced database is kept at least this long. */
export function keptAtLeastUntil(plan: Plan): Instant {
  const from = plan.binding.occurrence?.at ?? plan.madeAt;
  return new Date(Date.parse(from) + plan.keepPreviousMs).toISOString();
}

/** What becomes of the ways back that earlier runs have been promised, and what lies there for them; empty where nothing does. */
export function formersOf({ r, target }: Subject, { binding, formers = [] }: Plan): readonly Md[] {
  const words = r.words.plan;
  const lying = formers.map(({ runId, sizeBytes }) => words.former(r.id(runId), r.size(sizeBytes)));
  return [
    ...(binding.earlier ?? []).map(({ runId, until }) => words.earlier(r.id(runId), r.moment(until))),
    ...(lying.length > 0 ? [words.formers(target, joinMd(lying, ' · '))] : []),
  ];
}

/** Titles of the data that a refresh does not carry over, in one line; people are asked to review this list. */
export function titlesOf(r: Reader, elements: readonly DataElement[]): Md {
  if (elements.length === 0) return r.words.plan.nothing;
  return joinMd(
    elements.map(({ title }) => r.plain(title, 48)),
    ' · ',
  );
}

/** Characters of both lists together: all text of the packs that come with Rewind fits, with room for some of one's own. */
const DETAILS = 3700;
/** Of one element, where the whole does not fit; the rest stands on pages of its own (planDataCard.ts). */
const WHOLE = 2000;
const CUT = { all: 1700, lines: 14, tables: 70, reason: 40 };

/** What is cleared, and what is kept, with tables and reasons. `taken`: characters of their room that something else has. */
export function detailsOf(r: Reader, { cleared, keptFromTarget }: Plan, taken = 0) {
  const whole = { cleared: wholeLines(r, cleared), kept: wholeLines(r, keptFromTarget) };
  if (lengthOf(whole.cleared) + lengthOf(whole.kept) + taken <= DETAILS) return { ...whole, isCut: false };
  // Few are kept, and they are what the sandbox has of its own: their half first, and of it what they leave.
  const kept = cutLines(r, keptFromTarget, CUT.all / 2);
  return { cleared: cutLines(r, cleared, CUT.all - lengthOf(kept)), kept, isCut: true };
}

interface Line {
  readonly text: Md;
}

const lengthOf = (lines: readonly Line[]): number => lines.reduce((sum, { text }) => sum + text.length, 0);

const wholeLines = (r: Reader, elements: readonly DataElement[]): readonly Line[] =>
  elements.map((element) => ({ text: elementLine(r, element, WHOLE, WHOLE) }));

function cutLines(r: Reader, elements: readonly DataElement[], maxLength: number): readonly Line[] {
  let characters = 0;
  const shown = elements
    .slice(0, CUT.lines)
    .map((element) => ({ text: elementLine(r, element, CUT.tables, CUT.reason) }))
    .filter(({ text }) => (characters += text.length) <= maxLength);
  const left = elements.length - shown.length;
  return left > 0 ? [...shown, { text: r.words.plan.more(left) }] : shown;
}

/** What it is, in which tables, and why. */
export function elementLine(
  r: Reader,
  { title, tables, reason }: DataElement,
  mostTables: number,
  mostReason: number,
): Md {
  const why = reason === '' ? rich`` : rich`: ${r.plain(reason, mostReason)}`;
  return rich`• **${r.plain(title, 80)}** (${r.plain(tables.join(', '), mostTables)})${why}`;
}

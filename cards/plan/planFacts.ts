import type { DataElement, Instant, Plan } from '../../engine/contracts.ts';
import type { Reader } from '../reader.ts';
import { recoveryPoint, type Fact, type Subject } from '../run/runContext.ts';
import { joinMd, rich, type Md } from '../text.ts';

/** The figures of a plan, in the order people decide by: from, to, when, how long, offline, who, what is read. */
export function planFacts(subject: Subject, plan: Plan): readonly Fact[] {
  const { r, target, source } = subject;
  const words = r.words.plan;
  return [
    { title: words.from, value: source.md },
    { title: words.replace, value: rich`**${target.md}**` },
    { title: words.at, value: recoveryPoint(subject) },
    { title: words.duration, value: estimateOf(subject, plan) },
    { title: words.unavailable(target), value: unavailableOf(r, plan) },
    { title: words.administrator, value: r.plain(plan.administrator, 80) },
    {
      title: words.reads,
      value: words.chain(plan.chain.length, plan.restoreBytes === undefined ? undefined : r.size(plan.restoreBytes)),
    },
  ];
}

export function estimateOf({ r, target }: Subject, { estimate }: Plan): Md {
  const words = r.words.plan;
  return estimate.kind === 'known'
    ? words.estimate(r.range(estimate.fromSeconds, estimate.toSeconds), estimate.runs)
    : words.unknown(target);
}

function unavailableOf(r: Reader, { estimate }: Plan): Md {
  const words = r.words.plan;
  return estimate.kind === 'known'
    ? words.unavailableFor(r.seconds(estimate.unavailableSeconds))
    : words.unavailableUnknown;
}

/** The switch cannot come before the plan, so the replaced database is kept at least this long. */
export function keptAtLeastUntil(plan: Plan): Instant {
  return new Date(Date.parse(plan.madeAt) + plan.keepPreviousMs).toISOString();
}

/** Titles of the data that a refresh does not carry over, in one line; the seed asks that people review this list. */
export function titlesOf(r: Reader, elements: readonly DataElement[]): Md {
  if (elements.length === 0) return r.words.plan.nothing;
  return joinMd(
    elements.map(({ title }) => r.plain(title, 48)),
    ' · ',
  );
}

/** Lines, and characters of both lists: packs may name more than a card can hold; the rest stands in the pack. */
const DETAILS_SHOWN = 14;
const DETAILS = 2050;

/** What is cleared, and what is kept, with tables and reasons. */
export function detailsOf(r: Reader, { cleared, keptFromTarget }: Plan) {
  const first = detailLines(r, cleared, DETAILS);
  const taken = first.reduce((sum, { text }) => sum + text.length, 0);
  return { cleared: first, kept: detailLines(r, keptFromTarget, DETAILS - taken) };
}

function detailLines(r: Reader, elements: readonly DataElement[], maxLength: number): readonly { readonly text: Md }[] {
  const lines = elements.slice(0, DETAILS_SHOWN).map(({ title, tables, reason }) => {
    const why = reason === '' ? rich`` : rich`: ${r.plain(reason, 40)}`;
    return { text: rich`• **${r.plain(title, 48)}** (${r.plain(tables.join(', '), 70)})${why}` };
  });
  let characters = 0;
  const shown = lines.filter(({ text }) => (characters += text.length) <= maxLength);
  const left = elements.length - shown.length;
  return left > 0 ? [...shown, { text: r.words.plan.more(left) }] : shown;
}

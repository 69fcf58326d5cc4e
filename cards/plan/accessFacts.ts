import type { LoginList, Plan } from '../../engine/contracts.ts';
import type { Reader } from '../reader.ts';
import type { Fact } from '../run/runContext.ts';
import { joinMd, type Md } from '../text.ts';

/** How many approve, where it is not one as everywhere. */
export function approvalFact(r: Reader, { binding, notClean }: Plan): readonly Fact[] {
  const { approvals: words, urgent } = r.words;
  const { approvals, cleanReport, urgentDelayMs } = binding;
  const value =
    urgentDelayMs !== undefined
      ? urgent.plan(r.seconds(urgentDelayMs / 1000))
      : approvals === 2
        ? words.two
        : approvals === 0
          ? words.none(r.id(cleanReport?.runId ?? ''))
          : notClean && words.notClean(words.whyNotClean[notClean]);
  return value ? [{ title: words.title, value }] : [];
}

/** Who reads the copy beside the application: how many, for whoever reads the plan. */
export function reachCounts(r: Reader, { reachers }: Plan): readonly Fact[] {
  if (!reachers) return [];
  const words = r.words.reach;
  const counts = words.counts(reachers.administrators.count, reachers.owners.count);
  return [{ title: words.title, value: reachers.isComplete ? counts : joinMd([counts, words.incomplete], '\n\n') }];
}

/** The same by name, for whoever approves. */
export function reachNames(r: Reader, { reachers }: Plan): readonly Fact[] {
  if (!reachers) return [];
  const words = r.words.reach;
  const lines = [
    words.administrators(namesOf(r, reachers.administrators)),
    words.owners(namesOf(r, reachers.owners)),
    ...(reachers.isComplete ? [] : [words.incomplete]),
  ];
  return [{ title: words.title, value: joinMd(lines, '\n\n') }];
}

/** A card is no list of a server's logins. */
const SHOWN = 5;

function namesOf(r: Reader, { names, count }: LoginList): Md {
  const words = r.words.reach;
  if (count === 0) return words.nobody;
  const shown = names.slice(0, SHOWN).map((name) => r.plain(name, 60));
  return joinMd([...shown, ...(count > shown.length ? [words.more(count - shown.length)] : [])], ', ');
}

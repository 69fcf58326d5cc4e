import { matchAgo } from './matchAgo.ts';
import { matchDates } from './matchDates.ts';
import { matchDays, matchMonthEdges } from './matchDays.ts';
import { matchFourDigits, matchTimes } from './matchTimes.ts';
import { matchZones } from './matchZones.ts';
import type { Match, Part, PartOf } from './part.ts';
import { FILLERS } from './vocabulary.ts';

export type Phrase = { readonly [Kind in Part['kind']]?: PartOf<Kind> };

const MOST_WORDS = 14;
const MOST_PHRASES = 32;

/**
 * Every way to read the whole text: each word belongs to exactly one part, and no kind of part comes twice.
 * Several readings mean that the text is ambiguous; none, that it is no moment.
 */
export function parsePhrase(words: readonly string[]): readonly Phrase[] {
  if (words.length > MOST_WORDS) return [];
  const found: Phrase[] = [];
  const go = (at: number, phrase: Phrase, before: Part | undefined): void => {
    if (found.length >= MOST_PHRASES) return;
    if (at === words.length) {
      if (before !== undefined) found.push(phrase);
      return;
    }
    for (const { length, part } of matchesAt(words, at, phrase, before)) {
      if (!(part.kind in phrase)) go(at + length, { ...phrase, [part.kind]: part }, part);
    }
    if (FILLERS.has(words[at] ?? '') && at + 1 < words.length) go(at + 1, phrase, before);
  };
  go(0, {}, undefined);
  return found;
}

function matchesAt(words: readonly string[], at: number, phrase: Phrase, before: Part | undefined): readonly Match[] {
  const isBesideDay = ['date', 'day', 'weekday', 'last-night'].some((kind) => kind in phrase);
  return [
    ...longest(matchAgo(words, at)),
    ...longest(matchMonthEdges(words, at)),
    ...longest(matchDates(words, at)),
    ...longest(matchDays(words, at, before)),
    ...longest([...matchTimes(words, at), ...(isBesideDay ? matchFourDigits(words, at) : [])]),
    ...matchZones(words, at),
  ];
}

/** `6 pm` is not 6 with a stray word behind it, and `22 nov 2026` no 22 November at 20:26. */
function longest(matches: readonly Match[]): readonly Match[] {
  const most = Math.max(0, ...matches.map(({ length }) => length));
  return matches.filter(({ length }) => length === most);
}

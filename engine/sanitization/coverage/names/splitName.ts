import { NEUTRAL_PIECES } from './neutralPieces.ts';
import { PERSONAL_PIECES } from './personalPieces.ts';

/** A part of a name: a word that is known, or what lies between two of them. */
export interface Piece {
  readonly text: string;
  readonly isKnown: boolean;
  /** Pieces of one part stand together; between two parts there is an underscore or a digit. */
  readonly part: number;
}

const KNOWN: ReadonlySet<string> = new Set([...PERSONAL_PIECES.flatMap(({ pieces }) => pieces), ...NEUTRAL_PIECES]);
const LONGEST = Math.max(...[...KNOWN].map(({ length }) => length));

/** Letters that belong to no word cost more than any number of words, and few long words win over many short ones. */
const COST_OF_WORD = 1;
const COST_OF_LETTER = 3;

/**
 * Names of the application are words written together in capitals (`SMTPRELAYSERVERNAME`): the split into known words that
 * leaves the fewest letters over. Underscores and digits are borders; a country behind the name (`_BR`) is no part of it.
 */
export function splitName(name: string): readonly Piece[] {
  return name
    .toUpperCase()
    .replace(/_[A-Z]{1,2}$/, '')
    .split(/[^A-Z]+/)
    .flatMap((letters, part) => splitLetters(letters, part));
}

function splitLetters(letters: string, part: number): readonly Piece[] {
  // best[n]: the cheapest way to write the first n letters.
  const best: { readonly cost: number; readonly from: number; readonly isKnown: boolean }[] = [
    { cost: 0, from: 0, isKnown: true },
  ];
  for (let end = 1; end <= letters.length; end += 1) {
    let cheapest = { cost: (best[end - 1]?.cost ?? 0) + COST_OF_LETTER, from: end - 1, isKnown: false };
    for (let from = Math.max(0, end - LONGEST); from < end; from += 1) {
      const cost = (best[from]?.cost ?? 0) + COST_OF_WORD;
      if (cost < cheapest.cost && KNOWN.has(letters.slice(from, end))) cheapest = { cost, from, isKnown: true };
    }
    best.push(cheapest);
  }
  const pieces: Piece[] = [];
  for (let end = letters.length; end > 0;) {
    const { from, isKnown } = best[end] ?? { from: end - 1, isKnown: false };
    const [next] = pieces;
    const text = letters.slice(from, end);
    if (next !== undefined && !isKnown && !next.isKnown) pieces[0] = { text: text + next.text, isKnown, part };
    else pieces.unshift({ text, isKnown, part });
    end = from;
  }
  return pieces;
}

import { isSqlState } from '../errors.ts';
import { isPlainCompound, isPlainWord } from './plainWords.ts';

/** One line of a command's output as it may be told on, and how many words of it may not. */
export interface ToldLine {
  readonly text: string;
  readonly withheld: number;
  /** Whether more of its words are told than withheld: a sentence, not a row. */
  readonly isTelling: boolean;
}

export type WithholdValues = (line: string) => ToldLine;

interface Piece {
  readonly text: string;
  readonly isWord: boolean;
}

const LONGEST_LINE = 2_000;
const WITHHELD = '…';

/**
 * What a program of the installation prints may hold rows: a database synchronization quotes the keys that are in its way. Kept are
 * plain words, names of objects (those in `names`, and what stands right behind `table`, `index` and their like), instants,
 * versions, and numbers that stand beside a word; everything else reads `…`.
 */
export function createWithholding(names: Iterable<string>): WithholdValues {
  const known = new Set([...names].map((name) => name.toUpperCase()));
  return (line) => {
    const pieces = piecesOf(line.slice(0, LONGEST_LINE));
    // A name that the program has called a table stands for it in its other lines, too.
    for (const [index, piece] of pieces.entries())
      if (piece.isWord && isBehindNoun(pieces, index)) for (const part of namesIn(piece.text)) known.add(part);
    const told = pieces.map(({ text, isWord }, index) =>
      !isWord || (isSqlState(text) && pieces[index - 2]?.text === 'SQLSTATE') ? text : tellWord(text, known),
    );
    const shown = told.map((text, index) =>
      isBareNumber(text) && !isBesideWord(told, pieces, index) ? WITHHELD : text,
    );
    const withheld = shown.filter((text, index) => text !== pieces[index]?.text).length;
    const cut = line.length > LONGEST_LINE ? ` ${WITHHELD}` : '';
    return {
      text: shown.join('').replaceAll(/…(?:[\s,;|]+…)+/g, WITHHELD) + cut,
      withheld: withheld + (cut === '' ? 0 : 1),
      isTelling: shown.filter((text) => isTextual(text)).length > withheld,
    };
  };
}

const WORD = /\d{1,3}(?:,\d{3})+(?![\p{L}\p{N}_])|[\p{L}\p{M}\p{N}_]+(?:[-.@/\\:'’+&$#~=%]+[\p{L}\p{M}\p{N}_]+)*/gu;

function piecesOf(line: string): Piece[] {
  const pieces: Piece[] = [];
  let end = 0;
  for (const { 0: text, index } of line.matchAll(WORD)) {
    if (index > end) pieces.push({ text: line.slice(end, index), isWord: false });
    pieces.push({ text, isWord: true });
    end = index + text.length;
  }
  if (end < line.length) pieces.push({ text: line.slice(end), isWord: false });
  return pieces;
}

const SHAPES = [
  // Instants, times of day, durations.
  /^\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:Z|\+\d\d:?\d\d|-\d\d:?\d\d)?)?$/,
  /^\d{1,2}:\d\d(?::\d\d(?:\.\d{1,9})?)?$/,
  /^\d{1,9}(?:\.\d{1,9})?(?:ms|s|min|m|h|d|B|[KMGT]i?B|x|st|nd|rd|th)$/i,
  // Versions, codes of errors, runs of Rewind.
  /^v?\d{1,4}(?:\.\d{1,5}){2,4}$/,
  /^0x[0-9a-f]{1,8}$/i,
  /^R-\d{1,9}$/,
  /^(?:UTF-?(?:8|16)|SHA-?(?:1|256|512)|TLS1\.[0-3]|x64|x86|win32)$/i,
];

function tellWord(word: string, known: ReadonlySet<string>): string {
  if (SHAPES.some((shape) => shape.test(word)) || isNumber(word) || isKept(word, known)) return word;
  // Folders, files, addresses, names with their schema, keys with their values: each part by itself.
  const parts = word.split(/([./\\:=]+)/);
  if (parts.length === 1) return isHyphenated(word) ? word : WITHHELD;
  const isColumn = /^[^=]+=/.test(word) && known.has(word.split('=')[0]?.toUpperCase() ?? '');
  const told = parts.map((part, index) =>
    index % 2 === 1 || (index === 0 && isDrive(word)) || isKept(part, known) || isNumber(part) || isHyphenated(part)
      ? part
      : WITHHELD,
  );
  const isWhole = !told.includes(WITHHELD);
  return told
    .map((part, index) => (isNumber(part) && (!isWhole || (isColumn && index > 0)) ? WITHHELD : part))
    .join('');
}

const isDrive = (word: string): boolean => /^[A-Za-z]:[\\/]/.test(word);

const isKept = (word: string, known: ReadonlySet<string>): boolean =>
  known.has(word.toUpperCase()) || isPlainWord(word) || isPlainCompound(word);

/** `re-created` is a word, `order-0042` may be anything. */
const isHyphenated = (word: string): boolean =>
  /^[\p{L}]+(?:-[\p{L}]+)+$/u.test(word) && word.split('-').every(isPlainWord);

/** At most nine digits: what is longer is no count. */
const isNumber = (word: string): boolean => /^\d+(?:[.,/:]\d+)*$/.test(word) && word.replaceAll(/\D/g, '').length <= 9;

const isBareNumber = (text: string): boolean => isNumber(text) && !SHAPES.some((shape) => shape.test(text));

/** “14 rows”, “error 1505”, “rows: 14”, “12 %”; in a list or a table a number stands beside nothing and may be a value. */
function isBesideWord(told: readonly string[], pieces: readonly Piece[], index: number): boolean {
  const next = told[index + 1] ?? '';
  if (/^\s?%/.test(next)) return true;
  return (
    (isTextual(told[index + 2]) && pieces[index + 1]?.isWord === false && /^\s*[\])}]?\s?$/.test(next)) ||
    (isTextual(told[index - 2]) &&
      pieces[index - 1]?.isWord === false &&
      /^["'”]?\s?[:=#([]?\s*$/.test(told[index - 1] ?? ''))
  );
}

const isTextual = (text: string | undefined): boolean => text !== undefined && text !== WITHHELD && /\p{L}/u.test(text);

const NOUN =
  /^(?:tables?|index|indexes|views?|columns?|constraints?|objects?|procedures?|triggers?|functions?|schemas?|databases?|relations?|sequences?)$/i;

/** “table CUSTTABLE”, “the index name 'I_1'”, “constraint "PK_2"”. */
function isBehindNoun(pieces: readonly Piece[], index: number): boolean {
  const gap = pieces[index - 1];
  const before = pieces[index - 2];
  if (gap === undefined || before === undefined || gap.isWord || !/^\s*[:=]?\s*["'[“‘`(]*$/.test(gap.text))
    return false;
  const isNamed = /^names?$/i.test(before.text) && NOUN.test(pieces[index - 4]?.text ?? '');
  return (NOUN.test(before.text) || isNamed) && namesIn(pieces[index]?.text ?? '').length > 0;
}

/** A name as databases have them; of `dbo.CUSTTABLE` both parts. */
const namesIn = (word: string): readonly string[] =>
  /^[A-Za-z_][\w$#]{0,127}(?:\.[A-Za-z_][\w$#]{0,127}){0,3}$/.test(word) && /[A-Z_]/.test(word)
    ? word.toUpperCase().split('.')
    : [];

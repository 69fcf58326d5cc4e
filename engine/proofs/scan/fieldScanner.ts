import { type Block, BYTES, closeField, createBlock, empty, fieldAt, growTo, hasRoom, TEXT } from './block.ts';
import { copyFolded, fold } from './fold.ts';
import { scanBytes } from './scanBytes.ts';
import type { SoughtSet } from './soughtSet.ts';
import type { Undo } from './undo.ts';
import { undoEscapes } from './undo.ts';
import { undoBase64 } from './undoBase64.ts';
import { undoUtf16 } from './undoUtf16.ts';

/** A sought value stands in this column of this row. Told once per place, and so perhaps several times per row. */
export type OnFound = (column: number, row: number, kind: number) => void;

export interface FieldScanner {
  /** A value of a column as it comes from the server, bytes `from` … `to`; they are copied. */
  field(column: number, row: number, bytes: Uint8Array, from: number, to: number, isBinary: boolean): void;
  /** Searches what is left. */
  flush(): void;
  /** So far. */
  readonly bytes: number;
}

const UNDOINGS: readonly Undo[] = [undoEscapes, undoBase64, undoUtf16];
/** What is escaped within base64 within what is escaped, and no deeper. */
const DEPTH = 4;

/**
 * Looks for the values of a set in fields of any kind: as they stand there in any case, escaped, in base64, and as UTF-16 in
 * what is no text, at the borders of words.
 */
export function createFieldScanner(
  set: SoughtSet,
  onFound: OnFound,
  isAddress: (kind: number) => boolean,
): FieldScanner {
  const blocks = Array.from({ length: DEPTH }, () => createBlock());
  let bytes = 0;

  function search(depth: number): void {
    const block = blocks[depth];
    if (block === undefined || block.end === 0) return;
    if (depth > 0) fold(block.bytes, block.folded, block.end);
    scanBytes(block.folded, block.end, set, (from, to, kind) => {
      const field = fieldAt(block, from);
      if (isWord(block, field, from, to, isAddress(kind)) && !isMadeUp(block, to))
        onFound(block.columns[field] ?? 0, block.rows[field] ?? 0, kind);
    });
    const below = blocks[depth + 1];
    if (below !== undefined) {
      const full = () => search(depth + 1);
      for (const undo of UNDOINGS) undo(block, below, full);
      full();
    }
    empty(block);
  }

  const [top] = blocks;
  return {
    field(column, row, from, first, end, isBinary) {
      const length = end - first;
      if (top === undefined || length === 0) return;
      if (!hasRoom(top, length)) search(0);
      growTo(top, length);
      copyFolded(from, first, length, top);
      closeField(top, length, column, row, isBinary ? BYTES : TEXT);
      bytes += length;
    },
    flush: () => search(0),
    get bytes() {
      return bytes;
    },
  };
}

/**
 * Part of a longer word is something else, and `x.y@contoso.com` neither `y@contoso.com` nor the beginning of an address in `contoso.com.au`.
 * Letters beyond ASCII are bytes beyond it; between bytes that are no text, everything stands side by side.
 */
function isWord(
  { folded, starts, natures }: Block,
  field: number,
  from: number,
  to: number,
  isAddress: boolean,
): boolean {
  if (natures[field] === BYTES) return true;
  const isLetter = natures[field] === TEXT ? isAnyLetter : isAscii;
  const first = starts[field] ?? 0;
  const before = from > first ? folded[from - 1] : 0;
  if (isLetter(before) && isLetter(folded[from])) return false;
  if (isLetter(folded[to]) && isLetter(folded[to - 1])) return false;
  if (!isAddress) return true;
  return (
    !(JOINS.has(before) && from - 1 > first && isLetter(folded[from - 2])) &&
    !(JOINS.has(folded[to]) && isLetter(folded[to + 1]))
  );
}

const isAscii = (byte = 0): boolean => (byte >= 97 && byte <= 122) || (byte >= 48 && byte <= 57);
const isAnyLetter = (byte = 0): boolean => byte >= 0x80 || isAscii(byte);

/** `.`, `-`, `_` and `+` between two letters are part of an address. */
const JOINS: ReadonlySet<number | undefined> = new Set([0x2e, 0x2d, 0x5f, 0x2b]);

/** Masks end the names that they make up with a mark. */
const isMadeUp = ({ folded }: Block, to: number): boolean => folded[to] === 0x20 && folded[to + 1] === 0x7e;

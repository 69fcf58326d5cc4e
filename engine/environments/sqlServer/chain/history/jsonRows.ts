import { isAscii } from 'node:buffer';
import { BackupHistoryUnusableError } from '../errors.ts';

const quote = 0x22;
const backslash = 0x5c;
const openBracket = 0x5b;
const closeBracket = 0x5d;
const openBrace = 0x7b;
const closeBrace = 0x7d;

/** What a query window writes around a result. */
const heading = /^\s*(JSON_[0-9A-F-]+|history)\s*(-+\s*)?$/i;
const footing = /^\s*(\(\d+ [^()]*\)\s*)?(Completion time.*)?$/s;

export interface RowSplitter {
  /** The text of each object that is complete with this piece of the file: UTF-8, or any code page that has ASCII in it. */
  push(piece: Buffer): readonly string[];
  /** @throws BackupHistoryUnusableError when the array is not closed. */
  end(): void;
}

/** Takes one JSON array apart into the texts of its objects. What stands inside an object is left to whoever parses it. */
export function createRowSplitter(decode: (bytes: Buffer) => string): RowSplitter {
  /** What came before this piece: the beginning of an object, or of what stands between two. */
  let pending = Buffer.alloc(0);
  let length = 0;
  let hasRows = false;
  let ended = false;
  const state = { depth: 0, inString: false, isEscaped: false };

  /** The same places as in the bytes, where a piece holds ASCII only: cut out much faster. */
  let ascii: string | undefined;

  const take = (piece: Buffer, from: number, to: number): string => {
    if (ascii !== undefined && pending.length === 0) return ascii.slice(from, to);
    const rest = piece.subarray(from, to);
    const text = decode(pending.length === 0 ? rest : Buffer.concat([pending, rest]));
    pending = Buffer.alloc(0);
    return text;
  };
  const checkBefore = (between: string, depth: number, code: number) => {
    if (depth === 0 && (ended || code !== openBracket || !isHeading(between))) throw notAnArray();
    if (depth === 1 && between.trim() !== (hasRows ? ',' : '')) throw notAnArray();
  };

  return {
    push(piece) {
      const rows: string[] = [];
      length += piece.length;
      ascii = isAscii(piece) ? piece.toString('latin1') : undefined;
      // Every byte of a long history is looked at: what this loop needs are variables of its own.
      let { depth, inString, isEscaped } = state;
      let from = 0;
      for (let place = 0; place < piece.length; place += 1) {
        const code = piece[place];
        if (inString) {
          // A line break behind a backslash is the query window's: what is escaped comes after it.
          if (isEscaped) isEscaped = code === 10 || code === 13;
          else if (code === backslash) isEscaped = true;
          else if (code === quote) inString = false;
        } else if (code === quote) {
          inString = true;
        } else if (code === openBrace || code === openBracket) {
          if (depth < 2) {
            checkBefore(take(piece, from, place), depth, code);
            from = depth === 0 ? place + 1 : place;
          }
          depth += 1;
        } else if (code === closeBrace || code === closeBracket) {
          depth -= 1;
          if (depth === 1) {
            rows.push(take(piece, from, place + 1));
            hasRows = true;
          } else if (depth < 1) {
            if (ended || take(piece, from, place).trim() !== '') throw notAnArray();
            ended = true;
          }
          if (depth < 2) from = place + 1;
        }
      }
      pending = Buffer.concat([pending, piece.subarray(from)]);
      Object.assign(state, { depth, inString, isEscaped });
      return rows;
    },

    end() {
      if (!ended && state.depth === 0) throw notAnArray();
      if (!ended) throw new BackupHistoryUnusableError(cutOff(length));
      if (!footing.test(decode(pending))) throw notAnArray();
    },
  };
}

const isHeading = (before: string) => before.trim() === '' || heading.test(before);

function notAnArray(): BackupHistoryUnusableError {
  return new BackupHistoryUnusableError('it is not a JSON array of backup sets');
}

const cutOff = (length: number) =>
  `the file ends in the middle: it was cut after ${String(length)} characters, as query windows and tools do with long text (2,033, 4,000 or 65,535 characters)`;

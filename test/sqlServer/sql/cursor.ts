import { reservedWords } from './reservedWords.ts';
import { sqlError, type SqlError } from './sqlError.ts';
import { tokenize, type Token } from './tokenize.ts';
import { makeType, type SqlType } from './types.ts';

/** A place in a batch that moves forward as the batch is understood. */
export interface Cursor {
  readonly source: string;
  readonly peek: (ahead?: number) => Token;
  readonly next: () => Token;
  readonly isAtEnd: () => boolean;
  /** Whether these words come next. */
  readonly isAt: (...words: readonly string[]) => boolean;
  /** Moves past these words when they come next. */
  readonly accept: (...words: readonly string[]) => boolean;
  readonly expect: (...words: readonly string[]) => void;
  /** Error 102 at the current token. */
  readonly incorrect: () => SqlError;
}

/** Words and symbols are told apart by the words themselves: `accept('(')`, `accept('WITH')`. */
export function createCursor(source: string): Cursor {
  const tokens = tokenize(source);
  const last = tokens.length - 1;
  let at = 0;
  const tokenAt = (index: number): Token => {
    const token = tokens[Math.min(index, last)];
    if (token === undefined) throw new RangeError('A batch always ends with a token');
    return token;
  };
  const peek = (ahead = 0) => tokenAt(at + ahead);
  const isAt = (...words: readonly string[]) =>
    words.every((word, ahead) => {
      const { kind, value } = peek(ahead);
      return (kind === 'word' || kind === 'symbol') && value === word;
    });
  const accept = (...words: readonly string[]) => {
    if (!isAt(...words)) return false;
    at += words.length;
    return true;
  };
  const incorrect = () => {
    const { kind, text } = peek();
    const near = kind === 'end' ? tokenAt(Math.max(at - 1, 0)).text : text;
    return sqlError(102, `Incorrect syntax near '${near}'.`, { severity: 15 });
  };
  return {
    source,
    peek,
    next() {
      const token = peek();
      at += 1;
      return token;
    },
    isAtEnd: () => peek().kind === 'end',
    isAt,
    accept,
    expect(...words) {
      if (!accept(...words)) throw incorrect();
    },
    incorrect,
  };
}

/** `[x]`, `"x"` or a bare word. */
export function readName(cursor: Cursor): string {
  const { kind, text, value } = cursor.peek();
  if (kind !== 'word' && kind !== 'quoted') throw cursor.incorrect();
  if (kind === 'word' && reservedWords.has(value))
    throw sqlError(156, `Incorrect syntax near the keyword '${text}'.`, { severity: 15 });
  cursor.next();
  const name = kind === 'word' ? text : value;
  if (name.length > 128)
    throw sqlError(103, `The identifier that starts with '${name.slice(0, 128)}' is too long. Maximum length is 128.`, {
      severity: 15,
    });
  if (name === '') throw sqlError(1038, 'An object or column name is missing or empty.', { severity: 15 });
  return name;
}

/** `database.schema.object` with empty middle parts as written. */
export function readNameParts(cursor: Cursor): readonly string[] {
  const parts = [readName(cursor)];
  while (cursor.isAt('.')) {
    cursor.next();
    if (cursor.isAt('.')) parts.push('');
    else parts.push(readName(cursor));
  }
  return parts;
}

export function readSqlType(cursor: Cursor): SqlType {
  let name = readName(cursor).toLowerCase();
  // sys.sysname, dbo.…
  if (cursor.accept('.')) name = readName(cursor).toLowerCase();
  if (name === 'integer') name = 'int';
  if (name === 'dec') name = 'decimal';
  let first: number | undefined;
  let second: number | undefined;
  if (cursor.accept('(')) {
    first = cursor.accept('MAX') ? -1 : readInteger(cursor);
    if (cursor.accept(',')) second = readInteger(cursor);
    cursor.expect(')');
  }
  const type = makeType(name, first, second);
  if (type === undefined) throw sqlError(2715, `Column, parameter, or variable #1: Cannot find data type ${name}.`);
  return type;
}

export function readInteger(cursor: Cursor): number {
  const { kind, value } = cursor.peek();
  if (kind !== 'number' || !/^\d+$/.test(value)) throw cursor.incorrect();
  cursor.next();
  return Number(value);
}

export function readString(cursor: Cursor): string {
  if (cursor.peek().kind !== 'string') throw cursor.incorrect();
  return cursor.next().value;
}

/** Whatever `read` reads, separated by commas. */
export function readList<Item>(cursor: Cursor, read: () => Item): Item[] {
  const items = [read()];
  while (cursor.accept(',')) items.push(read());
  return items;
}

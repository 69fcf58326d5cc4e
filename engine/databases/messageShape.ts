/** What a message of a database server says when it has one of the forms that are allowed to be repeated. */
export interface ShownMessage {
  /** The server's sentence; every value that it quoted reads `…`. */
  readonly text: string;
  /** Names of objects that it quoted, in their order. */
  readonly names: readonly string[];
}

/**
 * A template of the server's own list of messages: `%n` is the name of an object, `%t` of a type, `%d` a number that counts
 * or tells a place, `%v` a value of a row or something that somebody has typed.
 */
export type MessageShape = string;

interface ReadableShape {
  readonly pattern: RegExp;
  readonly parts: readonly string[];
  readonly kinds: readonly Kind[];
}

type Kind = 'n' | 't' | 'd' | 'v';

const TYPES = [
  'bigint|binary|bit(?: varying)?|boolean|bytea|char(?:acter(?: varying)?)?|date|datetime2?|datetimeoffset|decimal|double precision',
  'expression|float|image|inet|int|integer|interval|jsonb?|money|name|nchar|ntext|numeric|nvarchar|oid|real|rowversion|smalldatetime',
  'smallint|smallmoney|sql_variant|text|time(?:stamp)?(?: with(?:out)? time zone)?|tinyint|uniqueidentifier|uuid|varbinary|varchar|xml',
].join('|');

/** A name cannot hold the quotes that end it; a value may hold anything, so it is what is left over. */
const PATTERNS: Readonly<Record<Kind, string>> = {
  n: `([^'"\\r\\n]{1,400})`,
  t: `((?:${TYPES})(?:\\(\\d{1,10}(?:,\\d{1,10})?\\))?)`,
  d: '(-?\\d{1,20}(?::\\d{1,20})*)',
  v: '(.*)',
};

/** Read as a whole: a text that only begins like a shape has another one. */
export function compileShape(shape: MessageShape): ReadableShape {
  const parts = shape.split(/%[ntdv]/);
  const kinds = [...shape.matchAll(/%([ntdv])/g)].map(([, kind]) => kind as Kind);
  const source = parts.map((part, index) => escape(part) + (index < kinds.length ? PATTERNS[kinds[index] ?? 'v'] : ''));
  return { pattern: new RegExp(`^${source.join('')}$`, 's'), parts, kinds };
}

/** @returns undefined for a text that has none of these shapes. `isName` decides which names may be repeated. */
export function readMessage(
  shapes: readonly ReadableShape[],
  text: string,
  isName: (name: string) => boolean = () => true,
): ShownMessage | undefined {
  for (const { pattern, parts, kinds } of shapes) {
    const found = pattern.exec(text)?.slice(1);
    if (found === undefined) continue;
    const shown = kinds.map((kind, index) => {
      const value = found[index] ?? '';
      return kind === 'v' || (kind === 'n' && !isName(value)) ? '…' : value;
    });
    return {
      text: parts.map((part, index) => part + (shown[index] ?? '')).join(''),
      names: shown.filter((value, index) => kinds[index] === 'n' && value !== '…'),
    };
  }
  return undefined;
}

export const shapesByKey = <Key>(
  entries: readonly (readonly [key: Key, ...shapes: MessageShape[]])[],
): ReadonlyMap<Key, readonly ReadableShape[]> =>
  new Map(entries.map(([key, ...shapes]) => [key, shapes.map(compileShape)]));

const escape = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

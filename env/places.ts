import { isAlias, isMap, isScalar, isSeq, LineCounter, type Document, parseDocument } from 'yaml';

/** Of a file, counted from 1 as editors do. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

export interface ReadDocument {
  readonly value: unknown;
  /** What is no YAML: all of it, each where it stands. */
  readonly errors: readonly (Position & { readonly reason: string })[];
  /** Where a path leads: its last part that is there. */
  placeOf(path: readonly PropertyKey[]): Position | undefined;
}

/** Far more than any file that people write by hand. */
const LARGEST = 1_000_000;
/** One wrong bracket can make everything after it wrong; the first places are those to look at. */
const MOST_ERRORS = 20;

/** Reads YAML and remembers where everything stands in it. What would not stay small in memory is no YAML that is wanted here. */
export function readDocument(text: string): ReadDocument {
  if (text.length > LARGEST) return unreadable(`is longer than ${LARGEST.toLocaleString('en')} characters`);
  try {
    return readSmall(text);
  } catch (error) {
    // Of the library: aliases that unfold to more than they are, or levels without end.
    if (error instanceof ReferenceError)
      return unreadable('has aliases (*name) that unfold to more than a file may hold');
    if (error instanceof RangeError) return unreadable('is nested too deeply');
    throw error;
  }
}

const TOO_DEEP = 'is nested too deeply';

const unreadable = (reason: string): ReadDocument => ({
  value: undefined,
  errors: [{ line: 1, column: 1, reason }],
  placeOf: () => undefined,
});

function readSmall(text: string): ReadDocument {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const at = (offset: number): Position => {
    const { line, col } = lines.linePos(offset);
    return { line, column: col };
  };
  // The library makes an error of its own overflow, and one more of every level above it.
  if (document.errors.some(({ message }) => message.includes('call stack'))) return unreadable(TOO_DEEP);
  const errors = document.errors.slice(0, MOST_ERRORS).map(({ pos, message }) => ({ ...at(pos[0]), reason: message }));
  return {
    value: errors.length > 0 ? undefined : document.toJS(),
    errors,
    placeOf: (path) => {
      const offset = offsetOf(document, path);
      return offset === undefined ? undefined : at(offset);
    },
  };
}

function offsetOf(document: Document, path: readonly PropertyKey[]): number | undefined {
  let node: unknown = document.contents;
  let offset: number | undefined;
  for (const part of path) {
    if (isAlias(node)) node = node.resolve(document);
    if (isMap(node)) {
      const pair = node.items.find(({ key }) => isScalar(key) && String(key.value) === String(part));
      if (!isScalar(pair?.key)) return offset;
      offset = pair.key.range?.[0] ?? offset;
      node = pair.value;
    } else if (isSeq(node)) {
      const item = node.items[Number(part)];
      if (!isScalar(item) && !isMap(item) && !isSeq(item)) return offset;
      offset = item.range?.[0] ?? offset;
      node = item;
    } else return offset;
  }
  return offset;
}

import { type Block, closeField, type Nature, TEXT, endOf, fieldAt, growTo, hasRoom } from './block.ts';

/**
 * What a field says once an encoding is undone, as further fields of `into`, of the same column and row. Encodings are undone in the
 * text instead of done to the values: one sought value has as many base64 forms as it has surroundings.
 * @param full called when `into` has no room: it is searched and emptied
 */
export type Undo = (block: Block, into: Block, full: () => void) => void;

const PERCENT = 0x25;
const BACKSLASH = 0x5c;
const AMPERSAND = 0x26;

/** `%40`, `\u0040` and `&#64;`, in the word in which they stand. */
export const undoEscapes: Undo = (block, into, full) => {
  let done = 0;
  for (const at of escapesIn(block)) {
    if (at < done) continue;
    const field = fieldAt(block, at);
    const from = Math.max(block.starts[field] ?? 0, done, at - REACH);
    const end = endOf(block, field);
    let to = at;
    while (to < end && to - at < FARTHEST && (block.bytes[to] ?? 0) >= 0x20) to += 1;
    done = to;
    put(block, into, full, field, to - from, (bytes, start) => unescape(block.bytes, from, to, bytes, start));
  }
};

/** How much in front of the first escape belongs to the same value. */
const REACH = 128;
const FARTHEST = 65_536;

function* escapesIn({ bytes, end }: Block): Generator<number> {
  const next = { percent: -2, backslash: -2, ampersand: -2 };
  const find = (byte: number, known: number, from: number) =>
    known === -1 || known >= from ? known : within(bytes.indexOf(byte, from), end);
  for (let from = 0; from < end;) {
    next.percent = find(PERCENT, next.percent, from);
    next.backslash = find(BACKSLASH, next.backslash, from);
    next.ampersand = find(AMPERSAND, next.ampersand, from);
    const found = [next.percent, next.backslash, next.ampersand].filter((at) => at >= 0);
    if (found.length === 0) return;
    const at = Math.min(...found);
    if (escapeAt(bytes, at, end) !== undefined) yield at;
    from = at + 1;
  }
}

const within = (at: number, end: number): number => (at < end ? at : -1);

interface Escape {
  readonly character: number;
  readonly length: number;
  readonly isByte: boolean;
}

function escapeAt(bytes: Buffer, at: number, end: number): Escape | undefined {
  const text = (length: number) => bytes.toString('latin1', at, Math.min(end, at + length));
  switch (bytes[at]) {
    case PERCENT: {
      const [high, low] = [hexOf(bytes[at + 1]), hexOf(bytes[at + 2])];
      return at + 2 < end && high >= 0 && low >= 0
        ? { character: high * 16 + low, length: 3, isByte: true }
        : undefined;
    }
    case BACKSLASH: {
      if (bytes[at + 1] !== 0x75) return undefined;
      const [, hex] = /^\\u([\da-f]{4})/i.exec(text(6)) ?? [];
      return hex === undefined ? undefined : { character: Number.parseInt(hex, 16), length: 6, isByte: false };
    }
    case AMPERSAND: {
      const [all, name, hex, number] = /^&(?:(amp)|#x([\da-f]{1,5})|#(\d{1,6}));/i.exec(text(10)) ?? [];
      if (all === undefined) return undefined;
      const character = name ? AMPERSAND : hex ? Number.parseInt(hex, 16) : Number(number);
      return character > 0x10ffff ? undefined : { character, length: all.length, isByte: false };
    }
    default:
      return undefined;
  }
}

function hexOf(byte = 0): number {
  if (byte >= 48 && byte <= 57) return byte - 48;
  const letter = byte | 32;
  return letter >= 97 && letter <= 102 ? letter - 87 : -1;
}

const PLUS = 0x2b;

/** No escape is shorter than what it stands for. */
function unescape(from: Buffer, first: number, end: number, into: Buffer, start: number): number {
  let out = start;
  let isForm = false;
  for (let i = first; i < end;) {
    const byte = from[i] ?? 0;
    const isEscape = byte === PERCENT || byte === BACKSLASH || byte === AMPERSAND;
    const escape = isEscape ? escapeAt(from, i, end) : undefined;
    if (escape === undefined) {
      into[out] = isForm && byte === PLUS ? 0x20 : byte;
      out += 1;
      i += 1;
    } else {
      if (escape.isByte) into[out] = escape.character;
      out += escape.isByte ? 1 : into.write(String.fromCodePoint(escape.character), out);
      // In a form, a plus behind a value that is escaped stands for a space.
      isForm ||= escape.isByte;
      i += escape.length;
    }
  }
  return out - start;
}

/** Makes a field of what `write` puts at a place, which are `most` bytes at most. */
export function put(
  block: Block,
  into: Block,
  full: () => void,
  field: number,
  most: number,
  write: (bytes: Buffer, start: number) => number,
  nature: Nature = TEXT,
): void {
  if (!hasRoom(into, most)) full();
  growTo(into, most);
  const length = write(into.bytes, into.end);
  closeField(into, length, block.columns[field] ?? 0, block.rows[field] ?? 0, nature);
}

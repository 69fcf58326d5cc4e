/** What the bytes of a field are: a text, no text, or a text that was found among bytes that are none. */
export const TEXT = 0;
export const BYTES = 1;
export const AMONG_BYTES = 2;
export type Nature = typeof TEXT | typeof BYTES | typeof AMONG_BYTES;

/** Fields of a table one behind another, so that all of them are searched in one go. */
export interface Block {
  /** As read, and folded. Between two fields stands a zero. */
  bytes: Buffer;
  folded: Buffer;
  end: number;
  count: number;
  /** By field: where it begins, which column and row it is of, and what its bytes are. */
  starts: Int32Array;
  columns: Int32Array;
  rows: Float64Array;
  natures: Uint8Array;
}

const FIRST_BYTES = 4_096;
const FIRST_FIELDS = 256;
/** It fits into a core’s own memory. */
const MOST_BYTES = 262_144;
const MOST_FIELDS = 32_768;

export function createBlock(): Block {
  return {
    ...{ bytes: Buffer.alloc(FIRST_BYTES), folded: Buffer.alloc(FIRST_BYTES), end: 0, count: 0 },
    ...{ starts: new Int32Array(FIRST_FIELDS), columns: new Int32Array(FIRST_FIELDS) },
    ...{ rows: new Float64Array(FIRST_FIELDS), natures: new Uint8Array(FIRST_FIELDS) },
  };
}

/** Whether a field has room; a block grows up to a size that is worth it. */
export function hasRoom(block: Block, length: number): boolean {
  const bytes = block.end + length + 1;
  if (bytes > MOST_BYTES || block.count === MOST_FIELDS) return false;
  if (block.count === block.starts.length) growFields(block);
  if (bytes > block.bytes.length) growTo(block, Math.max(length, block.bytes.length));
  return true;
}

/** A field that is larger than a block gets room of its own. */
export function growTo(block: Block, length: number): void {
  const size = block.end + length + 1;
  if (size <= block.bytes.length) return;
  const larger = (from: Buffer) => {
    const to = Buffer.allocUnsafe(size);
    from.copy(to, 0, 0, block.end);
    return to;
  };
  block.bytes = larger(block.bytes);
  block.folded = larger(block.folded);
}

function growFields(block: Block): void {
  const size = block.count * 4;
  const { starts, columns, rows, natures } = block;
  block.starts = new Int32Array(size);
  block.columns = new Int32Array(size);
  block.rows = new Float64Array(size);
  block.natures = new Uint8Array(size);
  block.starts.set(starts);
  block.columns.set(columns);
  block.rows.set(rows);
  block.natures.set(natures);
}

/** Notes a field whose bytes the caller has put behind `end`. */
export function closeField(block: Block, length: number, column: number, row: number, nature: Nature): void {
  const { count, end } = block;
  block.starts[count] = end;
  block.columns[count] = column;
  block.rows[count] = row;
  block.natures[count] = nature;
  block.bytes[end + length] = 0;
  block.folded[end + length] = 0;
  block.end = end + length + 1;
  block.count += 1;
}

export function fieldAt({ starts, count }: Block, position: number): number {
  let low = 0;
  let high = count - 1;
  while (low < high) {
    const middle = (low + high + 1) >>> 1;
    if ((starts[middle] ?? 0) <= position) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** Where a field ends, without the zero behind it. */
export const endOf = ({ starts, count, end }: Block, field: number): number =>
  (field + 1 < count ? (starts[field + 1] ?? end) : end) - 1;

export function empty(block: Block): void {
  block.end = 0;
  block.count = 0;
}

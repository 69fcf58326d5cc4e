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
  readonly starts: Int32Array;
  readonly columns: Int32Array;
  readonly rows: Float64Array;
  readonly natures: Uint8Array;
}

export function createBlock(size: number, fields: number): Block {
  return {
    ...{ bytes: Buffer.allocUnsafe(size), folded: Buffer.allocUnsafe(size), end: 0, count: 0 },
    ...{ starts: new Int32Array(fields), columns: new Int32Array(fields) },
    ...{ rows: new Float64Array(fields), natures: new Uint8Array(fields) },
  };
}

export const hasRoom = (block: Block, length: number): boolean =>
  block.count < block.starts.length && block.end + length + 1 <= block.bytes.length;

/** A field that is larger than a block gets room of its own. */
export function growTo(block: Block, length: number): void {
  const size = block.end + length + 1;
  if (size <= block.bytes.length) return;
  const bytes = Buffer.allocUnsafe(size);
  block.bytes.copy(bytes, 0, 0, block.end);
  const folded = Buffer.allocUnsafe(size);
  block.folded.copy(folded, 0, 0, block.end);
  block.bytes = bytes;
  block.folded = folded;
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

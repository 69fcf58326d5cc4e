/** Writes WAL as PostgreSQL lays it out (access/xlog_internal.h), so that tests need no server to have some. */
export const SEGMENT_BYTES = 4 * 8192;

export interface WalRecord {
  /** Whole length, header included. */
  readonly length: number;
  /** Microseconds since 1970, of a commit; without it the record is something else. */
  readonly committedAt?: bigint;
}

/** Segments from number 1 on, each full but the last, which is padded with zeros. */
export function writeWal(records: readonly WalRecord[]): Buffer[] {
  const pages: Buffer[] = [];
  let at = 8192;
  let remaining = 0;
  const put = (bytes: Buffer) => {
    for (let written = 0; written < bytes.length;) {
      if (at === 8192) {
        const isFirstOfSegment = (pages.length * 8192) % SEGMENT_BYTES === 0;
        const page = Buffer.alloc(8192);
        page.writeUInt16LE(0xd118, 0);
        page.writeUInt16LE((isFirstOfSegment ? 2 : 0) | (written > 0 ? 1 : 0), 2);
        page.writeUInt32LE(1, 4);
        page.writeBigUInt64LE(BigInt(SEGMENT_BYTES + pages.length * 8192), 8);
        page.writeUInt32LE(written > 0 ? remaining : 0, 16);
        pages.push(page);
        at = isFirstOfSegment ? 40 : 24;
      }
      const room = Math.min(8192 - at, bytes.length - written);
      bytes.copy(pages.at(-1) ?? Buffer.alloc(0), at, written, written + room);
      at += room;
      written += room;
      remaining = bytes.length - written;
    }
    at = Math.min(8192, Math.ceil(at / 8) * 8);
  };
  for (const record of records) put(encode(record));
  while ((pages.length * 8192) % SEGMENT_BYTES !== 0) pages.push(Buffer.alloc(8192));
  const segments: Buffer[] = [];
  const all = Buffer.concat(pages);
  for (let start = 0; start < all.length; start += SEGMENT_BYTES)
    segments.push(all.subarray(start, start + SEGMENT_BYTES));
  return segments;
}

function encode({ length, committedAt }: WalRecord): Buffer {
  // Bytes that look like a commit to whoever reads at the wrong place.
  const record = Buffer.alloc(length, 0x01);
  record.writeUInt32LE(length, 0);
  record.writeUInt8(0, 16);
  record.writeUInt8(committedAt === undefined ? 10 : 1, 17);
  if (committedAt !== undefined) {
    record.writeUInt8(length - 26 < 256 ? 255 : 254, 24);
    record.writeBigInt64LE(committedAt - 946_684_800_000_000n, length - 26 < 256 ? 26 : 29);
  }
  return record;
}

export const segmentName = (number: number, timeline = 1) =>
  [timeline, 0, number].map((part) => part.toString(16).toUpperCase().padStart(8, '0')).join('');

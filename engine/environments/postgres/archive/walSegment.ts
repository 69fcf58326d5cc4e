/**
 * Time of the latest transaction committed in one archived WAL segment, in microseconds since 1970, or undefined when it
 * holds no commit. `next` is the segment after it, if archived: a record that runs over the border counts only when its rest is there.
 * Layout: PostgreSQL source, access/xlog_internal.h, xlogrecord.h, xact.h; unchanged since 9.3. Little-endian machines.
 */
export function latestCommit(segment: Buffer, next?: Buffer): bigint | undefined {
  let latest: bigint | undefined;
  for (const record of walRecords(segment, next)) {
    const at = commitTime(record);
    if (at !== undefined && (latest === undefined || at > latest)) latest = at;
  }
  return latest;
}

const PAGE = 8192;
const SHORT_HEADER = 24;
const LONG_HEADER = 40;
const RECORD_HEADER = 24;
const FIRST_IS_CONTINUATION = 0x0001;
const HAS_LONG_HEADER = 0x0002;

/** The records that begin in `segment`, put together from the pages they lie on. */
function* walRecords(segment: Buffer, next: Buffer | undefined): Generator<Buffer> {
  const firstPage = segment.readBigUInt64LE(8);
  let pieces: Buffer[] = [];
  let missing = 0;
  const pages = (segment.length + (next?.length ?? 0)) / PAGE;
  for (let n = 0; n < pages; n += 1) {
    const start = n * PAGE;
    const isNext = start >= segment.length;
    if (isNext && missing === 0) return;
    const page = (isNext ? next : segment)?.subarray(start % segment.length, (start % segment.length) + PAGE);
    // A recycled segment keeps pages of its former life after the end of its WAL.
    if (page === undefined || page.readBigUInt64LE(8) !== firstPage + BigInt(start)) return;

    const info = page.readUInt16LE(2);
    let at = (info & HAS_LONG_HEADER) === 0 ? SHORT_HEADER : LONG_HEADER;
    const continued = (info & FIRST_IS_CONTINUATION) === 0 ? 0 : page.readUInt32LE(16);
    // Differs after a crash of production: the broken record is overwritten, not continued.
    if (missing > 0 && continued === missing) {
      const piece = page.subarray(at, Math.min(at + continued, PAGE));
      pieces.push(piece);
      missing -= piece.length;
      if (missing === 0) yield Buffer.concat(pieces);
    } else missing = 0;

    at = aligned(at + continued);
    if (isNext) continue;
    for (; at < PAGE; at = aligned(at)) {
      const length = page.readUInt32LE(at);
      // Zeros follow the last record of a segment that was switched early.
      if (length < RECORD_HEADER) break;
      const piece = page.subarray(at, Math.min(at + length, PAGE));
      at += length;
      if (piece.length === length) yield piece;
      else [pieces, missing] = [[piece], length - piece.length];
    }
  }
}

const aligned = (offset: number) => (offset + 7) & ~7;

const RESOURCE_MANAGER_XACT = 1;
const COMMIT = 0x00;
const COMMIT_PREPARED = 0x30;
const DATA_SHORT = 255;
const DATA_LONG = 254;
const ORIGIN = 253;
const TOP_LEVEL_XID = 252;
/** PostgreSQL counts from 2000-01-01. */
const EPOCH_US = 946_684_800_000_000n;

function commitTime(record: Buffer): bigint | undefined {
  if (record.readUInt8(17) !== RESOURCE_MANAGER_XACT) return undefined;
  const operation = record.readUInt8(16) & 0x70;
  if (operation !== COMMIT && operation !== COMMIT_PREPARED) return undefined;
  for (let at = RECORD_HEADER; at + 10 <= record.length;) {
    switch (record.readUInt8(at)) {
      case DATA_SHORT:
        return record.readBigInt64LE(at + 2) + EPOCH_US;
      case DATA_LONG:
        return at + 13 <= record.length ? record.readBigInt64LE(at + 5) + EPOCH_US : undefined;
      case ORIGIN:
        at += 3;
        break;
      case TOP_LEVEL_XID:
        at += 5;
        break;
      default:
        // A commit refers to no blocks.
        return undefined;
    }
  }
  return undefined;
}

import { crc32, deflateRawSync } from 'node:zlib';

export interface ZipEntry {
  /** Path inside the archive, with `/`. ASCII. */
  readonly name: string;
  readonly data: Buffer;
}

const VERSION = 20;
const DEFLATE = 8;
/** 1 January 1980, the first day that the format knows: the same input gives the same bytes. */
const DATE = 0x0021;

/** A zip archive as Teams takes it: a few small files, no folders, no comments. Layout: PKWARE's APPNOTE, 4.3. */
export function zip(entries: readonly ZipEntry[]): Buffer {
  const files: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { name, data } of entries) {
    const packed = deflateRawSync(data, { level: 9 });
    const about = describe(name, data, packed);
    const local = Buffer.concat([uint32(0x04034b50), about, Buffer.from(name), packed]);
    // Made by; then after what both headers share: comment length, disk, two kinds of attributes, where the file starts.
    const rest = Buffer.concat([uint16(0), uint16(0), uint16(0), uint32(0), uint32(offset)]);
    directory.push(Buffer.concat([uint32(0x02014b50), uint16(VERSION), about, rest, Buffer.from(name)]));
    files.push(local);
    offset += local.length;
  }
  const index = Buffer.concat(directory);
  const counts = [uint16(0), uint16(0), uint16(entries.length), uint16(entries.length)];
  const end = Buffer.concat([uint32(0x06054b50), ...counts, uint32(index.length), uint32(offset), uint16(0)]);
  return Buffer.concat([...files, index, end]);
}

/** What the header in front of a file and its line in the directory have in common. */
function describe(name: string, data: Buffer, packed: Buffer): Buffer {
  return Buffer.concat([
    ...[uint16(VERSION), uint16(0), uint16(DEFLATE), uint16(0), uint16(DATE)],
    ...[uint32(crc32(data)), uint32(packed.length), uint32(data.length)],
    ...[uint16(Buffer.byteLength(name)), uint16(0)],
  ]);
}

function uint16(value: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16LE(value);
  return bytes;
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}

import { toDaysAndTicks } from '../sql/dates.ts';
import { familyOf, type SqlType, type Value } from '../sql/types.ts';
import { collation, isLong, isNarrowText, typeByte } from './typeInfo.ts';

const plpNull = Buffer.alloc(8, 0xff);

/** A value as it stands in a row of a column announced with `writeTypeInfo`. */
export function writeValue(type: SqlType, value: Value): Buffer {
  const family = familyOf(type) ?? 'text';
  if (value === null) return writeNull(type);
  switch (family) {
    case 'integer':
      return withByteLength(writeInteger(type.name, value));
    case 'float': {
      const bytes = Buffer.alloc(8);
      bytes.writeDoubleLE(Number(value));
      return withByteLength(bytes);
    }
    case 'exact':
      return withByteLength(writeDecimal(type.scale ?? 0, String(value)));
    case 'guid':
      return withByteLength(writeGuid(String(value)));
    case 'date':
      return withByteLength(writeDate(type, String(value)));
    case 'variant':
      return writeVariant(value);
    case 'binary': {
      const bytes = typeof value === 'string' ? Buffer.from(value, 'utf16le') : Buffer.from(toBytes(value));
      return isLong(type) ? writeChunks(bytes) : withShortLength(bytes);
    }
    case 'text': {
      const text = toText(value);
      const bytes = Buffer.from(text, isNarrowText(type) ? 'latin1' : 'utf16le');
      return isLong(type) ? writeChunks(bytes) : withShortLength(bytes);
    }
  }
}

function writeNull(type: SqlType): Buffer {
  const family = familyOf(type) ?? 'text';
  if (family === 'variant') return Buffer.alloc(4);
  if (family !== 'text' && family !== 'binary') return Buffer.from([0]);
  return isLong(type) ? plpNull : Buffer.from([0xff, 0xff]);
}

function writeInteger(name: string, value: Value): Buffer {
  const number = BigInt(
    typeof value === 'string'
      ? Math.trunc(Number(value))
      : Number.isInteger(value) || typeof value === 'bigint'
        ? (value as number | bigint)
        : Math.trunc(Number(value)),
  );
  switch (name) {
    case 'bit':
      return Buffer.from([number === 0n ? 0 : 1]);
    case 'tinyint':
      return Buffer.from([Number(number)]);
    case 'smallint': {
      const bytes = Buffer.alloc(2);
      bytes.writeInt16LE(Number(number));
      return bytes;
    }
    case 'bigint': {
      const bytes = Buffer.alloc(8);
      bytes.writeBigInt64LE(number);
      return bytes;
    }
    default: {
      const bytes = Buffer.alloc(4);
      bytes.writeInt32LE(Number(number));
      return bytes;
    }
  }
}

function writeDecimal(scale: number, text: string): Buffer {
  const isNegative = text.startsWith('-');
  const [whole = '0', fraction = ''] = text.replace(/^[+-]/, '').split('.');
  let rest = BigInt(whole + fraction.padEnd(scale, '0').slice(0, scale));
  const bytes = Buffer.alloc(17);
  bytes.writeUInt8(isNegative ? 0 : 1, 0);
  for (let at = 1; at < bytes.length; at += 1, rest >>= 8n) bytes.writeUInt8(Number(rest & 0xffn), at);
  return bytes;
}

/** The first three groups of a GUID travel with their bytes turned round. */
function writeGuid(text: string): Buffer {
  const plain = Buffer.from(text.replaceAll('-', ''), 'hex');
  const turned = [3, 2, 1, 0, 5, 4, 7, 6].map((at) => plain.readUInt8(at));
  return Buffer.concat([Buffer.from(turned), plain.subarray(8)]);
}

function writeDate({ name, scale = 7 }: SqlType, text: string): Buffer {
  const { days, ticks } = toDaysAndTicks(text);
  const day = Buffer.alloc(3);
  day.writeUIntLE(days, 0, 3);
  if (name === 'date') return day;
  if (name === 'datetime' || name === 'smalldatetime') {
    const bytes = Buffer.alloc(8);
    const threeHundredths = Math.round(Number((ticks * 300n) / 10_000n) / 1000);
    bytes.writeInt32LE(days - 693_595, 0);
    bytes.writeUInt32LE(threeHundredths, 4);
    if (name === 'datetime') return bytes;
    const short = Buffer.alloc(4);
    short.writeUInt16LE(days - 693_595, 0);
    short.writeUInt16LE(Number(ticks / 600_000_000n), 2);
    return short;
  }
  const length = scale <= 2 ? 3 : scale <= 4 ? 4 : 5;
  const time = Buffer.alloc(length);
  time.writeUIntLE(Number(ticks / 10n ** BigInt(7 - scale)), 0, length);
  if (name === 'time') return time;
  return name === 'datetimeoffset' ? Buffer.concat([time, day, Buffer.alloc(2)]) : Buffer.concat([time, day]);
}

function writeVariant(value: Exclude<Value, null>): Buffer {
  const parts =
    typeof value === 'string'
      ? [Buffer.from([typeByte.nvarchar, 7]), collation, Buffer.from([0x40, 0x1f]), Buffer.from(value, 'utf16le')]
      : value instanceof Uint8Array
        ? [Buffer.from([typeByte.varbinary, 2, 0x40, 0x1f]), Buffer.from(value)]
        : [Buffer.from([0x7f, 0]), writeInteger('bigint', value)];
  // An int stays an int for the client, as SERVERPROPERTY gives it.
  const isInt = typeof value === 'number' && Number.isInteger(value) && Math.abs(value) < 2 ** 31;
  const bytes = isInt ? Buffer.concat([Buffer.from([0x38, 0]), writeInteger('int', value)]) : Buffer.concat(parts);
  const length = Buffer.alloc(4);
  length.writeUInt32LE(bytes.length);
  return Buffer.concat([length, bytes]);
}

function writeChunks(bytes: Buffer): Buffer {
  const total = Buffer.alloc(8);
  total.writeBigUInt64LE(BigInt(bytes.length));
  const length = Buffer.alloc(4);
  length.writeUInt32LE(bytes.length);
  return Buffer.concat(bytes.length === 0 ? [total, Buffer.alloc(4)] : [total, length, bytes, Buffer.alloc(4)]);
}

function withByteLength(bytes: Buffer): Buffer {
  return Buffer.concat([Buffer.from([bytes.length]), bytes]);
}

function withShortLength(bytes: Buffer): Buffer {
  const length = Buffer.alloc(2);
  length.writeUInt16LE(bytes.length);
  return Buffer.concat([length, bytes]);
}

function toBytes(value: number | bigint | Uint8Array): Uint8Array {
  return value instanceof Uint8Array ? value : writeInteger('bigint', value);
}

export function toText(value: Exclude<Value, null>): string {
  return value instanceof Uint8Array ? Buffer.from(value).toString('utf16le') : String(value);
}

import { fromDaysAndTicks } from '../sql/dates.ts';
import type { SqlType, Value } from '../sql/types.ts';
import { typeByte } from './typeInfo.ts';

export interface Parameter {
  /** With its `@`; empty when sent by position. */
  readonly name: string;
  readonly type: SqlType;
  readonly value: Value;
  readonly isOutput: boolean;
}

/** A place in a message that is read from its front to its end. */
export interface Reader {
  readonly data: Buffer;
  at: number;
}

/** Reads one parameter of an RPC request (MS-TDS 2.2.6.6). */
export function readParameter(reader: Reader): Parameter {
  const name = take(reader, byte(reader) * 2).toString('utf16le');
  const isOutput = (byte(reader) & 1) !== 0;
  const kind = byte(reader);
  switch (kind) {
    case typeByte.null:
      return { name, isOutput, type: { name: 'nvarchar', length: 1 }, value: null };
    case typeByte.intN: {
      const names: Readonly<Record<number, string>> = { 1: 'tinyint', 2: 'smallint', 4: 'int', 8: 'bigint' };
      const type = { name: names[byte(reader)] ?? 'int' };
      return { name, isOutput, type, value: readInteger(take(reader, byte(reader))) };
    }
    case typeByte.bitN: {
      byte(reader);
      return { name, isOutput, type: { name: 'bit' }, value: readInteger(take(reader, byte(reader))) };
    }
    case typeByte.floatN: {
      byte(reader);
      const bytes = take(reader, byte(reader));
      const value = bytes.length === 0 ? null : bytes.length === 4 ? bytes.readFloatLE() : bytes.readDoubleLE();
      return { name, isOutput, type: { name: 'float' }, value };
    }
    case typeByte.decimalN:
    case typeByte.numericN: {
      byte(reader);
      const precision = byte(reader);
      const scale = byte(reader);
      const value = readDecimal(take(reader, byte(reader)), scale);
      return { name, isOutput, type: { name: 'decimal', precision, scale }, value };
    }
    case typeByte.guid: {
      byte(reader);
      return { name, isOutput, type: { name: 'uniqueidentifier' }, value: readGuid(take(reader, byte(reader))) };
    }
    case typeByte.date:
      return { name, isOutput, type: { name: 'date' }, value: readDate(take(reader, byte(reader)), 'date', 0) };
    case typeByte.time:
    case typeByte.datetime2:
    case typeByte.datetimeoffset: {
      const scale = byte(reader);
      const names = {
        [typeByte.time]: 'time',
        [typeByte.datetime2]: 'datetime2',
        [typeByte.datetimeoffset]: 'datetimeoffset',
      };
      const type = { name: names[kind], scale };
      return { name, isOutput, type, value: readDate(take(reader, byte(reader)), type.name, scale) };
    }
    case typeByte.datetimeN: {
      byte(reader);
      const bytes = take(reader, byte(reader));
      const value =
        bytes.length < 8
          ? null
          : fromDaysAndTicks(bytes.readInt32LE(0) + 693_595, (BigInt(bytes.readUInt32LE(4)) * 100_000n) / 3n);
      return { name, isOutput, type: { name: 'datetime' }, value };
    }
    case typeByte.nvarchar:
    case typeByte.nchar:
    case typeByte.varchar:
    case typeByte.char: {
      const length = short(reader);
      take(reader, 5);
      const bytes = readBytes(reader, length);
      const isWide = kind === typeByte.nvarchar || kind === typeByte.nchar;
      const type: SqlType = {
        name: isWide ? 'nvarchar' : 'varchar',
        length: length === 0xffff ? -1 : isWide ? length / 2 : length,
      };
      return { name, isOutput, type, value: bytes?.toString(isWide ? 'utf16le' : 'latin1') ?? null };
    }
    case typeByte.varbinary:
    case typeByte.binary: {
      const length = short(reader);
      const type = { name: 'varbinary', length: length === 0xffff ? -1 : length };
      return { name, isOutput, type, value: readBytes(reader, length) ?? null };
    }
    default:
      throw new RangeError(`A parameter of type 0x${kind.toString(16)} is not emulated`);
  }
}

function take(reader: Reader, length: number): Buffer {
  const bytes = reader.data.subarray(reader.at, reader.at + length);
  if (bytes.length < length) throw new RangeError('A TDS request ends in the middle of a parameter');
  reader.at += length;
  return bytes;
}

function byte(reader: Reader): number {
  return take(reader, 1).readUInt8();
}

function short(reader: Reader): number {
  return take(reader, 2).readUInt16LE();
}

function readBytes(reader: Reader, declared: number): Buffer | undefined {
  if (declared !== 0xffff) {
    const length = short(reader);
    return length === 0xffff ? undefined : take(reader, length);
  }
  if (take(reader, 8).every((each) => each === 0xff)) return undefined;
  const chunks: Buffer[] = [];
  for (;;) {
    const length = take(reader, 4).readUInt32LE();
    if (length === 0) return Buffer.concat(chunks);
    chunks.push(take(reader, length));
  }
}

function readInteger(bytes: Buffer): Value {
  switch (bytes.length) {
    case 0:
      return null;
    case 1:
      return bytes.readUInt8();
    case 8:
      return bytes.readBigInt64LE();
    default:
      return bytes.readIntLE(0, bytes.length);
  }
}

function readDecimal(bytes: Buffer, scale: number): string | null {
  if (bytes.length === 0) return null;
  let value = 0n;
  for (let at = bytes.length - 1; at > 0; at -= 1) value = (value << 8n) | BigInt(bytes.readUInt8(at));
  const digits = value.toString().padStart(scale + 1, '0');
  const sign = bytes.readUInt8(0) === 0 ? '-' : '';
  return scale === 0 ? sign + digits : `${sign}${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
}

function readGuid(bytes: Buffer): string | null {
  if (bytes.length === 0) return null;
  const turned = Buffer.from([3, 2, 1, 0, 5, 4, 7, 6].map((at) => bytes.readUInt8(at))).toString('hex');
  const text = (turned + bytes.subarray(8).toString('hex')).toUpperCase();
  return [text.slice(0, 8), text.slice(8, 12), text.slice(12, 16), text.slice(16, 20), text.slice(20)].join('-');
}

function readDate(bytes: Buffer, name: string, scale: number): string | null {
  if (bytes.length === 0) return null;
  if (name === 'date') return fromDaysAndTicks(bytes.readUIntLE(0, 3), 0n);
  const timeLength = scale <= 2 ? 3 : scale <= 4 ? 4 : 5;
  const ticks = BigInt(bytes.readUIntLE(0, timeLength)) * 10n ** BigInt(7 - scale);
  return fromDaysAndTicks(name === 'time' ? 693_595 : bytes.readUIntLE(timeLength, 3), ticks);
}

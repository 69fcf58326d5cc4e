import { familyOf, type SqlType } from '../sql/types.ts';

/** Type bytes of MS-TDS 2.2.5.4. */
export const typeByte = {
  null: 0x1f,
  guid: 0x24,
  intN: 0x26,
  date: 0x28,
  time: 0x29,
  datetime2: 0x2a,
  datetimeoffset: 0x2b,
  variant: 0x62,
  ntext: 0x63,
  bitN: 0x68,
  decimalN: 0x6a,
  numericN: 0x6c,
  floatN: 0x6d,
  datetimeN: 0x6f,
  varbinary: 0xa5,
  varchar: 0xa7,
  binary: 0xad,
  char: 0xaf,
  nvarchar: 0xe7,
  nchar: 0xef,
} as const;

/** SQL_Latin1_General_CP1_CI_AS. */
export const collation = Buffer.from([0x09, 0x04, 0xd0, 0x00, 0x34]);

const integerBytes: Readonly<Record<string, number>> = { tinyint: 1, smallint: 2, int: 4, bigint: 8 };

/** How a column of this type is announced. */
export function writeTypeInfo(type: SqlType): Buffer {
  const { name } = type;
  switch (familyOf(type)) {
    case 'integer':
      return name === 'bit' ? Buffer.from([typeByte.bitN, 1]) : Buffer.from([typeByte.intN, integerBytes[name] ?? 4]);
    case 'float':
      return Buffer.from([typeByte.floatN, 8]);
    case 'exact':
      return Buffer.from([typeByte.numericN, 17, type.precision ?? 38, type.scale ?? 0]);
    case 'guid':
      return Buffer.from([typeByte.guid, 16]);
    case 'date':
      return writeDateInfo(type);
    case 'binary':
      return Buffer.concat([Buffer.from([typeByte.varbinary]), lengthBytes(isLong(type) ? -1 : (type.length ?? 8000))]);
    case 'variant':
      return Buffer.from([typeByte.variant, 0x49, 0x1f, 0, 0]);
    case 'text':
    case undefined:
      return writeTextInfo(type);
  }
}

/** Values of the long types come in chunks (PLP). */
export function isLong(type: SqlType): boolean {
  const isWide = ['text', 'ntext', 'image', 'xml'].includes(type.name);
  return isWide || type.length === -1 || (type.length ?? 0) > (isNarrowText(type) ? 8000 : 4000);
}

export function isNarrowText({ name }: SqlType): boolean {
  return name === 'varchar' || name === 'char';
}

function writeTextInfo(type: SqlType): Buffer {
  const bytesPerCharacter = isNarrowText(type) ? 1 : 2;
  const kinds: Readonly<Record<string, number>> = {
    varchar: typeByte.varchar,
    char: typeByte.char,
    nchar: typeByte.nchar,
  };
  const length = isLong(type) ? -1 : (type.length ?? 8000 / bytesPerCharacter) * bytesPerCharacter;
  return Buffer.concat([Buffer.from([kinds[type.name] ?? typeByte.nvarchar]), lengthBytes(length), collation]);
}

function writeDateInfo({ name, scale }: SqlType): Buffer {
  switch (name) {
    case 'date':
      return Buffer.from([typeByte.date]);
    case 'time':
      return Buffer.from([typeByte.time, scale ?? 7]);
    case 'datetime2':
      return Buffer.from([typeByte.datetime2, scale ?? 7]);
    case 'datetimeoffset':
      return Buffer.from([typeByte.datetimeoffset, scale ?? 7]);
    default:
      return Buffer.from([typeByte.datetimeN, name === 'smalldatetime' ? 4 : 8]);
  }
}

function lengthBytes(length: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16LE(length === -1 ? 0xffff : length);
  return bytes;
}

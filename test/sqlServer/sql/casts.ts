import { parseDate, toDateText, toDatetimeTick, fromDateText } from './dates.ts';
import { sqlError } from './sqlError.ts';
import { familyOf, readType, type SqlType, type Value } from './types.ts';

/** CAST and CONVERT, with the errors of SQL Server where a value does not fit. */
export function cast(value: Value, from: SqlType, to: SqlType, style: number): Value {
  if (value === null) return null;
  switch (familyOf(to)) {
    case 'integer':
      return toInteger(value, from, to);
    case 'exact':
      return toExact(value, from, to);
    case 'float':
      return Number(value);
    case 'date':
      return toDate(String(value), to);
    case 'guid':
      if (value instanceof Uint8Array || !/^[{]?[0-9a-f-]{36}[}]?$/i.test(String(value)))
        throw sqlError(8169, 'Conversion failed when converting from a character string to uniqueidentifier.');
      return String(value).replaceAll(/[{}]/g, '').toUpperCase();
    case 'binary':
      return toBinary(value, from, style);
    case 'text':
      return cut(toCharacters(value, from, to, style), to);
    case 'variant':
    case undefined:
      return value;
  }
}

/** As SQLite calls it: with the types as they are declared. */
export function castDeclared(value: Value, from: string, to: string, style: number, isTry: boolean): Value {
  try {
    const target = readType(to);
    return target === undefined ? value : cast(value, readType(from) ?? { name: 'nvarchar' }, target, style);
  } catch (error) {
    if (isTry) return null;
    throw error;
  }
}

function toInteger(value: Value, from: SqlType, to: SqlType): Value {
  if (value instanceof Uint8Array) return BigInt(`0x${Buffer.from(value).toString('hex') || '0'}`);
  if (typeof value === 'string' && familyOf(from) !== 'exact' && !/^\s*[+-]?\d*\s*$/.test(value)) {
    if (to.name === 'bit' && /^(true|false)$/i.test(value)) return value.toLowerCase() === 'true' ? 1 : 0;
    throw sqlError(245, `Conversion failed when converting the ${from.name} value '${value}' to data type ${to.name}.`);
  }
  const whole = String(value).trim().split('.')[0] ?? '';
  const number = /e/i.test(whole) ? BigInt(Math.trunc(Number(value))) : BigInt(whole === '' ? 0 : whole);
  if (to.name === 'bit') return number === 0n ? 0 : 1;
  const bits = { tinyint: 8n, smallint: 15n, int: 31n, bigint: 63n }[to.name] ?? 63n;
  const isTooBig = number >= 1n << bits || number < (to.name === 'tinyint' ? 0n : -(1n << bits));
  if (isTooBig) throw sqlError(8115, `Arithmetic overflow error converting expression to data type ${to.name}.`);
  return number;
}

function toExact(value: Value, from: SqlType, to: SqlType): Value {
  const text = String(value).trim();
  if (!/^[+-]?\d+(\.\d*)?$/.test(text)) throw sqlError(8114, `Error converting data type ${from.name} to ${to.name}.`);
  const [whole = '0', fraction = ''] = text.split('.');
  const scale = to.scale ?? 0;
  return scale === 0 ? whole : `${whole}.${fraction.padEnd(scale, '0').slice(0, scale)}`;
}

function toDate(text: string, to: SqlType): Value {
  const parsed = parseDate(text);
  if (parsed === undefined)
    throw sqlError(241, 'Conversion failed when converting date and/or time from character string.');
  if (to.name === 'datetime') return toDateText(toDatetimeTick(fromDateText(parsed)));
  return to.name === 'date' ? `${parsed.slice(0, 10)}T00:00:00.0000000` : parsed;
}

function toBinary(value: Value, from: SqlType, style: number): Value {
  if (value instanceof Uint8Array) return value;
  if (typeof value === 'string') {
    if (style > 0) return Buffer.from(value.replace(/^0x/i, ''), 'hex');
    return Buffer.from(value, from.name === 'varchar' ? 'latin1' : 'utf16le');
  }
  const bytes = Buffer.alloc(8);
  bytes.writeBigInt64BE(BigInt(value ?? 0));
  return from.name === 'bigint' ? bytes : bytes.subarray(4);
}

function toCharacters(value: Value, from: SqlType, to: SqlType, style: number): string {
  if (value instanceof Uint8Array) {
    const bytes = Buffer.from(value);
    if (style === 0) return bytes.toString(to.name.startsWith('n') ? 'utf16le' : 'latin1');
    return (style === 1 ? '0x' : '') + bytes.toString('hex').toUpperCase();
  }
  return familyOf(from) === 'date' ? dateAsText(String(value), from, style) : String(value);
}

const months = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');

/** `Nov  9 2026  4:20PM`: what a datetime without a style becomes, its seconds lost. */
function inWords(day: string, time: string): string {
  const hour = Number(time.slice(0, 2));
  const clock = `${String(hour % 12 || 12).padStart(2)}:${time.slice(3, 5)}${hour < 12 ? 'AM' : 'PM'}`;
  const date = `${months[Number(day.slice(5, 7)) - 1] ?? ''} ${String(Number(day.slice(8, 10))).padStart(2)}`;
  return `${date} ${day.slice(0, 4)} ${clock}`;
}

/** Only the styles that read the same everywhere: 120/121, 126 and 127. */
function dateAsText(text: string, from: SqlType, style: number): string {
  const [day = '', time = ''] = text.split('T');
  if (from.name === 'date') return day;
  const isPlain = from.name === 'datetime' || from.name === 'smalldatetime';
  const digits = isPlain ? 3 : (from.scale ?? 7);
  const fraction = digits === 0 ? '' : `.${time.slice(9, 9 + digits)}`;
  switch (style) {
    case 126:
    case 127: {
      const isWhole = /^\.0*$/.test(fraction) || fraction === '';
      return `${day}T${time.slice(0, 8)}${isWhole ? '' : fraction}${style === 127 ? 'Z' : ''}`;
    }
    case 20:
    case 120:
      return `${day} ${time.slice(0, 8)}`;
    case 23:
      return day;
    case 112:
      return day.replaceAll('-', '');
    case 0:
      return isPlain ? inWords(day, time) : `${day} ${time.slice(0, 8)}${fraction}`;
    case 21:
    case 25:
    case 121:
      return `${day} ${time.slice(0, 8)}${fraction}`;
    default:
      throw sqlError(50_000, `not emulated: a date as text in style ${style}`);
  }
}

function cut(text: string, to: SqlType): string {
  const length = to.length ?? 30;
  if (length === -1 || text.length <= length) return text;
  return text.slice(0, length);
}

/** What a column cannot hold is refused, not cut. @throws SqlError 2628 */
export function fit(value: Value, declaration: string, column: string): Value {
  const length = readType(declaration)?.length ?? -1;
  if (length === -1 || value === null || value instanceof Uint8Array || String(value).trimEnd().length <= length)
    return value;
  throw sqlError(
    2628,
    `String or binary data would be truncated in column '${column}'. Truncated value: '${String(value).slice(0, length)}'.`,
  );
}

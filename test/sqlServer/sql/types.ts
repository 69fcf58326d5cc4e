/** A T-SQL type as a statement or a column names it. */
export interface SqlType {
  readonly name: string;
  /** Characters or bytes; -1 is `max`. */
  readonly length?: number;
  readonly precision?: number;
  readonly scale?: number;
}

/** A value between SQLite, the wire and the state. Dates are text as `2026-11-20T18:00:00.0000000`, GUIDs are text. */
export type Value = null | number | bigint | string | Uint8Array;

/** A row's values by column or parameter name. */
export type Values = Readonly<Record<string, Value>>;

export const int: SqlType = { name: 'int' };
export const bigint: SqlType = { name: 'bigint' };
export const bit: SqlType = { name: 'bit' };
export const nvarchar = (length: number): SqlType => ({ name: 'nvarchar', length });
export const sysname: SqlType = { name: 'sysname', length: 128 };

const texts = new Set(['nvarchar', 'varchar', 'nchar', 'char', 'sysname', 'text', 'ntext', 'xml']);
const integers = new Set(['tinyint', 'smallint', 'int', 'bigint', 'bit']);
const dates = new Set(['datetime', 'datetime2', 'smalldatetime', 'date', 'datetimeoffset', 'time']);
const binaries = new Set(['varbinary', 'binary', 'image', 'timestamp', 'rowversion']);
const exacts = new Set(['decimal', 'numeric', 'money', 'smallmoney']);
const floats = new Set(['float', 'real']);

export type Family = 'text' | 'integer' | 'date' | 'binary' | 'exact' | 'float' | 'guid' | 'variant';

/** @returns undefined for a type that this test double does not know. */
export function familyOf({ name }: SqlType): Family | undefined {
  if (texts.has(name)) return 'text';
  if (integers.has(name)) return 'integer';
  if (dates.has(name)) return 'date';
  if (binaries.has(name)) return 'binary';
  if (exacts.has(name)) return 'exact';
  if (floats.has(name)) return 'float';
  if (name === 'uniqueidentifier') return 'guid';
  return name === 'sql_variant' ? 'variant' : undefined;
}

/** `nvarchar(max)`, `decimal(38,0)`: as a column is declared. */
export function declare({ name, length, precision, scale }: SqlType): string {
  if (precision !== undefined) return `${name}(${precision}${scale === undefined ? '' : `,${scale}`})`;
  if (scale !== undefined) return `${name}(${scale})`;
  return length === undefined ? name : `${name}(${length === -1 ? 'max' : length})`;
}

/** Reads what `declare` writes. */
export function readType(declaration: string): SqlType | undefined {
  const match = /^(\w+)(?:\s*\(\s*(\d+|max)\s*(?:,\s*(\d+)\s*)?\))?/i.exec(declaration.trim());
  if (match === null) return undefined;
  const name = (match[1] ?? '').toLowerCase() === 'integer' ? 'int' : (match[1] ?? '').toLowerCase();
  const first = match[2] === undefined ? undefined : match[2].toLowerCase() === 'max' ? -1 : Number(match[2]);
  return makeType(name, first, match[3] === undefined ? undefined : Number(match[3]));
}

export function makeType(name: string, first: number | undefined, second: number | undefined): SqlType | undefined {
  const family = familyOf({ name });
  if (family === undefined) return undefined;
  if (family === 'exact') return { name, precision: first ?? 18, scale: second ?? 0 };
  if (family === 'date' && first !== undefined) return { name, scale: first };
  if ((family === 'text' || family === 'binary') && first !== undefined) return { name, length: first };
  if (name === 'sysname') return sysname;
  return { name };
}

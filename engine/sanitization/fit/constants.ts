import type { ColumnFacts } from './obstacles.ts';

export interface Problem {
  readonly why: string;
  readonly remedy: string;
}

/** Why nothing at all can be written into a column, whatever the value. */
export function whyUnwritable(column: ColumnFacts): Problem | undefined {
  if (column.isComputed)
    return {
      why: `is computed by the server as ${column.definition ?? 'an expression'}`,
      remedy: 'name the columns that it is computed from',
    };
  if (column.isServerMade)
    return { why: 'has values that the server gives itself', remedy: 'leave the column out, or delete the rows' };
  if (column.isPartitionKey)
    return { why: 'decides in which partition a row lies', remedy: 'leave the column out, or delete the rows' };
  return undefined;
}

/** Why a column cannot hold NULL or this constant. */
export function whyUnfit(column: ColumnFacts, value: string | number | null): Problem | undefined {
  if (value === null)
    return column.isNullable
      ? undefined
      : { why: 'must not be NULL', remedy: 'give the rule a value of the column’s type' };
  if (column.isEncrypted)
    return { why: 'is encrypted by the applications (Always Encrypted)', remedy: 'set it to null, or delete the rows' };
  if (INCOMPARABLE.has(column.base))
    return {
      why: `has the type ${column.type || 'of an assembly'}, which no constant can be compared with`,
      remedy: column.isNullable ? 'set it to null' : 'delete the rows, or use a statement of the pack’s own',
    };
  const range = RANGES[column.base];
  if (range !== undefined || FRACTIONS.has(column.base)) return whyNoNumber(column, value, range);
  const text = String(value);
  const shape = SHAPES.find(({ bases }) => bases.has(column.base));
  if (shape !== undefined && !shape.pattern.test(text))
    return { why: `has the type ${column.type}, which ${quoted(text)} is no value of`, remedy: shape.remedy };
  // Trailing spaces make a text too long for neither server; SQL Server counts a character outside the basic plane twice.
  const counted = column.base.startsWith('n') ? text.trimEnd().length : Array.from(text.trimEnd()).length;
  const length = TEXTS.has(column.base) ? counted : 0;
  if (column.length !== undefined && length > column.length)
    return {
      why: `holds ${String(column.length)} characters, fewer than the ${String(length)} of the value`,
      remedy: 'shorten the value',
    };
  return undefined;
}

function whyNoNumber(
  { type, precision, scale = 0 }: ColumnFacts,
  value: string | number,
  range: readonly [bigint, bigint] | undefined,
): Problem | undefined {
  const remedy = 'give the rule a whole number that the type holds';
  if (!/^[+-]?\d+$/.test(String(value).trim()))
    return { why: `has the type ${type}, which ${quoted(String(value))} is no value of`, remedy };
  const number = BigInt(String(value).trim());
  const digits = precision === undefined || precision <= scale ? undefined : 10n ** BigInt(precision - scale);
  const [least, most] = range ?? (digits === undefined ? [number, number] : [-digits + 1n, digits - 1n]);
  return number < least || number > most ? { why: `has the type ${type}, too small for the value`, remedy } : undefined;
}

/** A constant of a pack is no secret, and yet a long one is not repeated. */
const quoted = (text: string): string => (text.length > 30 ? 'the value' : `“${text}”`);

const signed = (bits: bigint): readonly [bigint, bigint] => [-(2n ** (bits - 1n)), 2n ** (bits - 1n) - 1n];
const RANGES: Readonly<Record<string, readonly [bigint, bigint]>> = {
  bit: [0n, 1n],
  tinyint: [0n, 255n],
  smallint: signed(16n),
  int2: signed(16n),
  int: signed(32n),
  int4: signed(32n),
  bigint: signed(64n),
  int8: signed(64n),
  smallmoney: [-214_748n, 214_748n],
  money: signed(49n),
};
/** `decimal` without a precision is PostgreSQL's `numeric`, which has no end. */
const FRACTIONS = new Set(['decimal', 'numeric', 'real', 'float', 'float4', 'float8']);
const TEXTS = new Set(['char', 'nchar', 'varchar', 'nvarchar', 'bpchar']);
/** Without an operator that compares, so that nobody can tell whether the rule has been carried out. */
export const INCOMPARABLE: ReadonlySet<string> = new Set([
  ...['', 'xml', 'json', 'large-text', 'image'],
  ...['geography', 'geometry', 'hierarchyid', 'point', 'polygon', 'path', 'box', 'line', 'lseg', 'circle'],
]);
const SHAPES: readonly { readonly bases: ReadonlySet<string>; readonly pattern: RegExp; readonly remedy: string }[] = [
  {
    bases: new Set(['uniqueidentifier', 'uuid']),
    pattern: /^\{?[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\}?$/i,
    remedy: 'write a GUID',
  },
  {
    bases: new Set(['date', 'datetime', 'datetime2', 'smalldatetime', 'datetimeoffset', 'timestamp', 'timestamptz']),
    pattern: /^\d{4}-\d{2}-\d{2}([ T]\d{2}:\d{2}(:\d{2}(\.\d+)?)?( ?(Z|[+-]\d{2}(:?\d{2})?))?)?$/,
    remedy: 'write it as 1900-01-01 or 1900-01-01T00:00:00',
  },
];

import { createHash } from 'node:crypto';
import { typeOfSeveral } from './compileExpression.ts';
import { fromDateText, parseDate, toDateText } from './dates.ts';
import type { ScalarFunction } from './scope.ts';
import { notEmulated } from './sqlError.ts';
import { simpleUpper } from './simpleUpper.ts';
import { bigint, familyOf, int, nvarchar, type SqlType, type Value } from './types.ts';

const same = (types: readonly SqlType[]) => types[0] ?? int;
const several = (types: readonly SqlType[]) => typeOfSeveral(types.map((type) => ({ type })));
const as = (type: SqlType) => () => type;
const call = (name: string) => (operands: readonly string[]) => `${name}(${operands.join(', ')})`;
const text = as(nvarchar(4000));

/** Functions that SQLite has itself, or can be told in its own words. */
export const plainFunctions: Readonly<Record<string, ScalarFunction>> = {
  COUNT: { type: as(int), sqlite: call('count') },
  COUNT_BIG: { type: as(bigint), sqlite: call('count') },
  SUM: {
    type: ([first = int]) => (familyOf(first) === 'integer' && first.name !== 'bigint' ? int : first),
    sqlite: call('sum'),
  },
  MIN: { type: same, sqlite: call('min') },
  MAX: { type: same, sqlite: call('max') },
  AVG: {
    type: same,
    sqlite: ([operand], [type = int]) =>
      familyOf(type) === 'integer' ? `CAST(avg(${operand}) AS INTEGER)` : `avg(${operand})`,
  },
  ROW_NUMBER: { type: as(bigint), sqlite: call('row_number') },
  STRING_AGG: { type: as(nvarchar(-1)), sqlite: call('group_concat') },
  COALESCE: { type: several, sqlite: call('coalesce') },
  IIF: { type: (types) => several(types.slice(1)), sqlite: call('iif') },
  ABS: { type: same, sqlite: call('abs') },
  ROUND: { type: same, sqlite: call('round') },
  LOWER: { type: same, sqlite: call('lower') },
  TRIM: { type: same, sqlite: call('trim') },
  REPLACE: { type: text, sqlite: call('replace') },
  CONCAT: { type: as(nvarchar(-1)), sqlite: call('concat') },
  SUBSTRING: { type: same, sqlite: call('substr') },
  LEFT: { type: same, sqlite: ([operand, length]) => `substr(${operand}, 1, ${length})` },
  RIGHT: { type: same, sqlite: ([operand, length]) => `substr(${operand}, -max(${length}, 0), ${length})` },
  CHARINDEX: { type: as(int), sqlite: ([needle, hay]) => `instr(lower(${hay}), lower(${needle}))` },
};

type Run = (...operands: readonly Value[]) => Value;

/** Functions of JavaScript that SQLite calls; they know nothing but their operands. */
export const pureFunctions: Readonly<Record<string, { readonly type: ScalarFunction['type']; readonly run: Run }>> = {
  QUOTENAME: {
    type: as(nvarchar(258)),
    run: (name) => (name === null ? null : `[${String(name).replaceAll(']', ']]')}]`),
  },
  DATALENGTH: {
    type: as(int),
    run: (value) =>
      value === null
        ? null
        : value instanceof Uint8Array
          ? value.length
          : typeof value === 'string'
            ? value.length * 2
            : 4,
  },
  UPPER: { type: same, run: (value) => (value === null ? null : simpleUpper(String(value))) },
  RTRIM: { type: same, run: (value) => (value === null ? null : String(value).replace(/ +$/, '')) },
  TRANSLATE: { type: text, run: translate },
  HASHBYTES: { type: as({ name: 'varbinary', length: 8000 }), run: hash },
  DATEADD: { type: (types) => types[2] ?? { name: 'datetime' }, run: addToDate },
  DATEDIFF_BIG: { type: as(bigint), run: differenceOfDates },
};

function translate(value: Value, from: Value, to: Value): Value {
  if (value === null) return null;
  const others = Array.from(String(to));
  const known = new Map(Array.from(String(from)).map((each, index) => [each, others[index] ?? '']));
  return Array.from(String(value), (each) => known.get(each) ?? each).join('');
}

/** Of nvarchar and varbinary: the bytes of a text depend on its type, and a call does not tell it. */
function hash(algorithm: Value, value: Value): Value {
  const name = { SHA2_256: 'sha256', SHA2_512: 'sha512' }[String(algorithm).toUpperCase()];
  if (name === undefined) throw notEmulated(`HASHBYTES with ${String(algorithm)}`);
  if (value === null) return null;
  const bytes = value instanceof Uint8Array ? value : Buffer.from(String(value), 'utf16le');
  return createHash(name).update(bytes).digest();
}

const unitMs: Readonly<Record<string, number>> = {
  ms: 1,
  millisecond: 1,
  s: 1000,
  ss: 1000,
  second: 1000,
  mi: 60_000,
  n: 60_000,
  minute: 60_000,
  hh: 3_600_000,
  hour: 3_600_000,
  d: 86_400_000,
  dd: 86_400_000,
  day: 86_400_000,
};

function unitOf(unit: Value): number {
  const found = unitMs[String(unit)];
  if (found === undefined) throw notEmulated(`the date part ${String(unit)}`);
  return found;
}

function addToDate(unit: Value, count: Value, date: Value): Value {
  if (count === null || date === null) return null;
  const text = parseDate(String(date)) ?? String(date);
  return toDateText(fromDateText(text) + Number(count) * unitOf(unit));
}

/** Boundaries crossed, not time passed: 23:59 to 00:01 is one day. */
function differenceOfDates(unit: Value, from: Value, to: Value): Value {
  if (from === null || to === null) return null;
  const size = unitOf(unit);
  const at = (value: Value) => Math.floor(fromDateText(parseDate(String(value)) ?? String(value)) / size);
  return at(to) - at(from);
}

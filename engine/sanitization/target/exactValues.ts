import { sql, type CompiledQuery, type Expression, type RawBuilder } from 'kysely';
import type { Dialect, ReadSession } from '../../environments/provider.ts';
import { offlineBuilder } from '../../sql.ts';
import type { ColumnFacts } from '../fit/obstacles.ts';

/** Text, or bytes that the drivers hand over as they are. */
export type ExactValue = string | Uint8Array | null;

/**
 * A column's value in words that lose nothing: the drivers round timestamps and decimals, and read large numbers and
 * money as floating point.
 */
export function readExactly(
  dialect: Dialect,
  column: Expression<unknown>,
  { base }: Pick<ColumnFacts, 'base'>,
): RawBuilder<unknown> {
  if (dialect === 'postgres') return sql`cast(${column} as text)`;
  const words = WORDS[base];
  if (words === undefined) return sql`${column}`;
  const style = words.style === undefined ? sql.raw('') : sql.raw(`, ${String(words.style)}`);
  return sql`convert(${sql.raw(words.as)}, ${column}${style})`;
}

/**
 * The same value in a statement that writes or compares it. Text stays without a type: the column's own would cut off what
 * is too long for it.
 */
export function writeExactly(
  dialect: Dialect,
  value: unknown,
  { base, type }: Pick<ColumnFacts, 'base' | 'type'>,
): Expression<unknown> {
  // A NULL parameter would travel as nvarchar, which SQL Server does not convert to varbinary (error 257).
  if (value === null || value === undefined) return sql`null`;
  const words = dialect === 'mssql' ? WORDS[base] : undefined;
  if (words === undefined || words.isText) return sql`${value}`;
  const style = words.back === undefined ? sql.raw('') : sql.raw(`, ${String(words.back)}`);
  return sql`convert(${sql.raw(type)}, ${value}${style})`;
}

/** For `>` and `=`: SQL Server sorts varchar by other rules than nvarchar, as which a parameter travels. */
export function compareExactly(
  dialect: Dialect,
  value: unknown,
  facts: Pick<ColumnFacts, 'base' | 'type'>,
): Expression<unknown> {
  const isNarrow = dialect === 'mssql' && (facts.base === 'varchar' || facts.base === 'char');
  return isNarrow ? sql`convert(${sql.raw(facts.type)}, ${value})` : writeExactly(dialect, value, facts);
}

interface Words {
  readonly as: string;
  /** Styles of CONVERT, there and back. */
  readonly style?: number;
  readonly back?: number;
  readonly isText?: boolean;
}

const number: Words = { as: 'varchar(50)' };
const money: Words = { as: 'varchar(50)', style: 2 };
/** 17 digits, from which every number of 64 bits comes back as it was. */
const floating: Words = { as: 'varchar(50)', style: 3 };
const oldDate: Words = { as: 'varchar(50)', style: 126, back: 126 };
const newDate: Words = { as: 'varchar(50)', style: 121, back: 121 };
const WORDS: Readonly<Record<string, Words>> = {
  ...{ bit: number, tinyint: number, smallint: number, int: number, bigint: number, decimal: number, numeric: number },
  ...{ money, smallmoney: money, float: floating, real: floating },
  ...{ datetime: oldDate, smalldatetime: oldDate },
  ...{ date: newDate, time: newDate, datetime2: newDate, datetimeoffset: newDate },
  uniqueidentifier: number,
  // Style 1 keeps white space between elements.
  xml: { as: 'nvarchar(max)', back: 1 },
  json: { as: 'nvarchar(max)', isText: true },
  'large-text': { as: 'nvarchar(max)', isText: true },
};

/** Values that no text of the server gives back: a CLR type's bytes, and a type that differs from row to row. */
export const cannotTravel = ({ base }: Pick<ColumnFacts, 'base'>): boolean => base === '' || base === 'sql_variant';

/** How PostgreSQL writes dates, intervals, money and bytes is a matter of the session, and two databases may differ in it. */
export async function speakExactly(session: ReadSession): Promise<void> {
  if (session.dialect !== 'postgres') return;
  const settings = Object.entries({
    datestyle: 'ISO, YMD',
    intervalstyle: 'postgres',
    timezone: 'UTC',
    extra_float_digits: '1',
    lc_monetary: 'C',
    bytea_output: 'hex',
    xmloption: 'content',
  }).map(([name, value]) => sql`set_config(${name}, ${value}, false)`);
  const query: CompiledQuery = sql`select ${sql.join(settings)}`.compile(offlineBuilder('postgres'));
  await session.select(query);
}

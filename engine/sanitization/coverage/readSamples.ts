import { sql, type CompiledQuery, type Expression, type RawBuilder, type SqlBool } from 'kysely';
import type { Dialect, ReadSession } from '../../environments/provider.ts';
import { offlineBuilder } from '../../sql.ts';
import type { ColumnFact } from './columnFacts.ts';
import type { Sample } from './content/suspectContent.ts';

/** How much of a table is looked at. */
export interface SampleSize {
  readonly rows: number;
  /** Of the beginning of each value: characters, or bytes. */
  readonly length: number;
  /** Of one question; tables may have a thousand. */
  readonly columns: number;
}

export const SAMPLE_SIZE: SampleSize = { rows: 2000, length: 200, columns: 40 };

/** Whether there is anything in the values that could be seen. */
export const canBeSampled = ({ family, unseen }: ColumnFact): boolean =>
  unseen === undefined && (family === 'text' || family === 'document' || family === 'binary');

/**
 * The beginnings of the first values of some columns of one table. They stay in the memory of whoever classifies them: nothing
 * of them is part of a finding.
 */
export async function readSamples(
  session: ReadSession,
  columns: readonly ColumnFact[],
  { size = SAMPLE_SIZE, rest }: { readonly size?: SampleSize | undefined; readonly rest?: Rest | undefined } = {},
): Promise<ReadonlyMap<ColumnFact, readonly Sample[]>> {
  const samples = new Map<ColumnFact, readonly Sample[]>();
  for (let from = 0; from < columns.length; from += size.columns) {
    const some = columns.slice(from, from + size.columns);
    const rows = await session.select(sampleQuestion(session.dialect, some, size, rest));
    for (const [index, column] of some.entries())
      samples.set(
        column,
        rows.map((row) => row[aliasOf(index)]),
      );
  }
  return samples;
}

/** The rows that none of these rules means. */
export type Rest = Expression<SqlBool>;

const aliasOf = (index: number) => `c${String(index)}`;

/** All of one table. */
function sampleQuestion(
  dialect: Dialect,
  columns: readonly ColumnFact[],
  { rows, length }: SampleSize = SAMPLE_SIZE,
  rest?: Rest,
): CompiledQuery<Readonly<Record<string, Sample>>> {
  const [first] = columns;
  const table = sql.id(first?.schema ?? '', first?.table ?? '');
  const values = columns.map(
    (column, index) => sql`${beginningOf(column, dialect, length)} as ${sql.id(aliasOf(index))}`,
  );
  const where = rest === undefined ? sql`` : sql` where ${rest}`;
  const question: RawBuilder<Readonly<Record<string, Sample>>> =
    dialect === 'mssql'
      ? sql`select top (${sql.lit(rows)}) ${sql.join(values)} from ${table}${where}`
      : sql`select ${sql.join(values)} from ${table}${where} limit ${sql.lit(rows)}`;
  return question.compile(offlineBuilder(dialect));
}

function beginningOf({ column, family, type }: ColumnFact, dialect: Dialect, length: number) {
  const [own, count] = [sql.id(column), sql.lit(length)];
  if (dialect === 'postgres')
    return family === 'binary' ? sql`substring(${own} from 1 for ${count})` : sql`left(${own}::text, ${count})`;
  if (family === 'binary')
    return sql`substring(${type === 'image' ? sql`cast(${own} as varbinary(max))` : own}, 1, ${count})`;
  const isLarge = ['text', 'ntext', 'xml'].includes(type);
  return sql`left(${isLarge ? sql`cast(${own} as nvarchar(max))` : own}, ${count})`;
}

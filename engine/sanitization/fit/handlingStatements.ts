import { sql, type CompiledQuery, type RawBuilder } from 'kysely';
import type { Dialect } from '../../environments/provider.ts';
import { offlineBuilder } from '../../sql.ts';
import type { Place } from '../rules/catalogue.ts';
import type { Handling } from './fit.ts';

export interface HandlingStatements {
  readonly before: readonly CompiledQuery[];
  /** May be repeated. */
  readonly after: readonly CompiledQuery[];
}

/** What is executed before and after the rules. */
export function handlingStatements(dialect: Dialect, handling: Handling): HandlingStatements {
  const compile = (statement: Statement) => statement.compile(offlineBuilder(dialect));
  if (dialect === 'mssql') return { before: endCapture(handling).map(compile), after: [] };
  return { before: [], after: makeAnew(handling).map(compile) };
}

type Statement = RawBuilder<unknown>;

const at = ({ schema, table }: Place) => sql.id(schema, table);

function makeAnew(handling: Handling): readonly Statement[] {
  switch (handling.kind) {
    case 'view-refreshed':
      return [sql`refresh materialized view ${sql.id(handling.schema, handling.view)}`];
    case 'statistics-rebuilt':
      return statisticsInPostgres(handling);
    case 'capture-ends':
      return [];
  }
}

/** ANALYZE leaves an empty table's old statistics as they are, so they are taken away before. */
function statisticsInPostgres({
  place,
  columns,
  extended,
}: Extract<Handling, { kind: 'statistics-rebuilt' }>): readonly Statement[] {
  const { schema, table } = place;
  return [
    sql`select pg_clear_attribute_stats(${schema}, ${table}, c, i) from unnest(${[...columns]}::text[]) c, unnest(array[false, true]) i`,
    ...extended.flatMap(({ schema: own, name, definition }) => [
      sql`drop statistics if exists ${sql.id(own, name)}`,
      sql.raw(definition),
    ]),
    sql`analyze ${at(place)}`,
  ];
}

function endCapture(handling: Handling): readonly Statement[] {
  if (handling.kind !== 'capture-ends') return [];
  const { schema, table } = handling.place;
  return [
    sql`EXEC sys.sp_cdc_disable_table @source_schema = ${schema}, @source_name = ${table}, @capture_instance = N'all'`,
  ];
}

import { sql, type CompiledQuery, type RawBuilder } from 'kysely';
import type { Dialect } from '../../environments/provider.ts';
import { offlineBuilder } from '../../sql.ts';
import type { Handling, RestingTrigger } from './fit.ts';
import type { Place } from '../rules/catalogue.ts';

export interface HandlingStatements {
  readonly before: readonly CompiledQuery[];
  /** Each puts one thing back as it was, and may be repeated. */
  readonly after: readonly CompiledQuery[];
}

/** What is executed before and after the rules. Statements that SQL Server refuses inside one batch with others stand alone. */
export function handlingStatements(dialect: Dialect, handling: Handling): HandlingStatements {
  const { before, after } = dialect === 'postgres' ? inPostgres(handling) : inSqlServer(handling);
  const compile = (statement: Statement) => statement.compile(offlineBuilder(dialect));
  return { before: before.map(compile), after: after.map(compile) };
}

type Statement = RawBuilder<unknown>;
interface Statements {
  readonly before: readonly Statement[];
  readonly after: readonly Statement[];
}

const at = ({ schema, table }: Place) => sql.id(schema, table);
const nothing: Statements = { before: [], after: [] };

function inPostgres(handling: Handling): Statements {
  switch (handling.kind) {
    case 'triggers-rest': {
      // ONLY: each partition has states of its own, and stands in the list by itself.
      const change = (how: string, { name, kind }: RestingTrigger) =>
        sql`alter table only ${at(handling.place)} ${sql.raw(`${how} ${kind}`)} ${sql.id(name)}`;
      return {
        before: handling.triggers.map((each) => change('disable', each)),
        after: handling.triggers.map((each) => change(each.state === 'always' ? 'enable always' : 'enable', each)),
      };
    }
    case 'row-security-off':
      return {
        before: [sql`alter table only ${at(handling.place)} disable row level security`],
        after: [sql`alter table only ${at(handling.place)} enable row level security`],
      };
    case 'foreign-key-rests': {
      const { name, from } = handling.key;
      const change = (how: string) => sql`alter table ${at(from)} alter constraint ${sql.id(name)} ${sql.raw(how)}`;
      return { before: [change('not enforced')], after: [change('enforced')] };
    }
    case 'view-refreshed':
      return { before: [], after: [sql`refresh materialized view ${sql.id(handling.schema, handling.view)}`] };
    case 'statistics-rebuilt':
      return { before: [], after: statisticsInPostgres(handling) };
    case 'capture-ends':
    case 'change-tracking-off':
    case 'versioning-off':
      return nothing;
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

function inSqlServer(handling: Handling): Statements {
  switch (handling.kind) {
    case 'triggers-rest': {
      const change = (how: string, { name }: RestingTrigger) =>
        sql`ALTER TABLE ${at(handling.place)} ${sql.raw(how)} TRIGGER ${sql.id(name)}`;
      return {
        before: handling.triggers.map((each) => change('DISABLE', each)),
        after: handling.triggers.map((each) => change('ENABLE', each)),
      };
    }
    case 'row-security-off': {
      const change = (state: string) =>
        handling.policies.map(
          ({ schema, name }) => sql`ALTER SECURITY POLICY ${sql.id(schema, name)} WITH (STATE = ${sql.raw(state)})`,
        );
      return { before: change('OFF'), after: change('ON') };
    }
    case 'capture-ends': {
      const { schema, table } = handling.place;
      return {
        before: [
          sql`EXEC sys.sp_cdc_disable_table @source_schema = ${schema}, @source_name = ${table}, @capture_instance = N'all'`,
        ],
        after: [],
      };
    }
    case 'change-tracking-off': {
      const columns = handling.tracksColumns ? 'ON' : 'OFF';
      return {
        before: [sql`ALTER TABLE ${at(handling.place)} DISABLE CHANGE_TRACKING`],
        after: [
          sql`ALTER TABLE ${at(handling.place)} ENABLE CHANGE_TRACKING WITH (TRACK_COLUMNS_UPDATED = ${sql.raw(columns)})`,
        ],
      };
    }
    case 'versioning-off': {
      const kept = handling.retention === undefined ? '' : `, HISTORY_RETENTION_PERIOD = ${handling.retention}`;
      return {
        before: [sql`ALTER TABLE ${at(handling.place)} SET (SYSTEM_VERSIONING = OFF)`],
        after: [
          sql`ALTER TABLE ${at(handling.place)} SET (SYSTEM_VERSIONING = ON (HISTORY_TABLE = ${at(handling.history)}, DATA_CONSISTENCY_CHECK = ON${sql.raw(kept)}))`,
        ],
      };
    }
    case 'foreign-key-rests': {
      const { name, from } = handling.key;
      return {
        before: [sql`ALTER TABLE ${at(from)} NOCHECK CONSTRAINT ${sql.id(name)}`],
        after: [sql`ALTER TABLE ${at(from)} WITH CHECK CHECK CONSTRAINT ${sql.id(name)}`],
      };
    }
    case 'statistics-rebuilt':
    case 'view-refreshed':
      return nothing;
  }
}

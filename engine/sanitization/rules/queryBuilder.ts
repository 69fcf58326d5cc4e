import type { ExpressionBuilder, Kysely } from 'kysely';
import type { Dialect } from '../../environments/provider.ts';
import { offlineBuilder, type Tables } from '../../sql.ts';

export type Builder = Kysely<Tables>;
export type Expressions = ExpressionBuilder<Tables, string>;

/** Where Finance & Operations keeps its tables; a pack calls it DBO whatever the server. */
export const DEFAULT_SCHEMA = { mssql: 'dbo', postgres: 'public' } as const satisfies Record<Dialect, string>;

/** A builder for the tables of one schema. */
export function builderFor(dialect: Dialect, schema: string = DEFAULT_SCHEMA[dialect]): Builder {
  return offlineBuilder(dialect).withSchema(schema);
}

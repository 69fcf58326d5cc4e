import type { ExpressionBuilder, Kysely } from 'kysely';
import type { Dialect } from '../../environments/provider.ts';
import { offlineBuilder, type Tables } from '../../sql.ts';

export type Builder = Kysely<Tables>;
export type Expressions = ExpressionBuilder<Tables, string>;

/** Where Finance & Operations keeps its tables. */
export const SCHEMA = { mssql: 'dbo', postgres: 'public' } as const satisfies Record<Dialect, string>;

/** A builder for the tables of Finance & Operations. */
export function builderFor(dialect: Dialect): Builder {
  return offlineBuilder(dialect).withSchema(SCHEMA[dialect]);
}

import {
  DummyDriver,
  Kysely,
  MssqlAdapter,
  MssqlIntrospector,
  MssqlQueryCompiler,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
} from 'kysely';
import type { ExpressionBuilder } from 'kysely';
import type { Dialect } from '../environments/provider.ts';

/** Tables are known by the rule packs only; what exists is asked of the catalogue. */
export type Tables = Record<string, Record<string, unknown>>;
export type Builder = Kysely<Tables>;
export type Expressions = ExpressionBuilder<Tables, string>;

/** Where Finance & Operations keeps its tables. */
export const SCHEMA = { mssql: 'dbo', postgres: 'public' } as const satisfies Record<Dialect, string>;

/** A builder that only compiles: statements travel to the database through a provider's session. */
export function offlineBuilder(dialect: Dialect): Builder {
  switch (dialect) {
    case 'mssql':
      return new Kysely<Tables>({
        dialect: {
          createAdapter: () => new MssqlAdapter(),
          createDriver: () => new DummyDriver(),
          createIntrospector: (db) => new MssqlIntrospector(db),
          createQueryCompiler: () => new MssqlQueryCompiler(),
        },
      });
    case 'postgres':
      return new Kysely<Tables>({
        dialect: {
          createAdapter: () => new PostgresAdapter(),
          createDriver: () => new DummyDriver(),
          createIntrospector: (db) => new PostgresIntrospector(db),
          createQueryCompiler: () => new PostgresQueryCompiler(),
        },
      });
  }
}

/** A builder for the tables of Finance & Operations. */
export function builderFor(dialect: Dialect): Builder {
  return offlineBuilder(dialect).withSchema(SCHEMA[dialect]);
}

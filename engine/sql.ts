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
import type { Dialect } from './environments/provider.ts';

/** Tables are known by name only: F&O has thousands, and a customer's pack may name any of them. */
export type Tables = Record<string, Record<string, unknown>>;

const postgres = new Kysely<Tables>({
  dialect: {
    createAdapter: () => new PostgresAdapter(),
    createDriver: () => new DummyDriver(),
    createIntrospector: (db) => new PostgresIntrospector(db),
    createQueryCompiler: () => new PostgresQueryCompiler(),
  },
});

const mssql = new Kysely<Tables>({
  dialect: {
    createAdapter: () => new MssqlAdapter(),
    createDriver: () => new DummyDriver(),
    createIntrospector: (db) => new MssqlIntrospector(db),
    createQueryCompiler: () => new MssqlQueryCompiler(),
  },
});

/** A builder that only compiles: statements travel to the database through a provider's session. */
export const offlineBuilder = (dialect: Dialect): Kysely<Tables> => (dialect === 'postgres' ? postgres : mssql);

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
type AnyTable = Readonly<Record<string, unknown>>;
export type AnyDatabase = Readonly<Record<string, AnyTable>>;

const postgres = new Kysely<AnyDatabase>({
  dialect: {
    createAdapter: () => new PostgresAdapter(),
    createDriver: () => new DummyDriver(),
    createIntrospector: (db) => new PostgresIntrospector(db),
    createQueryCompiler: () => new PostgresQueryCompiler(),
  },
});

const mssql = new Kysely<AnyDatabase>({
  dialect: {
    createAdapter: () => new MssqlAdapter(),
    createDriver: () => new DummyDriver(),
    createIntrospector: (db) => new MssqlIntrospector(db),
    createQueryCompiler: () => new MssqlQueryCompiler(),
  },
});

/** A query builder without a connection: statements are compiled here and run by a provider's session. */
export const builderFor = (dialect: Dialect): Kysely<AnyDatabase> => (dialect === 'postgres' ? postgres : mssql);

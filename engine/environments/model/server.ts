import { randomUUID } from 'node:crypto';
import { DatabaseSync, type SQLInputValue } from 'node:sqlite';
import type { CompiledQuery } from 'kysely';
import type { Session } from '../provider.ts';

/** One database of the model's server: a name, a few states as SQL Server has them, and rows in memory. */
export interface ModelDatabase {
  readonly id: string;
  readonly rows: DatabaseSync;
  readonly runId?: string;
  isRestoring: boolean;
  isOpen: boolean;
}

export type Statement = { readonly sql: string; readonly parameters?: readonly unknown[] };

/** A database made by doing everything that was ever done: what a restore chain is, too. */
export function replay(statements: readonly Statement[], parts: Partial<ModelDatabase> = {}): ModelDatabase {
  const rows = new DatabaseSync(':memory:');
  for (const statement of statements) runStatement(rows, statement);
  return { id: randomUUID(), rows, isRestoring: false, isOpen: true, ...parts };
}

/** SQLite understands what kysely compiles for PostgreSQL, as long as a statement stays plain. */
export function sessionOf({ rows }: ModelDatabase): Session {
  return {
    dialect: 'postgres',
    select: async <Row>(query: CompiledQuery<Row>) => {
      const known = fromCatalogue(query.sql, rows);
      if (known !== undefined) return known as Row[];
      const { sql, parameters } = forSqlite(query);
      // kysely has typed the rows from the query itself.
      return rows.prepare(sql).all(...parameters) as Row[];
    },
    async pour(query, sink) {
      const { sql, parameters } = forSqlite(query);
      for (const row of rows.prepare(sql).iterate(...parameters)) {
        for (const [column, value] of Object.values(row).entries()) {
          if (value === null) continue;
          const bytes = value instanceof Uint8Array ? Buffer.from(value) : Buffer.from(String(value));
          sink.field(column, bytes, 0, bytes.length);
        }
        sink.row();
      }
    },
    execute: async (query) => ({ rowCount: runStatement(rows, query) }),
    async executeTogether(queries) {
      rows.exec('BEGIN');
      try {
        const counts = queries.map((query) => runStatement(rows, query));
        rows.exec('COMMIT');
        return counts;
      } catch (error) {
        rows.exec('ROLLBACK');
        throw error;
      }
    },
    maintain: async () => undefined,
    [Symbol.asyncDispose]: async () => undefined,
  };
}

/** What PostgreSQL's catalogue would say: the columns of the tables, and nothing that stands in the way of a rule. */
function fromCatalogue(sql: string, rows: DatabaseSync): readonly unknown[] | undefined {
  if (sql.includes('set_config(')) return [];
  if (!sql.includes('pg_catalog.')) return undefined;
  if (sql.includes(`nspname = 'rewind'`)) return [{ n: isThere(rows, /relname = '(\w+)'/.exec(sql)?.[1]) ? 1 : 0 }];
  const [, question] = CATALOGUE.find(([part]) => sql.includes(part)) ?? [];
  return question === undefined ? [] : rows.prepare(question).all();
}

const CATALOGUE = [
  [
    'as table_schema',
    `SELECT table_schema, table_name, column_name, data_type, NULL AS max_length, 0 AS is_nullable, 0 AS is_generated
       FROM information_schema.columns ORDER BY table_name, ordinal_position`,
  ],
  [
    'as may_select, row_security_active',
    `SELECT table_schema AS "schema", table_name AS "table", column_name AS name, data_type AS base, 0 AS is_nullable,
            1 AS may_select, 0 AS hides_rows
       FROM information_schema.columns ORDER BY table_name, ordinal_position`,
  ],
  [
    'as hides_rows',
    `SELECT rowid AS id, table_schema AS "schema", table_name AS "table", 'table' AS kind FROM information_schema.tables`,
  ],
  [
    'as is_server_made',
    `SELECT t.rowid AS id, column_name AS "column", data_type AS type, data_type AS base, 0 AS is_nullable,
            0 AS is_computed, 0 AS is_server_made
       FROM information_schema.columns AS c JOIN information_schema.tables AS t USING (table_name)
      ORDER BY table_name, ordinal_position`,
  ],
  [
    'as nature',
    `SELECT t.rowid AS id, t.table_schema AS "schema", table_name AS "table", column_name AS "column", 'text' AS nature,
            0 AS bytes, 0 AS pages, 0 AS has_children, 0 AS is_toasted
       FROM information_schema.columns AS c JOIN information_schema.tables AS t USING (table_name)
      WHERE data_type = 'text'
      ORDER BY table_name, ordinal_position`,
  ],
] as const;

const isAttached = (rows: DatabaseSync): boolean =>
  rows
    .prepare('PRAGMA database_list')
    .all()
    .some(({ name }) => name === 'rewind');

/** The schema, or a table in it. */
const isThere = (rows: DatabaseSync, table: string | undefined): boolean =>
  isAttached(rows) &&
  (table === undefined || rows.prepare('SELECT name FROM rewind.sqlite_master WHERE name = ?').all(table).length > 0);

/** Returns the number of changed rows. */
export function runStatement(rows: DatabaseSync, statement: Statement): number {
  // There are no statistics.
  if (/^(analyze|select pg_clear_attribute_stats)/.test(statement.sql)) return 0;
  const { sql, parameters } = forSqlite(statement);
  // A schema is a database of its own here.
  if (/^(create|drop) schema/i.test(sql)) {
    if (sql.startsWith('CREATE') !== isAttached(rows))
      rows.exec(sql.startsWith('CREATE') ? `ATTACH ':memory:' AS rewind` : 'DETACH rewind');
    return 0;
  }
  return Number(rows.prepare(sql).run(...parameters).changes);
}

/** SQLite binds by order, PostgreSQL by number. */
function forSqlite({ sql, parameters = [] }: Statement): { sql: string; parameters: SQLInputValue[] } {
  const order: SQLInputValue[] = [];
  const text = sql.replaceAll(/\$(\d+)/g, (_, number) => {
    order.push(toSqlite(parameters[Number(number) - 1]));
    return '?';
  });
  // Its keys are unique, so that there are no ties.
  const plain = text.replace(/fetch next \? rows with ties/, 'limit ?');
  return { sql: plain.replaceAll(/left\(("\w+")::text, (\d+)\)/g, 'substr($1, 1, $2)'), parameters: order };
}

function toSqlite(value: unknown): SQLInputValue {
  if (typeof value === 'boolean') return value ? 1 : 0;
  if (value instanceof Date) return value.toISOString();
  if (value === null || typeof value === 'number' || typeof value === 'bigint' || typeof value === 'string')
    return value;
  if (value instanceof Uint8Array) return value;
  throw new TypeError(`The model stores no ${typeof value}`);
}

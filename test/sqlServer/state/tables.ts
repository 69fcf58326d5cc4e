import type { DatabaseSync } from 'node:sqlite';
import { familyOf, declare, readType, type SqlType } from '../sql/types.ts';
import type { TypedColumn } from '../sql/scope.ts';
import { openConnection, type Connection } from './connection.ts';
import type { Database } from './databaseModel.ts';
import type { Session } from './model.ts';

export interface TableColumn extends TypedColumn {
  readonly isNullable: boolean;
  readonly isIdentity: boolean;
  /** Of the column, in SQLite's words. */
  readonly fallback?: string;
  readonly isGenerated: boolean;
}

export interface UserTable {
  readonly id: number;
  readonly schema: string;
  readonly name: string;
  /** The table's name in SQLite: other schemas than dbo stand before the name. */
  readonly sqlite: string;
  readonly columns: readonly TableColumn[];
  /** The columns of its primary key, in their order. */
  readonly key: readonly string[];
  readonly isView: boolean;
}

/**
 * How a column is declared in SQLite: the T-SQL type can be read back from it, and SQLite's affinity loses nothing
 * (dates, GUIDs and long numbers are text).
 */
export function declareColumn(type: SqlType): string {
  const family = familyOf(type);
  const needsText = family === 'date' || family === 'guid' || (family === 'exact' && (type.precision ?? 18) > 15);
  if (family === 'text') return `"text_${declare(type)}" COLLATE NOCASE`;
  if (needsText) return `"text_${declare(type)}" COLLATE NOCASE`;
  return family === 'binary' ? `"blob_${declare(type)}"` : `"${declare(type)}"`;
}

export function readDeclaration(declaration: string): SqlType {
  return readType(declaration.replace(/^(text|blob)_(?=.)/, '')) ?? { name: 'nvarchar', length: -1 };
}

/** A database as a session sees it, what it has changed itself among it; without a session, as the last commit left it. */
interface Seen {
  readonly database: Database;
  readonly session?: Pick<Session, 'connections'>;
}

/** The tables and views. Empty while a database is not online. */
export const userTables = (seen: Seen): readonly UserTable[] => look(seen, readTables);

/** How many rows each table has. */
export const rowCounts = (seen: Seen): ReadonlyMap<number, number> =>
  new Map(
    look(seen, (connection) =>
      readTables(connection)
        .filter(({ isView }) => !isView)
        .map(({ id, sqlite }): [number, number] => [
          id,
          Number(
            connection.db.prepare(`SELECT count(*) AS n FROM main."${sqlite.replaceAll('"', '""')}"`).get()?.['n'],
          ),
        ]),
    ),
  );

/** Which table refers to which, by which columns; one key between two tables. */
export const references = (
  seen: Seen,
): readonly {
  readonly from: UserTable;
  readonly to: UserTable;
  readonly columns: readonly (readonly [from: string, to: string])[];
}[] =>
  look(seen, (connection) => {
    const tables = readTables(connection);
    const rows = connection.db
      .prepare(
        `SELECT t.name AS "from", f."table" AS "to", json_group_array(json_array(f."from", f."to")) AS columns
           FROM main.sqlite_schema AS t JOIN pragma_foreign_key_list(t.name) AS f WHERE t.type = 'table' GROUP BY t.name, f."table"`,
      )
      .all();
    return rows.flatMap((row) => {
      const [from, to] = ['from', 'to'].map((end) => tables.find(({ sqlite }) => sqlite === row[end]));
      // As the statement says.
      const columns = JSON.parse(String(row['columns'])) as readonly (readonly [string, string])[];
      return from === undefined || to === undefined ? [] : [{ from, to, columns }];
    });
  });

/** Where `database.ownRows` has the names of those that rest. */
export const RESTING_KEYS = 'foreign keys that rest';

export const foreignKeyName = (from: UserTable, to: UserTable): string => `FK_${from.name}_${to.name}`;

export interface UserIndex extends IndexParts {
  readonly table: UserTable;
  readonly name: string;
  readonly isUnique: boolean;
}

interface IndexParts {
  readonly keys: readonly string[];
  readonly included: readonly string[];
  /** In T-SQL. */
  readonly filter?: string;
}

/** A comment in the index's own text, from which it is read back. */
export const describeIndex = (parts: IndexParts): string =>
  `/*${JSON.stringify(parts).replaceAll('*', String.raw`\u002a`)}*/`;

/** Indexes that were made by a statement of their own. */
export const userIndexes = (seen: Seen): readonly UserIndex[] =>
  look(seen, (connection) => {
    const rows = connection.db
      .prepare(`SELECT name, tbl_name AS "table", sql FROM main.sqlite_schema WHERE type = 'index' AND sql IS NOT NULL`)
      .all();
    const tables = readTables(connection);
    return rows.flatMap(({ name, table: owner, sql }) => {
      const table = tables.find(({ sqlite }) => sqlite === owner);
      if (table === undefined) return [];
      const isUnique = String(sql).startsWith('CREATE UNIQUE');
      const [, described = ''] = /\/\*(\{.*?\})\*\//.exec(String(sql)) ?? [];
      // Written by describeIndex.
      const parts = JSON.parse(described) as IndexParts;
      return [{ table, name: String(name).slice(table.sqlite.length + 1), isUnique, ...parts }];
    });
  });

/** What SQLite would give a new row, in its own words. */
export const defaultsOf = (seen: Seen) =>
  userTables(seen).flatMap(({ id, columns }) =>
    columns.flatMap(({ fallback }, index) =>
      fallback === undefined ? [] : [{ id: id + index + 1, table: id, fallback }],
    ),
  );

function look<Found>(
  { database, session }: Seen,
  read: (connection: Connection) => readonly Found[],
): readonly Found[] {
  if (database.state !== 'ONLINE') return [];
  // Functions that ask here run once for each row: the session's connection knows the tables, a new one would read them anew.
  const own = session?.connections.get(database);
  if (own) return read(own);
  const connection = openConnection(database.path);
  try {
    return read(connection);
  } finally {
    connection.db.close();
  }
}

const lastRead = new WeakMap<DatabaseSync, { readonly version: unknown; readonly tables: readonly UserTable[] }>();

/** The tables and views as one session sees them. Every statement asks, so they are read once for every change of them. */
export function readTables({ db }: Connection): readonly UserTable[] {
  const version = db.prepare('PRAGMA main.schema_version').get()?.['schema_version'];
  const known = lastRead.get(db);
  if (known !== undefined && known.version === version) return known.tables;
  const tables = readSchema(db);
  // What a transaction has made may be rolled back, and its version given to another schema.
  if (!db.isTransaction) lastRead.set(db, { version, tables });
  return tables;
}

function readSchema(db: DatabaseSync): readonly UserTable[] {
  const rows = db
    .prepare(
      `SELECT t.rowid AS id, t.name AS "table", t.type AS kind, t.sql AS definition, c.name, c.type, c."notnull" AS isRequired, c.dflt_value AS fallback, c.hidden, c.pk
       FROM main.sqlite_schema AS t JOIN pragma_table_xinfo(t.name) AS c
       WHERE t.type IN ('table', 'view') AND t.name NOT LIKE 'sqlite%' ORDER BY t.rowid, c.cid`,
    )
    .all();
  const tables = new Map<string, ReturnType<typeof newTable>>();
  for (const row of rows) {
    const name = String(row['table']);
    const table = tables.get(name) ?? newTable(Number(row['id']), row['kind'] === 'view');
    tables.set(name, table);
    const column = String(row['name']);
    if (Number(row['pk']) > 0) table.key.set(Number(row['pk']), column);
    table.columns.push({
      name: column,
      type: readDeclaration(String(row['type'])),
      isNullable: row['isRequired'] === 0,
      ...(row['fallback'] === null ? {} : { fallback: String(row['fallback']) }),
      isIdentity: String(row['definition']).includes(`/*identity ${column}*/`),
      isGenerated: row['hidden'] !== 0,
    });
  }
  return [...tables].map(([sqlite, { id, columns, key: positions, isView }]) => {
    const key = [...positions].toSorted(([one], [other]) => one - other).map(([, column]) => column);
    const [schema, name] = sqlite.includes('.') ? sqlite.split('.') : ['dbo', sqlite];
    return { id, schema: schema ?? 'dbo', name: name ?? sqlite, sqlite, columns, key, isView };
  });
}

const newTable = (number: number, isView: boolean) => ({
  ...{ id: 1_000_000 + number * 10_000, isView },
  columns: new Array<TableColumn>(),
  key: new Map<number, string>(),
});

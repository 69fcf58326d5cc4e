import { DatabaseSync } from 'node:sqlite';
import { familyOf, declare, readType, type SqlType } from '../sql/types.ts';
import type { TypedColumn } from '../sql/scope.ts';
import type { Connection } from './connection.ts';
import type { Database } from './model.ts';

export interface TableColumn extends TypedColumn {
  readonly isNullable: boolean;
  readonly isIdentity: boolean;
  readonly hasDefault: boolean;
  readonly isGenerated: boolean;
}

export interface UserTable {
  readonly id: number;
  readonly schema: string;
  readonly name: string;
  /** The table's name in SQLite: other schemas than dbo stand before the name. */
  readonly sqlite: string;
  readonly columns: readonly TableColumn[];
}

/**
 * How a column is declared in SQLite: the T-SQL type can be read back from it, and SQLite's affinity loses nothing
 * (dates, GUIDs and long numbers are text).
 */
export function declareColumn(type: SqlType): string {
  const family = familyOf(type);
  const needsText =
    family === 'date' ||
    family === 'guid' ||
    (family === 'exact' && (type.precision ?? 18) > 15 && (type.scale ?? 0) === 0);
  if (family === 'text') return `"text_${declare(type)}" COLLATE NOCASE`;
  if (needsText) return `"text_${declare(type)}" COLLATE NOCASE`;
  return family === 'binary' ? `"blob_${declare(type)}"` : `"${declare(type)}"`;
}

export function readDeclaration(declaration: string): SqlType {
  return readType(declaration.replace(/^(text|blob)_(?=.)/, '')) ?? { name: 'nvarchar', length: -1 };
}

/** The tables as the last commit left them. Empty while a database is not online. */
export function userTables(database: Database): readonly UserTable[] {
  if (database.state !== 'ONLINE') return [];
  const db = new DatabaseSync(database.path);
  try {
    return readTables({ db, isInTransaction: false });
  } finally {
    db.close();
  }
}

/** The tables as one session sees them. */
export function readTables({ db }: Connection): readonly UserTable[] {
  const rows = db
    .prepare(
      `SELECT t.rowid AS id, t.name AS "table", t.sql AS definition, c.name, c.type, c."notnull" AS isRequired, c.dflt_value AS fallback, c.hidden
       FROM main.sqlite_schema AS t JOIN pragma_table_xinfo(t.name) AS c
       WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite%' ORDER BY t.rowid, c.cid`,
    )
    .all();
  const tables = new Map<string, { id: number; columns: TableColumn[] }>();
  for (const row of rows) {
    const name = String(row['table']);
    const table = tables.get(name) ?? { id: 1_000_000 + Number(row['id']) * 10_000, columns: [] };
    tables.set(name, table);
    const column = String(row['name']);
    table.columns.push({
      name: column,
      type: readDeclaration(String(row['type'])),
      isNullable: row['isRequired'] === 0,
      hasDefault: row['fallback'] !== null,
      isIdentity: String(row['definition']).includes(`/*identity ${column}*/`),
      isGenerated: row['hidden'] !== 0,
    });
  }
  return [...tables].map(([sqlite, { id, columns }]) => {
    const [schema, name] = sqlite.includes('.') ? sqlite.split('.') : ['dbo', sqlite];
    return { id, schema: schema ?? 'dbo', name: name ?? sqlite, sqlite, columns };
  });
}

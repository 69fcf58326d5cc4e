import columns from './applicationColumns.json' with { type: 'json' };
import type { ColumnFact } from './columnFacts.ts';

/** Where Finance & Operations keeps its own tables, and where a copy of them stands on PostgreSQL. */
const OWN_SCHEMAS: ReadonlySet<string> = new Set(['DBO', 'PUBLIC']);
const TABLES: Readonly<Record<string, string>> = columns;

/**
 * The baseline that comes with Rewind: columns of the application's own tables, as far as public sources name them. They are never
 * new; what they hold is looked at like that of every other column.
 */
export function isOwnColumn({ schema, table, column }: Pick<ColumnFact, 'schema' | 'table' | 'column'>): boolean {
  if (!OWN_SCHEMAS.has(schema.toUpperCase())) return false;
  const own = Object.hasOwn(TABLES, table.toUpperCase()) ? TABLES[table.toUpperCase()] : undefined;
  return own?.split(' ').includes(column.toUpperCase()) === true;
}

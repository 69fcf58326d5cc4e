import { sqlError } from './sqlError.ts';
import type { Expression, Query } from './syntaxTree.ts';
import type { SqlType, Value } from './types.ts';

/** A column of a table or of a result. */
export interface TypedColumn {
  readonly name: string;
  readonly type: SqlType;
}

/** What the text of a statement is compiled against. */
export interface Surroundings {
  /** A table or view, by the parts of its name, as SQLite knows it. @throws SqlError 208 */
  table(parts: readonly string[]): { readonly sqlite: string; readonly columns: readonly TypedColumn[] };
  /** A table-valued function whose rows SQLite gets as JSON from `sqlite(…)`; undefined when there is none. */
  tableFunction(
    parts: readonly string[],
  ): { readonly sqlite: string; readonly columns: readonly TypedColumn[] } | undefined;
  /** @throws SqlError 137 */
  variable(name: string): { readonly value: Value; readonly type: SqlType };
  /** @throws SqlError 195 */
  scalarFunction(name: string): ScalarFunction;
}

export interface ScalarFunction {
  readonly type: (operands: readonly SqlType[]) => SqlType;
  readonly sqlite: (operands: readonly string[], types: readonly SqlType[]) => string;
}

/** The tables that a part of a query sees, and those of the queries around it. */
export interface Scope {
  readonly surroundings: Surroundings;
  readonly tables: readonly ScopedTable[];
  /** Names given in the SELECT list, for ORDER BY. */
  readonly aliases: readonly TypedColumn[];
  readonly common: ReadonlyMap<string, readonly TypedColumn[]>;
  readonly outer?: Scope;
  /** Values bound to the statement, collected while it is compiled. */
  readonly parameters: Map<string, Value>;
}

export interface ScopedTable {
  readonly alias: string;
  readonly columns: readonly TypedColumn[];
  /** How a column is written when it is not `alias.column`. */
  readonly access?: (column: string) => string;
}

export interface Compiled {
  readonly text: string;
  readonly type: SqlType;
}

export interface CompiledQuery {
  readonly text: string;
  readonly columns: readonly TypedColumn[];
}

export type CompileExpression = (expression: Expression, scope: Scope) => Compiled;
export type CompileQuery = (query: Query, scope: Scope) => CompiledQuery;

export function newScope(surroundings: Surroundings): Scope {
  return { surroundings, tables: [], aliases: [], common: new Map(), parameters: new Map() };
}

/** The scope of a query inside another one. */
export function innerScope(outer: Scope, more: Partial<Scope> = {}): Scope {
  return { ...outer, tables: [], aliases: [], outer, ...more };
}

const same = (one: string, other: string) => one.toLowerCase() === other.toLowerCase();

/** @throws SqlError 207 or 4104 */
export function resolveColumn(parts: readonly string[], scope: Scope): Compiled {
  const name = parts.at(-1) ?? '';
  const qualifier = parts.at(-2);
  for (let each: Scope | undefined = scope; each !== undefined; each = each.outer) {
    for (const table of each.tables) {
      if (qualifier !== undefined && !same(table.alias, qualifier)) continue;
      const column = table.columns.find((one) => same(one.name, name));
      if (column !== undefined)
        return {
          text: table.access?.(column.name) ?? `${quote(table.alias)}.${quote(column.name)}`,
          type: column.type,
        };
    }
    const alias = qualifier === undefined ? each.aliases.find((one) => same(one.name, name)) : undefined;
    if (alias !== undefined) return { text: quote(alias.name), type: alias.type };
  }
  if (qualifier === undefined) throw sqlError(207, `Invalid column name '${name}'.`);
  throw sqlError(4104, `The multi-part identifier "${parts.join('.')}" could not be bound.`);
}

/** As SQLite quotes a name. */
export function quote(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** Binds a value to the statement; equal names share one place. */
export function bind(scope: Scope, name: string, value: Value): string {
  const key = `:p${Array.from(name, (each) => (/[a-z0-9]/i.test(each) ? each : `_${each.codePointAt(0)}_`)).join('')}`;
  scope.parameters.set(key, value);
  return key;
}

import { createExpressionCompiler } from './compileExpression.ts';
import {
  innerScope,
  quote,
  type Compiled,
  type CompiledQuery,
  type Scope,
  type ScopedTable,
  type TypedColumn,
} from './scope.ts';
import { notEmulated, sqlError } from './sqlError.ts';
import type { Expression, FromItem, Query, Select, Source } from './syntaxTree.ts';
import { int } from './types.ts';

export const { compileExpression, compileOrder } = createExpressionCompiler(compileQuery);

/** A query for SQLite, with the columns that SQL Server would announce. */
export function compileQuery(query: Query, outer: Scope): CompiledQuery {
  let scope = outer;
  const common: string[] = [];
  for (const { name, columns, query: inner } of query.tables) {
    const compiled = compileQuery(inner, scope);
    const named = rename(compiled.columns, columns);
    common.push(`${quote(name)}(${named.map((column) => quote(column.name)).join(', ')}) AS (${compiled.text})`);
    scope = { ...scope, common: new Map([...scope.common, [name.toLowerCase(), named]]) };
  }
  const isSingle = query.selects.length === 1;
  const selects = query.selects.map((select) => compileSelect(select, scope));
  const first = selects[0];
  if (first === undefined) throw notEmulated('a query without SELECT');

  let text = selects
    .map((select, index) => {
      const top = select.top === undefined || isSingle ? '' : ` LIMIT ${select.top}`;
      const part = top === '' ? select.text : `SELECT * FROM (${select.text}${top})`;
      return index === 0 ? part : `${query.operators[index - 1] ?? 'UNION'} ${part}`;
    })
    .join(' ');
  if (query.orderBy.length > 0) {
    // Behind set operators only the names of the result count.
    const ordering = isSingle ? first.scope : innerScope(scope, { aliases: first.columns });
    const order = compileOrder(query.orderBy, { ...ordering, aliases: first.columns });
    text = first.isWithTies && isSingle ? withTies(first, order) : `${text} ORDER BY ${order}`;
  }
  if (query.offset !== undefined) {
    const fetch = query.fetch === undefined ? '-1' : compileExpression(query.fetch, scope).text;
    text += ` LIMIT ${fetch} OFFSET ${compileExpression(query.offset, scope).text}`;
  } else if (isSingle && first.top !== undefined && !first.isWithTies) {
    text += ` LIMIT ${first.top}`;
  }
  if (common.length > 0) text = `WITH ${common.join(', ')} ${text}`;
  return { text, columns: first.columns };
}

/** TOP … WITH TIES: also the rows that stand where the last one stands. */
function withTies({ text, columns, top = '0' }: CompiledSelect, order: string): string {
  const ranked = text.replace(/^SELECT /, `SELECT rank() OVER (ORDER BY ${order}) AS "rank of ties", `);
  const names = columns.map(({ name }) => quote(name)).join(', ');
  return `SELECT ${names} FROM (${ranked}) WHERE "rank of ties" <= ${top} ORDER BY "rank of ties"`;
}

interface CompiledSelect extends CompiledQuery {
  readonly scope: Scope;
  readonly top?: string;
  readonly isWithTies: boolean;
}

function compileSelect(select: Select, outer: Scope): CompiledSelect {
  const { text: from, scope } = compileFrom(select.from, outer);
  const columns: TypedColumn[] = [];
  const items: string[] = [];
  const add = (name: string, { text, type }: Compiled) => {
    columns.push({ name, type });
    items.push(`${text} AS ${quote(name === '' ? `column ${columns.length}` : name)}`);
  };
  for (const item of select.items) {
    switch (item.kind) {
      case 'star':
        for (const table of scope.tables) {
          if (item.table !== undefined && table.alias.toLowerCase() !== item.table.toLowerCase()) continue;
          for (const { name, type } of table.columns)
            add(name, { text: table.access?.(name) ?? `${quote(table.alias)}.${quote(name)}`, type });
        }
        break;
      case 'value':
        add(item.alias ?? nameOf(item.value), compileExpression(item.value, scope));
        break;
      case 'assign':
        add(item.variable, compileExpression(item.value, scope));
    }
  }
  if (columns.length === 0) throw sqlError(263, 'Must specify table to select from.');
  const where = select.where === undefined ? '' : ` WHERE ${compileExpression(select.where, scope).text}`;
  const groups = select.groupBy.map((each) => compileExpression(each, scope).text).join(', ');
  const having = select.having === undefined ? '' : ` HAVING ${compileExpression(select.having, scope).text}`;
  const text = `SELECT ${select.isDistinct ? 'DISTINCT ' : ''}${items.join(', ')}${from}${where}${
    groups === '' ? '' : ` GROUP BY ${groups}`
  }${having}`;
  const top = select.top === undefined ? {} : { top: compileExpression(select.top, outer).text };
  return { text, columns, scope, isWithTies: select.isWithTies ?? false, ...top };
}

function nameOf(expression: Expression): string {
  return expression.kind === 'column' ? (expression.parts.at(-1) ?? '') : '';
}

const joins = {
  none: '',
  inner: ' JOIN ',
  left: ' LEFT JOIN ',
  cross: ' CROSS JOIN ',
  apply: ' JOIN ',
  outerApply: ' LEFT JOIN ',
} as const;

/** FROM with all its joins, and the scope in which the rest of the SELECT stands. */
export function compileFrom(
  items: readonly FromItem[],
  outer: Scope,
): { readonly text: string; readonly scope: Scope } {
  let scope = innerScope(outer);
  let text = items.length === 0 ? '' : ' FROM ';
  for (const { join, source, on } of items) {
    const compiled = compileSource(source, join.endsWith('pply') ? scope : { ...scope, tables: [] }, join);
    scope = { ...scope, tables: [...scope.tables, compiled.table] };
    text += joins[join] + compiled.text;
    if (on !== undefined) text += ` ON ${compileExpression(on, scope).text}`;
    else if (join.endsWith('pply')) text += ' ON 1';
  }
  return { text, scope };
}

function compileSource(
  source: Source,
  scope: Scope,
  join: FromItem['join'],
): { readonly text: string; readonly table: ScopedTable } {
  switch (source.kind) {
    case 'table': {
      const name = source.parts.at(-1) ?? '';
      const alias = source.alias ?? name;
      const common = source.parts.length === 1 ? scope.common.get(name.toLowerCase()) : undefined;
      const { sqlite, columns } = common
        ? { sqlite: quote(name), columns: common }
        : scope.surroundings.table(source.parts);
      return { text: `${sqlite} AS ${quote(alias)}`, table: { alias, columns } };
    }
    case 'function': {
      const found = scope.surroundings.tableFunction(source.parts);
      if (found === undefined) throw sqlError(208, `Invalid object name '${source.parts.join('.')}'.`);
      const alias = source.alias ?? source.parts.at(-1) ?? '';
      const operands = source.operands.map((operand) => compileExpression(operand, scope).text);
      return {
        text: `json_each(${found.sqlite}(${operands.join(', ')})) AS ${quote(alias)}`,
        table: {
          alias,
          columns: found.columns,
          access: (column) => `json_extract(${quote(alias)}.value, '$.${column}')`,
        },
      };
    }
    case 'query': {
      if (join === 'apply' || join === 'outerApply') throw notEmulated('APPLY of a query');
      const compiled = compileQuery(source.query, innerScope(scope));
      const columns = rename(compiled.columns, source.columns);
      const inner = source.columns
        ? `SELECT ${compiled.columns.map(({ name }, at) => `${quote(name)} AS ${quote(columns[at]?.name ?? name)}`).join(', ')} FROM (${compiled.text})`
        : compiled.text;
      return { text: `(${inner}) AS ${quote(source.alias)}`, table: { alias: source.alias, columns } };
    }
    case 'values': {
      const rows = source.rows.map((row) => row.map((each) => compileExpression(each, scope)));
      const columns = source.columns.map((name, at) => ({ name, type: rows[0]?.[at]?.type ?? int }));
      const [first = [], ...others] = rows;
      const selects = [
        first.map(({ text }, at) => `${text} AS ${quote(source.columns[at] ?? '')}`),
        ...others.map((row) => row.map(({ text }) => text)),
      ].map((row) => `SELECT ${row.join(', ')}`);
      return {
        text: `(${selects.join(' UNION ALL ')}) AS ${quote(source.alias)}`,
        table: { alias: source.alias, columns },
      };
    }
  }
}

function rename(columns: readonly TypedColumn[], names: readonly string[] | undefined): readonly TypedColumn[] {
  return names === undefined ? columns : columns.map((column, at) => ({ ...column, name: names[at] ?? column.name }));
}

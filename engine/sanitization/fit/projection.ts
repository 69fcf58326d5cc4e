import { expressionBuilder, sql, type RawBuilder } from 'kysely';
import type { Tables } from '../../sql.ts';
import { allOf, clearedExpression, valueExpression, type Scope } from '../rules/conditions.ts';
import type { Rule } from '../pack/rulePack.ts';
import type { TableObstacles } from './obstacles.ts';

const eb = expressionBuilder<Tables, string>();

/** A rule as it holds for one table. */
export interface RuleAt {
  readonly rule: Rule;
  readonly scope: Scope;
}

/**
 * The rows of one table as these rules would leave them, as a query: the catalogue's indexes, checks and foreign keys can
 * be tried on it before anything is changed. Masks and statements of a pack's own are left out.
 */
export function asRulesLeave(table: TableObstacles, rules: readonly RuleAt[], isOnly: boolean): RawBuilder<unknown> {
  const own = [...table.columns].filter(([, { isComputed }]) => !isComputed).map(([name]) => name);
  const only = isOnly ? sql.raw('only ') : sql.raw('');
  const source = sql`select ${columnsOf(own)} from ${only}${sql.id(table.schema, table.table)}`;
  const left = rules.reduce((before, each) => layer(before, own, each), source);
  const computed = [...table.columns].filter(([, { definition }]) => definition !== undefined);
  if (computed.length === 0) return left;
  const all = computed.map(([name, { definition = '' }]) => sql`${sql.raw(definition)} as ${sql.id(name)}`);
  return sql`select ${columnsOf(own)}, ${sql.join(all)} from (${left}) as t`;
}

const columnsOf = (names: readonly string[]) => sql.join(names.map((name) => sql.id(name)));

function layer(before: RawBuilder<unknown>, columns: readonly string[], { rule, scope }: RuleAt): RawBuilder<unknown> {
  const meant = allOf(eb, rule.where ?? [], scope);
  if (rule.action === 'delete-rows' || rule.action === 'keep-rows')
    return sql`select ${columnsOf(columns)} from (${before}) as t where case when ${meant} then 1 else 0 end = 0`;
  const written = new Map(
    rule.action === 'set-columns'
      ? Object.entries(rule.values).map(([column, value]) => [column, valueExpression(eb, value, scope)])
      : rule.action === 'clear-columns' || rule.action === 'keep-columns'
        ? rule.columns.map((column) => [column, clearedExpression(eb, column, scope)])
        : [],
  );
  if (written.size === 0) return before;
  const list = columns.map((column) => {
    const value = written.get(column.toUpperCase());
    const name = sql.id(column);
    return value === undefined ? name : sql`case when ${meant} then ${value} else ${name} end as ${name}`;
  });
  return sql`select ${sql.join(list)} from (${before}) as t`;
}

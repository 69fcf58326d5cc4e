import { expressionBuilder, sql, type Expression, type RawBuilder } from 'kysely';
import type { Tables } from '../../sql.ts';
import { canonicalOf } from '../masks/canonical.ts';
import { kindOf } from '../masks/kinds.ts';
import { maskOnce } from '../masks/maskExpression.ts';
import type { MaskKey } from '../masks/maskKey.ts';
import type { MaskKind } from '../pack/maskSchema.ts';
import { isPending } from '../rules/compileRule.ts';
import { allOf, clearedExpression, roomOf, valueExpression, type Scope } from '../rules/conditions.ts';
import type { Rule } from '../pack/rulePack.ts';
import type { TableObstacles } from './obstacles.ts';

const eb = expressionBuilder<Tables, string>();

/** A rule as it holds for one table. */
export interface RuleAt {
  readonly rule: Rule;
  readonly scope: Scope;
}

export interface Projection {
  /** The rows of the table itself, without those of its children. */
  readonly isOnly: boolean;
  /**
   * `left-out`: masked columns are as they were. `told-apart`: something stands in for the made-up values that is the same where they are
   * the same, and where they can be. `made-up`: they are what the masks give.
   */
  readonly masks: 'left-out' | 'told-apart' | 'made-up';
  /** What values are made up with, instead of the key of the copy. */
  readonly trial?: MaskKey | undefined;
  /** With the column CHANGED: 1 in the rows that one of the rules changes, otherwise 0. */
  readonly isMarked?: boolean;
}

export const CHANGED = 'rewind changed';

/**
 * The rows of one table as these rules would leave them, as a query: the catalogue's indexes, checks and foreign keys can
 * be tried on it before anything is changed. Statements of a pack's own are left out.
 */
export function asRulesLeave(
  table: TableObstacles,
  rules: readonly RuleAt[],
  projection: Projection,
): RawBuilder<unknown> {
  const { isOnly, isMarked = false } = projection;
  const own = [...table.columns].filter(([, { isComputed }]) => !isComputed).map(([name]) => name);
  const columns = [...own, ...(isMarked ? [CHANGED] : [])];
  const only = isOnly ? sql.raw('only ') : sql.raw('');
  const mark = isMarked ? sql`, 0 as ${sql.id(CHANGED)}` : sql.raw('');
  const source = sql`select ${columnsOf(own)}${mark} from ${only}${sql.id(table.schema, table.table)}`;
  const left = rules.reduce((before, each) => layer(before, columns, each, projection), source);
  const computed = [...table.columns].filter(([, { definition }]) => definition !== undefined);
  if (computed.length === 0) return left;
  const all = computed.map(([name, { definition = '' }]) => sql`${sql.raw(definition)} as ${sql.id(name)}`);
  return sql`select ${columnsOf(columns)}, ${sql.join(all)} from (${left}) as t`;
}

const columnsOf = (names: readonly string[]) => sql.join(names.map((name) => sql.id(name)));

function layer(
  before: RawBuilder<unknown>,
  columns: readonly string[],
  { rule, scope }: RuleAt,
  projection: Projection,
): RawBuilder<unknown> {
  const meant = allOf(eb, rule.where ?? [], scope);
  if (rule.action === 'delete-rows' || rule.action === 'keep-rows')
    return sql`select ${columnsOf(columns)} from (${before}) as t where case when ${meant} then 1 else 0 end = 0`;
  const written = writtenBy(rule, scope, projection);
  if (rule.action === 'sql' || (written.size === 0 && !projection.isMarked)) return before;
  const list = columns.map((column) => {
    const name = sql.id(column);
    if (column === CHANGED) return sql`case when ${isPending(eb, rule, scope)} then 1 else ${name} end as ${name}`;
    const value = written.get(column.toUpperCase());
    return value === undefined ? name : sql`case when ${meant} then ${value} else ${name} end as ${name}`;
  });
  return sql`select ${sql.join(list)} from (${before}) as t`;
}

function writtenBy(rule: Rule, scope: Scope, { masks, trial }: Projection): ReadonlyMap<string, Expression<unknown>> {
  switch (rule.action) {
    case 'set-columns':
      return new Map(Object.entries(rule.values).map(([column, value]) => [column, valueExpression(eb, value, scope)]));
    case 'clear-columns':
    case 'keep-columns':
      return new Map(rule.columns.map((column) => [column, clearedExpression(eb, column, scope)]));
    case 'mask':
      if (masks === 'left-out') return new Map();
      return new Map(
        Object.entries(rule.columns).map(([column, kind]) => [
          column,
          masks === 'told-apart'
            ? madeUp(column, kind, scope)
            : maskOnce(scope.dialect, { kind, room: roomOf(column, scope) }, column, trial),
        ]),
      );
    default:
      return new Map();
  }
}

/** The sign in front keeps it apart from every value that is not masked. */
function madeUp(column: string, kind: MaskKind, scope: Scope): RawBuilder<unknown> {
  const own = sql.id(column);
  const text = scope.dialect === 'postgres' ? sql`cast(${own} as text) collate "C"` : own;
  const isApart = kindOf(kind, roomOf(column, scope)).isUnique;
  const value = isApart ? sql`concat('~', ${canonicalOf(scope.dialect, own)})` : sql.raw(`'~'`);
  return sql`case when rtrim(${text}) <> '' then ${value} else ${text} end`;
}

import { sql } from 'kysely';
import type { Expression, SqlBool } from 'kysely';
import { isNotMasked } from '../masks/forms.ts';
import { kindOf } from '../masks/kinds.ts';
import type { Sandbox } from '../../contracts.ts';
import type { Dialect } from '../../environments/provider.ts';
import type { Catalogue, Place, TableColumns } from './catalogue.ts';
import { besideOf, columnsAt } from './places.ts';
import { builderFor, type Expressions } from './queryBuilder.ts';
import type { Condition, Reference, SimpleCondition, Value } from '../pack/conditionSchema.ts';
import type { MaskKind } from '../pack/maskSchema.ts';

/** What conditions and values are compiled against; the place is that of the table whose rows are meant. */
export interface Scope extends Place {
  readonly dialect: Dialect;
  readonly catalogue: Catalogue;
  readonly administrator: Sandbox['administrator'];
  /** What earlier rules of the same statement have made of its columns; the others are as they are. */
  readonly written?: ReadonlyMap<string, Expression<unknown>>;
}

type Claim = Expression<SqlBool>;

/** All conditions of a list hold. An empty list holds for every row. */
export function allOf(eb: Expressions, conditions: readonly Condition[], scope: Scope): Claim {
  return eb.and(
    conditions.map((each) =>
      'any' in each ? eb.or(each.any.map((one) => holds(eb, one, scope))) : holds(eb, each, scope),
    ),
  );
}

/** Text is compared as Finance & Operations does: neither case nor trailing spaces count. SQL Server's collation does so by itself. */
function holds(eb: Expressions, condition: SimpleCondition, scope: Scope): Claim {
  const column = ownColumn(eb, condition.column, scope);
  const folds = scope.dialect === 'postgres' && columnsOf(scope).get(condition.column)?.family === 'text';
  const folded = (operand: Expression<unknown>) => (folds ? eb.fn('lower', [eb.fn('rtrim', [operand])]) : operand);
  const { equals, like, notIn, differs } = condition;

  if (equals !== undefined) return eb(folded(column), '=', folded(eb.val(constant(equals, scope))));
  if (condition.in !== undefined)
    return eb(
      folded(column),
      'in',
      condition.in.map((each) => folded(eb.val(each))),
    );
  // NULL is in no list, but NOT IN would not say so.
  if (notIn !== undefined)
    return eb.or([
      eb(column, 'is', null),
      eb(
        folded(column),
        'not in',
        notIn.map((each) => folded(eb.val(each))),
      ),
    ]);
  if (like !== undefined) return eb(column, likeOf(like, scope.dialect), like);
  if (condition.isNotNull) return eb(column, 'is not', null);
  if (condition.isNotEmpty) return isNotEmpty(eb, condition.column, scope);
  if (condition.notMasked !== undefined) return isUnmasked(condition.column, condition.notMasked, scope);
  if (differs !== undefined) return differsFrom(eb, condition.column, differs, scope);
  throw new TypeError('A condition without a kind has passed the schema');
}

/** A pattern without letters means the same in either case, and PostgreSQL takes four times as long where it has to fold each value. */
export const likeOf = (pattern: string, dialect: Scope['dialect']): 'like' | 'ilike' =>
  dialect === 'postgres' && /[a-zA-Z]|\P{ASCII}/u.test(pattern) ? 'ilike' : 'like';

/** How many characters a mask may have in this column. */
export const roomOf = (column: string, scope: Scope): number | undefined => columnsOf(scope).get(column)?.maxLength;

export const isUnmasked = (column: string, kind: MaskKind, scope: Scope): Claim =>
  isNotMasked(sql.id(column), kindOf(kind, roomOf(column, scope)), scope.dialect);

export const ownColumn = (eb: Expressions, column: string, { written }: Scope): Expression<unknown> =>
  written?.get(column) ?? eb.ref(column);

/** Null-safe: NULL differs from every value but NULL. */
export function differsFrom(eb: Expressions, column: string, value: Value, scope: Scope): Claim {
  const own = ownColumn(eb, column, scope);
  if (value === null) return eb(own, 'is not', null);
  if (isReference(value)) {
    return eb.or([eb(own, 'is', null), eb(own, 'not in', referencedRow(value, scope).select(value.from.column))]);
  }
  return differs(eb, own, constant(value, scope));
}

function differs(eb: Expressions, own: Expression<unknown>, value: unknown): Claim {
  return value === null ? eb(own, 'is not', null) : eb.or([eb(own, 'is', null), eb(own, '<>', value)]);
}

export function isNotEmpty(eb: Expressions, column: string, scope: Scope): Claim {
  const own = ownColumn(eb, column, scope);
  const empty = emptyValue(columnsOf(scope).get(column)?.family ?? 'other');
  return empty === undefined ? eb(own, 'is not', null) : eb(own, '<>', empty);
}

/** What a value is in a statement: a parameter, a literal NULL or a subquery. */
export function valueExpression(eb: Expressions, value: Value, scope: Scope): Expression<unknown> {
  // A NULL parameter would travel as nvarchar, which SQL Server does not convert to varbinary (error 257).
  if (value === null) return eb.lit(null);
  return isReference(value) ? referencedRow(value, scope).select(value.from.column) : eb.val(constant(value, scope));
}

/** What a cleared column holds. */
export function clearedExpression(eb: Expressions, column: string, scope: Scope): Expression<unknown> {
  const described = columnsOf(scope).get(column);
  const empty = described?.isNullable ? undefined : emptyValue(described?.family ?? 'other');
  return empty === undefined ? eb.lit(null) : eb.val(empty);
}

/** Cleared already: NULL where the column allows it; an empty value also counts, it tells nothing. */
export function emptyValue(family: 'text' | 'binary' | 'number' | 'other'): string | number | Buffer | undefined {
  switch (family) {
    case 'text':
      return '';
    case 'binary':
      return Buffer.alloc(0);
    case 'number':
      return 0;
    case 'other':
      return undefined;
  }
}

export function isReference(value: Value): value is Reference {
  return typeof value === 'object' && value !== null && 'from' in value;
}

/** How many rows a reference finds; only one gives a value. */
export function referencedRow({ from }: Reference, scope: Scope) {
  const { dialect, catalogue } = scope;
  const { schema, table } = besideOf(catalogue, scope.schema, from.table, dialect) ?? { ...scope, table: from.table };
  const within: Scope = { ...scope, schema, table };
  return builderFor(dialect, schema)
    .selectFrom(table)
    .where((inner) => allOf(inner, from.where, within));
}

export const countAll = {
  mssql: sql<string>`count_big(*)`,
  postgres: sql<string>`count(*)`,
} as const satisfies Record<Dialect, unknown>;

function constant(value: Exclude<Value, null | Reference>, { administrator }: Scope): string | number {
  if (typeof value !== 'object') return value;
  switch (value.administrator) {
    case 'signIn':
    case 'objectId':
    case 'tenantId':
      return administrator[value.administrator];
    case 'identityProvider':
      return `https://sts.windows.net/${administrator.tenantId}`;
  }
}

function columnsOf(scope: Scope): TableColumns {
  return columnsAt(scope.catalogue, scope);
}

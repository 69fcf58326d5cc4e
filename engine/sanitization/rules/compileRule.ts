import { sql } from 'kysely';
import type { CompiledQuery, SqlBool } from 'kysely';
import {
  clearedExpression,
  countAll,
  differsFrom,
  isNotEmpty,
  allOf,
  referencedRow,
  valueExpression,
} from './conditions.ts';
import type { Scope } from './conditions.ts';
import { columnsAt } from './places.ts';
import { builderFor } from './queryBuilder.ts';
import type { Builder, Expressions } from './queryBuilder.ts';
import { isNotMasked } from '../masks/forms.ts';
import { maskOnce } from '../masks/maskExpression.ts';
import { referencesOf } from '../pack/ruleColumns.ts';
import type { Rule } from '../pack/rulePack.ts';

export interface CountedRows {
  readonly rows: string | number;
}

/** The statements of one rule, in the order in which they run. */
export interface CompiledRule {
  /** Each must count exactly one row before anything is changed. */
  readonly references: readonly { readonly name: string; readonly count: CompiledQuery<CountedRows> }[];
  /** Counts the rows that are still to be changed. */
  readonly pending: CompiledQuery<CountedRows>;
  /** Changes at most `batchRows` pending rows; changed rows are no longer pending, so it may be cut off and repeated at any time. */
  readonly batch: CompiledQuery;
  /** All pending rows in one batch. */
  readonly isWhole: boolean;
  /** Post-condition: counts the rows that must not exist. */
  readonly offending: CompiledQuery<CountedRows>;
  /** Post-condition: counts the rows of which there must be one at least. */
  readonly expected?: CompiledQuery<CountedRows>;
}

export type RuleScope = Scope & { readonly batchRows: number };

/** Compiles one rule for one table; it and its columns must exist in the catalogue. */
export function compileRule(rule: Rule, { batchRows, ...scope }: RuleScope): CompiledRule {
  const db = builderFor(scope.dialect, scope.schema);
  const count = (claim: (eb: Expressions) => ReturnType<typeof allOf>): CompiledQuery<CountedRows> =>
    db.selectFrom(scope.table).select(countAll[scope.dialect].as('rows')).where(claim).compile();

  return {
    references: referencesOf(rule).map((reference) => ({
      name: `${reference.from.table}.${reference.from.column}`,
      count: referencedRow(reference, scope).select(countAll[scope.dialect].as('rows')).compile(),
    })),
    pending: count((eb) => isPending(eb, rule, scope)),
    batch: compileBatch(db, rule, scope, batchRows),
    isWhole: rule.action === 'sql' || rule.action === 'mask',
    offending: count((eb) => allOf(eb, rule.offending === 'any-row' ? [] : rule.offending, scope)),
    ...(rule.expected && { expected: count((eb) => allOf(eb, rule.expected ?? [], scope)) }),
  };
}

/** A row of the rule that is not yet as the rule wants it. */
function isPending(eb: Expressions, rule: Rule, scope: Scope): ReturnType<typeof allOf> {
  const meant = allOf(eb, rule.where ?? [], scope);
  switch (rule.action) {
    case 'delete-rows':
    case 'keep-rows':
      return meant;
    case 'set-columns':
      return eb.and([
        meant,
        eb.or(Object.entries(rule.values).map(([column, value]) => differsFrom(eb, column, value, scope))),
      ]);
    case 'clear-columns':
    case 'keep-columns':
      return eb.and([meant, eb.or(rule.columns.map((column) => isNotEmpty(eb, column, scope)))]);
    case 'mask':
      return eb.and([
        meant,
        eb.or(Object.entries(rule.columns).map(([column, kind]) => isNotMasked(sql.id(column), kind, scope.dialect))),
      ]);
    case 'sql':
      return allOf(eb, rule.offending === 'any-row' ? [] : rule.offending, scope);
  }
}

function compileBatch(db: Builder, rule: Rule, scope: Scope, batchRows: number): CompiledQuery {
  if (rule.action === 'sql') return compileStatement(db, rule, scope);
  const isOfBatch = (eb: Expressions) =>
    scope.dialect === 'mssql' || rule.action === 'mask'
      ? isPending(eb, rule, scope)
      : sql<SqlBool>`(tableoid, ctid) in (${pendingRows(eb, rule, scope, batchRows)})`;

  if (rule.action === 'delete-rows' || rule.action === 'keep-rows') {
    const deletion = db.deleteFrom(scope.table).where(isOfBatch);
    return (scope.dialect === 'mssql' ? deletion.top(batchRows) : deletion).compile();
  }
  const update = db
    .updateTable(scope.table)
    .set((eb) => ({ ...changesOf(eb, rule, scope), ...nextRecversion(eb, scope) }))
    .where(isOfBatch);
  return (scope.dialect === 'mssql' && rule.action !== 'mask' ? update.top(batchRows) : update).compile();
}

/** The pack's own text, with the table's name where it says `{table}`. */
function compileStatement(
  db: Builder,
  { statements }: StatementRule,
  { dialect, schema, table }: Scope,
): CompiledQuery {
  const parts = (statements[dialect] ?? '').split('{table}').map((part) => sql.raw(part));
  return sql.join(parts, sql.id(schema, table)).compile(db);
}

/**
 * PostgreSQL has no TOP; a row's address needs no key, and some tables of Finance & Operations have no RECID. Partitions
 * and children count their rows each for themselves, so the table belongs to the address.
 */
function pendingRows(eb: Expressions, rule: Rule, scope: Scope, batchRows: number) {
  return eb
    .selectFrom(scope.table)
    .select(['tableoid', 'ctid'])
    .where((inner) => isPending(inner, rule, scope))
    .limit(batchRows);
}

type StatementRule = Extract<Rule, { action: 'sql' }>;
type WritingRule = Extract<Rule, { action: 'set-columns' | 'clear-columns' | 'keep-columns' | 'mask' }>;

function changesOf(eb: Expressions, rule: WritingRule, scope: Scope) {
  if (rule.action === 'mask')
    return Object.fromEntries(
      Object.entries(rule.columns).map(([column, kind]) => [column, maskOnce(scope.dialect, kind, column)]),
    );
  return rule.action === 'set-columns'
    ? Object.fromEntries(
        Object.entries(rule.values).map(([column, value]) => [column, valueExpression(eb, value, scope)]),
      )
    : Object.fromEntries(rule.columns.map((column) => [column, clearedExpression(eb, column, scope)]));
}

/** Finance & Operations' optimistic concurrency: a cached row with the old version must not be written back. */
function nextRecversion(eb: Expressions, scope: Scope) {
  if (!columnsAt(scope.catalogue, scope).has('RECVERSION')) return {};
  const largest = eb('RECVERSION', '=', eb.lit(2_147_483_647));
  return {
    RECVERSION: eb
      .case()
      .when(largest)
      .then(eb.lit(1))
      .else(eb('RECVERSION', '+', eb.lit(1)))
      .end(),
  };
}

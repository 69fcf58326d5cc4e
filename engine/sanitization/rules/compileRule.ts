import { sql } from 'kysely';
import type { CompiledQuery, Expression } from 'kysely';
import {
  clearedExpression,
  countAll,
  differsFrom,
  isNotEmpty,
  isUnmasked,
  allOf,
  referencedRow,
  roomOf,
  valueExpression,
} from './conditions.ts';
import type { Scope } from './conditions.ts';
import { builderFor } from './queryBuilder.ts';
import type { Expressions } from './queryBuilder.ts';
import { maskOnce } from '../masks/maskExpression.ts';
import { referencesOf } from '../pack/ruleColumns.ts';
import type { Rule } from '../pack/rulePack.ts';

export interface CountedRows {
  readonly rows: string | number;
}

/** What is asked about one rule. What it changes is united with the other rules of its table (`passes/`). */
export interface CompiledRule {
  /** Each must count exactly one row before anything is changed. */
  readonly references: readonly { readonly name: string; readonly count: CompiledQuery<CountedRows> }[];
  /** Counts the rows that are still to be changed. */
  readonly pending: CompiledQuery<CountedRows>;
  /** Post-condition: counts the rows that must not exist. */
  readonly offending: CompiledQuery<CountedRows>;
  /** Post-condition: counts the rows of which there must be one at least. */
  readonly expected?: CompiledQuery<CountedRows>;
}

/** Compiles one rule for one table; it and its columns must exist in the catalogue. */
export function compileRule(rule: Rule, scope: Scope): CompiledRule {
  const db = builderFor(scope.dialect, scope.schema);
  const count = (claim: (eb: Expressions) => ReturnType<typeof allOf>): CompiledQuery<CountedRows> =>
    db.selectFrom(scope.table).select(countAll[scope.dialect].as('rows')).where(claim).compile();

  return {
    references: referencesOf(rule).map((reference) => ({
      name: `${reference.from.table}.${reference.from.column}`,
      count: referencedRow(reference, scope).select(countAll[scope.dialect].as('rows')).compile(),
    })),
    pending: count((eb) => isPending(eb, rule, scope)),
    offending: count((eb) => isOffending(eb, rule, scope)),
    ...(rule.expected && { expected: count((eb) => allOf(eb, rule.expected ?? [], scope)) }),
  };
}

export const isOffending = (eb: Expressions, rule: Rule, scope: Scope) =>
  allOf(eb, rule.offending === 'any-row' ? [] : rule.offending, scope);

/** A row of the rule that is not yet as the rule wants it. */
export function isPending(eb: Expressions, rule: Rule, scope: Scope): ReturnType<typeof allOf> {
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
        eb.or(Object.entries(rule.columns).map(([column, kind]) => isUnmasked(column, kind, scope))),
      ]);
    case 'sql':
      return isOffending(eb, rule, scope);
  }
}

/** The pack's own text, with the table's name where it says `{table}`. */
export function compileStatement({ statements }: StatementRule, { dialect, schema, table }: Scope): CompiledQuery {
  const parts = (statements[dialect] ?? '').split('{table}').map((part) => sql.raw(part));
  return sql.join(parts, sql.id(schema, table)).compile(builderFor(dialect, schema));
}

export type StatementRule = Extract<Rule, { action: 'sql' }>;
export type WritingRule = Extract<Rule, { action: 'set-columns' | 'clear-columns' | 'keep-columns' | 'mask' }>;

/** What the rule writes, by column. */
export function changesOf(
  eb: Expressions,
  rule: WritingRule,
  scope: Scope,
): Readonly<Record<string, Expression<unknown>>> {
  if (rule.action === 'mask')
    return Object.fromEntries(
      Object.entries(rule.columns).map(([column, kind]) => [
        column,
        maskOnce(scope.dialect, { kind, room: roomOf(column, scope) }, column),
      ]),
    );
  return rule.action === 'set-columns'
    ? Object.fromEntries(
        Object.entries(rule.values).map(([column, value]) => [column, valueExpression(eb, value, scope)]),
      )
    : Object.fromEntries(rule.columns.map((column) => [column, clearedExpression(eb, column, scope)]));
}

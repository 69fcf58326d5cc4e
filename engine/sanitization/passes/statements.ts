import { expressionBuilder, sql } from 'kysely';
import type { CompiledQuery, RawBuilder, SqlBool } from 'kysely';
import type { Expression } from 'kysely';
import type { Dialect } from '../../environments/provider.ts';
import type { Tables } from '../../sql.ts';
import { compileStatement, isPending } from '../rules/compileRule.ts';
import type { StatementRule, WritingRule } from '../rules/compileRule.ts';
import type { Scope } from '../rules/conditions.ts';
import { builderFor, type Expressions } from '../rules/queryBuilder.ts';
import type { Rule } from '../pack/rulePack.ts';
import { unite } from './unite.ts';

/** The rules that one statement carries out, and what they are compiled against. */
export interface Work extends Scope {
  /** Either one that deletes or has a statement of its own, or several that change. */
  readonly rules: readonly Rule[];
}

/** A part of a table's rows, as conditions of one statement. */
export type Part = Expression<SqlBool>;

export const expressions = (): Expressions => expressionBuilder<Tables, string>();

export const compiled = <Row>(dialect: Dialect, statement: RawBuilder<Row>): CompiledQuery<Row> =>
  statement.compile(builderFor(dialect));

/** The conditions and values of a rule lie in a scope without a place: it holds for several tables. */
export type RuleScope = Omit<Scope, 'schema' | 'table' | 'written'>;

export const tableOf = ({ schema, table }: Pick<Scope, 'schema' | 'table'>) => sql.id(schema, table);

export const isDeleting = (rule: Rule): rule is Extract<Rule, { action: 'delete-rows' | 'keep-rows' }> =>
  rule.action === 'delete-rows' || rule.action === 'keep-rows';

export const isStatement = (rule: Rule): rule is StatementRule => rule.action === 'sql';

export const isChanging = (rule: Rule): rule is WritingRule => !isDeleting(rule) && !isStatement(rule);

/** Every row that the rules mean, in one statement. */
export const changeAll = (work: Work): CompiledQuery => changePart(work);

/**
 * The rows of one part. Nobody else reads the copy: on SQL Server one lock on the table spares millions on its rows.
 */
export function changePart(work: Work, part?: Part): CompiledQuery {
  const eb = expressions();
  const { dialect, rules } = work;
  const table = tableOf(work);
  const hint = dialect === 'mssql' ? sql` with (tablockx)` : sql``;
  const within = (claim: Expression<SqlBool>) => (part === undefined ? claim : eb.and([part, claim]));
  const [first] = rules;
  if (first !== undefined && isStatement(first)) return compileStatement(first, work);
  if (first !== undefined && isDeleting(first)) {
    const meant = isPending(eb, first, work);
    return compiled(dialect, sql`delete from ${table}${hint} where ${within(meant)}`);
  }
  const united = unite(eb, rules.filter(isChanging), work);
  const assignments = Object.entries(united.values).map(([column, value]) => sql`${sql.ref(column)} = ${value}`);
  return compiled(dialect, sql`update ${table}${hint} set ${sql.join(assignments)} where ${within(united.isPending)}`);
}

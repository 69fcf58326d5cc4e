import { sql, type CompiledQuery } from 'kysely';
import type { Scope as RuleScope } from '../../sanitization/rules/conditions.ts';
import { isPending } from '../../sanitization/rules/compileRule.ts';
import type { ReadyRule } from '../../sanitization/rules/prepareRules.ts';
import { columnsWritten } from '../../sanitization/pack/ruleColumns.ts';
import type { Rule } from '../../sanitization/pack/rulePack.ts';
import { compiled, expressions, tableOf } from '../../sanitization/passes/statements.ts';
import { nameOf } from '../kinds.ts';
import type { PlaceColumn, TablePlace } from '../places/place.ts';
import type { ColumnHint } from './valuesIn.ts';

/** What rules are going to take out of one table: a statement that gives it row by row, and what is known of its columns. */
export interface ProtectedRows {
  readonly query: CompiledQuery;
  readonly columns: readonly (ColumnHint & Pick<PlaceColumn, 'name' | 'isBinary'>)[];
}

/**
 * Of each column the values in rows that a rule still has to change, and of each row that it is to delete all of them. What a rule leaves
 * as it is, by its `where`, is not protected by it.
 */
export function protectedRows(
  place: TablePlace,
  rules: readonly ReadyRule[],
  scope: Omit<RuleScope, 'schema' | 'table'>,
): ProtectedRows | undefined {
  const eb = expressions();
  const at = { ...scope, schema: place.schema, table: place.table };
  const own = rules.map(({ rule }) => rule).filter((rule) => rule.action !== 'sql');
  const columns = place.columns.flatMap((column) => {
    const writing = own.filter((rule) => takesOut(rule, column.name));
    if (writing.length === 0) return [];
    const by = writing.map(({ id }) => id).join(' ');
    return [{ ...column, writing, by, mask: maskOf(writing, column.name), isSecret: SECRET.test(column.name) }];
  });
  if (columns.length === 0) return undefined;
  const named = (index: number) => sql.id(`c${String(index)}`);
  const pending = (writing: readonly Rule[]) => eb.or(writing.map((rule) => isPending(eb, rule, at)));
  // Each condition once, whatever the number of its columns: a server takes only so many parameters.
  const [only, ...others] = new Map(columns.map(({ by, writing }) => [by, writing]));
  if (only !== undefined && others.length === 0) {
    const values = columns.map(({ expression }, index) => sql`${sql.raw(expression)} as ${named(index)}`);
    const rows = sql`select ${sql.join(values)} from ${tableOf(at)} where ${pending(only[1])}`;
    return { query: compiled(scope.dialect, rows), columns };
  }
  const claims = [only, ...others].flatMap((claim, index) =>
    claim === undefined ? [] : [{ by: claim[0], writing: claim[1], name: sql.ref(`rewind_claim_${String(index)}`) }],
  );
  const isClaimed = (by: string) => sql`${claims.find((claim) => claim.by === by)?.name} = 1`;
  const values = columns.map(
    ({ by, expression }, index) => sql`case when ${isClaimed(by)} then ${sql.raw(expression)} end as ${named(index)}`,
  );
  const held = claims.map(({ name, writing }) => sql`case when ${pending(writing)} then 1 else 0 end as ${name}`);
  return {
    query: compiled(
      scope.dialect,
      sql`select ${sql.join(values)} from (select *, ${sql.join(held)} from ${tableOf(at)}) as claimed where ${sql.join(
        claims.map(({ by }) => isClaimed(by)),
        sql` or `,
      )}`,
    ),
    columns,
  };
}

const takesOut = (rule: Rule, column: string): boolean =>
  rule.action === 'delete-rows' ||
  rule.action === 'keep-rows' ||
  columnsWritten(rule).some((written) => written === column.toUpperCase());

function maskOf(rules: readonly Rule[], column: string): string | undefined {
  for (const rule of rules) {
    const mask = rule.action === 'mask' ? rule.columns[column.toUpperCase()] : undefined;
    if (mask !== undefined) return nameOf(mask);
  }
  return undefined;
}

const SECRET = /PASSWORD|SECRET|TOKEN|KEY|CREDENTIAL|CERTIFICATE|CONNECTIONSTRING|SALT|HASH|SIGNATURE/i;

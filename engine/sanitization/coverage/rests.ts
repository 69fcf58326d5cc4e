import { expressionBuilder, sql } from 'kysely';
import type { ReadSession } from '../../environments/provider.ts';
import type { Tables } from '../../sql.ts';
import { columnsOf } from '../pack/ruleColumns.ts';
import { readCatalogue, type Catalogue } from '../rules/catalogue.ts';
import { allOf, type Scope } from '../rules/conditions.ts';
import type { ColumnFact } from './columnFacts.ts';
import type { Rest } from './readSamples.ts';
import type { Rulings } from './rulings.ts';

/** Columns of one table that can be looked at by one question: the same rows are open in all of them. */
export interface OpenRows {
  readonly of: readonly ColumnFact[];
  /** Absent: all rows. */
  readonly rest?: Rest;
}

/**
 * Which rows of some columns the rules have not decided about: those that no rule with conditions deletes, or writes in
 * this column. @returns for the columns of one table, what to ask
 */
export async function readRests(
  session: ReadSession,
  facts: readonly ColumnFact[],
  rulings: Rulings,
  administrator: Scope['administrator'],
): Promise<(columns: readonly ColumnFact[]) => readonly OpenRows[]> {
  const { dialect } = session;
  const conditional = [...new Set(facts.flatMap((fact) => rulings.someRows(fact)))];
  const spoken = conditional.flatMap((rule) => [rule.table, ...columnsOf(rule).map(({ table }) => table)]);
  const catalogue: Catalogue = spoken.length === 0 ? new Map() : await readCatalogue(session, spoken);
  const eb = expressionBuilder<Tables, string>();
  return (columns) => {
    const groups = Map.groupBy(columns, (fact) => JSON.stringify(rulings.someRows(fact).map(({ id }) => id)));
    return [...groups.values()].flatMap((of): readonly OpenRows[] => {
      const [first] = of;
      if (first === undefined) return [];
      const scope: Scope = { dialect, catalogue, administrator, schema: first.schema, table: first.table };
      const rules = rulings.someRows(first);
      if (rules.length === 0) return [{ of }];
      const decided = eb.or(rules.map((rule) => allOf(eb, rule.where ?? [], scope)));
      // A condition on NULL is neither true nor false; such a row is not decided about.
      return [{ of, rest: sql`case when ${decided} then 1 else 0 end = 0` }];
    });
  };
}

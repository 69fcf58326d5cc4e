import type { ReadSession } from '../../environments/provider.ts';
import type { Rule } from '../pack/rulePack.ts';
import { isOffending } from '../rules/compileRule.ts';
import { allOf } from '../rules/conditions.ts';
import type { RuleScope } from './statements.ts';
import { readCounts, type Claim } from './countRules.ts';
import type { Place } from './facts/tableFacts.ts';

export interface PostConditionFinding {
  readonly passed: boolean;
  /** Rows that must not exist; 0 with `passed: false` when the row that must exist does not. */
  readonly offendingRows: number;
}

/** The post-conditions of all rules of one table, in one look at it. In the order of the rules. */
export async function proveTable(
  session: ReadSession,
  given: RuleScope,
  { schema, table }: Place,
  rules: readonly Rule[],
): Promise<readonly PostConditionFinding[]> {
  const scope = { ...given, schema, table };
  const offending = rules.map(
    (rule): Claim =>
      (eb) =>
        isOffending(eb, rule, scope),
  );
  const expecting = rules.filter(({ expected }) => expected !== undefined);
  const expected = expecting.map(
    ({ expected: wanted = [] }): Claim =>
      (eb) =>
        allOf(eb, wanted, scope),
  );
  const { counts } = await readCounts(session, scope, [...offending, ...expected]);
  return rules.map((rule, index) => {
    const offendingRows = counts[index] ?? 0;
    const found = expecting.includes(rule) ? (counts[rules.length + expecting.indexOf(rule)] ?? 0) : 1;
    return { passed: offendingRows === 0 && found > 0, offendingRows };
  });
}

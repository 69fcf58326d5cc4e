import type { ReadSession } from '../../environments/provider.ts';
import { nameOf } from '../fit/obstacles.ts';
import { readObstacles } from '../fit/readObstacles.ts';
import type { Scope } from '../rules/conditions.ts';
import { ROWS_PER_PAGE } from './keptContent.ts';
import type { RuleResult } from '../ruleResult.ts';
import type { KeepRule } from './plannedRows.ts';
import { contentOf } from './keptContent.ts';

/** How many rows more or less there are than were kept; 1 when their number is right and what stands in them is not. */
export async function countUnlikeKept(
  { session, scope }: { readonly session: ReadSession; readonly scope: Scope },
  rule: KeepRule,
  written: RuleResult | undefined,
): Promise<number> {
  const { tables } = await readObstacles(session, [rule.table]);
  const table = tables.find((each) => nameOf(each) === nameOf(scope));
  const facts = [...(table?.columns ?? [])].map(([name, column]) => [name.toUpperCase(), column] as const);
  const { columns, content, rows } = written?.arrived ?? { columns: [rule.key], content: '0:0', rows: 0 };
  const selection = { columns, key: rule.key, where: rule.where ?? [], batchRows: ROWS_PER_PAGE };
  const found = await contentOf({ session, scope, columns: new Map(facts) }, selection);
  return found.content === content ? 0 : Math.max(1, Math.abs(found.rows - rows));
}

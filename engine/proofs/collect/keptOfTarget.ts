import type { Sandbox } from '../../contracts.ts';
import type { ReadSession } from '../../environments/provider.ts';
import type { PreparedRule } from '../../sanitization/rules/prepareRules.ts';
import {
  isKept,
  keptTables,
  plannedOf,
  type KeepRule,
  type PlannedRows,
} from '../../sanitization/target/plannedRows.ts';
import { valuesIn } from './valuesIn.ts';

/**
 * The values that the sandbox has of its own in what rules keep of it: they come back into the copy before the switch, and where
 * production has the same ones they tell nothing of it. Rows that do not come back, as they were not so at the plan, spare nothing.
 */
export async function keptOfTarget(
  living: ReadSession,
  prepared: readonly PreparedRule[],
  sandbox: Pick<Sandbox, 'administrator'>,
  planned: PlannedRows | undefined,
): Promise<readonly string[]> {
  const values = new Set<string>();
  for await (const { rule, table, columns, pages } of keptTables(living, keptOnce(prepared), sandbox)) {
    const { holds } = plannedOf(planned, rule, table);
    const isKeptColumn = (column: string) => rule.action === 'keep-rows' || rule.columns.includes(column);
    const read = columns.filter(isKeptColumn);
    for await (const page of pages)
      for (const row of page.filter(holds))
        for (const column of read) {
          const text = row[column];
          if (typeof text !== 'string') continue;
          values.add(text);
          for (const { value } of valuesIn(text, { isSecret: true })) values.add(value);
        }
  }
  return [...values];
}

/** Each rule once, whatever the number of its tables; what the sandbox lacks of them keeps nothing, and is refused where it is carried over. */
function keptOnce(prepared: readonly PreparedRule[]): readonly KeepRule[] {
  const kept = prepared.map(({ rule }) => rule).filter(isKept);
  return [...new Map(kept.map((rule) => [rule.id, { ...rule, whenAbsent: 'skip' as const }])).values()];
}

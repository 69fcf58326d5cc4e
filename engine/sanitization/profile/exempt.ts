import type { ReadSession } from '../../environments/provider.ts';
import type { SimpleCondition } from '../pack/conditionSchema.ts';
import type { Rule } from '../pack/rulePack.ts';
import { proveTable, type PostConditionFinding } from '../passes/proveTable.ts';
import { AT_ONCE, inParts } from '../passes/rest/restTables.ts';
import type { RuleScope } from '../passes/statements.ts';
import type { Place } from '../rules/catalogue.ts';
import { DEFAULT_SCHEMA } from '../rules/queryBuilder.ts';
import type { Written } from './part.ts';

/**
 * The rows that a post-condition finds, less those that the profile wrote: what they hold is proved by the profile's own. Rules that speak
 * of none of the columns that were written are not touched.
 */
export async function withoutWritten(
  session: ReadSession,
  scope: RuleScope,
  { rule, place }: { readonly rule: Rule; readonly place: Place },
  finding: PostConditionFinding,
  written: readonly Written[],
): Promise<PostConditionFinding> {
  const isMain = place.schema === DEFAULT_SCHEMA[session.dialect];
  if (finding.offendingRows === 0 || rule.expected !== undefined || !isMain) return finding;
  let spared = 0;
  for (const [key, keys] of keysOf(rule, place, written)) {
    for (const part of inParts([...keys], AT_ONCE)) {
      const own = { column: key, in: [...part] };
      const offending = rule.offending === 'any-row' ? [own] : [...rule.offending, own];
      const [found] = await proveTable(session, scope, place, [{ ...rule, offending }]);
      spared += found?.offendingRows ?? 0;
    }
  }
  const offendingRows = Math.max(0, finding.offendingRows - spared);
  return { passed: offendingRows === 0, offendingRows };
}

/** A row that was written twice counts once, so all keys of a table are of one kind. */
function keysOf(rule: Rule, { table }: Place, written: readonly Written[]): ReadonlyMap<string, ReadonlySet<string>> {
  const named = new Set(rule.offending === 'any-row' ? [] : columnsIn(rule.offending.flatMap(flat)));
  const own = written.filter(
    (each) =>
      each.table === table.toUpperCase() &&
      each.keys.length > 0 &&
      (each.columns === undefined || each.columns.some((column) => named.has(column))),
  );
  const byKey = Map.groupBy(own, ({ key }) => key);
  return new Map([...byKey].map(([key, all]) => [key, new Set(all.flatMap(({ keys }) => keys))]));
}

const flat = (condition: Exclude<Rule['offending'], 'any-row'>[number]): readonly SimpleCondition[] =>
  'any' in condition ? condition.any : [condition];

const columnsIn = (conditions: readonly SimpleCondition[]): readonly string[] => conditions.map(({ column }) => column);

import type { Condition } from './conditionSchema.ts';
import type { Rule } from './rulePack.ts';

/**
 * What of a rule holds for a table that lacks some of the columns it may lack (`whenColumnAbsent: skip`): these columns are left
 * out, with what the post-condition says of them. Undefined when nothing is left, or when a column is missing by which the rule
 * chooses its rows.
 */
export function presentPart(rule: Rule, has: (column: string) => boolean): Rule | undefined {
  const chosen = [...(rule.where ?? []), ...(rule.expected ?? [])];
  if (chosen.some((each) => part(each, has) !== each)) return undefined;
  const offending = rule.offending === 'any-row' ? rule.offending : parts(rule.offending, has);
  if (offending !== 'any-row' && offending.length === 0) return undefined;
  switch (rule.action) {
    case 'mask': {
      const columns = presentKeys(rule.columns, has);
      return columns && { ...rule, columns, offending };
    }
    case 'set-columns': {
      const values = presentKeys(rule.values, has);
      return values && { ...rule, values, offending };
    }
    case 'clear-columns': {
      const columns = rule.columns.filter(has);
      return columns.length === 0 ? undefined : { ...rule, columns, offending };
    }
    case 'delete-rows':
    case 'keep-rows':
    case 'keep-columns':
    case 'sql':
      return rule;
  }
}

function presentKeys<Value>(record: Readonly<Record<string, Value>>, has: (column: string) => boolean) {
  const entries = Object.entries(record).filter(([column]) => has(column));
  return entries.length === 0 ? undefined : Object.fromEntries(entries);
}

const parts = (conditions: readonly Condition[], has: (column: string) => boolean): Condition[] =>
  conditions.flatMap((each) => part(each, has) ?? []);

/** The same object when all its columns are there. */
function part(condition: Condition, has: (column: string) => boolean): Condition | undefined {
  if (!('any' in condition)) return has(condition.column) ? condition : undefined;
  const present = condition.any.filter(({ column }) => has(column));
  if (present.length === condition.any.length) return condition;
  const [only] = present;
  return present.length === 1 ? only : present.length === 0 ? undefined : { any: present };
}

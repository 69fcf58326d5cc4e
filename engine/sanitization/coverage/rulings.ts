import type { Dialect } from '../../environments/provider.ts';
import type { Condition } from '../pack/conditionSchema.ts';
import { columnsWritten } from '../pack/ruleColumns.ts';
import type { Rule, RulePack } from '../pack/rulePack.ts';
import { isSchema } from '../rules/places.ts';
import type { ColumnFact } from './columnFacts.ts';

/** What the packs say of a column: somebody has decided about it. */
export type Ruling =
  | { readonly state: 'ruled'; readonly rule: string; readonly action: Rule['action'] }
  | { readonly state: 'harmless'; readonly reason: string; readonly owner: string; readonly date: string };

export type RulingOf = (column: ColumnFact) => Ruling | undefined;

/** What the packs say, column by column. A rule counts before a declaration. */
export function rulingsOf(packs: readonly RulePack[], dialect: Dialect): RulingOf {
  const nameOf = (name: string) => (dialect === 'mssql' ? name.toUpperCase() : name);
  const rules = Map.groupBy(
    packs.flatMap((pack) => pack.elements.flatMap((element) => element.rules)),
    ({ table }) => table,
  );
  const declarations = Map.groupBy(
    packs.flatMap(({ harmless = [] }) => harmless),
    ({ table }) => table,
  );
  const isMeant = (named: { readonly schema?: string | undefined }, { schema }: ColumnFact) =>
    named.schema === undefined || isSchema(schema, named.schema, dialect);
  return (fact) => {
    const [table, column] = [nameOf(fact.table), fact.column.toUpperCase()];
    const rule = rules.get(table)?.find((each) => isMeant(each, fact) && isRuledBy(each, column));
    if (rule !== undefined) return { state: 'ruled', rule: rule.id, action: rule.action };
    const found = declarations
      .get(table)
      ?.find((each) => isMeant(each, fact) && (each.columns === 'all' || each.columns.includes(column)));
    if (found === undefined) return undefined;
    const { reason, owner, date } = found;
    return { state: 'harmless', reason, owner, date };
  };
}

/** A rule that deletes some rows says nothing of what stays in the others. */
function isRuledBy(rule: Rule, column: string): boolean {
  switch (rule.action) {
    case 'delete-rows':
      return rule.where === undefined;
    case 'keep-rows':
      return true;
    case 'sql':
      return rule.offending === 'any-row' || namesOf(rule.offending).includes(column);
    case 'set-columns':
    case 'clear-columns':
    case 'keep-columns':
    case 'mask':
      return columnsWritten(rule).includes(column);
  }
}

const namesOf = (conditions: readonly Condition[]): readonly string[] =>
  conditions.flatMap((each) => ('any' in each ? each.any : [each])).map(({ column }) => column);

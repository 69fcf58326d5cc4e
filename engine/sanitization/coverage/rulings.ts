import type { Dialect } from '../../environments/provider.ts';
import type { Condition } from '../pack/conditionSchema.ts';
import { columnsWritten } from '../pack/ruleColumns.ts';
import { rulesOf, type Rule, type RulePack } from '../pack/rulePack.ts';
import { isSchema } from '../rules/places.ts';
import type { ColumnFact } from './columnFacts.ts';

/** What the packs say of a column: somebody has decided about it. */
export type Ruling =
  | {
      readonly state: 'ruled';
      readonly rule: string;
      readonly action: Rule['action'];
      /** The rules that write the column mean some rows; nobody has decided about the others. */
      readonly rows: 'all' | 'some';
    }
  | { readonly state: 'harmless'; readonly reason: string; readonly owner: string; readonly date: string };

export interface Rulings {
  of(column: ColumnFact): Ruling | undefined;
  /** Rules with conditions that write the column or delete rows of its table: their rows are decided about. */
  someRows(column: ColumnFact): readonly Rule[];
}

/** What the packs say, column by column. A rule counts before a declaration, and one for all rows before one for some. */
export function rulingsOf(packs: readonly RulePack[], dialect: Dialect): Rulings {
  const nameOf = (name: string) => (dialect === 'mssql' ? name.toUpperCase() : name);
  const rules = Map.groupBy(rulesOf(packs), ({ table }) => table);
  const declarations = Map.groupBy(
    packs.flatMap(({ harmless = [] }) => harmless),
    ({ table }) => table,
  );
  const isMeant = (named: { readonly schema?: string | undefined }, { schema }: ColumnFact) =>
    named.schema === undefined || isSchema(schema, named.schema, dialect);
  const rulesFor = (fact: ColumnFact) => (rules.get(nameOf(fact.table)) ?? []).filter((rule) => isMeant(rule, fact));
  return {
    of(fact) {
      const column = fact.column.toUpperCase();
      const writing = rulesFor(fact).filter((rule) => isRuledBy(rule, column));
      const rule = writing.find(({ where }) => where === undefined) ?? writing[0];
      if (rule !== undefined)
        return { state: 'ruled', rule: rule.id, action: rule.action, rows: rule.where === undefined ? 'all' : 'some' };
      const found = declarations
        .get(nameOf(fact.table))
        ?.find((each) => isMeant(each, fact) && (each.columns === 'all' || each.columns.includes(column)));
      if (found === undefined) return undefined;
      const { reason, owner, date } = found;
      return { state: 'harmless', reason, owner, date };
    },
    someRows: (fact) =>
      rulesFor(fact).filter(
        (rule) =>
          rule.where !== undefined && (rule.action === 'delete-rows' || isRuledBy(rule, fact.column.toUpperCase())),
      ),
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

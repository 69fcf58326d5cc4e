import type { DatabaseRole } from '../../contracts.ts';
import type { Dialect } from '../../environments/provider.ts';
import { isMeantBy, type Condition } from '../pack/conditionSchema.ts';
import { presentPart } from '../pack/presentPart.ts';
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

/**
 * What the packs say, column by column. A rule counts before a declaration, and one for all rows before one for some.
 * @param facts all columns of the database: a rule that would be skipped for want of one says nothing
 */
export function rulingsOf(
  packs: readonly RulePack[],
  dialect: Dialect,
  facts: readonly ColumnFact[],
  role: DatabaseRole = 'application',
): Rulings {
  const nameOf = (name: string) => (dialect === 'mssql' ? name.toUpperCase() : name);
  const rules = Map.groupBy(rulesOf(packs, role), ({ table }) => table);
  const declarations = packs.flatMap(({ harmless = [] }) => harmless);
  const declared = new Map<string, typeof declarations>();
  const declaredFor = (table: string) => {
    const known = declared.get(table) ?? declarations.filter((each) => isMeantBy(each.table, table));
    declared.set(table, known);
    return known;
  };
  const isMeant = (named: { readonly schema?: string | undefined }, { schema }: ColumnFact) =>
    named.schema === undefined || isSchema(schema, named.schema, dialect);
  const keyOf = ({ schema, table }: ColumnFact) => JSON.stringify([schema, table]);
  const columns = Map.groupBy(facts, keyOf);
  const isCarriedOut = (rule: Rule, fact: ColumnFact) => {
    const names = new Set(columns.get(keyOf(fact))?.map(({ column }) => column.toUpperCase()));
    return rule.whenColumnAbsent === 'fail' || presentPart(rule, (column) => names.has(column)) !== undefined;
  };
  const rulesFor = (fact: ColumnFact) =>
    (rules.get(nameOf(fact.table)) ?? []).filter((rule) => isMeant(rule, fact) && isCarriedOut(rule, fact));
  return {
    of(fact) {
      const column = fact.column.toUpperCase();
      const writing = rulesFor(fact).filter((rule) => isRuledBy(rule, column));
      const rule = writing.find(({ where }) => where === undefined) ?? writing[0];
      if (rule !== undefined)
        return { state: 'ruled', rule: rule.id, action: rule.action, rows: rule.where === undefined ? 'all' : 'some' };
      const found = declaredFor(nameOf(fact.table)).find(
        (each) =>
          isMeant(each, fact) && (each.columns === 'all' || each.columns.some((pattern) => isMeantBy(pattern, column))),
      );
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

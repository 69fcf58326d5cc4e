import type { Condition, SimpleCondition, Value } from '../../../engine/sanitization/pack/conditionSchema.ts';
import { spokenOf } from '../../../engine/sanitization/pack/ruleColumns.ts';
import type { Catalogue } from '../../../engine/sanitization/rules/catalogue.ts';
import type { Rule } from '../../../engine/sanitization/pack/rulePack.ts';

/** A column as the rules of a pack need it, for tables of which no more is known than what rules say of them. */
type Type = 'text' | 'int' | 'datetime';

/** Tables with the columns that rules speak of, and in each of them one row for every rule that it has something to do with. */
export function tablesFor(rules: readonly Rule[]): string {
  const byTable = Map.groupBy(rules, ({ table }) => table);
  return [...byTable]
    .flatMap(([table, own]) => {
      const types = typesOf(own);
      const columns = [...types].map(([column, type]) => `"${column}" ${DECLARED[type]}`);
      return [
        `create table "${table}" (${[...columns, '"RECID" bigserial primary key'].join(', ')});`,
        ...own.map((rule) => insert(table, rowFor(rule, types))),
      ];
    })
    .join('\n');
}

/** The same tables as a catalogue lists them. */
export function catalogueFor(rules: readonly Rule[], schema: string): Catalogue {
  const families = { text: 'text', int: 'number', datetime: 'other' } as const;
  const references = rules.flatMap((rule) => spokenOf(rule).others);
  const types = new Map(
    [...Map.groupBy(rules, ({ table }) => table)].map(([table, own]) => [table, new Map(typesOf(own))] as const),
  );
  for (const { table, column } of references) {
    const own = types.get(table) ?? new Map<string, Type>();
    types.set(table, own.set(column, own.get(column) ?? (column === 'RECID' ? 'int' : 'text')));
  }
  return new Map(
    [...types].map(([table, columns]) => {
      const described = [...columns].map(
        ([column, type]) =>
          [column, { family: families[type], isNullable: false, isGenerated: false, isClr: false }] as const,
      );
      return [table, [{ schema, table, columns: new Map(described) }]];
    }),
  );
}

const DECLARED: Readonly<Record<Type, string>> = {
  text: `varchar(250) not null default ''`,
  int: 'bigint not null default 0',
  datetime: `timestamp not null default '1900-01-01'`,
};

function typesOf(rules: readonly Rule[]): ReadonlyMap<string, Type> {
  const types = new Map<string, Type>();
  const note = (column: string, value: unknown) => {
    if (typeof value === 'number') types.set(column, 'int');
    else if (typeof value === 'string' && /^\d{4}-\d\d-\d\d$/.test(value)) types.set(column, 'datetime');
    else types.set(column, types.get(column) ?? 'text');
  };
  for (const rule of rules) {
    for (const column of spokenOf(rule).own.filter((each) => each !== 'RECID')) note(column, undefined);
    for (const each of simple(rule.where ?? [])) note(each.column, each.equals ?? (each.in ?? each.notIn)?.[0]);
    if (rule.action === 'set-columns') for (const [column, value] of Object.entries(rule.values)) note(column, value);
  }
  return types;
}

const simple = (conditions: readonly Condition[]): readonly SimpleCondition[] =>
  conditions.flatMap((each) => ('any' in each ? each.any : [each]));

/** One row that the rule means and has not yet changed. */
function rowFor(rule: Rule, types: ReadonlyMap<string, Type>): Readonly<Record<string, string | number>> {
  const row: Record<string, string | number> = {};
  for (const column of writtenBy(rule)) row[column] = DIRTY[types.get(column) ?? 'text'];
  if (rule.action === 'set-columns')
    for (const [column, value] of Object.entries(rule.values)) row[column] = unlike(value, types.get(column) ?? 'text');
  for (const each of rule.where ?? []) {
    const [first] = simple([each]);
    const meant = first && matching(first);
    if (first && meant !== undefined) row[first.column] = meant;
  }
  return row;
}

const DIRTY: Readonly<Record<Type, string | number>> = { text: 'left behind', int: 7, datetime: '2020-02-02' };

function writtenBy(rule: Rule): readonly string[] {
  if (rule.action === 'mask') return Object.keys(rule.columns);
  return rule.action === 'clear-columns' || rule.action === 'keep-columns' ? rule.columns : [];
}

const unlike = (value: Value, type: Type): string | number => (typeof value === 'number' ? value + 1 : DIRTY[type]);

function matching({ equals, in: list, notIn, like }: SimpleCondition): string | number | undefined {
  if (typeof equals === 'number' || typeof equals === 'string') return equals;
  if (list !== undefined) return list[0];
  if (notIn !== undefined) return typeof notIn[0] === 'number' ? 99 : 'EMP001';
  return like?.replaceAll('%', 'x');
}

function insert(table: string, row: Readonly<Record<string, string | number>>): string {
  const names = Object.keys(row).map((name) => `"${name}"`);
  if (names.length === 0) return `insert into "${table}" default values;`;
  const values = Object.values(row).map((value) => (typeof value === 'number' ? String(value) : `'${value}'`));
  return `insert into "${table}" (${names.join(', ')}) values (${values.join(', ')});`;
}

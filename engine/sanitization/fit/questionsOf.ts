import { sql, type RawBuilder } from 'kysely';
import type { Dialect } from '../../environments/provider.ts';
import { offlineBuilder } from '../../sql.ts';
import { planPasses } from '../passes/planPasses.ts';
import type { CountedRows } from '../rules/compileRule.ts';
import type { ReadyRule } from '../rules/prepareRules.ts';
import type { Rule } from '../pack/rulePack.ts';
import type { FitQuestion, FitScope } from './fit.ts';
import { nameOf, type ForeignKey, type TableObstacles } from './obstacles.ts';
import type { Place } from '../rules/catalogue.ts';
import { counted, sameRows } from './counts.ts';
import { leftBy } from './leftBy.ts';
import { questionsOfChecks } from './questionsOfChecks.ts';
import { questionsOfMask } from './questionsOfMask.ts';

type Found = ReadonlyMap<string, TableObstacles>;

/** What only the rows can tell: would an index, a check or a foreign key refuse what a rule leaves? */
export function questionsOf(rules: readonly ReadyRule[], found: Found, scope: FitScope): readonly FitQuestion[] {
  const passes = planPasses(rules.map(({ rule, place }) => ({ rule, ...place }))).flatMap((stage) =>
    stage.flatMap((table) => table.passes),
  );
  return rules.flatMap((each, index) => {
    const upToHere = rules.slice(0, index + 1);
    return tablesBelow(each.place, found).flatMap((table) => {
      const written = touchedColumns(each.rule, table);
      const ask = (what: string, why: string, remedy: string, count: RawBuilder<CountedRows>): FitQuestion => ({
        ...{ ruleId: each.rule.id, what, why, remedy },
        count: count.compile(offlineBuilder(scope.dialect)),
      });
      const left = (place: TableObstacles, by = upToHere) => leftBy(place, by, found, scope);
      const toldApart = leftBy(table, upToHere, found, scope, { masks: 'told-apart' });
      return [
        ...questionsOfMask(each, { table, rules: upToHere, found, dialect: scope.dialect, toldApart }),
        ...(table.kind === 'partitioned' ? [] : table.uniqueIndexes)
          .filter(({ columns }) => columns.some((column) => written.has(column)))
          .map((unique) =>
            ask(
              `${nameOf(table)}.${unique.columns.filter((column) => written.has(column)).join(', ')}`,
              `belongs to unique index ${unique.name}, in which several rows would be the same`,
              'delete the rows, or use a mask, which keeps different values different',
              sameRows(toldApart, unique, scope.dialect),
            ),
          ),
        ...questionsOfChecks(each, { table, rules, passes, found, scope }),
        ...keysTouched(each.rule, table, written).flatMap((key) => {
          const [from, to] = [outline(key.from, key.columns, found), outline(key.to, key.toColumns, found)];
          const count = more(
            orphans(key, left(from), left(to)),
            orphans(key, left(from, []), left(to, [])),
            scope.dialect,
          );
          return ask(
            `${nameOf(key.from)}.${key.columns.join(', ')}`,
            `would point at rows of ${nameOf(key.to)} that are not there (foreign key ${key.name})`,
            `let a rule that stands before it delete or clear these rows of ${nameOf(key.from)}`,
            count,
          );
        }),
      ];
    });
  });
}

function tablesBelow(place: Place, found: Found): readonly TableObstacles[] {
  const table = found.get(nameOf(place));
  return table === undefined ? [] : [table, ...table.parts.flatMap((part) => tablesBelow(part, found))];
}

/** Of masks others speak; what a statement of a pack's own does, only the server knows. */
function touchedColumns(rule: Rule, table: TableObstacles): ReadonlySet<string> {
  const named = new Set(
    rule.action === 'set-columns'
      ? Object.keys(rule.values)
      : rule.action === 'clear-columns' || rule.action === 'keep-columns'
        ? rule.columns
        : [],
  );
  const written = [...table.columns.keys()].filter((column) => named.has(column.toUpperCase()));
  const computed = [...table.columns]
    .filter(([, { definition }]) => written.some((column) => definition?.includes(column)))
    .map(([column]) => column);
  return new Set([...written, ...computed]);
}

/** Rows that stood there before count for nothing: the constraint was not checked when it was made. */
function more(after: RawBuilder<unknown>, before: RawBuilder<unknown>, dialect: Dialect) {
  return sql<CountedRows>`select (${counted(dialect)} ${after}) - (${counted(dialect)} ${before}) as ${sql.id('rows')}`;
}

/** A rule breaks a foreign key from both of its ends: it takes away what others point at, or points at what is not there. */
function keysTouched(rule: Rule, table: TableObstacles, written: ReadonlySet<string>): readonly ForeignKey[] {
  const deletes = rule.action === 'delete-rows' || rule.action === 'keep-rows';
  return [
    ...table.references.filter(({ columns }) => columns.some((column) => written.has(column))),
    ...table.referencedBy.filter(({ toColumns }) => deletes || toColumns.some((column) => written.has(column))),
  ];
}

/** The other end of a key may be a table that no rule speaks of. */
function outline(place: Place, columns: readonly string[], found: Found): TableObstacles {
  const known = found.get(nameOf(place));
  if (known !== undefined) return known;
  const column = {
    type: '',
    base: '',
    isNullable: true,
    isComputed: false,
    isServerMade: false,
    isEncrypted: false,
    isLoose: false,
  };
  const facts = { ...column, isMasked: false, isPartitionKey: false, denied: [] };
  return {
    ...{ ...place, id: 0, kind: 'table', columns: new Map(columns.map((name) => [name, facts])) },
    ...{
      uniqueIndexes: [],
      checks: [],
      references: [],
      referencedBy: [],
      triggers: [],
      views: [],
      parts: [],
      partOf: [],
    },
    ...{ hidesRows: false, isTracked: false, isCaptured: false, statistics: [], denied: [] },
  };
}

function orphans({ columns, toColumns }: ForeignKey, from: RawBuilder<unknown>, to: RawBuilder<unknown>) {
  const isSet = columns.map((column) => sql`${sql.id('f', column)} is not null`);
  const isSame = columns.map((column, index) => sql`${sql.id('r', toColumns[index] ?? '')} = ${sql.id('f', column)}`);
  const and = sql.raw(' and ');
  return sql`from (${from}) as f where ${sql.join(isSet, and)} and not exists (select 1 from (${to}) as r where ${sql.join(isSame, and)})`;
}

import { sql } from 'kysely';
import { offlineBuilder } from '../../sql.ts';
import { columnsWritten } from '../pack/ruleColumns.ts';
import type { Pass } from '../passes/planPasses.ts';
import { isChanging } from '../passes/statements.ts';
import type { CountedRows } from '../rules/compileRule.ts';
import type { ReadyRule } from '../rules/prepareRules.ts';
import { counted } from './counts.ts';
import type { FitQuestion, FitScope } from './fit.ts';
import { leftBy } from './leftBy.ts';
import { masksOf } from './masksOf.ts';
import { mentions } from './mentions.ts';
import { isSamePlace, nameOf, type CheckConstraint, type TableObstacles } from './obstacles.ts';
import { CHANGED } from './projection.ts';

interface Asked {
  /** One physical table of the rule. */
  readonly table: TableObstacles;
  readonly rules: readonly ReadyRule[];
  readonly passes: readonly Pass[];
  readonly found: ReadonlyMap<string, TableObstacles>;
  readonly scope: FitScope;
}

/**
 * Would a check constraint refuse a row that the rules of one walk through the table change? Told of the last of them that has to do
 * with the constraint. The server looks at changed rows alone: others may break it since before.
 */
export function questionsOfChecks(
  each: ReadyRule,
  { table, rules, passes, found, scope }: Asked,
): readonly FitQuestion[] {
  if (table.kind === 'partitioned' || table.checks.length === 0 || !isChanging(each.rule)) return [];
  const united = unitedWith(each, rules, passes);
  const upTo = rules.slice(0, 1 + rules.indexOf(united.at(-1) ?? each));
  const masked = [...masksOf(table, upTo, found).keys()];
  return table.checks.flatMap((check): readonly FitQuestion[] => {
    if (united.findLast(({ rule }) => concerns(check, columnsWritten(rule), table)) !== each) return [];
    const isMadeUp = reaches(check, masked, table);
    const rows = leftBy(table, upTo, found, scope, { masks: isMadeUp ? 'made-up' : 'left-out', isMarked: true });
    const count = sql<CountedRows>`${counted(scope.dialect)} from (${rows}) as t where ${sql.id(CHANGED)} = 1 and not (${sql.raw(check.definition)})`;
    const own = columnsReached(check, columnsWritten(each.rule), table);
    const remedy = isMadeUp
      ? 'give it a kind or a value that the constraint admits, or clear the column'
      : 'give the rule a value that the constraint admits';
    return [
      {
        ...{
          ruleId: each.rule.id,
          what: own.length === 0 ? nameOf(table) : `${nameOf(table)}.${own.join(', ')}`,
          remedy,
        },
        why: `would break check constraint ${check.name}`,
        whenUnanswerable: {
          why: `belongs to check constraint ${check.name}, which the server cannot work out for what the rule would leave`,
          remedy,
        },
        needsMasks: isMadeUp && scope.trial === undefined,
        count: count.compile(offlineBuilder(scope.dialect)),
      },
    ];
  });
}

/** The rules that are carried out together with this one. */
function unitedWith(
  { rule, place }: ReadyRule,
  rules: readonly ReadyRule[],
  passes: readonly Pass[],
): readonly ReadyRule[] {
  const pass = passes.find((one) => isSamePlace(one, place) && one.rules.includes(rule));
  return rules.filter((one) => isSamePlace(one.place, place) && pass?.rules.includes(one.rule));
}

function concerns(check: CheckConstraint, columns: readonly string[], table: TableObstacles): boolean {
  return check.isUnproved || reaches(check, columns, table);
}

const reaches = (check: CheckConstraint, columns: readonly string[], table: TableObstacles): boolean =>
  columnsReached(check, columns, table).length > 0;

/** Of these columns those that the constraint speaks of, by themselves or through a computed one; in the table's own spelling. */
function columnsReached(
  { definition }: CheckConstraint,
  columns: readonly string[],
  table: TableObstacles,
): readonly string[] {
  const named = new Set(columns.map((column) => column.toUpperCase()));
  const computed = [...table.columns].filter(([column]) => mentions(definition, column));
  return [...table.columns.keys()].filter(
    (column) =>
      named.has(column.toUpperCase()) &&
      (mentions(definition, column) || computed.some(([, facts]) => mentions(facts.definition, column))),
  );
}

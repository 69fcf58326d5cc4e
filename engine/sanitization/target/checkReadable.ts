import type { ReadSession } from '../../environments/provider.ts';
import { RulesDoNotFitError } from '../errors.ts';
import type { Refusal } from '../fit/fit.ts';
import { nameOf, type ColumnFacts, type TableObstacles } from '../fit/obstacles.ts';
import type { OriginOf } from '../pack/packProblems.ts';
import type { Place } from '../rules/catalogue.ts';
import { readObstacles } from '../fit/readObstacles.ts';
import type { PreparedRule } from '../rules/prepareRules.ts';

/** Columns by their names in upper case. */
type Columns = ReadonlyMap<string, ColumnFacts>;

/** What the columns on both sides are like. @throws RulesDoNotFitError when the target does not show all its rows and values. */
export async function checkReadable(
  target: ReadSession,
  copy: ReadSession,
  rules: readonly PreparedRule[],
  originOf: OriginOf,
): Promise<{ readonly ofTarget: (place: Place) => Columns; readonly ofCopy: (place: Place) => Columns }> {
  const names = rules.map(({ rule }) => rule.table);
  const there = byName((await readObstacles(target, names)).tables);
  const here = byName((await readObstacles(copy, names)).tables);
  const refusals = rules.flatMap((each) => {
    const table = each.kind === 'ready' ? there.get(nameOf(each.place)) : undefined;
    return table === undefined ? [] : unreadable(each.rule.id, table);
  });
  if (refusals.length > 0) throw new RulesDoNotFitError(refusals, originOf);
  return { ofTarget: (place) => columnsOf(there, place), ofCopy: (place) => columnsOf(here, place) };
}

function unreadable(ruleId: string, table: TableObstacles): readonly Refusal[] {
  const what = nameOf(table);
  return [
    ...(table.hidesRows
      ? [{ ruleId, what, why: 'hides rows of the target by a policy', remedy: 'exempt this account from the policy' }]
      : []),
    ...(table.denied.includes('UNMASK')
      ? [...table.columns]
          .filter(([, { isMasked }]) => isMasked)
          .map(([column]) => ({
            ...{ ruleId, what: `${what}.${column}`, why: 'is shown masked to this account' },
            remedy: 'grant it UNMASK on the target',
          }))
      : []),
  ];
}

const byName = (tables: readonly TableObstacles[]) => new Map(tables.map((table) => [nameOf(table), table]));

function columnsOf(tables: ReadonlyMap<string, TableObstacles>, place: Place): Columns {
  const columns = tables.get(nameOf(place))?.columns ?? new Map<string, ColumnFacts>();
  return new Map([...columns].map(([name, facts]) => [name.toUpperCase(), facts]));
}

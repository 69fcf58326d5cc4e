import type { RawBuilder } from 'kysely';
import type { Place } from '../rules/catalogue.ts';
import type { ReadyRule } from '../rules/prepareRules.ts';
import type { FitScope } from './fit.ts';
import { isSamePlace, nameOf, type TableObstacles } from './obstacles.ts';
import { asRulesLeave, type Projection, type RuleAt } from './projection.ts';

/** Rows of one physical table as the rules leave it: the rules of its own name, and those of the tables above it. */
export function leftBy(
  table: TableObstacles,
  rules: readonly ReadyRule[],
  found: ReadonlyMap<string, TableObstacles>,
  { trial, ...scope }: FitScope,
  { masks, isMarked = false }: Pick<Projection, 'masks' | 'isMarked'> = { masks: 'left-out' },
): RawBuilder<unknown> {
  const above = (place: Place): readonly Place[] => [
    place,
    ...(found.get(nameOf(place))?.partOf ?? []).flatMap((each) => above(each)),
  ];
  const places = above(table);
  const own = rules
    .filter(({ place }) => places.some((each) => isSamePlace(each, place)))
    .map(({ rule, place }): RuleAt => ({ rule, scope: { ...scope, ...place } }));
  const isOnly = scope.dialect === 'postgres' && table.kind === 'table' && table.parts.length > 0;
  return asRulesLeave(table, own, { isOnly, masks, isMarked, trial });
}

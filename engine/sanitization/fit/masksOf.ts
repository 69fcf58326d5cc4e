import type { ColumnMask } from '../masks/maskExpression.ts';
import type { ReadyRule } from '../rules/prepareRules.ts';
import { isSamePlace, nameOf, type TableObstacles } from './obstacles.ts';
import type { Place } from '../rules/catalogue.ts';

/** The masked columns of one physical table, in its own spelling: by rules on it, and on the tables above it. */
export function masksOf(
  table: TableObstacles,
  rules: readonly ReadyRule[],
  found: ReadonlyMap<string, TableObstacles>,
): ReadonlyMap<string, ColumnMask> {
  const above = (place: Place): readonly Place[] => [
    place,
    ...(found.get(nameOf(place))?.partOf ?? []).flatMap((each) => above(each)),
  ];
  const places = above(table);
  const kinds = new Map(
    rules
      .filter(({ place }) => places.some((each) => isSamePlace(each, place)))
      .flatMap(({ rule }) => (rule.action === 'mask' ? Object.entries(rule.columns) : [])),
  );
  return new Map(
    [...table.columns].flatMap(([name, { length }]) => {
      const kind = kinds.get(name.toUpperCase());
      return kind === undefined ? [] : [[name, { kind, room: length }] as const];
    }),
  );
}

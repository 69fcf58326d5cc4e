import type { ReadyRule } from '../rules/prepareRules.ts';
import type { Handling } from './fit.ts';
import { nameOf, type ForeignKey, type Obstacles, type TableObstacles, type ViewFacts } from './obstacles.ts';

/** What is done around the rules, each once. What only rests is found and noted where it is switched off. */
export function handlingsOf(
  tables: readonly TableObstacles[],
  { unclearViews }: Pick<Obstacles, 'unclearViews'>,
): readonly Handling[] {
  if (tables.length === 0) return [];
  return [
    ...tables.flatMap(({ schema, table, isCaptured }): readonly Handling[] =>
      isCaptured ? [{ kind: 'capture-ends', place: { schema, table } }] : [],
    ),
    ...tables.flatMap(({ schema, table, columns, statistics: extended, kind }): readonly Handling[] =>
      kind === 'foreign'
        ? []
        : [{ kind: 'statistics-rebuilt', place: { schema, table }, columns: [...columns.keys()], extended }],
    ),
    ...refreshedViews([...tables.flatMap(({ views }) => views), ...unclearViews]),
  ];
}

/** A mask must not be refused by the key that it keeps. */
export function restingKeys(
  rules: readonly ReadyRule[],
  tables: readonly TableObstacles[],
): readonly Pick<ForeignKey, 'name' | 'from'>[] {
  const masked = new Set(
    rules.flatMap(({ rule, place }) =>
      rule.action === 'mask' ? Object.keys(rule.columns).map((column) => `${nameOf(place)}.${column}`) : [],
    ),
  );
  return tables
    .flatMap(({ references }) => references)
    .filter(({ from, columns }) => columns.some((column) => masked.has(`${nameOf(from)}.${column.toUpperCase()}`)))
    .map(({ name, from }) => ({ name, from }));
}

/** Those nearest to a table first. */
function refreshedViews(views: readonly ViewFacts[]): readonly Handling[] {
  const stored = views.filter(({ kind, isFilled }) => kind === 'materialized' && isFilled);
  const deepest = new Map<string, ViewFacts>();
  for (const each of stored) {
    const name = nameOf({ schema: each.schema, table: each.view });
    const known = deepest.get(name);
    if (known === undefined || known.depth < each.depth) deepest.set(name, each);
  }
  return [...deepest.values()]
    .sort((one, other) => one.depth - other.depth)
    .map(({ schema, view }) => ({ kind: 'view-refreshed', schema, view }));
}

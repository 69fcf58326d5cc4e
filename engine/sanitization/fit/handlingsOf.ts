import type { Dialect } from '../../environments/provider.ts';
import type { ReadyRule } from '../rules/prepareRules.ts';
import type { Handling } from './fit.ts';
import { nameOf, type Obstacles, type TableObstacles, type ViewFacts } from './obstacles.ts';

/** What is done around the rules, each once, in the order in which it begins. */
export function handlingsOf(
  rules: readonly ReadyRule[],
  tablesOf: ReadonlyMap<ReadyRule, readonly TableObstacles[]>,
  { unclearViews }: Pick<Obstacles, 'unclearViews'>,
  dialect: Dialect,
): readonly Handling[] {
  const tables = [...new Map([...tablesOf.values()].flat().map((table) => [nameOf(table), table])).values()];
  if (tables.length === 0) return [];
  const policies = new Set<string>();
  return [
    // Their `after` runs last to first: views and statistics are made anew before anything else is put back.
    ...tables.flatMap(restingTriggers),
    ...tables.flatMap((table) => rowSecurityOff(table, policies, dialect)),
    ...tables.flatMap(({ schema, table, isCaptured, changeTracking }): readonly Handling[] => [
      ...(isCaptured ? [{ kind: 'capture-ends', place: { schema, table } } as const] : []),
      ...(changeTracking
        ? [{ kind: 'change-tracking-off', place: { schema, table }, ...changeTracking } as const]
        : []),
    ]),
    ...tables.flatMap(versioningOff),
    ...restingKeys(rules, tables),
    ...tables.flatMap(({ schema, table, columns, statistics: extended, kind }): readonly Handling[] =>
      kind === 'foreign'
        ? []
        : [{ kind: 'statistics-rebuilt', place: { schema, table }, columns: [...columns.keys()], extended }],
    ),
    ...refreshedViews([...tables.flatMap(({ views }) => views), ...unclearViews]),
  ];
}

function restingTriggers({ schema, table, triggers }: TableObstacles): readonly Handling[] {
  const awake = triggers.filter(({ state }) => state === 'on' || state === 'always');
  if (awake.length === 0) return [];
  const resting = awake.map(({ name, kind, state }) => ({ name, kind, state }));
  return [{ kind: 'triggers-rest', place: { schema, table }, triggers: resting }];
}

/** A policy of SQL Server may filter several tables. */
function rowSecurityOff(
  { schema, table, rowSecurity }: TableObstacles,
  policies: Set<string>,
  dialect: Dialect,
): readonly Handling[] {
  if (!rowSecurity.hidesRows) return [];
  const place = { schema, table };
  if (dialect === 'postgres') return [{ kind: 'row-security-off', place, policies: rowSecurity.policies }];
  const fresh = rowSecurity.policies.filter((policy) => !policies.has(`${policy.schema}.${policy.name}`));
  for (const policy of fresh) policies.add(`${policy.schema}.${policy.name}`);
  return fresh.length === 0 ? [] : [{ kind: 'row-security-off', place, policies: fresh }];
}

function versioningOff({ schema, table, history }: TableObstacles): readonly Handling[] {
  if (history === undefined) return [];
  const { retention } = history;
  return [
    {
      kind: 'versioning-off',
      place: { schema, table },
      history: { schema: history.schema, table: history.table },
      ...(retention !== undefined && { retention }),
    },
  ];
}

function restingKeys(rules: readonly ReadyRule[], tables: readonly TableObstacles[]): readonly Handling[] {
  const masked = new Set(
    rules.flatMap(({ rule, place }) =>
      rule.action === 'mask' ? Object.keys(rule.columns).map((column) => `${nameOf(place)}.${column}`) : [],
    ),
  );
  const keys = tables
    .flatMap(({ references }) => references)
    .filter(({ from, columns }) => columns.some((column) => masked.has(`${nameOf(from)}.${column.toUpperCase()}`)));
  return keys.map(({ name, from }) => ({ kind: 'foreign-key-rests', key: { name, from } }));
}

/** First those furthest from a table, as what is first here ends last. */
function refreshedViews(views: readonly ViewFacts[]): readonly Handling[] {
  const stored = views.filter(({ kind, isFilled }) => kind === 'materialized' && isFilled);
  const deepest = new Map<string, ViewFacts>();
  for (const each of stored) {
    const name = nameOf({ schema: each.schema, table: each.view });
    const known = deepest.get(name);
    if (known === undefined || known.depth < each.depth) deepest.set(name, each);
  }
  return [...deepest.values()]
    .sort((one, other) => other.depth - one.depth)
    .map(({ schema, view }) => ({ kind: 'view-refreshed', schema, view }));
}

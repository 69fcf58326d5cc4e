import type { Profile, ProfilePart } from '../../contracts.ts';
import type { ReadSession, Session } from '../../environments/provider.ts';
import { cannotTravel } from '../target/exactValues.ts';
import type { TargetRow } from '../target/targetRows.ts';
import { contentOf, decideSettings, rowsByKey } from './decideRows.ts';
import { ProfileDoesNotFitError } from './errors.ts';
import type { PlannedList } from './list.ts';
import { differing, type WrittenPart } from './part.ts';
import { hashOf, openTables, readRows, updateRows, type OneOf, type Tables, type TableSide } from './rows.ts';
import type { Remember } from './takeBack.ts';

/** Columns that rows of the copy take over from the sandbox's rows with the same key. */
interface Keep {
  /** Its number in the list of the plan. */
  readonly n: number;
  readonly part: Extract<ProfilePart, 'settings' | 'features' | 'banner'>;
  readonly table: string;
  readonly key: readonly string[];
  readonly columns: readonly string[];
  readonly only?: OneOf;
  /** Without an index that says so, rows are counted: whatever stands there twice is left. */
  readonly isCounted?: boolean;
}

export function keepsOf({ settings = [], features = [], banner }: Profile): readonly Keep[] {
  const all: readonly Omit<Keep, 'n'>[] = [
    ...settings.map((each) => ({ part: 'settings' as const, ...each })),
    ...(features.length > 0
      ? [
          {
            ...{ part: 'features' as const, table: 'FEATUREMANAGEMENTSTATE', key: ['NAME'], columns: ['ISENABLED'] },
            only: { column: 'NAME', values: features },
          },
        ]
      : []),
    // Its own index is over record numbers, which differ between environments.
    ...(banner === undefined
      ? []
      : [
          {
            ...{ part: 'banner' as const, table: 'COMPANYIMAGE', key: ['REFCOMPANYID', 'IMAGETYPE'] },
            ...{ columns: ['IMAGE'], isCounted: true },
          },
        ]),
  ];
  return all.map((each, index) => ({ ...each, n: index + 1 }));
}

/** Why the two tables cannot be joined by that key; empty when they can. */
export function obstaclesOf(keep: Keep, tables: Tables): readonly string[] {
  const side = tables.get(keep.table);
  if (side === undefined) return [`the database has no table ${keep.table}`];
  const spoken = [...keep.key, ...keep.columns];
  const missing = spoken.filter((column) => !side.columns.has(column));
  if (missing.length > 0) return missing.map((column) => `${keep.table} has no column ${column}`);
  return [
    ...(side.columns.has('RECID') ? [] : [`${keep.table} has no RECID`]),
    ...spoken
      .filter((column) => BIG.has(side.columns.get(column)?.base ?? ''))
      .map((column) => `${keep.table}.${column} may be a record number, which differs between environments`),
    ...keep.columns
      .filter((column) => isOwnOfServer(side, column))
      .map((column) => `${keep.table}.${column} cannot be carried over`),
    ...(keep.isCounted || isUnique(side, keep.key)
      ? []
      : [`no unique index of ${keep.table} is over ${keep.key.join(', ')} alone, so it is no key`]),
  ];
}

const BIG = new Set(['int8', 'bigint']);

function isOwnOfServer({ columns }: TableSide, column: string): boolean {
  const facts = columns.get(column);
  return facts === undefined || facts.isComputed || facts.isServerMade || cannotTravel(facts);
}

/** All that an index tells apart by, the key names; the partition is one and the same. */
function isUnique({ uniqueIndexes }: TableSide, key: readonly string[]): boolean {
  return uniqueIndexes.some(
    ({ keys, columns, filter }) =>
      filter === undefined &&
      keys.length === columns.length &&
      columns.map((each) => each.toUpperCase()).every((each) => each === 'PARTITION' || key.includes(each)),
  );
}

const rowsOf = async (session: ReadSession, side: TableSide, { key, columns, only }: Keep) =>
  rowsByKey(await readRows(session, side, ['RECID', ...key, ...columns], only), key);

export async function planSettings(
  session: ReadSession,
  profile: Profile,
): Promise<{ readonly settings: PlannedList['settings']; readonly obstacles: readonly string[] }> {
  const keeps = keepsOf(profile);
  const tables = await openTables(
    session,
    keeps.map(({ table }) => table),
  );
  const settings: PlannedList['settings'] = [];
  const obstacles: string[] = [];
  for (const keep of keeps) {
    const found = obstaclesOf(keep, tables);
    const side = tables.get(keep.table);
    obstacles.push(...found);
    if (found.length > 0 || side === undefined) continue;
    for (const [key, row] of await rowsOf(session, side, keep))
      settings.push({ n: keep.n, key, content: contentOf(row, keep.columns) });
  }
  return { settings, obstacles };
}

/** Writes what stood so in the sandbox at the plan and stands so now, into the rows of the copy with the same key. */
export async function writeSettings(
  { living, copy, remember }: { readonly living: ReadSession; readonly copy: Session; readonly remember: Remember },
  keep: Keep,
  planned: PlannedList['settings'],
): Promise<WrittenPart> {
  const [there, here] = [await openTables(living, [keep.table]), await openTables(copy, [keep.table])];
  const obstacles = [...obstaclesOf(keep, there), ...obstaclesOf(keep, here)];
  const [from, to] = [there.get(keep.table), here.get(keep.table)];
  if (from === undefined || to === undefined || obstacles.length > 0)
    throw new ProfileDoesNotFitError([...new Set(obstacles)]);
  const [given, own] = [await rowsOf(living, from, keep), await rowsOf(copy, to, keep)];
  const contents = new Map(planned.filter(({ n }) => n === keep.n).map(({ key, content }) => [key, content]));
  const changes = decideSettings(contents, given, own, keep.columns);
  const keys = changes.map(({ recId }) => recId);
  await remember(to, 'RECID', keys, keep.columns);
  for (const { recId, values } of changes)
    await copy.execute(updateRows(to, values, { column: 'RECID', value: recId }));
  const expected = changes.map(({ recId, values }) => exactly({ RECID: recId, ...values }, keep.columns));
  return {
    line: { part: keep.part, done: changes.length, left: contents.size - changes.length },
    table: keep.table,
    written: [{ table: keep.table, key: 'RECID', keys, columns: keep.columns }],
    prove: async (session) => {
      const found = await readRows(session, to, ['RECID', ...keep.columns], { column: 'RECID', values: keys });
      return differing(
        expected,
        found.map((row) => exactly(row, keep.columns)),
      );
    },
  };
}

const exactly = (row: TargetRow, columns: readonly string[]): string =>
  hashOf(
    ['RECID', ...columns].map((column) => {
      const value = row[column] ?? null;
      return value instanceof Uint8Array ? Buffer.from(value).toString('hex') : value;
    }),
  );

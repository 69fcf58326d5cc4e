import { sql, type SqlBool } from 'kysely';
import type { Profile, ProfileValue } from '../../contracts.ts';
import type { ReadSession, Session } from '../../environments/provider.ts';
import { builderFor } from '../rules/queryBuilder.ts';
import { compareExactly, readExactly } from '../target/exactValues.ts';
import { ProfileDoesNotFitError } from './errors.ts';
import type { WrittenPart } from './part.ts';
import { demand } from './readAccounts.ts';
import { openTables, readRows, textIn, updateRows, updateRowsBut, type TableSide } from './rows.ts';
import type { Remember } from './takeBack.ts';

const USER_SETTINGS = 'SYSUSERINFO';

/** Why the values do not fit a database; empty when they do. */
export async function obstaclesOfValues(
  session: ReadSession,
  { values = [], theme }: Profile,
): Promise<readonly string[]> {
  const names = [...values.map(({ table }) => table), ...(theme === undefined ? [] : [USER_SETTINGS])];
  const tables = await openTables(session, names);
  const tried = [
    ...values.map(({ table, where, set }) => [table, ['RECID', ...Object.keys(where), ...Object.keys(set)]] as const),
    ...(theme === undefined ? [] : [[USER_SETTINGS, ['THEME']] as const]),
  ];
  return tried.flatMap(([table, columns]) => {
    try {
      demand(tables, table, columns);
      return [];
    } catch (error) {
      if (error instanceof ProfileDoesNotFitError) return [error.message.replace(/^.*?: /, '')];
      throw error;
    }
  });
}

/** Each value into every row that its conditions mean. */
export async function writeValues(
  { copy, remember }: { readonly copy: Session; readonly remember: Remember },
  values: readonly ProfileValue[],
): Promise<WrittenPart | undefined> {
  if (values.length === 0) return undefined;
  const tables = await openTables(
    copy,
    values.map(({ table }) => table),
  );
  const done: { readonly value: ProfileValue; readonly side: TableSide; readonly recIds: readonly string[] }[] = [];
  for (const value of values) {
    const { table, where, set } = value;
    const side = demand(tables, table, ['RECID', ...Object.keys(where), ...Object.keys(set)]);
    const recIds = await rowsWith(copy, side, where);
    await remember(side, 'RECID', recIds, Object.keys(set));
    for (const recId of recIds) await copy.execute(updateRows(side, texts(set), { column: 'RECID', value: recId }));
    done.push({ value, side, recIds });
  }
  const met = done.filter(({ recIds }) => recIds.length > 0);
  return {
    line: { part: 'values', done: met.length, left: done.length - met.length },
    table: [...new Set(values.map(({ table }) => table))].join(', '),
    written: done.map(({ value: { table, set }, recIds }) => ({
      ...{ table, key: 'RECID', keys: recIds, columns: Object.keys(set) },
    })),
    prove: async (session) => {
      let open = 0;
      for (const { value, side, recIds } of done) {
        const rows = await rowsWith(session, side, value.set);
        open += recIds.filter((recId) => !rows.includes(recId)).length;
      }
      return open;
    },
  };
}

const texts = (set: ProfileValue['set']) => Object.fromEntries(Object.entries(set).map(([c, v]) => [c, String(v)]));

const TEXTS = new Set(['varchar', 'bpchar', 'text', 'citext']);

/** Record numbers of the rows in which these values stand. Text is compared as the application does. */
async function rowsWith(
  session: ReadSession,
  side: TableSide,
  where: ProfileValue['where'],
): Promise<readonly string[]> {
  const { dialect, schema, table } = side.scope;
  let query = builderFor(dialect, schema)
    .selectFrom(`${table} as own`)
    .select((eb) => readExactly(dialect, eb.ref('own.RECID'), factsOf(side, 'RECID')).as('RECID'));
  for (const [column, value] of Object.entries(where)) {
    const facts = factsOf(side, column);
    const [own, wanted] = [sql.ref(`own.${column}`), compareExactly(dialect, String(value), facts)];
    const isFolded = dialect === 'postgres' && TEXTS.has(facts.base);
    query = query.where(
      isFolded ? sql<SqlBool>`lower(rtrim(${own})) = lower(rtrim(${wanted}))` : sql<SqlBool>`${own} = ${wanted}`,
    );
  }
  return (await session.select(query.compile())).map((row) => String(row.RECID));
}

const factsOf = ({ columns }: TableSide, column: string) => columns.get(column) ?? { base: '', type: '' };

/** The colours of the client for everybody, so that nobody takes the sandbox for production. */
export async function writeTheme(copy: Session, theme: number): Promise<WrittenPart> {
  const side = demand(await openTables(copy, [USER_SETTINGS]), USER_SETTINGS, ['THEME']);
  await copy.execute(updateRowsBut(side, { name: 'THEME', value: String(theme) }, 'THEME', []));
  const read = async (session: ReadSession) =>
    (await readRows(session, side, ['THEME'])).map((row) => textIn(row, 'THEME'));
  return {
    line: { part: 'theme', done: (await read(copy)).length, left: 0 },
    table: USER_SETTINGS,
    written: [],
    prove: async (session) => (await read(session)).filter((each) => each !== String(theme)).length,
  };
}

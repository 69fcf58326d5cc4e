import type { Profile } from '../../contracts.ts';
import type { ReadSession, Session } from '../../environments/provider.ts';
import { insertRows, sharedColumns, type TargetRow } from '../target/targetRows.ts';
import { fold } from './accounts.ts';
import { contentsOf, decideOwnRows, namedRows } from './decideRows.ts';
import type { PlannedList } from './list.ts';
import { differing, type WrittenPart } from './part.ts';
import { demand } from './readAccounts.ts';
import { deleteRowsBut, hashOf, isNotCarried, numbered, openTables, readRows, textIn } from './rows.ts';

/** Rows of the sandbox that come back when they are named, where production's are all deleted. */
export const OWN_ROWS = {
  clients: { table: 'SYSAADCLIENTTABLE', key: 'AADCLIENTID', user: 'USERID' },
  endpoints: { table: 'BUSINESSEVENTSENDPOINT', key: 'NAME', user: undefined },
} as const;
export type OwnPart = keyof typeof OWN_ROWS;

/** Of the named rows, each that stands there once and does not act as Admin, by what it says. */
export async function planOwnRows(
  session: ReadSession,
  part: OwnPart,
  named: readonly string[],
): Promise<PlannedList['clients']> {
  if (named.length === 0) return [];
  return contentsOf(await readNamed(session, part, named));
}

async function readNamed(
  session: ReadSession,
  part: OwnPart,
  named: readonly string[],
): Promise<ReadonlyMap<string, TargetRow>> {
  const { table, key, user } = OWN_ROWS[part];
  const side = demand(await openTables(session, [table]), table, [key, ...(user === undefined ? [] : [user])]);
  const columns = [...side.columns]
    .filter(([name, facts]) => !isNotCarried(name) && !facts.isComputed && !facts.isServerMade)
    .map(([name]) => name);
  return namedRows(await readRows(session, side, columns), named, { key, user });
}

/** Which of them production has as well. */
export async function sharedWithProduction(session: ReadSession, named: readonly string[]): Promise<readonly string[]> {
  const { table, key } = OWN_ROWS.clients;
  const side = (await openTables(session, [table])).get(table);
  if (named.length === 0 || side === undefined) return [];
  const there = new Set((await readRows(session, side, [key])).map((row) => fold(textIn(row, key))));
  return named.map(fold).filter((each) => there.has(each));
}

/** Every row goes, whoever's it is; those of the sandbox follow that were so at the plan, are so now, and are none of production's. */
export async function writeOwnRows(
  { living, copy }: { readonly living: ReadSession; readonly copy: Session },
  part: OwnPart,
  profile: Profile,
  planned: PlannedList['clients'],
  ofProduction: readonly string[],
): Promise<WrittenPart | undefined> {
  const { table, key } = OWN_ROWS[part];
  const to = (await openTables(copy, [table])).get(table);
  if (to === undefined) return undefined;
  const named = profile[part] ?? [];
  const rows = named.length === 0 ? new Map<string, TargetRow>() : await readNamed(living, part, named);
  const back = decideOwnRows(planned, rows, ofProduction);
  const from = (await openTables(living, [table])).get(table);
  const columns = from === undefined ? [] : sharedColumns(from, to).filter((column) => !isNotCarried(column));
  await copy.execute(deleteRowsBut(to, key, []));
  for (const row of await numbered(copy, to, back)) {
    const all = 'RECID' in row ? [...columns, 'RECID'] : columns;
    await copy.execute(insertRows(to, all, [row]));
  }
  return {
    line: { part, done: back.length, left: named.length - back.length },
    table,
    written: [{ table, key, keys: back.map((row) => textIn(row, key)) }],
    prove: async (session) =>
      differing(
        back.map((row) => exactly(row, columns)),
        (await readRows(session, to, columns)).map((row) => exactly(row, columns)),
      ),
  };
}

const exactly = (row: TargetRow, columns: readonly string[]): string =>
  hashOf(
    columns.map((column) => {
      const value = row[column] ?? null;
      return value instanceof Uint8Array ? Buffer.from(value).toString('hex') : value;
    }),
  );

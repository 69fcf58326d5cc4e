import { z } from 'zod';
import { askIfAllowed } from '../../../databases/sqlServer/askIfAllowed.ts';
import type { Connection } from '../../../databases/sqlServer/connection.ts';
import type { Database } from '../databases.ts';
import * as statements from '../statements/keptOptions.ts';
import type { Change } from './optionChanges.ts';

type Row = Readonly<Record<string, unknown>>;

/** What the copy needs to have the options of the target, and what it does not get. */
export interface KeptOptions {
  readonly changes: readonly Change[];
  /** `TRUSTWORTHY`: the target had them, and Rewind never switches them on. */
  readonly neverOn: readonly string[];
  /** Names of columns that differ and that Rewind has no option for. */
  readonly unknown: readonly string[];
}

const optionRow = z.looseObject({ name: z.string() });
const queryStoreRow = z.looseObject({});

export async function readKeptOptions(connection: Connection, former: Database, copy: Database): Promise<KeptOptions> {
  const doing = `reading the options of ${former.name} and ${copy.name}`;
  const rows = await connection.ask(statements.readOptions(former.name, copy.name), optionRow, { doing });
  const of = ({ name }: Database) => rows.find((row) => row.name === name) ?? {};
  const inStore = async ({ name }: Database) =>
    (await askIfAllowed(connection, statements.readQueryStore(name), queryStoreRow, doing))?.[0] ?? {};
  const kept = compareOptions(copy.name, of(former), of(copy));
  const stores = former.isQueryStoreOn ? compareQueryStores(copy.name, await inStore(former), await inStore(copy)) : [];
  return { ...kept, changes: [...kept.changes, ...stores] };
}

export function compareOptions(copy: string, wanted: Row, present: Row): KeptOptions {
  const changes: Change[] = [];
  const [neverOn, unknown]: [string[], string[]] = [[], []];
  for (const [column, value] of Object.entries(wanted)) {
    if (statements.NO_OPTIONS.has(column)) continue;
    const risky = statements.NEVER_ON[column];
    if (risky !== undefined) {
      if (textOf(value) === '1') neverOn.push(risky);
    } else if (value !== null && textOf(value) !== textOf(present[column])) {
      const option = statements.DATABASE_OPTIONS[column]?.(textOf(value));
      if (option === undefined) unknown.push(column);
      else changes.push(changeTo(copy, option));
    }
  }
  return { changes, neverOn, unknown };
}

/** Settings of the target's query store, while that is on. */
export const compareQueryStores = (copy: string, wanted: Row, present: Row): readonly Change[] =>
  Object.entries(statements.QUERY_STORE_OPTIONS).flatMap(([column, toOption]) => {
    const value = wanted[column];
    if (value === undefined || value === null || textOf(value) === textOf(present[column])) return [];
    const option = toOption(textOf(value));
    return option === undefined ? [] : [changeTo(copy, option)];
  });

const changeTo = (copy: string, option: string): Change => ({
  option: statements.keepOption(copy, option),
  reason: `${option.replace(' WITH ROLLBACK IMMEDIATE', '')} as the target’s`,
  ifRefused: `the target’s ${option.replace(' WITH ROLLBACK IMMEDIATE', '')} could not be set; it stays as in production`,
});

/** Flags come as booleans, whole numbers beyond 32 bits as texts. */
const textOf = (value: unknown): string =>
  typeof value === 'boolean' ? (value ? '1' : '0') : value instanceof Date ? value.toISOString() : String(value);

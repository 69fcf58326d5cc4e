import { z } from 'zod';
import type { Connection } from '../../databases/sqlServer/connection.ts';
import { isSameName } from './names.ts';
import { type MarkName, readMarks } from './statements/marks.ts';
import { readDatabases } from './statements/readDatabases.ts';

const flag = z.union([z.boolean(), z.number().transform((value) => value === 1)]).nullable();
const guid = z
  .string()
  .transform((text) => text.toLowerCase())
  .nullable();

const databaseRow = z.object({
  name: z.string(),
  id: z.number(),
  state: z.string(),
  userAccess: z.string(),
  owner: z.string().nullable(),
  /** Null while the database is not online. */
  collation: z.string().nullable(),
  recoveryModel: z.enum(['SIMPLE', 'FULL', 'BULK_LOGGED']),
  compatibilityLevel: z.number(),
  isReadCommittedSnapshot: flag,
  snapshotIsolation: z.string().nullable(),
  isStatisticsAsync: flag,
  isBrokerEnabled: flag,
  isQueryStoreOn: flag,
  isEncrypted: flag,
  isCdcEnabled: flag,
  isPublished: flag,
  isMergePublished: flag,
  isSubscribed: flag,
  isDistributor: flag,
  snapshotOf: z.number().nullable(),
  replicaId: z.string().nullable(),
  familyGuid: guid,
  databaseGuid: guid,
  recoveryForkGuid: guid,
});

/** One row of the server's list of databases, as it is now. */
export type Database = z.infer<typeof databaseRow>;

export const listDatabases = (connection: Connection): Promise<readonly Database[]> =>
  connection.ask(readDatabases(), databaseRow, { doing: 'listing the databases' });

/** By its exact name first: a server with a case-sensitive collation may have `uat` beside `UAT`. */
export const findDatabase = (databases: readonly Database[], name: string): Database | undefined =>
  databases.find((database) => database.name === name) ?? databases.find((database) => isSameName(database.name, name));

export type Marks = ReadonlyMap<string, string>;

const markRow = z.object({ name: z.string(), value: z.string().nullable() });

/** What Rewind has written onto a database. Only a database that is online and open to the service can be read. */
export async function marksOf(
  connection: Connection,
  { name, state }: Pick<Database, 'name' | 'state'>,
): Promise<Marks> {
  if (state !== 'ONLINE') return new Map();
  const rows = await connection.ask(readMarks(name), markRow, { doing: `reading the marks of ${name}` });
  return new Map(rows.map((row) => [row.name, row.value ?? '']));
}

export const markOf = (marks: Marks | undefined, name: MarkName): string | undefined => marks?.get(name);

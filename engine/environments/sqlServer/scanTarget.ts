import { DATABASE_ROLES, type DatabaseRole, type Sandbox } from '../../contracts.ts';
import { type Database, findDatabase, listDatabases, markOf, type Marks, marksOf } from './databases.ts';
import type { Connection } from '../../databases/sqlServer/connection.ts';
import { type Names, namesOf, roleByName } from './names.ts';
import type { Shape } from './swap/repairTable.ts';

/** One database that stands under one of the three names. */
export interface Placed {
  readonly database: Database;
  /** Absent when it could not be read: not online, or another session holds it alone. */
  readonly marks?: Marks;
  readonly unreadable?: Error;
}

/** What the server holds of one database of the target, seen from one run. */
export interface RoleScan {
  readonly role: DatabaseRole;
  readonly names: Names;
  readonly target?: Placed;
  readonly incoming?: Placed;
  readonly previous?: Placed;
  readonly shape: Shape;
}

export interface TargetScan {
  readonly runId: string;
  readonly databases: readonly Database[];
  readonly roles: readonly RoleScan[];
}

/** Looks at the server: names, states and the run's marks, never memory. */
export async function scanTarget(connection: Connection, target: Sandbox, runId: string): Promise<TargetScan> {
  const databases = await listDatabases(connection);
  const roles: RoleScan[] = [];
  for (const role of DATABASE_ROLES) {
    const names = namesOf(target.databases[role], runId);
    const place = async (name: string): Promise<Placed | undefined> => {
      const database = findDatabase(databases, name);
      return database && readPlaced(connection, database);
    };
    const placed = {
      target: await place(names.target),
      incoming: await place(names.incoming),
      previous: await place(names.previous),
    };
    roles.push({ role, names, ...placed, shape: shapeOf(placed, runId) });
  }
  return { runId, databases, roles };
}

async function readPlaced(connection: Connection, database: Database): Promise<Placed> {
  try {
    return { database, marks: await marksOf(connection, database) };
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    return { database, unreadable: error };
  }
}

type Placing = Pick<RoleScan, 'target' | 'incoming' | 'previous'>;

function shapeOf({ target, incoming, previous }: Placing, runId: string): Shape {
  const isCopyHere = incoming !== undefined && isComplete(incoming, runId);
  const isElimination = previous !== undefined && !isCopyHere;
  const place = target === undefined ? 'none' : (isMarkedFor(target, runId) ?? isElimination) ? 'new' : 'old';
  return `${place} ${isCopyHere ? 'incoming' : '-'} ${previous === undefined ? '-' : 'previous'}`;
}

/** The mark is written when the copy is restored, closed and settled; what cannot be read now was marked before. */
export const isComplete = (placed: Placed, runId: string): boolean =>
  placed.database.state === 'ONLINE' &&
  (placed.unreadable === undefined ? markOf(placed.marks, 'Rewind.Run') === runId : true);

/**
 * Undefined where the database does not say: it cannot be read now, or its mark is gone. Beside the former database that a
 * run put aside, with no copy of that run left, it is then what the run brought.
 */
export function isMarkedFor({ database, marks, unreadable }: Placed, runId: string): boolean | undefined {
  if (database.state !== 'ONLINE' || unreadable !== undefined) return undefined;
  const mark = markOf(marks, 'Rewind.Run');
  return mark === undefined || mark === '' ? undefined : mark === runId;
}

/** Everything that Rewind has on the server for this target, whichever run it belongs to. */
export function namedFor(target: Sandbox, databases: readonly Database[]) {
  return databases.flatMap((database) =>
    DATABASE_ROLES.flatMap((databaseRole) => {
      const found = roleByName(target.databases[databaseRole], database.name);
      return found === undefined ? [] : [{ database, databaseRole, ...found }];
    }),
  );
}

export type NamedDatabase = ReturnType<typeof namedFor>[number];

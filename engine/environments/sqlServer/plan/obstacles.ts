import { z } from 'zod';
import { DATABASE_ROLES, type Sandbox } from '../../../contracts.ts';
import { type Database, findDatabase } from '../databases.ts';
import type { Connection } from '../../../databases/sqlServer/connection.ts';
import { isSameName } from '../names.ts';
import { askIfAllowed } from '../../../databases/sqlServer/askIfAllowed.ts';
import { readLogShipping } from '../statements/obstacles.ts';

export interface Obstacle {
  readonly what: string;
  readonly remedy: string;
}

/**
 * What makes a rename impossible or breaks somebody else's work; found before anything is restored.
 * Log shipping stands in msdb, which the service may be kept out of: `isLogShippingSeen`.
 */
export async function findObstacles(
  connection: Connection,
  target: Sandbox,
  databases: readonly Database[],
): Promise<{ readonly obstacles: readonly Obstacle[]; readonly isLogShippingSeen: boolean }> {
  const shipped = await askIfAllowed(connection, readLogShipping(), shippedRow, 'looking for log shipping');
  const obstacles = DATABASE_ROLES.flatMap((role) => {
    const name = target.databases[role];
    const database = findDatabase(databases, name);
    if (database === undefined) {
      return [
        { what: `${name} does not exist`, remedy: `Correct databases.${role} of ${target.name} in environments.yaml.` },
      ];
    }
    const snapshots = databases.filter(({ snapshotOf }) => snapshotOf === database.id).map((snapshot) => snapshot.name);
    const isShipped = shipped?.some((one) => isSameName(one.name, name));
    return [...own(database), ...snapshotsOf(name, snapshots), ...(isShipped ? [shipping(name)] : [])];
  });
  return { obstacles, isLogShippingSeen: shipped !== undefined };
}

const shippedRow = z.object({ name: z.string() });

const rules: readonly {
  readonly applies: (database: Database) => boolean;
  readonly what: string;
  readonly remedy: string;
}[] = [
  { applies: ({ state }) => state !== 'ONLINE', what: 'is not online', remedy: 'Bring it online first.' },
  {
    applies: ({ replicaId }) => replicaId !== null,
    what: 'belongs to an availability group',
    remedy: 'Remove it from the group (ALTER AVAILABILITY GROUP … REMOVE DATABASE); add the new one afterwards.',
  },
  {
    applies: (one) => isReplicated(one),
    what: 'is replicated',
    remedy: 'Remove its publications and subscriptions (sp_removedbreplication).',
  },
  {
    applies: ({ isCdcEnabled }) => isCdcEnabled === true,
    what: 'has change data capture',
    remedy: 'Disable it (sys.sp_cdc_disable_db) and enable it in the new database.',
  },
];

const isReplicated = ({ isPublished, isMergePublished, isSubscribed, isDistributor }: Database) =>
  [isPublished, isMergePublished, isSubscribed, isDistributor].includes(true);

const own = (database: Database): Obstacle[] =>
  rules
    .filter(({ applies }) => applies(database))
    .map(({ what, remedy }) => ({ what: `${database.name} ${what}`, remedy }));

const snapshotsOf = (name: string, snapshots: readonly string[]): Obstacle[] =>
  snapshots.length === 0
    ? []
    : [{ what: `${name} has database snapshots (${snapshots.join(', ')})`, remedy: 'Drop the snapshots.' }];

const shipping = (name: string): Obstacle => ({
  what: `${name} takes part in log shipping`,
  remedy: 'Remove it from log shipping.',
});

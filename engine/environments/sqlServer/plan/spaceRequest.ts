import { DATABASE_ROLES } from '../../../contracts.ts';
import type { Database } from '../databases.ts';
import type { Connection } from '../../../databases/sqlServer/connection.ts';
import { type DatabaseFile, foldersOf, listFiles } from '../copy/placement.ts';
import type { ServerFacts } from '../../../databases/sqlServer/serverFacts.ts';
import type { SqlServerSandbox } from '../settings.ts';
import { type Held, listVolumes, type SpaceRequest } from './space.ts';
import type { SourceDatabase } from './suitability.ts';
import { namedFor, type NamedDatabase } from '../scanTarget.ts';

/** What lies on the target’s server of this target, and what is to come. */
export async function spaceRequest(
  connection: Connection,
  target: SqlServerSandbox,
  server: ServerFacts,
  databases: readonly Database[],
  sources: readonly SourceDatabase[],
): Promise<SpaceRequest> {
  const { settings } = target;
  const filesOf = async (name: string) => listFiles(connection, name);
  const present = await Promise.all(DATABASE_ROLES.map((role) => filesOf(target.databases[role])));
  const lying = async (role: NamedDatabase['role']) => {
    const named = namedFor(target, databases).filter((one) => one.role === role);
    return Promise.all(
      [...Map.groupBy(named, ({ runId = '' }) => runId)].map(async ([runId, members]) => ({
        runId,
        names: members.map(({ database }) => database.name),
        files: (await Promise.all(members.map(({ database }) => filesOf(database.name)))).flat().map(heldOf),
      })),
    );
  };
  return {
    server: connection.title,
    copies: sources.map(({ files }, index) => ({ files, folders: foldersOf(present[index] ?? [], settings, server) })),
    hasIntegrityCheck: target.policy.integrityCheck !== 'none',
    volumes: await listVolumes(connection),
    current: present.flat().map(heldOf),
    previous: await lying('previous'),
    left: await lying('incoming'),
  };
}

const heldOf = ({ physicalName, sizeBytes }: DatabaseFile): Held => ({ path: physicalName, sizeBytes });

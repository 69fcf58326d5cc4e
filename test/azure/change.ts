import { z } from 'zod';
import { removeDatabase } from '../sqlServer/state/databases.ts';
import type { Database } from '../sqlServer/state/databaseModel.ts';
import { isTaken, isBusy } from './create.ts';
import type { Azure, AzureServer, Running } from './model.ts';
import { begin, under } from './operations.ts';
import { Refused } from './reply.ts';
import { databaseIn, resourceOf, serverIdOf } from './resources.ts';

/** R: the same name twice is twice 202 and succeeds; D: while it is restored or copied this is how that is ended. */
export function remove(azure: Azure, server: AzureServer, name: string): Running {
  const database = databaseIn(server, name);
  refuseLocked(azure, server, name);
  for (const running of under(azure, name, server)) running.state = 'Cancelled';
  const complete = () => {
    if (database && server.sql.state.databases.includes(database)) removeDatabase(server.sql.state, database);
  };
  return begin(azure, {
    kind: 'DropLogicalDatabase',
    server,
    database,
    databaseName: name,
    takesMs: azure.pace.deleteMs,
    complete,
  });
}

/** A lock on a database stops only its deletion (I: those of its server stop that of every child, 409). */
function refuseLocked(azure: Azure, server: AzureServer, name: string): void {
  const scopes = [
    `${serverIdOf(server)}/databases/${name}`,
    serverIdOf(server),
    serverIdOf(server).split('/providers/')[0] ?? '',
  ];
  const isLocked = azure.locks.some(({ scope }) => scopes.some((one) => one.toLowerCase() === scope.toLowerCase()));
  if (isLocked) throw new Refused(409, 'ScopeLocked');
}

const moveBody = z.looseObject({ id: z.string() });

/** R: synchronous, an empty answer; identity, creation and tags stay. */
export function move(azure: Azure, server: AzureServer, database: Database, body: unknown): void {
  const { id } = moveBody.parse(body);
  const prefix = `${serverIdOf(server)}/databases/`;
  if (!id.toLowerCase().startsWith(prefix.toLowerCase())) throw new Refused(400, 'InvalidResourceId');
  const to = id.slice(prefix.length);
  if (isBusy(azure, server, database.name)) throw new Refused(409, 'ConflictingDatabaseOperation');
  // D 40680.
  if (resourceOf(azure, database).replication !== undefined)
    throw new Refused(400, 'DatabaseInReplicationRelationship');
  if (databaseIn(server, to) || isTaken(azure, server, to)) throw new Refused(409, 'DatabaseAlreadyExists');
  server.taken.set(database.name.toLowerCase(), azure.now() + azure.nameFreeAfterMs);
  database.name = to;
}

const updateBody = z.looseObject({ tags: z.record(z.string(), z.string()).optional() });

export function update(azure: Azure, server: AzureServer, database: Database, body: unknown): Running {
  const { tags } = updateBody.parse(body);
  const complete = () => void (tags === undefined ? undefined : Object.assign(resourceOf(azure, database), { tags }));
  return begin(azure, {
    kind: 'UpdateLogicalDatabase',
    server,
    database,
    databaseName: database.name,
    takesMs: azure.pace.updateMs,
    complete,
  });
}

const retentionBody = z.looseObject({ properties: z.looseObject({ retentionDays: z.number() }) });

/** D: 1 to 35 days. */
export function keepBackups(azure: Azure, server: AzureServer, database: Database, body: unknown): Running {
  const { retentionDays } = retentionBody.parse(body).properties;
  if (retentionDays < 1 || retentionDays > 35) throw new Refused(400, 'InvalidBackupRetentionPeriod');
  if (isBusy(azure, server, database.name)) throw new Refused(409, 'ConflictingDatabaseOperation');
  const complete = () => void (resourceOf(azure, database).retentionDays = retentionDays);
  return begin(azure, {
    kind: 'UpdateLogicalDatabase',
    server,
    database,
    databaseName: database.name,
    takesMs: azure.pace.updateMs,
    segment: 'shortTermRetentionPolicy',
    complete,
  });
}

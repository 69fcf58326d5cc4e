import { type AzureAct, finish, patiently, placeOf, requestFor } from './azureAct.ts';
import { NameTakenError } from './errors.ts';
import { removeOwn } from './removeOwn.ts';
import type { LogicalServer } from './resourceManager/addresses.ts';
import { isRefusal } from './resourceManager/classify.ts';
import type { ResourceManager } from './resourceManager/resourceManager.ts';
import type { DatabaseResource, OperationResource } from './resourceManager/resources.ts';
import type { Writable } from './resourceManager/writable.ts';
import { isTaggedFor, tagsOf } from './world.ts';

/** What lies under a name of this run: online and its own; nothing, also where it was only begun and failed. @throws NameTakenError */
export async function ownOrNone(
  act: AzureAct,
  database: Writable,
  manager: ResourceManager,
  server: LogicalServer,
): Promise<DatabaseResource | undefined> {
  const found = await manager.database(server, database.name);
  if (found === undefined) return undefined;
  if (!(await isOwn(act, database, found))) throw new NameTakenError(database.name, server.server, act.runId);
  const settled = await untilSettled(act, database, manager, server);
  if (settled?.properties.status === 'Online') {
    await restoreTags(act, database, settled, manager);
    return settled;
  }
  if (settled === undefined) return undefined;
  act.log(`${database.name} is ${settled.properties.status}; it is deleted and made again`);
  await removeOwn(act, database);
  return undefined;
}

/** By its tags; a request may lose them: then the operation that made it, which this run remembers, says whose it is. */
export async function isOwn(act: AzureAct, database: Writable, found: DatabaseResource): Promise<boolean> {
  if (isTaggedFor(act.world, found, act.runId)) return true;
  const id = requestFor(act, database)?.operation;
  if (id === undefined) return false;
  const { manager, server } = placeOf(act, database);
  // The list is of the name: it may hold what made one that is gone, too.
  const making = (await operationsOf(database, manager, server)).filter(({ properties }) =>
    properties.operation.startsWith('Create'),
  );
  const startOf = ({ properties: { startTime = '' } }: OperationResource) => startTime;
  const [newest] = making.toSorted((left, right) => startOf(right).localeCompare(startOf(left)));
  return newest?.name === id;
}

/** One look may answer 404 of what is there (reported), and a list may be late: gone is what neither shows. */
export async function findListed(act: AzureAct, database: Writable): Promise<DatabaseResource | undefined> {
  const { manager, server } = placeOf(act, database);
  const { databases } = await manager.databases(server);
  return databases.find(({ name }) => name.toLowerCase() === database.name.toLowerCase());
}

/** The same of what a list need not show yet: it is looked at again a while later, unless this run knows that it is gone. */
export async function findSurely(act: AzureAct, database: Writable): Promise<DatabaseResource | undefined> {
  const { manager, server } = placeOf(act, database);
  const found = (await manager.database(server, database.name)) ?? (await findListed(act, database));
  if (found !== undefined || requestFor(act, database) === undefined) return found;
  await act.clock.sleep(EVERY_MS, act.signal);
  return manager.database(server, database.name);
}

const EVERY_MS = 15_000;
const LONGEST_MS = 24 * 3_600_000;
const FILLING = /^(Restoring|Copying|Creating|Recovering|RecoveryPending)$/;

/**
 * Waits while Azure fills it, by looking: whoever began it may be gone. One whose operations have all ended is returned as it is,
 * whatever it still calls itself.
 */
async function untilSettled(
  act: AzureAct,
  database: Writable,
  manager: ResourceManager,
  server: LogicalServer,
): Promise<DatabaseResource | undefined> {
  const startedAt = act.clock.elapsedMs();
  for (;;) {
    const found = await manager.database(server, database.name);
    if (found === undefined || !FILLING.test(found.properties.status)) return found;
    if (await hasEnded(database, manager, server)) return manager.database(server, database.name);
    if (act.clock.elapsedMs() - startedAt > LONGEST_MS) return found;
    act.progress(undefined, `${found.properties.status.toLowerCase()} ${database.name}`);
    await act.clock.sleep(EVERY_MS, act.signal);
  }
}

async function hasEnded(database: Writable, manager: ResourceManager, server: LogicalServer): Promise<boolean> {
  const operations = await operationsOf(database, manager, server);
  const goesOn = ({ properties: { state } }: OperationResource) =>
    /^(Pending|InProgress|CancelInProgress)$/.test(state);
  return operations.length > 0 && !operations.some(goesOn);
}

/** None of a database that is gone by now. */
async function operationsOf(
  database: Writable,
  manager: ResourceManager,
  server: LogicalServer,
): Promise<readonly OperationResource[]> {
  try {
    return await manager.operations(server, database.name);
  } catch (error) {
    if (isRefusal(error, 404)) return [];
    throw error;
  }
}

/** A database may be missing for a moment behind the end of its operation. */
export async function settledSoon(
  act: AzureAct,
  database: Writable,
  manager: ResourceManager,
  server: LogicalServer,
): Promise<DatabaseResource | undefined> {
  for (let looks = 0; looks < 8; looks += 1) {
    const found = await untilSettled(act, database, manager, server);
    if (found !== undefined) return found;
    await act.clock.sleep(EVERY_MS, act.signal);
  }
  return undefined;
}

export async function restoreTags(
  act: AzureAct,
  database: Writable,
  found: DatabaseResource,
  manager: ResourceManager,
): Promise<void> {
  if (isTaggedFor(act.world, found, act.runId)) return;
  act.log(`${database.name}: its tags were lost and are set again`);
  const tags = { ...found.tags, ...tagsOf(act.world, act.runId) };
  await finish(act, database, 'tagging', await patiently(act, () => manager.tag(database, tags, act.signal)));
}

import { DATABASE_ROLES } from '../../contracts.ts';
import { type AzureAct, finish, keyOf, patiently } from './azureAct.ts';
import { CopyIncompleteError } from './errors.ts';
import type { Writable } from './resourceManager/writable.ts';
import { isMarkedFor, isTaggedFor, scanWorld } from './world.ts';

/** Deletes the copies of this run, whole or not, on both servers; not what has only been given the name of one. */
export async function dropIncoming(act: AzureAct): Promise<void> {
  const { world, runId, log } = act;
  const { writables } = world;
  for (const { role, intermediate, incoming } of await scanWorld(world, runId)) {
    for (const [database, found] of [
      [writables.intermediate(role, runId), intermediate],
      [writables.target(role, 'incoming', runId), incoming?.resource],
    ] as const) {
      if (found === undefined) continue;
      const isOwn =
        isTaggedFor(world, found, runId) ||
        (database.at === 'target' && incoming !== undefined && isMarkedFor(incoming, runId) === true);
      const isMade = act.remembered[keyOf(database)] !== undefined;
      if (isOwn || isMade) await removeOwn(act, database);
      else log(`${database.name} does not carry the tags of ${runId} and is left alone; look whose it is`);
    }
  }
}

/** Deletes what this run replaced. */
export async function dropPrevious(act: AzureAct): Promise<void> {
  const { world, runId } = act;
  for (const role of DATABASE_ROLES) {
    const database = world.writables.target(role, 'previous', runId);
    if ((await world.targetManager.database(world.targetServer, database.name)) !== undefined)
      await removeOwn(act, database);
  }
}

const LOOKS = 8;
const EVERY_MS = 15_000;

/** Ends what goes on in it as well. Proved gone. */
export async function removeOwn(act: AzureAct, database: Writable): Promise<void> {
  const { world, signal, clock } = act;
  const [manager, server] =
    database.at === 'source' ? [world.sourceManager, world.sourceServer] : [world.targetManager, world.targetServer];
  await finish(act, database, 'deleting', await patiently(act, () => manager.remove(database, signal)));
  for (let looks = 0; looks < LOOKS; looks += 1) {
    const found = await manager.database(server, database.name);
    if (found === undefined) return act.log(`${database.name} is deleted`);
    await clock.sleep(EVERY_MS, signal);
  }
  throw new CopyIncompleteError(database.name, 'still there');
}

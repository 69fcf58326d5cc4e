import { type AzureAct, finish, noteGone, patiently, placeOf } from './azureAct.ts';
import { CopyIncompleteError } from './errors.ts';
import type { Writable } from './resourceManager/writable.ts';

const LOOKS = 8;
const EVERY_MS = 15_000;

/** Ends what goes on in it as well. Proved gone. For what is known to be this run's own. */
export async function removeOwn(act: AzureAct, database: Writable): Promise<void> {
  const { signal, clock } = act;
  const { manager, server } = placeOf(act, database);
  await finish(act, database, 'deleting', await patiently(act, () => manager.remove(database, signal)));
  for (let looks = 0; looks < LOOKS; looks += 1) {
    const found = await manager.database(server, database.name);
    if (found === undefined) {
      await noteGone(act, database);
      return act.log(`${database.name} is deleted`);
    }
    await clock.sleep(EVERY_MS, signal);
  }
  throw new CopyIncompleteError(database.name, 'still there');
}

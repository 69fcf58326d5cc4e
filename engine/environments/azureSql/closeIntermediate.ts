import { reportError } from '../../errors.ts';
import { shutUsersOut } from '../sqlServer/copy/close.ts';
import { type AzureAct, inside } from './azureAct.ts';
import type { Writable } from './resourceManager/writable.ts';
import { readUserHere, userRow } from './statements.ts';

/** Production's own users come along with a restore, and stand on production's server: they are shut out as far as rights allow. */
export async function closeIntermediate(act: AzureAct, database: Writable): Promise<void> {
  const { closer, source } = act.world;
  const { closeIntermediate: wanted } = source.settings;
  if (wanted === 'never') return;
  if (closer === undefined)
    return act.log(`${database.name} stays open to whoever production admits: there is no login to close it`);
  try {
    await using session = await inside(act, closer, database.name);
    const [user] = await session.connection.ask(readUserHere(), userRow, {
      doing: `looking who the service is in ${database.name}`,
    });
    await shutUsersOut(session, { here: database.name }, user?.name ?? undefined);
  } catch (error) {
    act.signal.throwIfAborted();
    if (wanted === 'required') throw error;
    act.log(`${database.name} stays open to whoever production admits: ${reportError(error).message}`);
  }
}

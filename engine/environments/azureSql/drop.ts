import { type AzureAct, requestFor } from './azureAct.ts';
import { NotYetShownError } from './errors.ts';
import { isFormer } from './former.ts';
import { removeOwn } from './removeOwn.ts';
import type { Writable } from './resourceManager/writable.ts';
import { findListed, isOwn } from './standing.ts';
import { isMarkedFor, scanWorld } from './world.ts';

/**
 * Deletes the copies of this run, whole or not, on both servers; not what has only been given the name of one.
 * @throws NotYetShownError, behind everything else, where one was asked for a moment ago and may still appear
 */
export async function dropIncoming(act: AzureAct): Promise<void> {
  const { world, runId } = act;
  const { writables } = world;
  const hidden: Writable[] = [];
  for (const { role, intermediate, incoming } of await scanWorld(world, runId)) {
    for (const [database, seen] of [
      [writables.intermediate(role, runId), intermediate],
      [writables.target(role, 'incoming', runId), incoming?.resource],
    ] as const) {
      const found = seen ?? (await findListed(act, database));
      if (found === undefined) {
        if (mayAppear(act, database)) hidden.push(database);
        continue;
      }
      const isMarked = database.at === 'target' && incoming !== undefined && isMarkedFor(incoming, runId) === true;
      if (isMarked || (await isOwn(act, database, found))) await removeOwn(act, database);
      else leaveAlone(act, database);
    }
  }
  const [first] = hidden;
  if (first !== undefined) throw new NotYetShownError(first.name);
}

/** A look at a database that is being made was reported to answer 404 for minutes. */
const APPEARS_WITHIN_MS = 600_000;

function mayAppear(act: AzureAct, database: Writable): boolean {
  const request = requestFor(act, database);
  return request !== undefined && Date.parse(act.clock.now()) - Date.parse(request.askedAt) < APPEARS_WITHIN_MS;
}

/** Deletes what this run replaced; not what has only been given its name. */
export async function dropPrevious(act: AzureAct): Promise<void> {
  const { world, runId, log } = act;
  for (const { role, previous } of await scanWorld(world, runId)) {
    const database = world.writables.target(role, 'previous', runId);
    if (previous === undefined) {
      if ((await findListed(act, database)) !== undefined) throw new NotYetShownError(database.name);
      continue;
    }
    if (isFormer(act, role, previous)) await removeOwn(act, database);
    else log(`${database.name} is not the database that ${runId} has put aside, and is left alone; look whose it is`);
  }
}

/** Another installation counts its runs as well: what has a name alone is somebody's. */
export const leaveAlone = ({ runId, log }: AzureAct, { name }: Writable): void =>
  log(`${name} does not carry the tags of ${runId} and is left alone; look whose it is`);

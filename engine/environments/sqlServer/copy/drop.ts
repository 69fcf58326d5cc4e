import type { Clock } from '../../../clock.ts';
import { DATABASE_ROLES } from '../../../contracts.ts';
import type { ActContext } from '../../provider.ts';
import { z } from 'zod';
import { askIfAllowed } from '../../../databases/sqlServer/askIfAllowed.ts';
import { type Database, findDatabase, listDatabases } from '../databases.ts';
import { isServerError } from '../../../databases/sqlServer/faults.ts';
import { change, guardOf } from '../fence.ts';
import type { Connection } from '../../../databases/sqlServer/connection.ts';
import { isSameName, namesOf } from '../names.ts';
import { isMarkedFor, readTargetWorld } from '../targetWorld.ts';
import { listFiles } from './placement.ts';
import { endStatisticsJobs } from '../swap/statisticsJobs.ts';
import { dropDatabase, takeAlone } from '../statements/access.ts';
import { findFile } from '../statements/files.ts';

export interface DropServer {
  readonly line: Connection;
  readonly clock: Clock;
}

/** Drops the copies of this run, whole or not; not what has only been given the name of one. */
export async function dropIncoming(server: DropServer, context: ActContext): Promise<void> {
  const { roles } = await readTargetWorld(server.line, context.target, context.runId);
  const placed = roles.flatMap(({ incoming }) => incoming ?? []);
  const foreign = placed.filter((one) => isMarkedFor(one, context.runId) === false);
  for (const { database } of foreign)
    context.log(`${database.name} is marked for another run and is left alone; look whose it is`);
  const own = placed.filter((one) => !foreign.includes(one)).map(({ database }) => database.name);
  await dropDatabases(server, context, own);
}

/** Drops what this run replaced. */
export const dropPrevious = (server: DropServer, context: ActContext): Promise<void> =>
  dropDatabases(
    server,
    context,
    namesOfRun(context).map(({ previous }) => previous),
  );

const namesOfRun = ({ target, runId }: ActContext) =>
  DATABASE_ROLES.map((role) => namesOf(target.databases[role], runId));

/** Databases that are not there are dropped already. Never touches what has the target's name. */
export async function dropDatabases(server: DropServer, context: ActContext, names: readonly string[]): Promise<void> {
  const { target } = context;
  for (const name of names) {
    if (DATABASE_ROLES.some((role) => isSameName(target.databases[role], name)))
      throw new TypeError('The target is never dropped');
    const database = findDatabase(await listDatabases(server.line), name);
    if (database === undefined) continue;
    const files = await listFiles(server.line, database.name);
    if (database.state === 'ONLINE') await endStatisticsJobs(server, context, [name]);
    await dropPatiently(server, context, database);
    context.log(`${database.name} is dropped`);
    await reportLeftovers(
      server.line,
      context,
      files.map(({ physicalName }) => physicalName),
    );
  }
}

const PATIENCE_MS = 25_000;
const PAUSE_MS = 250;

/** A RESTORE that was just cancelled lets go of its database a moment later. */
async function dropPatiently(
  { line, clock }: DropServer,
  context: ActContext,
  { name, state }: Database,
): Promise<void> {
  const statements = [...(state === 'ONLINE' ? takeAlone(name) : []), dropDatabase(name)];
  const startedAt = clock.elapsedMs();
  for (;;) {
    try {
      return await change(line, guardOf(context), statements, { doing: `dropping ${name}` });
    } catch (error) {
      if (!isServerError(error, 'database-in-use', 'database-busy') || clock.elapsedMs() - startedAt > PATIENCE_MS)
        throw error;
      await clock.sleep(PAUSE_MS);
    }
  }
}

const flag = z.union([z.boolean(), z.number()]).nullable().transform(Boolean);
const existsRow = z.object({ isFile: flag, isFolder: flag });

/** An offline database, or one on a share that was away, leaves its files behind: they hold the data. */
async function reportLeftovers(line: Connection, { log }: ActContext, paths: readonly string[]): Promise<void> {
  const unseen: string[] = [];
  for (const path of paths) {
    const found = await askIfAllowed(line, findFile(path), existsRow, 'looking for files left behind', {
      isSlow: true,
    });
    if (found === undefined) unseen.push(path);
    // FILESTREAM and memory-optimized data lie in folders.
    else if (found.some(({ isFile, isFolder }) => isFile || isFolder)) log(`Delete by hand: ${path} was left behind`);
  }
  if (unseen.length > 0) log(`The server does not tell whether files are gone; look for ${unseen.join(', ')}`);
}

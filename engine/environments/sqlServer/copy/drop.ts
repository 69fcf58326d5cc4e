import { retry } from '../../../retry.ts';
import { DATABASE_ROLES } from '../../../contracts.ts';
import type { Act } from '../act.ts';
import { z } from 'zod';
import { askIfAllowed } from '../../../databases/sqlServer/askIfAllowed.ts';
import { type Database, findDatabase, listDatabases } from '../databases.ts';
import { isServerError } from '../../../databases/sqlServer/faults.ts';
import { isSameName, namesOf } from '../names.ts';
import { isMarkedFor, scanTarget } from '../scanTarget.ts';
import { listFiles } from './placement.ts';
import { endStatisticsJobs } from '../swap/statisticsJobs.ts';
import { dropDatabase, takeAlone } from '../statements/access.ts';
import { findFile } from '../statements/files.ts';

/** Drops the copies of this run, whole or not; not what has only been given the name of one. */
export async function dropIncoming(act: Act): Promise<void> {
  const { roles } = await scanTarget(act.connection, act.target, act.runId);
  const placed = roles.flatMap(({ incoming }) => incoming ?? []);
  const foreign = placed.filter((one) => isMarkedFor(one, act.runId) === false);
  for (const { database } of foreign)
    act.log(`${database.name} is marked for another run and is left alone; look whose it is`);
  const own = placed.filter((one) => !foreign.includes(one)).map(({ database }) => database.name);
  await dropDatabases(act, own);
}

/** Drops what this run replaced. */
export const dropPrevious = (act: Act): Promise<void> =>
  dropDatabases(
    act,
    namesOfRun(act).map(({ previous }) => previous),
  );

const namesOfRun = ({ target, runId }: Act) => DATABASE_ROLES.map((role) => namesOf(target.databases[role], runId));

/** Databases that are not there are dropped already. Never touches what has the target's name. */
export async function dropDatabases(act: Act, names: readonly string[]): Promise<void> {
  const { target, connection } = act;
  for (const name of names) {
    if (DATABASE_ROLES.some((role) => isSameName(target.databases[role], name)))
      throw new TypeError('The target is never dropped');
    const database = findDatabase(await listDatabases(connection), name);
    if (database === undefined) continue;
    const files = await listFiles(connection, database.name);
    if (database.state === 'ONLINE') await endStatisticsJobs(act, [name]);
    await dropPatiently(act, database);
    act.log(`${database.name} is dropped`);
    await reportLeftovers(
      act,
      files.map(({ physicalName }) => physicalName),
    );
  }
}

const PATIENCE_MS = 25_000;
const PAUSE_MS = 250;

/** A RESTORE that was just cancelled lets go of its database a moment later. */
async function dropPatiently(act: Act, { name, state }: Database): Promise<void> {
  const statements = [...(state === 'ONLINE' ? takeAlone(name) : []), dropDatabase(name)];
  await retry(() => act.change(statements, { doing: `dropping ${name}` }), {
    ...{ clock: act.clock, signal: act.signal, withinMs: PATIENCE_MS, pauseMs: () => PAUSE_MS },
    isWorthIt: (error) => isServerError(error, 'database-in-use', 'database-busy'),
  });
}

const flag = z.union([z.boolean(), z.number()]).nullable().transform(Boolean);
const existsRow = z.object({ isFile: flag, isFolder: flag });

/** An offline database, or one on a share that was away, leaves its files behind: they hold the data. */
async function reportLeftovers({ connection, log }: Act, paths: readonly string[]): Promise<void> {
  const unseen: string[] = [];
  for (const path of paths) {
    const found = await askIfAllowed(connection, findFile(path), existsRow, 'looking for files left behind', {
      isSlow: true,
    });
    if (found === undefined) unseen.push(path);
    // FILESTREAM and memory-optimized data lie in folders.
    else if (found.some(({ isFile, isFolder }) => isFile || isFolder)) log(`Delete by hand: ${path} was left behind`);
  }
  if (unseen.length > 0) log(`The server does not tell whether files are gone; look for ${unseen.join(', ')}`);
}

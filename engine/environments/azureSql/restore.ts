import { DATABASE_ROLES, type DatabaseRole } from '../../contracts.ts';
import { shutUsersOut } from '../sqlServer/copy/close.ts';
import { CopyOpenError } from '../sqlServer/errors.ts';
import { readAccess } from '../sqlServer/swap/principals.ts';
import { type AzureAct, type Inside, finish, guarded, inside, noteGone, noteRequest, patiently } from './azureAct.ts';
import { findSurely, isOwn, ownOrNone, restoreTags, settledSoon } from './standing.ts';
import { leaveAlone } from './drop.ts';
import { removeOwn } from './removeOwn.ts';
import { CopyIncompleteError } from './errors.ts';
import { mark } from './marks.ts';
import { databaseId, type LogicalServer, poolId } from './resourceManager/addresses.ts';
import type { NewDatabase, ResourceManager } from './resourceManager/resourceManager.ts';
import type { Writable } from './resourceManager/writable.ts';
import { closeIntermediate } from './closeIntermediate.ts';
import { isRefusal } from './resourceManager/classify.ts';
import { AzureOperationEndlessError, AzureOperationFailedError } from './resourceManager/errors.ts';
import { reportError, RetryableError } from '../../errors.ts';
import { accessOnTarget, isComplete, isTaggedFor, scanWorld, tagsOf, type World } from './world.ts';

/**
 * Restores both databases to `at` on the source's server, copies them to the target's, shuts production's users out, and deletes what
 * lies on the source's server. Every step is found again by looking; a copy that is whole is left alone.
 */
export async function restoreBeside(act: AzureAct): Promise<void> {
  const { world, runId, log } = act;
  const roles = await scanWorld(world, runId);
  if (roles.some(({ shape }) => shape.startsWith('new') || shape.endsWith('previous')))
    return log(`The databases of ${runId} are being switched already`);
  const missing = roles.filter(({ incoming }) => incoming === undefined || !isComplete(incoming, runId));
  await together(missing.map(({ role }) => restoreOne(act, role)));
  await together(DATABASE_ROLES.map((role) => dropIntermediate(act, role)));
  log(`The copies of ${runId} are complete`);
}

/** All of them to their end, whatever becomes of one: what goes on behind an error would change the world of whoever looks next. */
export async function together(works: readonly Promise<void>[]): Promise<void> {
  const ended = await Promise.allSettled(works);
  for (const one of ended) if (one.status === 'rejected') throw one.reason;
}

async function restoreOne(act: AzureAct, role: DatabaseRole): Promise<void> {
  const { world, runId } = act;
  const copy = world.writables.target(role, 'incoming', runId);
  const found = await ownOrNone(act, copy, world.targetManager, world.targetServer);
  if (found === undefined) {
    await restoreIntermediate(act, role);
    await copyAcross(act, role, copy);
  }
  await settleCopy(act, role, copy);
}

/** Shut as far as rights allow, before anything is copied from it: the copy shows a moment behind the request. */
async function restoreIntermediate(act: AzureAct, role: DatabaseRole): Promise<void> {
  const { world, runId, at } = act;
  const { source, sourceManager: manager, sourceServer: server } = world;
  const database = world.writables.intermediate(role, runId);
  if ((await ownOrNone(act, database, manager, server)) === undefined) {
    const sourceId = databaseId(server, source.databases[role]);
    act.log(`${database.name}: ${source.databases[role]} is restored as of ${at}, on ${server.server}`);
    const { location } = await manager.server(server);
    const into = { sku: source.settings.intermediate };
    await make(act, database, manager, server, { location, from: { mode: 'PointInTimeRestore', sourceId, at }, into });
  }
  await keepShort(act, database, manager, server);
  await closeIntermediate(act, database);
}

async function copyAcross(act: AzureAct, role: DatabaseRole, copy: Writable): Promise<void> {
  const { world, runId } = act;
  const { target, targetManager: manager, targetServer: server } = world;
  const from = world.writables.intermediate(role, runId);
  const { location } = await manager.server(server);
  const wanted = target.settings.copy;
  const into = 'sku' in wanted ? wanted : { poolId: poolId(server, wanted.elasticPool) };
  act.log(`${copy.name}: copied from ${from.name} to ${server.server}`);
  await make(act, copy, manager, server, { location, from: { mode: 'Copy', sourceId: from.id }, into });
}

async function make(
  act: AzureAct,
  database: Writable,
  manager: ResourceManager,
  server: LogicalServer,
  wish: Omit<NewDatabase, 'tags'>,
): Promise<void> {
  const doing = wish.from.mode === 'Copy' ? 'copying' : 'restoring';
  act.progress(undefined, `${doing} ${database.name}`);
  const tags = tagsOf(act.world, act.runId);
  try {
    const operation = await guarded(act, () =>
      manager.create(database, { ...wish, tags }, act.signal).catch(async (error: unknown) => {
        if (mayBeTaken(act, error)) await noteRequest(act, database);
        throw error;
      }),
    );
    if (operation !== undefined) await noteRequest(act, database, operation.id);
    await finish(act, database, doing, operation);
  } catch (error) {
    act.signal.throwIfAborted();
    // Nothing comes of it any more.
    if (error instanceof AzureOperationFailedError) await noteGone(act, database);
    // The answer was lost, or an earlier request had been taken after all: what is there and this run's own is gone on with.
    const found =
      error instanceof AzureOperationFailedError || error instanceof AzureOperationEndlessError
        ? undefined
        : await manager.database(server, database.name);
    if (found === undefined || !isTaggedFor(act.world, found, act.runId)) throw error;
    act.log(`${database.name}: ${reportError(error).message}; it is there all the same`);
  }
  const made = await settledSoon(act, database, manager, server);
  if (made?.properties.status !== 'Online')
    throw new CopyIncompleteError(database.name, made?.properties.status ?? 'missing');
  await restoreTags(act, database, made, manager);
}

/** Also where nobody waited for the answer. */
const mayBeTaken = ({ signal }: AzureAct, error: unknown): boolean =>
  signal.aborted || (error instanceof RetryableError && !isRefusal(error, 409) && !isRefusal(error, 429));

const SHORTEST_DAYS = 1;

/** What is restorable from backups, unsanitized, is so for as long as these are kept. */
async function keepShort(
  act: AzureAct,
  database: Writable,
  manager: ResourceManager,
  server: LogicalServer,
): Promise<void> {
  if ((await manager.retentionDays(server, database.name)) === SHORTEST_DAYS) return;
  const operation = await patiently(act, () => manager.keepBackups(database, SHORTEST_DAYS, act.signal));
  await finish(act, database, 'shortening the backups of', operation);
}

/** The door first, for production’s users came along; the mark of the run last: a copy that carries it is whole. */
async function settleCopy(act: AzureAct, role: DatabaseRole, copy: Writable): Promise<void> {
  const { world, runId, fence, at } = act;
  await using session = await inside(act, world.address, copy.name);
  await shutUsersOut(session, { here: copy.name });
  await proveClosed(world, session, copy.name);
  act.signal.throwIfAborted();
  await keepShort(act, copy, world.targetManager, world.targetServer);
  await mark(session, copy.name, {
    'Rewind.Before': undefined,
    'Rewind.RestoredTo': at,
    'Rewind.Fence': String(fence),
    'Rewind.Run': runId,
  });
  act.log(`${world.target.databases[role]}: the copy is closed and whole`);
}

/** @throws CopyOpenError */
async function proveClosed(world: World, { connection }: Inside, copy: string): Promise<void> {
  const { users, isDenied } = await readAccess(connection, { here: copy });
  const admitted = users.map(({ name }) => name).filter((name) => !isDenied(name));
  const access = (await accessOnTarget(world)).get(copy.toLowerCase());
  if (admitted.length > 0 || access !== 'RESTRICTED_USER') throw new CopyOpenError(copy, admitted);
}

async function dropIntermediate(act: AzureAct, role: DatabaseRole): Promise<void> {
  const { world, runId } = act;
  const database = world.writables.intermediate(role, runId);
  const found = await findSurely(act, database);
  if (found === undefined) return noteGone(act, database);
  if (!(await isOwn(act, database, found))) return leaveAlone(act, database);
  await removeOwn(act, database);
  const key = `leads-outside-backups-${role}`;
  const until = new Date(Date.parse(act.clock.now()) + SHORTEST_DAYS * 86_400_000).toISOString();
  if (act.remembered[key] === undefined)
    await act.remember(
      key,
      `${database.name} is deleted; until ${until} whoever may create databases on ${world.sourceServer.server} can restore it, unsanitized`,
    );
}

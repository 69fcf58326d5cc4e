import { NoAnswerError } from '../../bounded.ts';
import { untilItIsSo } from '../../retry.ts';
import { join } from 'node:path';
import { findServer, type Program, startServer, stopServer } from './clusterProcess.ts';
import { configureAsTarget, writeClosedAccess, writeOpenAccess } from './configuration.ts';
import { CopyMissingError } from '../errors.ts';
import { dropOvertaken } from './drop.ts';
import { ClusterFolderError } from './errors.ts';
import {
  type ClusterFolder,
  copyOf,
  type Generation,
  isWhole,
  makeCurrent,
  readClusterFolder,
  refuseUnclearFormer,
  replacedBy,
} from './generations.ts';
import { markReplaced, markRun, unmarkReplaced } from './marks.ts';
import { stopOrphans } from './orphans.ts';
import { serviceOf, startCopy } from './restore.ts';
import type { PostgresAct } from './settings.ts';
import { copyRoles } from './roles.ts';
import { addressOf, openClient } from './client.ts';
import { openWriter } from './writer.ts';

/**
 * Stop, repoint one link, start: the target's port then serves the copy, closed. Every line looks first, so a second call
 * goes on where a crash ended the first.
 */
export async function swap(program: Program, context: PostgresAct): Promise<void> {
  const { target, runId } = context;
  const { fence } = program;
  await fence.check();
  const folder = await readClusterFolder(target);
  const { current } = folder;
  if (current === undefined) throw new ClusterFolderError(target.settings.folder, 'its link `current` leads nowhere');
  const copy = copyOf(folder, runId);
  if (copy === undefined || !isWhole(copy)) throw new CopyMissingError(target.name, runId, 'copy');

  if (!copy.isCurrent) {
    await dropOvertaken(program, context);
    await prepareCopy(program, folder, current, copy, context);
    await fence.check();
    await markReplaced(fence, current, runId, folder.account);
    context.log(`The server of ${current.name} stops`);
    await stopServer(program, current.dataFolder, 'fast');
    await fence.check();
    context.log(`The link current leads to ${copy.name}`);
    await makeCurrent(fence, target, copy.name);
  }
  await fence.check();
  await startTarget(program, folder);
  context.log(`${copy.name} serves ${target.name}, closed`);
}

/** Everything that can be done while the target is still in use. */
async function prepareCopy(
  program: Program,
  folder: ClusterFolder,
  current: Generation,
  copy: Generation,
  context: PostgresAct,
): Promise<void> {
  const { target, log } = context;
  const { fence } = program;
  const isHalfDone = current.replacedBy === copy.run?.runId && (await findServer(current.dataFolder)) === undefined;
  // The first attempt stopped the target only after the copy had its roles.
  if (!isHalfDone) {
    await startTarget(program, folder);
    await startCopy(program, folder, copy.dataFolder);
    await using living = await openClient(addressOf(target.settings.service), target.databases.application);
    await using fresh = await openWriter(serviceOf(folder), target.databases.application, fence);
    log(`The copy has ${await copyRoles(living.client, fresh)} roles of the target`);
    // What is written down now need not be while nobody can work.
    await living.client.query('CHECKPOINT');
  }
  log(`${copy.name} stops and takes over the target's configuration`);
  await stopServer(program, copy.dataFolder, 'fast');
  await configureAsTarget(fence, folder, current.dataFolder, copy.dataFolder);
}

/** The reverse; what stands under the target's name afterwards is open as it was, for its own files were never changed. */
export async function swapBack(program: Program, context: PostgresAct): Promise<void> {
  const { target, runId } = context;
  const { fence } = program;
  await fence.check();
  const folder = await readClusterFolder(target);
  const { current } = folder;
  const isOurs = current?.run?.runId === runId;
  // Whatever became of the copy, the former database is what is looked for.
  const previous = replacedBy(folder, runId);
  if (previous === undefined && (isOurs || current === undefined)) {
    refuseUnclearFormer(folder, runId);
    throw new CopyMissingError(target.name, runId, 'previous database');
  }
  if (previous !== undefined && !previous.isCurrent) {
    // A later refresh stands there now.
    if (current !== undefined && !isOurs) throw new CopyMissingError(target.name, runId, 'copy');
    if (current === undefined) context.log(`The copy of ${runId} is gone`);
    else await setAside(program, folder, current, context);
    await stopOrphans(program, join(target.settings.folder, 'generations'));
    await fence.check();
    context.log(`The link current leads to ${previous.name}`);
    await makeCurrent(fence, target, previous.name);
  }
  await fence.check();
  await startTarget(program, folder);
  const former = previous ?? current;
  if (former !== undefined) await unmarkReplaced(fence, former.dataFolder);
  context.log(`${previous?.name ?? 'The former database'} serves ${target.name}`);
}

/** A copy of which nobody knows how far it got is not called closed: the next restore makes it anew. */
async function setAside(
  program: Program,
  folder: ClusterFolder,
  { name, dataFolder, run }: Generation,
  { runId, at, log }: PostgresAct,
): Promise<void> {
  log(`The server of ${name} stops`);
  await stopServer(program, dataFolder, 'fast');
  if (run?.state === undefined) return;
  await writeClosedAccess(program.fence, folder, dataFolder);
  await markRun(program.fence, dataFolder, { runId, at, state: 'closed' }, folder.account);
}

/** Restores who was admitted to the target before the swap. The run's mark says `open` only when the server obeys. */
export async function openTarget(program: Program, context: PostgresAct): Promise<void> {
  const { target, runId } = context;
  const { fence } = program;
  await fence.check();
  const folder = await readClusterFolder(target);
  const { current } = folder;
  await startTarget(program, folder);
  if (current?.run?.runId !== runId) {
    // The former database after a swap that was undone before it had begun to stop it.
    if (current?.replacedBy === runId) await unmarkReplaced(fence, current.dataFolder);
    return;
  }
  await writeOpenAccess(fence, folder, current.dataFolder);
  await reload(program, folder);
  await markRun(fence, current.dataFolder, { runId, at: context.at, state: 'open' }, folder.account);
  context.log(`${target.name} is open`);
}

/** Whatever `current` leads to, started through the link as any service manager would. */
async function startTarget(program: Program, { target: { settings } }: ClusterFolder): Promise<void> {
  await startServer(program, join(settings.folder, 'current'), join(settings.folder, 'postgres.log'));
}

const RELOAD_LIMIT_MS = 30_000;

/** A reload is a signal that nobody answers: it is done when new sessions carry a later load time. */
async function reload({ clock }: Program, { target }: ClusterFolder): Promise<void> {
  const loadedAt = async (isAsked: boolean) => {
    await using service = await openClient(addressOf(target.settings.service), target.databases.application);
    const { rows } = await service.client.query<{ at: string }>('SELECT pg_conf_load_time()::text AS at');
    if (isAsked) await service.client.query('SELECT pg_reload_conf()');
    return rows[0]?.at;
  };
  const before = await loadedAt(true);
  const isLoaded = async () => (await loadedAt(false)) !== before;
  if (!(await untilItIsSo(isLoaded, { clock, everyMs: 10, withinMs: RELOAD_LIMIT_MS })))
    throw new NoAnswerError(`The server of ${target.name}, told to read its configuration again,`, RELOAD_LIMIT_MS);
}

import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { escapeIdentifier } from 'pg';
import { DATABASE_ROLES } from '../../contracts.ts';
import { findServer, type Program, recoverWithoutPort, startServer, stopServer } from './clusterProcess.ts';
import { configureCopy } from './configuration.ts';
import { copyCluster } from './copyCluster.ts';
import {
  type ClusterFolder,
  copyOf,
  createGeneration,
  deleteGeneration,
  isWhole,
  readClusterFolder,
} from './generations.ts';
import { markRun } from './marks.ts';
import type { RecoveryWindows, RestoreChain } from './archive/recoveryWindows.ts';
import { evictRoles, proveClosed } from './roles.ts';
import { addressOf, openClient } from './client.ts';
import type { PostgresAct } from './settings.ts';

/**
 * Restores the source as it stood at `at` into a generation of its own beside the target. A copy that is whole is only
 * started; anything less is thrown away and made again.
 */
export async function restoreBeside(windows: RecoveryWindows, program: Program, context: PostgresAct): Promise<void> {
  const { target, runId, at } = context;
  await program.fence.check();
  const folder = await readClusterFolder(target);
  const own = copyOf(folder, runId);
  if (own?.isCurrent) return;
  if (own !== undefined && isWhole(own)) return startCopy(program, folder, own.dataFolder);
  if (own !== undefined) {
    await stopServer(program, own.dataFolder, 'immediate');
    await deleteGeneration(program.fence, own);
  }

  const chain = await windows.chainTo(context.source, at);
  const dataFolder = await createGeneration(folder, { runId, at, state: 'restoring' }, program.fence);
  try {
    await restoreInto(dataFolder, chain, folder, program, context);
  } catch (error) {
    await program.fence.check().catch(async (overtaken: unknown) => {
      // Its successor has a copy of its own, and may not know of this one.
      await stopServer(program, dataFolder, 'immediate');
      await rm(dataFolder, { recursive: true, force: true });
      throw overtaken;
    });
    throw error;
  }
}

async function restoreInto(
  dataFolder: string,
  chain: RestoreChain,
  folder: ClusterFolder,
  program: Program,
  context: PostgresAct,
): Promise<void> {
  const { runId, at } = context;
  await program.fence.check();
  await context.remember('base-backup', chain.backup.stamp);
  context.log(`Base backup ${chain.backup.stamp} is copied to ${dataFolder}`);
  const watch = watchProgress(chain, context);
  await copyCluster({
    from: chain.backup.dataFolder,
    to: dataFolder,
    account: folder.account,
    signal: context.signal,
    onBytes: watch.onBytes,
  });
  await program.fence.check();
  context.log(`The changes up to ${at} follow: ${chain.segments.length} WAL segments are replayed`);
  await configureCopy(program.fence, folder, dataFolder, {
    archiveFolder: chain.archiveFolder,
    at,
  });
  await recoverWithoutPort(program, dataFolder, [...evictRoles(serviceOf(folder)), ...renames(context)], {
    signal: context.signal,
    onLine: watch.onLine,
  });
  await program.fence.check();
  await startCopy(program, folder, dataFolder);
  await using copy = await openClient(serviceOf(folder), 'template1');
  await proveClosed(copy.client, serviceOf(folder).user, dataFolder);
  await markRun(program.fence, dataFolder, { runId, at, state: 'closed' }, folder.account);
  context.progress(100, 'closed copy is ready');
}

/** Starts a recovered copy on its own port, closed. */
export async function startCopy(program: Program, folder: ClusterFolder, dataFolder: string): Promise<void> {
  // Another run's copy, kept for a retry, holds the port; it is started again when somebody retries.
  for (const other of folder.generations.filter((one) => !one.isCurrent && one.dataFolder !== dataFolder)) {
    await stopServer(program, other.dataFolder, 'fast');
  }
  // A copy that was the target for a while (swap back) has the target's configuration.
  if ((await findServer(dataFolder)) === undefined) await configureCopy(program.fence, folder, dataFolder);
  await startServer(program, dataFolder, join(dataFolder, 'rewind.log'));
}

export const serviceOf = ({ target: { settings } }: ClusterFolder) => addressOf(settings.service, settings.copyPort);

/** Production's databases under the target's names. */
function renames({ source, target }: PostgresAct): string[] {
  return DATABASE_ROLES.filter((role) => source.databases[role] !== target.databases[role]).map(
    (role) =>
      `ALTER DATABASE ${escapeIdentifier(source.databases[role])} RENAME TO ${escapeIdentifier(target.databases[role])}`,
  );
}

/** Base backup and WAL are one sum of bytes. */
function watchProgress({ backup, segments, segmentBytes }: RestoreChain, { progress, log }: PostgresAct) {
  const total = backup.sizeBytes + segments.length * segmentBytes;
  const replayed = new Set<string>();
  let copiedBytes = 0;
  const show = () => {
    const bytes = Math.min(total, copiedBytes + replayed.size * segmentBytes);
    progress(Math.min(99, Math.floor((bytes / total) * 100)), `${megabytes(bytes)} of ${megabytes(total)} MB`);
  };
  return {
    onBytes(bytes: number) {
      copiedBytes += bytes;
      show();
    },
    onLine(line: string) {
      const segment = /restored log file "([0-9A-F]{24})"/.exec(line)?.[1];
      if (segment !== undefined) {
        replayed.add(segment);
        show();
      } else {
        const said = SAID.exec(line)?.[1];
        if (said !== undefined) log(`PostgreSQL: ${said}`);
      }
    },
  };
}

/** Where recovery stopped, in the server's own words: numbers and times, nothing that anybody has named. */
const SAID =
  /LOG: +(recovery stopping (?:before|after) (?:commit|abort) of transaction \d+, time [-\d:. +A-Z]{10,40}|last completed transaction was at log time [-\d:. +A-Z]{10,40}|selected new timeline ID: \d+)$/;

const megabytes = (bytes: number) => Math.round(bytes / 1_048_576);

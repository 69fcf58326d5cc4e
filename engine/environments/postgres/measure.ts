import { open, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { DATABASE_ROLES, type Environment } from '../../contracts.ts';
import type { Measures } from '../provider.ts';
import { ClusterFolderError } from './errors.ts';
import { isMissing } from './files.ts';
import { markFindings, readClusterFolder } from './generations.ts';
import type { RecoveryWindows } from './archive/recoveryWindows.ts';
import { type Address, addressOf, openClient } from './client.ts';
import type { PostgresSandbox, PostgresSource } from './settings.ts';

export async function measureSource(source: PostgresSource, windows: RecoveryWindows): Promise<Measures> {
  const { reader } = source.settings;
  const backup = await windows.newestBackup(source);
  return {
    ...(backup === undefined
      ? {}
      : { sizeBytes: backup.sizeBytes, identity: identityOf(backup.systemIdentifier, backup.runId) }),
    ...(reader === undefined ? {} : await ask(addressOf(reader), source)),
  };
}

export async function measureSandbox(target: PostgresSandbox): Promise<Measures> {
  const folder = await readClusterFolder(target);
  const { settings } = target;
  // Copies are written there, which may be another file system than the folder around it.
  const { bavail, bsize } = await statfs(join(settings.folder, 'generations'));
  const findings = markFindings(folder);
  return {
    ...(findings.length > 0 ? { findings } : {}),
    freeBytes: bavail * bsize,
    identity: await identityOfTarget(target),
    ...(await ask(addressOf(settings.service), target)),
  };
}

/** A cluster that does not answer has unknown measures. */
async function ask(address: Address, { databases }: Environment): Promise<Measures> {
  try {
    await using session = await openClient(address, databases.application);
    const { rows } = await session.client.query<{ bytes: string; at: Date }>(
      'SELECT sum(pg_database_size(datname)) AS bytes, now() AS at FROM pg_database WHERE datname = ANY($1)',
      [DATABASE_ROLES.map((role) => databases[role])],
    );
    const [row] = rows;
    return row === undefined ? {} : { sizeBytes: Number(row.bytes), serverTime: row.at.toISOString() };
  } catch {
    return {};
  }
}

/**
 * The cluster's system identifier, which a restored copy has in common with production; the run that restored it tells
 * them apart. So a sandbox that is production by another path has production's identity.
 */
export async function identityOfTarget(target: PostgresSandbox): Promise<string> {
  const { current } = await readClusterFolder(target);
  if (current === undefined) throw new ClusterFolderError(target.settings.folder, 'its link `current` leads nowhere');
  try {
    const file = await open(join(current.dataFolder, 'global', 'pg_control'), 'r');
    try {
      // First field of pg_control in every version.
      const { buffer } = await file.read(Buffer.alloc(8), 0, 8, 0);
      return identityOf(String(buffer.readBigUInt64LE()), current.run?.runId);
    } finally {
      await file.close();
    }
  } catch (error) {
    if (isMissing(error)) throw new ClusterFolderError(current.dataFolder, 'it is no data directory');
    throw error;
  }
}

export const identityOf = (systemIdentifier: string, runId?: string) =>
  `postgres:${systemIdentifier}${runId === undefined ? '' : `/${runId}`}`;

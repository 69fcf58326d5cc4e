import { randomBytes } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Client } from 'pg';
import { createCluster, startCluster, stopCluster, stopGenerations } from './cluster.ts';

/** The journal gets a cluster of its own: it outlives whatever happens to the environments. */
export async function startJournalCluster(root: string, port: number): Promise<{ readonly url: string }> {
  const folder = folderIn(root);
  await stopGenerations({ folder, mode: 'immediate' });
  await rm(folder, { recursive: true, force: true });
  const password = randomBytes(18).toString('base64url');
  const cluster = { folder, port, superuser: 'rewind', password };
  await createCluster(cluster);
  await startCluster(cluster);
  const client = new Client({ connectionString: `postgres://rewind:${password}@127.0.0.1:${String(port)}/postgres` });
  await client.connect();
  await client.query('CREATE DATABASE rewind');
  await client.end();
  return { url: `postgres://rewind:${password}@127.0.0.1:${String(port)}/rewind` };
}

export const stopJournalCluster = (root: string): Promise<void> => stopCluster({ folder: folderIn(root) });

const folderIn = (root: string) => join(root, 'journal');

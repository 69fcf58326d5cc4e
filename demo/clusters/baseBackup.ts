import { constants } from 'node:fs';
import { copyFile, mkdir, readdir, rename, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Client } from 'pg';
import { connect } from './connect.ts';

/** `backup.json`: written last, so a backup folder that has one is whole. Times are the server's, UTC. */
export interface BaseBackup {
  readonly startedAt: string;
  readonly stoppedAt: string;
  /** Names of the first and last WAL segment that the copy needs to become consistent. */
  readonly startWal: string;
  readonly stopWal: string;
  readonly startLsn: string;
  readonly stopLsn: string;
  readonly timeline: number;
  readonly sizeBytes: number;
  readonly systemIdentifier: string;
  /** The folder of the archive that its WAL goes to, where each database has one of its own. */
  readonly archive?: string;
}

/**
 * Copies a running cluster into `<backups>/<UTC stamp>/data` while it is written to, and waits until the WAL it needs is archived.
 * @returns the backup's folder and what its `backup.json` says.
 */
export async function takeBaseBackup(options: {
  /** A superuser's, to any database of the cluster. */
  readonly databaseUrl: string;
  readonly dataFolder: string;
  readonly backupsFolder: string;
  readonly archive?: string;
}): Promise<{ readonly folder: string; readonly backup: BaseBackup }> {
  // The server gives a backup up when the session that began it ends.
  const client = await connect(options.databaseUrl);
  try {
    const start = await one(
      client,
      `SELECT pg_backup_start('base backup', fast => true)::text AS lsn, ${SERVER_TIME} AS at,
              (SELECT timeline_id FROM pg_control_checkpoint()) AS timeline,
              (SELECT system_identifier::text FROM pg_control_system()) AS system`,
    );
    const folder = join(
      options.backupsFolder,
      text(start.at)
        .replaceAll(/[-:]/g, '')
        .replace(/\.\d+Z$/, 'Z'),
    );
    const data = join(folder, 'data');
    const sizeBytes = await copyData(options.dataFolder, data);
    const stop = await one(
      client,
      `SELECT lsn::text AS lsn, pg_walfile_name(lsn) AS wal, labelfile AS label, ${SERVER_TIME} AS at
         FROM pg_backup_stop(wait_for_archive => true)`,
    );
    await writeFile(join(data, 'backup_label'), text(stop.label), { mode: 0o600 });
    const backup: BaseBackup = {
      startedAt: text(start.at),
      stoppedAt: text(stop.at),
      startWal: /^START WAL LOCATION: .* \(file (\w+)\)$/m.exec(text(stop.label))?.[1] ?? '',
      stopWal: text(stop.wal),
      startLsn: text(start.lsn),
      stopLsn: text(stop.lsn),
      timeline: Number(start.timeline),
      sizeBytes,
      systemIdentifier: text(start.system),
      ...(options.archive === undefined ? {} : { archive: options.archive }),
    };
    await writeFile(join(folder, 'backup.json.partial'), `${JSON.stringify(backup, null, 2)}\n`);
    await rename(join(folder, 'backup.json.partial'), join(folder, 'backup.json'));
    return { folder, backup };
  } finally {
    await client.end();
  }
}

const SERVER_TIME = `to_char(clock_timestamp() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

/** Folders whose content a backup must not hold (PostgreSQL documentation, "Making a Base Backup Using the Low Level API"). */
const EMPTIED = new Set([
  'pg_wal',
  'pg_replslot',
  'pg_dynshmem',
  'pg_notify',
  'pg_serial',
  'pg_snapshots',
  'pg_stat_tmp',
  'pg_subtrans',
]);
const LEFT_OUT = /^(postmaster\.(pid|opts)|pg_internal\.init.*|pgsql_tmp.*|current_logfiles)$/;

async function copyData(from: string, to: string): Promise<number> {
  await mkdir(to, { recursive: true, mode: 0o700 });
  let sizeBytes = 0;
  for (const entry of await readdir(from, { withFileTypes: true })) {
    if (LEFT_OUT.test(entry.name)) continue;
    const [source, copy] = [join(from, entry.name), join(to, entry.name)];
    if (entry.isDirectory()) {
      if (EMPTIED.has(entry.name)) await mkdir(copy, { mode: 0o700 });
      else sizeBytes += await copyData(source, copy);
      continue;
    }
    try {
      await copyFile(source, copy, constants.COPYFILE_FICLONE);
      sizeBytes += (await stat(copy)).size;
    } catch (error) {
      // A table dropped during the backup: recovery drops it as well.
      if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
    }
  }
  return sizeBytes;
}

async function one(client: Client, sql: string): Promise<Record<string, unknown>> {
  const { rows } = await client.query<Record<string, unknown>>(sql);
  if (rows[0] === undefined) throw new Error('The server answered without a row');
  return rows[0];
}

function text(value: unknown): string {
  if (typeof value !== 'string') throw new Error('The server answered with something else than text');
  return value;
}

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Instant } from '../../contracts.ts';
import type { Fence } from './fence.ts';
import { readIfPresent } from './files.ts';
import type { ClusterFolder } from './generations.ts';

export interface Recovery {
  readonly archiveFolder: string;
  readonly at: Instant;
}

/**
 * Writes the whole configuration of a copy that lies beside its target. Nothing of production's is kept: it would go on
 * archiving into production's archive, and let production's users in.
 */
export async function configureCopy(
  fence: Fence,
  { target: { settings }, account }: ClusterFolder,
  dataFolder: string,
  recovery?: Recovery,
): Promise<void> {
  const lines = [
    `listen_addresses = '127.0.0.1'`,
    `port = ${settings.copyPort}`,
    `unix_socket_directories = ''`,
    `password_encryption = 'scram-sha-256'`,
    `timezone = 'UTC'`,
    `log_timezone = 'UTC'`,
    `lc_messages = 'C'`,
    `archive_mode = off`,
    `max_wal_senders = 0`,
    `max_logical_replication_workers = 0`,
    `max_wal_size = '1GB'`,
    // An error's detail and statement quote values of rows.
    `log_error_verbosity = terse`,
    `log_min_error_statement = panic`,
    `log_statement = none`,
    ...(recovery === undefined ? [] : recoveryLines(recovery)),
  ];
  const files = {
    'postgresql.conf': `${lines.join('\n')}\n`,
    'postgresql.auto.conf': '',
    'pg_ident.conf': '',
    [ACCESS]: closedAccess(settings.service),
    ...(recovery === undefined ? {} : { 'recovery.signal': '' }),
  };
  await fence.write(dataFolder, files, account);
}

function recoveryLines({ archiveFolder, at }: Recovery): string[] {
  const file = `${archiveFolder.replaceAll('%', '%%').replaceAll("'", String.raw`'\''`)}/%f`;
  return [
    `restore_command = ${quoted(`cp '${file}' '%p'`)}`,
    // Only with a space and an offset: the ISO form with T and Z is refused.
    `recovery_target_time = '${at.replace('T', ' ').replace(/Z$/, '+00')}'`,
    `recovery_target_timeline = 'current'`,
    `recovery_target_action = 'promote'`,
    `hot_standby = off`,
    // One call instead of an fsync per file of a copy that is thrown away if the machine fails now.
    ...(process.platform === 'linux' ? [`recovery_init_sync_method = 'syncfs'`] : []),
  ];
}

/** The living target's own files, which the copy takes over with the target's name. */
const OWN_FILES = ['postgresql.conf', 'postgresql.auto.conf', 'pg_ident.conf'];
const ACCESS = 'pg_hba.conf';
const OPEN_ACCESS = 'rewind-open-hba.conf';

/** Gives a stopped copy the target's configuration, still closed; who was admitted to the target is kept for `open`. */
export async function configureAsTarget(
  fence: Fence,
  { target: { settings }, account }: ClusterFolder,
  from: string,
  to: string,
): Promise<void> {
  // A target that was never opened after its own refresh still keeps who is to be admitted.
  const admitted = (await isClosed(from)) ? OPEN_ACCESS : ACCESS;
  const files: Record<string, string> = {
    [OPEN_ACCESS]: await readFile(join(from, admitted), 'utf8'),
    [ACCESS]: closedAccess(settings.service),
  };
  for (const name of OWN_FILES) files[name] = (await readIfPresent(join(from, name))) ?? '';
  await fence.write(to, files, account);
}

export async function writeClosedAccess(
  fence: Fence,
  { target: { settings }, account }: ClusterFolder,
  dataFolder: string,
): Promise<void> {
  await fence.write(dataFolder, { [ACCESS]: closedAccess(settings.service) }, account);
}

/** Takes effect with the next reload. */
export async function writeOpenAccess(fence: Fence, { account }: ClusterFolder, dataFolder: string): Promise<void> {
  const access = await readFile(join(dataFolder, OPEN_ACCESS), 'utf8');
  await fence.write(dataFolder, { [ACCESS]: access }, account);
}

export async function isClosed(dataFolder: string): Promise<boolean> {
  return (await readIfPresent(join(dataFolder, ACCESS)))?.startsWith(CLOSED) ?? true;
}

const CLOSED = '# Rewind: closed. Only the service is admitted.\n';

function closedAccess(service: string): string {
  const role = decodeURIComponent(new URL(service).username).replaceAll('"', '""');
  return `${CLOSED}host all "${role}" samehost scram-sha-256\n`;
}

const quoted = (value: string) => `'${value.replaceAll("'", "''")}'`;

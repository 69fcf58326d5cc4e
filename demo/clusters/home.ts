import { mkdir, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Client } from 'pg';
import { systemClock } from '../../engine/clock.ts';
import { untilItIsSo } from '../../engine/retry.ts';
import type { Archive, CompanyEnvironment, CompanyHome, EnvironmentEntry } from '../company/home.ts';
import { ENVIRONMENT_NAMES, PROFILES, type EnvironmentName } from '../company/profiles.ts';
import { DATABASES } from '../company/schema/company.ts';
import { stopServices } from '../company/services.ts';
import { freePorts } from '../supervisor/freePort.ts';
import { connect } from './connect.ts';
import { takeBaseBackup } from './baseBackup.ts';
import { postgresBinaries } from './binaries.ts';
import { configureCluster, createCluster, dataFolder, startCluster, stopCluster, stopGenerations } from './cluster.ts';
import type { ClusterSettings } from './configuration.ts';
import { startJournalCluster, stopJournalCluster } from './journal.ts';
import { accessOf, addressesOf, makePasswords, serverAddressOf, type Login } from './logins.ts';
import { keepSandboxBackedUp, sandboxArchive, sandboxArchiving, sandboxBackups } from './sandboxBackups.ts';
import { seedEnvironment } from './seed.ts';
import { giveToServer } from './serverAccount.ts';

const PORTS = ['journal', 'prod', 'uat', 'test', 'uatCopy', 'testCopy', 'uatServices', 'testServices'] as const;

/**
 * Every environment on a cluster of PostgreSQL of its own, in `root`. Whatever an earlier company left running there is
 * ended first, also after its founder was killed.
 */
export async function openClusters({ root }: { readonly root: string }): Promise<CompanyHome> {
  await stopCompany({ root });
  const ports = await freePorts(PORTS);
  return {
    commitsPerSecond: 30,
    found: (name) => foundEnvironment(name, { root, ports }),
    async archive(production, say) {
      const { backup } = await takeBaseBackup({
        databaseUrl: production.as.administrator.application,
        dataFolder: dataFolder(production.folder),
        backupsFolder: backupsFolder(production.folder),
      });
      say(`production is backed up as of ${backup.stoppedAt}, ${Math.round(backup.sizeBytes / 1e6)} MB`);
      return archiveOf(production);
    },
    keepBackedUp: ({ folder, application }) => keepSandboxBackedUp({ folder, databaseUrl: application }, systemClock),
    journal: () => startJournalCluster(root, ports.journal),
    servicePort: (sandbox) => ports[`${sandbox}Services`],
    [Symbol.asyncDispose]: async () => {
      await stopCompany({ root });
      await stopJournalCluster(root);
    },
  };
}

/** Ends whatever of a company still runs under `root`: services, clusters, copies beside them. */
async function stopCompany({ root }: { readonly root: string }): Promise<void> {
  for (const name of ENVIRONMENT_NAMES) {
    await stopServices(join(root, name));
    await stopGenerations({ folder: join(root, name) });
  }
}

export const archiveFolder = (productionFolder: string) => join(productionFolder, 'archive');
export const backupsFolder = (productionFolder: string) => join(productionFolder, 'backups');

/** Nothing is archived or streamed yet, so new rows need no WAL. */
const WHILE_SEEDING: ClusterSettings = { wal_level: 'minimal', max_wal_senders: 0, autovacuum: false };

type Ports = Readonly<Record<(typeof PORTS)[number], number>>;

async function foundEnvironment(
  name: EnvironmentName,
  { root, ports }: { readonly root: string; readonly ports: Ports },
): Promise<CompanyEnvironment> {
  const [folder, port, passwords] = [join(root, name), ports[name], makePasswords()];
  await rm(folder, { recursive: true, force: true });
  const cluster = { folder, port, superuser: 'postgres', access: accessOf(name) };
  await createCluster({ ...cluster, password: passwords.postgres, settings: WHILE_SEEDING });
  await startCluster(cluster);
  await seedEnvironment({ profile: PROFILES[name], port, passwords });
  await stopCluster(cluster);
  await configureCluster({ ...cluster, settings: await archivingOf(name, folder) });
  await startCluster(cluster);
  const to = (login: Login) => addressesOf({ port, passwords, login });
  const service = name === 'prod' ? 'rewind_reader' : 'rewind';
  return {
    ...to(service),
    folder,
    as: { administrator: to('postgres'), axdbadmin: to('axdbadmin'), axruntimeuser: to('axruntimeuser') },
    auditor: to(name === 'prod' ? 'auditor' : service),
    entry: entryOf(name, { folder, ports, service: serverAddressOf({ port, passwords, login: service }) }),
  };
}

function entryOf(
  name: EnvironmentName,
  { folder, ports, service }: { readonly folder: string; readonly ports: Ports; readonly service: string },
): EnvironmentEntry {
  const shared = { provider: 'postgres', databases: DATABASES };
  if (name === 'prod')
    return {
      ...shared,
      settings: {
        archiveFolder: archiveFolder(folder),
        backupsFolder: backupsFolder(folder),
        reader: '${DEMO_PROD_READER}',
      },
      variables: { DEMO_PROD_READER: service },
    };
  const variable = `DEMO_${name.toUpperCase()}_SERVICE`;
  return {
    ...shared,
    settings: {
      folder,
      binFolder: dirname(postgresBinaries().postgres),
      service: `\${${variable}}`,
      copyPort: ports[`${name}Copy`],
    },
    ...(name === 'uat'
      ? { backups: { archiveFolder: sandboxArchive(folder), backupsFolder: sandboxBackups(folder) } }
      : {}),
    variables: { [variable]: service },
  };
}

/** Production is backed up, and UAT is, from which another sandbox may be refreshed. */
function archivingOf(name: EnvironmentName, folder: string): Promise<ClusterSettings> {
  if (name === 'prod') return archiving(folder);
  return name === 'uat' ? sandboxArchiving(folder) : Promise.resolve({});
}

/** Production's own settings: every WAL segment goes into the archive, whole or not at all, and never over another. */
async function archiving(folder: string): Promise<ClusterSettings> {
  const archive = archiveFolder(folder);
  await mkdir(archive);
  await giveToServer(archive);
  return {
    wal_level: 'replica',
    archive_mode: true,
    archive_library: 'basic_archive',
    'basic_archive.archive_directory': archive,
    archive_timeout: '2s',
  };
}

/** The cluster archives by itself; only a superuser may tell it to do so now. */
function archiveOf({ as }: CompanyEnvironment): Archive {
  return {
    async upToNow(change) {
      await change();
      const client = await connect(as.administrator.application);
      try {
        await archiveSegment(client);
      } finally {
        await client.end();
      }
    },
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
}

async function archiveSegment(client: Client): Promise<void> {
  const switched = await client.query<{ segment: string }>('SELECT pg_walfile_name(pg_switch_wal()) AS segment');
  const isArchived = async (): Promise<boolean> => {
    const { rowCount } = await client.query(`SELECT 1 FROM pg_stat_archiver WHERE left(last_archived_wal, 24) >= $1`, [
      switched.rows[0]?.segment,
    ]);
    return rowCount === 1;
  };
  if (!(await untilItIsSo(isArchived, { clock: systemClock, everyMs: 20, withinMs: 30_000 })))
    throw new Error('Production has not archived its WAL within 30 s');
}

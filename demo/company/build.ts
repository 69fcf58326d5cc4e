import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Clock } from '../../engine/clock.ts';
import type { DatabaseRole } from '../../engine/contracts.ts';
import { takeBaseBackup } from '../clusters/baseBackup.ts';
import {
  configureCluster,
  createCluster,
  dataFolder,
  startCluster,
  stopCluster,
  stopGenerations,
} from '../clusters/cluster.ts';
import type { ClusterSettings } from '../clusters/configuration.ts';
import { giveToServer } from '../clusters/serverAccount.ts';
import { accessOf, addressesOf, makePasswords, type Login, type Passwords } from './logins.ts';
import { ENVIRONMENT_NAMES, PROFILES, type EnvironmentName } from './profiles.ts';
import { seedEnvironment } from './seed.ts';
import { startServices, stopServices, writeServiceSettings } from './services.ts';
import { startWorkload, type Moment, type Workload } from './workload.ts';

type Addresses = Readonly<Record<DatabaseRole, string>>;

/** Where one environment is, and how to get in: as the product does (`application`, `financialReporting`) or under other logins. */
export interface CompanyEnvironment extends Addresses {
  readonly folder: string;
  readonly port: number;
  readonly as: Readonly<Record<'postgres' | 'axdbadmin' | 'axruntimeuser', Addresses>>;
}

export interface Production extends CompanyEnvironment {
  /** For people who look inside: reads everything, changes nothing. */
  readonly auditor: Addresses;
  readonly archiveFolder: string;
  readonly backupsFolder: string;
}

export interface Sandbox extends CompanyEnvironment {
  /** What its services answer to `GET`: 200 once they work with the database, 503 before. */
  readonly healthUrl: string;
}

export interface Company extends AsyncDisposable {
  readonly prod: Production;
  readonly uat: Sandbox;
  readonly test: Sandbox;
  /** In the order of time; all of them can be restored. The one to go back to is `before the mistake`. */
  readonly moments: readonly Moment[];
  readonly workload: Workload;
}

export interface CompanyOptions {
  /** Gets one folder for each environment; those of an earlier company are removed first. */
  readonly root: string;
  readonly ports: Readonly<Record<EnvironmentName | 'uatServices' | 'testServices', number>>;
  readonly clock: Clock;
  /** One line for people whenever something is done. */
  readonly say: (line: string) => void;
}

/** Founds the company: three environments on clusters of their own, production archived, backed up and at work. */
export async function buildCompany({ root, ports, clock, say }: CompanyOptions): Promise<Company> {
  await stopCompany({ root });
  await using undo = new AsyncDisposableStack();
  undo.defer(() => stopCompany({ root }));
  const passwords = { prod: makePasswords(), uat: makePasswords(), test: makePasswords() };
  const build = async (name: EnvironmentName) => {
    const environment = await buildEnvironment(name, { root, port: ports[name], passwords: passwords[name] });
    say(`${name} is ready on port ${ports[name]}`);
    return environment;
  };
  const building = [build('prod'), build('uat'), build('test')] as const;
  // When one fails, the others must not go on behind the clean-up.
  await Promise.allSettled(building);
  const [production, uat, test] = await Promise.all(building);
  const prod: Production = {
    ...production,
    auditor: addressesOf({ port: ports.prod, passwords: passwords.prod, login: 'auditor' }),
    archiveFolder: archiveFolder(production.folder),
    backupsFolder: join(production.folder, 'backups'),
  };
  const { backup } = await takeBaseBackup({
    databaseUrl: prod.as.postgres.application,
    dataFolder: dataFolder(prod.folder),
    backupsFolder: prod.backupsFolder,
  });
  say(`production is backed up as of ${backup.stoppedAt}, ${Math.round(backup.sizeBytes / 1e6)} MB`);

  const workload = startWorkload({
    addresses: prod.as.axruntimeuser,
    superuserUrl: prod.as.postgres.application,
    clock,
  });
  undo.use(workload);
  const moments = await liveThrough(workload, clock, say);
  await serve('uat', uat, ports.uatServices);
  await serve('test', test, ports.testServices);
  say('services of uat and test are running');
  const running = undo.move();
  return {
    prod,
    uat: { ...uat, healthUrl: `http://127.0.0.1:${ports.uatServices}/health` },
    test: { ...test, healthUrl: `http://127.0.0.1:${ports.testServices}/health` },
    moments,
    workload,
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  };
}

/** Ends whatever of a company still runs under `root`: services, clusters, copies beside them. Also after its founder was killed. */
export async function stopCompany({ root }: { readonly root: string }): Promise<void> {
  for (const name of ENVIRONMENT_NAMES) {
    await stopServices(join(root, name));
    await stopGenerations({ folder: join(root, name) });
  }
}

/** A few seconds of the company's life, with a mistake in them. */
async function liveThrough(workload: Workload, clock: Clock, say: (line: string) => void): Promise<readonly Moment[]> {
  const moments: Moment[] = [];
  for (const happen of [
    () => workload.priceListImport(),
    () => workload.monthEndClose(),
    () => workload.moment('before the mistake'),
    () => workload.mistake(),
  ]) {
    await clock.sleep(400);
    const moment = await happen();
    say(`${moment.at} ${moment.name}`);
    moments.push(moment);
  }
  await workload.archiveNow();
  return moments;
}

async function serve(environment: EnvironmentName, { folder, as }: CompanyEnvironment, port: number): Promise<void> {
  await writeServiceSettings(folder, { environment, port, databaseUrl: as.axruntimeuser.application });
  await startServices(folder);
}

/** Nothing is archived or streamed yet, so new rows need no WAL. */
const WHILE_SEEDING: ClusterSettings = { wal_level: 'minimal', max_wal_senders: 0, autovacuum: false };

async function buildEnvironment(
  name: EnvironmentName,
  { root, port, passwords }: { readonly root: string; readonly port: number; readonly passwords: Passwords },
): Promise<CompanyEnvironment> {
  const folder = join(root, name);
  await rm(folder, { recursive: true, force: true });
  const cluster = { folder, port, superuser: 'postgres', access: accessOf(name) };
  await createCluster({ ...cluster, password: passwords.postgres, settings: WHILE_SEEDING });
  await startCluster(cluster);
  await seedEnvironment({ profile: PROFILES[name], port, passwords });
  await stopCluster(cluster);
  await configureCluster({ ...cluster, settings: name === 'prod' ? await archiving(folder) : {} });
  await startCluster(cluster);
  const to = (login: Login) => addressesOf({ port, passwords, login });
  return {
    ...to(name === 'prod' ? 'rewind_reader' : 'rewind'),
    folder,
    port,
    as: { postgres: to('postgres'), axdbadmin: to('axdbadmin'), axruntimeuser: to('axruntimeuser') },
  };
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

function archiveFolder(productionFolder: string): string {
  return join(productionFolder, 'archive');
}

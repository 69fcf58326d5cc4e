import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Clock } from '../../engine/clock.ts';
import type { DatabaseRole } from '../../engine/contracts.ts';
import { takeBaseBackup } from '../clusters/baseBackup.ts';
import { configureCluster, createCluster, dataFolder, startCluster, stopCluster } from '../clusters/cluster.ts';
import type { ClusterSettings } from '../clusters/configuration.ts';
import { giveToServer } from '../clusters/serverAccount.ts';
import { accessOf, addressesOf, loginsOf, makePasswords, type Login } from './logins.ts';
import { PROFILES, type EnvironmentName } from './profiles.ts';
import { seedEnvironment } from './seed.ts';
import { startServices, stopServices, writeServiceSettings } from './services.ts';
import { startWorkload, type Moment, type Workload } from './workload.ts';

type Addresses = Readonly<Record<DatabaseRole, string>>;

/** Where one environment of the company is, and how to get in. `application` and `financialReporting` are the product's own login. */
export interface CompanyEnvironment extends Addresses {
  readonly folder: string;
  readonly port: number;
  /** Both databases under every login that the environment has. */
  readonly as: Readonly<Partial<Record<Login, Addresses>>>;
  /** `http://127.0.0.1:<port>/health` of a sandbox's services. */
  readonly healthUrl?: string;
}

export interface Company extends AsyncDisposable {
  readonly prod: CompanyEnvironment;
  readonly uat: CompanyEnvironment;
  readonly test: CompanyEnvironment;
  readonly archiveFolder: string;
  readonly backupsFolder: string;
  /** In the order of time; all of them can be restored. The one before the mistake is `before the mistake`. */
  readonly moments: readonly Moment[];
  readonly workload: Workload;
}

export interface CompanyOptions {
  /** Emptied of earlier environments first; gets one folder for each. */
  readonly root: string;
  readonly ports: Readonly<Record<EnvironmentName | 'uatServices' | 'testServices', number>>;
  readonly clock: Clock;
  /** One line for people whenever something is done. */
  readonly say: (line: string) => void;
}

/** Nothing is archived or streamed yet, so rows need no WAL. */
const WHILE_SEEDING: ClusterSettings = { wal_level: 'minimal', max_wal_senders: 0, autovacuum: false };

/** Founds the company: three environments on clusters of their own, production archived, backed up and at work. */
export async function buildCompany({ root, ports, clock, say }: CompanyOptions): Promise<Company> {
  await using undo = new AsyncDisposableStack();
  const [prod, uat, test] = await Promise.all(
    (['prod', 'uat', 'test'] as const).map(async (name) => {
      const environment = await buildEnvironment(name, root, ports[name]);
      undo.defer(() => stopCluster({ folder: environment.folder }));
      say(`${name} is ready on port ${ports[name]}`);
      return environment;
    }),
  );
  if (prod === undefined || uat === undefined || test === undefined)
    throw new Error('Three environments were asked for');

  const backupsFolder = join(prod.folder, 'backups');
  const superuserUrl = prod.as.postgres?.application ?? '';
  const { backup } = await takeBaseBackup({
    databaseUrl: superuserUrl,
    dataFolder: dataFolder(prod.folder),
    backupsFolder,
  });
  say(`production is backed up as of ${backup.stoppedAt}, ${Math.round(backup.sizeBytes / 1e6)} MB`);

  const workload = startWorkload({ addresses: prod.as.axruntimeuser ?? prod, superuserUrl, clock });
  undo.use(workload);
  const moments = await liveThrough(workload, clock, say);

  const sandboxes = await Promise.all(
    [
      { environment: uat, name: 'uat', port: ports.uatServices },
      { environment: test, name: 'test', port: ports.testServices },
    ].map(async ({ environment, name, port }) => {
      const databaseUrl = environment.as.axruntimeuser?.application ?? '';
      await writeServiceSettings(environment.folder, { environment: name, port, databaseUrl });
      undo.defer(() => stopServices(environment.folder));
      await startServices(environment.folder);
      return { ...environment, healthUrl: `http://127.0.0.1:${port}/health` };
    }),
  );
  say('services of uat and test are running');
  const running = undo.move();
  return {
    prod,
    uat: sandboxes[0] ?? uat,
    test: sandboxes[1] ?? test,
    archiveFolder: join(prod.folder, 'archive'),
    backupsFolder,
    moments,
    workload,
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  };
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

async function buildEnvironment(name: EnvironmentName, root: string, port: number): Promise<CompanyEnvironment> {
  const folder = join(root, name);
  await rm(folder, { recursive: true, force: true });
  const passwords = makePasswords(name);
  const cluster = { folder, port, superuser: 'postgres', access: accessOf(name) };
  await createCluster({ ...cluster, password: passwords.postgres ?? '', settings: WHILE_SEEDING });
  await startCluster(cluster);
  try {
    await seedEnvironment({ profile: PROFILES[name], port, passwords });
  } finally {
    await stopCluster(cluster);
  }
  await configureCluster({ ...cluster, settings: name === 'prod' ? await archiving(folder) : {} });
  await startCluster(cluster);
  const as = Object.fromEntries(loginsOf(name).map((login) => [login, addressesOf({ port, passwords, login })]));
  const service = addressesOf({ port, passwords, login: name === 'prod' ? 'rewind_reader' : 'rewind' });
  return { ...service, folder, port, as };
}

/** Production's own settings: every WAL segment goes, whole or not at all and never over another, into `archive/`. */
async function archiving(folder: string): Promise<ClusterSettings> {
  const archive = join(folder, 'archive');
  await mkdir(archive, { mode: 0o755 });
  await giveToServer(archive);
  return {
    wal_level: 'replica',
    archive_mode: true,
    archive_library: 'basic_archive',
    'basic_archive.archive_directory': archive,
    archive_timeout: '2s',
  };
}

import { cp, mkdir, mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Client } from 'pg';
import { takeBaseBackup } from '../../../../demo/clusters/baseBackup.ts';
import { postgresBinaries } from '../../../../demo/clusters/binaries.ts';
import { createCluster, dataFolder, startCluster, stopGenerations } from '../../../../demo/clusters/cluster.ts';
import { giveToServer } from '../../../../demo/clusters/serverAccount.ts';
import { freePort } from '../../../../demo/supervisor/freePort.ts';
import { systemClock } from '../../../../engine/clock.ts';
import type { Instant, Sandbox, Source } from '../../../../engine/contracts.ts';
import { openPostgresProvider } from '../../../../engine/environments/postgres/provider.ts';
import { aSandbox, aSource } from '../builders.ts';
import type { ConformanceFixture } from '../conformance.ts';

const DATABASES = ['axdb', 'mrdb'];

export interface PostgresFixture extends ConformanceFixture {
  readonly root: string;
  readonly productionPort: number;
  readonly targetPort: number;
  readonly copyPort: number;
  url(port: number, login: string, database: string): string;
}

/** Two real clusters: a production with an archive and a base backup, and a target with logins of its own. */
export async function createPostgresFixture(): Promise<PostgresFixture> {
  const root = await mkdtemp(join(tmpdir(), 'rewind-postgres-'));
  const [productionPort, targetPort, copyPort] = [await freePort(), await freePort(), await freePort()];
  const archiveFolder = join(root, 'prod', 'archive');
  const backupsFolder = join(root, 'prod', 'backups');
  await mkdir(archiveFolder, { recursive: true });
  await createCluster({
    folder: join(root, 'prod'),
    port: productionPort,
    superuser: 'postgres',
    password: 'postgres-of-prod',
    access: [{ databases: ['all'], roles: ['shared', 'reader'] }],
    settings: {
      archive_mode: true,
      archive_library: 'basic_archive',
      'basic_archive.archive_directory': archiveFolder,
    },
  });
  await createCluster({
    folder: join(root, 'uat'),
    port: targetPort,
    superuser: 'postgres',
    password: 'postgres-of-uat',
    access: [{ databases: ['all'], roles: ['rewind', 'shared', 'tester'] }],
  });
  await giveToServer(archiveFolder);
  await Promise.all(['prod', 'uat'].map((name) => startCluster({ folder: join(root, name) })));

  const url = (port: number, login: string, database: string) => {
    const environment = port === productionPort ? 'prod' : 'uat';
    return `postgres://${login}:${login}-of-${environment}@127.0.0.1:${port}/${database}`;
  };
  const query = async (port: number, database: string, sql: string, login = 'postgres') => {
    const client = new Client({ connectionString: url(port, login, database) });
    await client.connect();
    try {
      return (await client.query<Record<string, unknown>>(sql)).rows;
    } finally {
      await client.end();
    }
  };
  for (const [port, roles] of [
    [
      productionPort,
      `CREATE ROLE shared LOGIN PASSWORD 'shared-of-prod'; CREATE ROLE reader LOGIN PASSWORD 'reader-of-prod' IN ROLE pg_read_all_data; CREATE ROLE chief SUPERUSER LOGIN PASSWORD 'chief-of-prod'; GRANT chief TO shared`,
    ],
    [
      targetPort,
      `CREATE ROLE rewind SUPERUSER LOGIN PASSWORD 'rewind-of-uat'; CREATE ROLE shared LOGIN PASSWORD 'shared-of-uat'; CREATE ROLE tester LOGIN PASSWORD 'tester-of-uat' IN ROLE shared`,
    ],
  ] as const) {
    await query(port, 'postgres', roles);
    for (const database of DATABASES) {
      await query(port, 'postgres', `CREATE DATABASE ${database} OWNER shared`);
      await query(
        port,
        database,
        `CREATE TABLE public.moments (n int PRIMARY KEY); ALTER TABLE moments OWNER TO shared`,
      );
      if (port === targetPort) await query(port, database, 'INSERT INTO moments VALUES (-1)');
    }
  }

  const settings = { archiveFolder, backupsFolder, reader: url(productionPort, 'reader', 'axdb') };
  const source: Source = aSource({ provider: 'postgres', settings });
  const target: Sandbox = aSandbox({
    provider: 'postgres',
    settings: {
      folder: join(root, 'uat'),
      binFolder: dirname(postgresBinaries().postgres),
      service: url(targetPort, 'rewind', 'axdb'),
      copyPort,
    },
  });
  const backup = () =>
    takeBaseBackup({
      databaseUrl: url(productionPort, 'postgres', 'axdb'),
      dataFolder: dataFolder(join(root, 'prod')),
      backupsFolder,
    });
  const archive = async () => {
    const [row] = await query(productionPort, 'axdb', 'SELECT pg_walfile_name(pg_switch_wal()) AS wal');
    await waitFor(async () => (await readdir(archiveFolder)).includes(String(row?.wal)));
  };
  let n = 0;
  const commit = async (): Promise<Instant> => {
    n += 1;
    for (const database of DATABASES) await query(productionPort, database, `INSERT INTO moments VALUES (${n})`);
    await systemClock.sleep(3);
    const at = new Date().toISOString();
    await systemClock.sleep(3);
    return at;
  };
  /** A source of its own with the same content, whose archive a test may damage. */
  const sourceCopy = async (name: string): Promise<Source & { readonly archive: string }> => {
    const folder = join(root, name);
    await cp(archiveFolder, join(folder, 'archive'), { recursive: true });
    await giveToServer(folder);
    const copy = { archiveFolder: join(folder, 'archive'), backupsFolder };
    return { ...source, name, settings: copy, archive: copy.archiveFolder };
  };
  await backup();
  const provider = openPostgresProvider({ clock: systemClock });

  return {
    root,
    productionPort,
    targetPort,
    copyPort,
    url,
    provider,
    source,
    target,
    commit,
    archive,
    rowsInProduction: async () => Array.from({ length: n }, (_, index) => index + 1),
    rowsInTargetAtFirst: [-1],
    async sourceWithGap() {
      const before = await commit();
      const lost = await commit();
      await archive();
      const inGap = await commit();
      await archive();
      await commit();
      await archive();
      await backup();
      const after = await commit();
      await commit();
      await archive();
      const damaged = await sourceCopy(`gap-${n}`);
      const segments = (await readdir(damaged.archive)).filter((file) => /^\w{24}$/.test(file)).sort();
      const times = await Promise.all(
        segments.map(async (file) => ({ file, at: (await stat(join(archiveFolder, file))).mtimeMs })),
      );
      // The segment that the first archive() after `inGap` wrote.
      const missing = times.find(({ at }) => at >= Date.parse(inGap))?.file ?? '';
      await rm(join(damaged.archive, missing));
      return { source: damaged, before, lost, inGap, after, reason: `WAL segment ${missing} is missing` };
    },
    async breakChain(at) {
      const damaged = await sourceCopy(`broken-${n}`);
      return {
        source: damaged,
        break: async () => {
          const { chain } = await provider.plan(damaged, target, at);
          const last = /to (\w{24})/.exec(chain.join(' '))?.[1] ?? '';
          await rm(join(damaged.archive, last));
        },
      };
    },
    async productionFingerprint() {
      const parts: unknown[] = [];
      for (const database of DATABASES) {
        parts.push(
          await query(productionPort, database, `SELECT md5(string_agg(n::text, ',' ORDER BY n)) FROM moments`),
        );
      }
      parts.push(
        await query(productionPort, 'axdb', `SELECT rolname, rolcanlogin, rolpassword FROM pg_authid ORDER BY 1`),
      );
      parts.push(await query(productionPort, 'axdb', `SELECT failed_count FROM pg_stat_archiver`));
      parts.push((await readdir(archiveFolder)).filter((file) => !file.startsWith('00000001')));
      parts.push((await readdir(backupsFolder)).sort());
      return JSON.stringify(parts);
    },
    async canOrdinaryLogin(side) {
      const port = side === 'target' ? targetPort : copyPort;
      for (const [login, environment] of [
        ['tester', 'uat'],
        ['shared', 'uat'],
        ['shared', 'prod'],
        ['postgres', 'prod'],
        ['chief', 'prod'],
      ]) {
        const client = new Client({
          connectionString: `postgres://${login}:${login}-of-${environment}@127.0.0.1:${port}/axdb`,
        });
        client.on('error', () => undefined);
        try {
          await client.connect();
          const { rowCount } = await client.query('SELECT n FROM moments LIMIT 1');
          await client.end();
          if (environment === 'prod') throw new Error(`${login} of production got in`);
          return rowCount === 1;
        } catch (error) {
          if (error instanceof Error && error.message.endsWith('got in')) throw error;
          await client.end().catch(() => undefined);
        }
      }
      return false;
    },
    async holdTransaction() {
      const client = new Client({ connectionString: url(targetPort, 'tester', 'axdb') });
      client.on('error', () => undefined);
      await client.connect();
      await client.query('BEGIN; INSERT INTO moments VALUES (-99)');
      return { [Symbol.asyncDispose]: () => client.end().catch(() => undefined) };
    },
    async [Symbol.asyncDispose]() {
      await provider.close();
      await Promise.all(
        ['prod', 'uat'].map((name) => stopGenerations({ folder: join(root, name), mode: 'immediate' })),
      );
      await rm(root, { recursive: true, force: true });
    },
  };
}

async function waitFor(isSo: () => Promise<boolean>): Promise<void> {
  const until = performance.now() + 20_000;
  while (!(await isSo())) {
    if (performance.now() > until) throw new Error('Waited for 20 s in vain');
    await systemClock.sleep(10);
  }
}

import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm, symlink, unlink, writeFile } from 'node:fs/promises';
import { connect as openSocket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { takeBaseBackup } from '../../demo/clusters/baseBackup.ts';
import {
  clusterPid,
  configureCluster,
  createCluster,
  dataFolder,
  isRunning,
  startCluster,
  stopCluster,
  stopGenerations,
} from '../../demo/clusters/cluster.ts';
import { clusterAccess, clusterConfiguration } from '../../demo/clusters/configuration.ts';
import { giveToServer, serverAccount } from '../../demo/clusters/serverAccount.ts';
import { connect } from '../../demo/clusters/connect.ts';
import { freePort } from '../../demo/supervisor/freePort.ts';
import { systemClock } from '../../engine/clock.ts';
import { restoreCluster } from './restoredCluster.ts';

let root = '';
let cluster = { folder: '', port: 0, superuser: 'postgres', password: 'a secret' };

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), "rewind-clusters-it's "));
  cluster = { ...cluster, folder: join(root, 'prod'), port: await freePort() };
  const archive = join(cluster.folder, 'archive');
  await mkdir(archive, { recursive: true });
  await createCluster({
    ...cluster,
    settings: {
      archive_mode: true,
      archive_library: 'basic_archive',
      'basic_archive.archive_directory': archive,
    },
  });
  await giveToServer(archive);
  await startCluster(cluster);
  await sql("CREATE ROLE stranger LOGIN PASSWORD 'a secret'; CREATE TABLE entry (n int)");
});

afterAll(async () => {
  await stopGenerations({ folder: cluster.folder, mode: 'immediate' });
  await rm(root, { recursive: true, force: true });
});

function urlOf(user: string, port = cluster.port): string {
  return `postgres://${user}:a%20secret@127.0.0.1:${port}/postgres`;
}

async function sql(text: string, url = urlOf('postgres')): Promise<Record<string, unknown>[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query<Record<string, unknown>>(text);
    return rows;
  } finally {
    await client.end();
  }
}

async function archived(segment: unknown): Promise<boolean> {
  const [row] = await sql(`SELECT last_archived_wal >= '${String(segment)}' AS is_archived FROM pg_stat_archiver`);
  return row?.is_archived === true;
}

async function eventually(claim: () => Promise<boolean>): Promise<void> {
  const until = systemClock.elapsedMs() + 10_000;
  while (!(await claim())) {
    if (systemClock.elapsedMs() > until) throw new Error('It did not come true within 10 s');
    await systemClock.sleep(20);
  }
}

test('a connection that is cut off while it waits for nothing › fails its next question, and not the process', async () => {
  const client = await connect(urlOf('postgres'));
  try {
    const { rows } = await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
    const ended = new Promise<void>((resolve) => void client.once('end', resolve));
    await sql(`SELECT pg_terminate_backend(${String(rows[0]?.pid)})`);
    await ended;
    await expect(client.query('SELECT 1')).rejects.toThrow(/not queryable/);
  } finally {
    await client.end();
  }
});

test('a cluster › listens on this machine only, opens no socket file, and admits nobody who is not named', async () => {
  const [settings] = await sql(
    `SELECT current_setting('listen_addresses') AS addresses, current_setting('unix_socket_directories') AS sockets,
            current_setting('wal_segment_size') AS segment, (SELECT rolpassword LIKE 'SCRAM-SHA-256$%' FROM pg_authid WHERE rolname = 'stranger') AS scram`,
  );
  expect(settings).toEqual({ addresses: '127.0.0.1', sockets: '', segment: '1MB', scram: true });
  await expect(sql('SELECT 1', urlOf('stranger'))).rejects.toMatchObject({ code: '28000' });
});

test.runIf(process.getuid?.() === 0)('a cluster of root › runs under an account without rights', async () => {
  const pid = await clusterPid(cluster);
  const uid = /^Uid:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  expect(Number(uid)).toBe(serverAccount()?.uid);
  expect(statSync(dataFolder(cluster.folder)).mode & 0o777).toBe(0o700);
});

test('a cluster › is started and stopped once, however often it is asked for', async () => {
  const { pid } = await startCluster(cluster);
  expect(await startCluster(cluster)).toEqual({ pid });
  await stopCluster(cluster);
  await stopCluster(cluster);
  expect(await isRunning(cluster)).toBe(false);
  const again = await startCluster(cluster);
  expect(again.pid).not.toBe(pid);
});

test('a stopped cluster › is not taken for running because its old number belongs to another process', async () => {
  const pid = await clusterPid(cluster);
  await stopCluster(cluster);
  await writeFile(join(dataFolder(cluster.folder), 'postmaster.pid'), `${process.pid}\n`);
  expect(await isRunning(cluster)).toBe(false);
  expect((await startCluster(cluster)).pid).not.toBe(pid);
});

test('a cluster that cannot start › says why', async () => {
  const folder = join(root, 'broken');
  const broken = { ...cluster, folder, port: await freePort() };
  await createCluster({ ...broken, settings: { shared_preload_libraries: 'no such library' } });
  await expect(startCluster(broken)).rejects.toThrow('could not access file "no such library"');
});

test('an archive › never loses a segment to another one of the same name', async () => {
  const archive = join(cluster.folder, 'archive');
  const [row] = await sql(
    'INSERT INTO entry VALUES (0); SELECT pg_walfile_name(pg_current_wal_insert_lsn()) AS name',
  ).then(() => sql('SELECT pg_walfile_name(pg_current_wal_insert_lsn()) AS name'));
  const inTheWay = join(archive, String(row?.name));
  await writeFile(inTheWay, 'of somebody else');
  await giveToServer(inTheWay);
  await sql('SELECT pg_switch_wal()');
  await eventually(async () => Number((await sql('SELECT failed_count AS n FROM pg_stat_archiver'))[0]?.n) > 0);
  expect(readFileSync(inTheWay, 'utf8')).toBe('of somebody else');
  await rm(inTheWay);
  await eventually(() => archived(row?.name));
  expect(statSync(inTheWay).size).toBe(1024 * 1024);
});

test('a base backup › and the archive bring back any instant since', async () => {
  await sql('TRUNCATE entry; INSERT INTO entry VALUES (1)');
  const backupsFolder = join(cluster.folder, 'backups');
  const { folder, backup } = await takeBaseBackup({
    databaseUrl: urlOf('postgres'),
    dataFolder: dataFolder(cluster.folder),
    backupsFolder,
  });
  expect(JSON.parse(readFileSync(join(folder, 'backup.json'), 'utf8'))).toEqual(backup);
  expect(backup).toEqual({
    startedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
    stoppedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
    startWal: expect.stringMatching(/^[0-9A-F]{24}$/),
    stopWal: expect.stringMatching(/^[0-9A-F]{24}$/),
    startLsn: expect.stringMatching(/^[0-9A-F]+\/[0-9A-F]+$/),
    stopLsn: expect.stringMatching(/^[0-9A-F]+\/[0-9A-F]+$/),
    timeline: 1,
    sizeBytes: expect.any(Number),
    systemIdentifier: expect.stringMatching(/^\d+$/),
  });
  expect(readdirSync(join(folder, 'data', 'pg_wal'))).toEqual([]);
  expect(existsSync(join(folder, 'data', 'backup_label'))).toBe(true);
  expect(existsSync(join(folder, 'data', 'postmaster.pid'))).toBe(false);
  expect(readdirSync(join(cluster.folder, 'archive'))).toEqual(
    expect.arrayContaining([backup.startWal, backup.stopWal]),
  );

  await sql('INSERT INTO entry VALUES (2)');
  const [wanted] = await sql(
    `SELECT to_char(clock_timestamp() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS at FROM pg_sleep(0.02)`,
  );
  await sql('SELECT pg_sleep(0.02)');
  await sql('DELETE FROM entry');
  const [switched] = await sql('SELECT pg_walfile_name(pg_switch_wal()) AS name');
  await eventually(() => archived(switched?.name));

  const port = await freePort();
  await using _restored = await restoreCluster({
    folder: join(root, 'restored'),
    port,
    backupsFolder,
    archiveFolder: join(cluster.folder, 'archive'),
    at: String(wanted?.at),
    access: [],
  });
  expect(await sql('SELECT n FROM entry ORDER BY n', urlOf('postgres', port))).toEqual([{ n: 1 }, { n: 2 }]);
});

test('a cluster › is whatever its link leads to at the next start', async () => {
  await stopCluster(cluster);
  const { folder } = cluster;
  await rename(join(folder, 'generations', 'initial'), join(folder, 'generations', 'second'));
  await unlink(dataFolder(folder));
  await symlink(join('generations', 'second'), dataFolder(folder));
  await configureCluster({ ...cluster, settings: { cluster_name: 'second' } });
  await startCluster(cluster);
  expect(await sql(`SELECT current_setting('cluster_name') AS name`)).toEqual([{ name: 'second' }]);
  await stopGenerations({ folder });
  expect(await isRunning(cluster)).toBe(false);
});

test('what is written for the server › quotes every text', () => {
  expect(clusterConfiguration(5432, { cluster_name: "it's", jit: true, port: 1 })).toContain(
    "cluster_name = 'it''s'\n",
  );
  expect(clusterConfiguration(5432)).toContain('port = 5432\n');
  expect(clusterAccess('postgres', [{ databases: ['axdb', 'mrdb'], roles: ['axruntimeuser'] }])).toBe(
    'host all postgres 127.0.0.1/32 scram-sha-256\nhost axdb,mrdb axruntimeuser 127.0.0.1/32 scram-sha-256\n',
  );
});

test('a folder above a cluster › can be entered by the server, not read', async () => {
  const above = await mkdtemp(join(tmpdir(), 'rewind-above-'));
  const { letServerReach } = await import('../../demo/clusters/serverAccount.ts');
  await letServerReach(join(above, 'data'), { uid: 1, gid: 1 });
  expect(statSync(above).mode & 0o777).toBe(0o701);
  await rm(above, { recursive: true });
});

test('a cluster that was stopped › leaves nobody on its port', async () => {
  await stopGenerations({ folder: cluster.folder });
  await expect(
    new Promise((resolve, reject) =>
      openSocket(cluster.port, '127.0.0.1').once('connect', resolve).once('error', reject),
    ),
  ).rejects.toMatchObject({ code: 'ECONNREFUSED' });
});

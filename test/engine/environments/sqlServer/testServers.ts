import { systemClock } from '../../../../engine/clock.ts';
import { startStandIn, type StandIn, type StandInWish } from '../../../sqlServer/standIn.ts';
import { asLogin, openAdmin } from './admin.ts';
import type { TestServer } from './fixture.ts';

/** A real server, when the environment names one: the address of a member of sysadmin. */
export const realServerUrl = process.env['SQLSERVER_TEST_URL'];

export interface StandInServer extends TestServer {
  readonly standIn: StandIn;
}

/** The test double, over TLS. Nobody waits for its clock: it is put forward. */
export async function startTestStandIn(wish: StandInWish = {}): Promise<StandInServer> {
  let aheadMs = 0;
  const now = () => Date.now() + aheadMs;
  const standIn = await startStandIn({ now, ...wish });
  const { user, password } = standIn.settings('sa');
  const { files } = standIn.state.share;
  return {
    standIn,
    url: asLogin(`mssql://127.0.0.1:${String(standIn.port)}?trustServerCertificate=true`, user, password),
    suffix: '_rewindtest',
    backupFolder: '/var/opt/mssql/backup/',
    clock: { ...systemClock, now: () => new Date(now()).toISOString() },
    nextSecond: async () => void (aheadMs += 1010 - (now() % 1000)),
    files: {
      copy: async (from, to) => {
        const file = files.get(from.toLowerCase());
        if (file === undefined) throw new Error(`no backup file ${from}`);
        files.set(to.toLowerCase(), { ...file, path: to });
      },
      remove: async (path) => void files.delete(path.toLowerCase()),
    },
    [Symbol.asyncDispose]: () => standIn.close(),
  };
}

/** A server that somebody else runs; it has to be SQL Server 2019 or later for its file procedures. */
export async function openRealServer(url: string): Promise<TestServer> {
  const admin = openAdmin(url);
  const [row] = await admin.query(
    'master',
    "SELECT CAST(SERVERPROPERTY('InstanceDefaultBackupPath') AS nvarchar(260)) AS folder",
  );
  const found = row?.['folder'];
  const folder = typeof found === 'string' ? found : '/var/opt/mssql/data';
  const text = (path: string) => `N'${path.replaceAll("'", "''")}'`;
  return {
    url,
    suffix: `_rewindtest${String(process.pid)}`,
    clock: systemClock,
    nextSecond: () => systemClock.sleep(1010 - (Date.now() % 1000)),
    backupFolder: /[\\/]$/.test(folder) ? folder : `${folder}${folder.includes('\\') ? '\\' : '/'}`,
    files: {
      copy: async (from, to) =>
        void (await admin.query('master', `EXEC master.sys.xp_copy_file ${text(from)}, ${text(to)}`)),
      remove: async (path) => void (await admin.query('master', `EXEC master.sys.xp_delete_files ${text(path)}`)),
    },
    [Symbol.asyncDispose]: () => admin[Symbol.asyncDispose](),
  };
}

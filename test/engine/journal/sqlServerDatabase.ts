import { openAdmin } from '../environments/sqlServer/admin.ts';
import { realServerUrl, startTestStandIn } from '../environments/sqlServer/testServers.ts';
import type { TestServer } from './testDatabase.ts';

/** A real server when SQLSERVER_TEST_URL names one, otherwise the test double, over TLS. */
export async function startSqlServer(): Promise<TestServer> {
  if (realServerUrl !== undefined) return openSqlServer(realServerUrl);
  const standIn = await startTestStandIn();
  return openSqlServer(standIn.url, async () => standIn[Symbol.asyncDispose]());
}

/** What is made on the server is dropped again. */
async function openSqlServer(url: string, close: () => Promise<void> = async () => {}): Promise<TestServer> {
  const admin = openAdmin(url);
  const made: string[] = [];
  return {
    dialect: {
      nowMs: "DATEDIFF_BIG(millisecond, '19700101', SYSUTCDATETIME())",
      tableNames: 'SELECT TABLE_NAME AS name FROM INFORMATION_SCHEMA.TABLES ORDER BY TABLE_NAME',
      unreachable: 'mssql://nobody:secret@127.0.0.1:1/none?trustServerCertificate=true',
      replacesBrokenConnections: true,
    },
    async newDatabase() {
      const name = `rewind_journal_${String(process.pid)}_${String(made.length + 1)}`;
      made.push(name);
      await admin.query('master', `CREATE DATABASE [${name}]`);
      return Object.assign(new URL(url), { pathname: `/${name}` }).href;
    },
    query: (database, text) => admin.query(new URL(database).pathname.slice(1), text),
    async [Symbol.asyncDispose]() {
      await admin[Symbol.asyncDispose]();
      const last = openAdmin(url);
      // A session whose connection was cut may still be there.
      const drop = (name: string) =>
        `ALTER DATABASE [${name}] SET SINGLE_USER WITH ROLLBACK IMMEDIATE; DROP DATABASE [${name}]`;
      for (const name of made) await last.query('master', drop(name));
      await last[Symbol.asyncDispose]();
      await close();
    },
  };
}

import { Client } from 'pg';
import { takeBaseBackup } from '../clusters/baseBackup.ts';
import { dataFolder } from '../clusters/cluster.ts';
import { backupsFolder } from '../clusters/home.ts';
import type { Demo } from '../startDemo.ts';

/** Bytes of the company's databases as it is founded. */
const FOUNDED_BYTES = 100e6;
const BYTES_PER_ROW = 1060;

/** Makes production and uat about ten times as large, then backs production up, so that a restore carries the weight. */
export async function growTenfold({ company }: Demo, say: (line: string) => void): Promise<void> {
  const { prod, uat } = company;
  for (const url of [prod.as.administrator.application, uat.as.administrator.application]) {
    const client = new Client({ connectionString: url });
    await client.connect();
    await client.query(
      `CREATE TABLE "ARCHIVE" AS SELECT g AS "RECID", repeat(md5(g::text), 32) AS "TEXT"
         FROM generate_series(1, ${String(Math.round((9 * FOUNDED_BYTES) / BYTES_PER_ROW))}) AS g`,
    );
    const { rows } = await client.query<{ size: string }>('SELECT pg_database_size(current_database()) AS size');
    say(`grown to ${String(Math.round(Number(rows[0]?.size) / 1e6))} MB`);
    await client.end();
  }
  await takeBaseBackup({
    databaseUrl: prod.as.administrator.application,
    dataFolder: dataFolder(prod.folder),
    backupsFolder: backupsFolder(prod.folder),
  });
}

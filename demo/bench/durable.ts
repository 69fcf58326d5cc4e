import { Client } from 'pg';
import type { Demo } from '../startDemo.ts';

/** Lets uat write as a server does that must survive a power cut, or as the demo's do. The copy takes the setting over with its place. */
export async function setDurable({ company }: Demo, isDurable: boolean): Promise<void> {
  const client = new Client({ connectionString: company.uat.as.administrator.application });
  await client.connect();
  await client.query(isDurable ? 'ALTER SYSTEM SET fsync = on' : 'ALTER SYSTEM RESET fsync');
  await client.query('SELECT pg_reload_conf()');
  await client.end();
}

import { Client } from 'pg';

/**
 * A connection to a cluster of the demo, to be ended by whoever asked. A switch or a stop may cut it off while it waits for nothing: then
 * its next question fails, and not the process.
 */
export async function connect(databaseUrl: string): Promise<Client> {
  const client = new Client({ connectionString: databaseUrl });
  client.on('error', () => undefined);
  await client.connect();
  return client;
}

import { Client } from 'pg';
import { DATABASE_ROLES, type DatabaseRole } from '../../engine/contracts.ts';
import { quoteName } from './schema/table.ts';

export interface TableFingerprint {
  readonly rows: number;
  /** Computed by the server over every value of every row; the order of the rows does not matter. */
  readonly checksum: string;
}

export type Fingerprint = Readonly<Record<string, TableFingerprint>>;

/** Tables that the workload and the business moments change and that no sanitization rule touches. */
export const FINGERPRINT_TABLES: Readonly<Record<DatabaseRole, readonly string[]>> = {
  application: [
    'CONTOSOLOYALTY',
    'CUSTTABLE',
    'CUSTTRANS',
    'GENERALJOURNALACCOUNTENTRY',
    'GENERALJOURNALENTRY',
    'INVENTTRANS',
    'LEDGERJOURNALTRANS',
    'PRICEDISCTABLE',
    'SALESLINE',
    'SALESTABLE',
  ],
  financialReporting: ['FACTBALANCE', 'FINANCIALREPORT'],
};

/** Rows and checksums of tables, all as of one instant. Equal fingerprints mean equal content, also in another cluster. */
export async function fingerprintOf(databaseUrl: string, tables: readonly string[]): Promise<Fingerprint> {
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    // A row's text depends on these settings of the session.
    await client.query(`SET timezone = 'UTC'; SET datestyle = 'ISO, YMD'; SET bytea_output = 'hex'`);
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
    const fingerprint: Record<string, TableFingerprint> = {};
    for (const table of tables) {
      const { rows } = await client.query<{ rows: string; checksum: string }>(
        `SELECT count(*) AS rows, coalesce(sum(hashtextextended(t::text, 0)), 0)::text AS checksum
           FROM ${quoteName(table)} AS t`,
      );
      const [measured] = rows;
      if (measured !== undefined) fingerprint[table] = { rows: Number(measured.rows), checksum: measured.checksum };
    }
    return fingerprint;
  } finally {
    await client.end();
  }
}

/** The fingerprints of both databases of an environment. */
export async function environmentFingerprint(
  addresses: Readonly<Record<DatabaseRole, string>>,
): Promise<Readonly<Record<DatabaseRole, Fingerprint>>> {
  const [application, financialReporting] = await Promise.all(
    DATABASE_ROLES.map((role) => fingerprintOf(addresses[role], FINGERPRINT_TABLES[role])),
  );
  return { application: application ?? {}, financialReporting: financialReporting ?? {} };
}

import { DATABASE_ROLES, type DatabaseRole } from '../../engine/contracts.ts';
import type { Column } from './dialects/dialect.ts';
import { openDatabase, runText } from './dialects/openDatabase.ts';

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

/** Rows and checksums of tables, all as of one instant. Equal fingerprints mean equal content, also on another server of that kind. */
export async function fingerprintOf(databaseUrl: string, tables: readonly string[]): Promise<Fingerprint> {
  await using database = openDatabase(databaseUrl);
  const { dialect } = database;
  const { isolation, settings } = dialect.reading;
  const work = database.db.transaction();
  // Awaited here: the database is closed when this function returns.
  return await (isolation === undefined ? work : work.setIsolationLevel(isolation)).execute(async (reading) => {
    for (const setting of settings) await runText(reading, setting);
    const columns = Map.groupBy(
      await runText<Column & { readonly table: string }>(reading, COLUMNS),
      (column) => column.table,
    );
    const fingerprint: Record<string, TableFingerprint> = {};
    for (const table of tables) {
      const [measured] = await runText<{ readonly rows: string; readonly checksum: string }>(
        reading,
        dialect.fingerprint(table, columns.get(table) ?? []),
      );
      if (measured !== undefined) fingerprint[table] = { rows: Number(measured.rows), checksum: measured.checksum };
    }
    return fingerprint;
  });
}

const COLUMNS = `SELECT TABLE_NAME AS "table", COLUMN_NAME AS "name", DATA_TYPE AS "type"
                   FROM INFORMATION_SCHEMA.COLUMNS ORDER BY TABLE_NAME, ORDINAL_POSITION`;

/** The fingerprints of both databases of an environment. */
export async function environmentFingerprint(
  addresses: Readonly<Record<DatabaseRole, string>>,
): Promise<Readonly<Record<DatabaseRole, Fingerprint>>> {
  const [application, financialReporting] = await Promise.all(
    DATABASE_ROLES.map((role) => fingerprintOf(addresses[role], FINGERPRINT_TABLES[role])),
  );
  return { application: application ?? {}, financialReporting: financialReporting ?? {} };
}

import { DATABASE_ROLES, type DatabaseRole } from '../../engine/contracts.ts';
import { quoteText, type Column } from './dialects/dialect.ts';
import { openDatabase, runText } from './dialects/openDatabase.ts';

export interface TableFingerprint {
  readonly rows: number;
  /** Computed by the server over every compared value of every row; the order of the rows does not matter. */
  readonly checksum: string;
}

export type Fingerprint = Readonly<Record<string, TableFingerprint>>;

/** Table → the columns that are not compared. */
type ComparedTables = Readonly<Record<string, readonly string[]>>;

/**
 * Tables that the workload and the business moments change, with the columns that a sanitization writes: names and notes, and
 * the version of each row that it has written. All other columns of a refreshed sandbox must equal production's.
 */
export const FINGERPRINT_TABLES: Readonly<Record<DatabaseRole, ComparedTables>> = {
  application: {
    CONTOSOLOYALTY: [],
    CUSTTABLE: ['VATNUM', 'IDENTIFICATIONNUMBER', 'MEMO', 'RECVERSION'],
    CUSTTRANS: [],
    GENERALJOURNALACCOUNTENTRY: [],
    GENERALJOURNALENTRY: [],
    INVENTTRANS: [],
    LEDGERJOURNALTRANS: ['TXT', 'RECVERSION'],
    PRICEDISCTABLE: [],
    SALESLINE: [],
    SALESTABLE: ['SALESNAME', 'DELIVERYNAME', 'EMAIL', 'RECVERSION'],
  },
  financialReporting: { FACTBALANCE: [], FINANCIALREPORT: [] },
};

/** Rows and checksums of tables, all as of one instant. Equal fingerprints mean equal content, also on another server of that kind. */
export async function fingerprintOf(databaseUrl: string, tables: ComparedTables): Promise<Fingerprint> {
  await using database = openDatabase(databaseUrl);
  const { dialect } = database;
  const { isolation, settings } = dialect.reading;
  const work = database.db.transaction();
  // Awaited here: the database is closed when this function returns.
  return await (isolation === undefined ? work : work.setIsolationLevel(isolation)).execute(async (reading) => {
    for (const setting of settings) await runText(reading, setting);
    const columns = Map.groupBy(
      await runText<Column & { readonly table: string }>(reading, columnsIn(dialect.usualSchema)),
      (column) => column.table,
    );
    const fingerprint: Record<string, TableFingerprint> = {};
    for (const [table, others] of Object.entries(tables)) {
      const compared = (columns.get(table) ?? []).filter(({ name }) => !others.includes(name));
      const [measured] = await runText<{ readonly rows: string; readonly checksum: string }>(
        reading,
        dialect.fingerprint(table, compared),
      );
      if (measured !== undefined) fingerprint[table] = { rows: Number(measured.rows), checksum: measured.checksum };
    }
    return fingerprint;
  });
}

const columnsIn = (schema: string) =>
  `SELECT TABLE_NAME AS "table", COLUMN_NAME AS "name", DATA_TYPE AS "type"
     FROM INFORMATION_SCHEMA.COLUMNS WHERE TABLE_SCHEMA = ${quoteText(schema)} ORDER BY TABLE_NAME, ORDINAL_POSITION`;

/** The fingerprints of both databases of an environment. */
export async function environmentFingerprint(
  addresses: Readonly<Record<DatabaseRole, string>>,
): Promise<Readonly<Record<DatabaseRole, Fingerprint>>> {
  const [application, financialReporting] = await Promise.all(
    DATABASE_ROLES.map((role) => fingerprintOf(addresses[role], FINGERPRINT_TABLES[role])),
  );
  return { application: application ?? {}, financialReporting: financialReporting ?? {} };
}

import { Client } from 'pg';
import { INITIAL_PARTITION, PROFILES, SERVICE_ACCOUNTS } from './profiles.ts';
import { ENCRYPTED_COLUMNS } from './schema/encryptedTables.ts';
import { quoteName, quoteText } from './schema/table.ts';

/** What must be sanitized, counted: every figure is above 0 in production and 0 in a sanitized copy, cleared or kept from the target. */
export type SanitizationFacts = Readonly<Record<keyof typeof COUNTS, number>>;

/** Sentences of the seed's list, each as one count. Independent of the product's own rules, so that it can judge them. */
const COUNTS = {
  emailAddresses: countOf('LOGISTICSELECTRONICADDRESS', `"LOCATOR" LIKE '%@%' OR ("TYPE" = 2 AND "LOCATOR" <> '')`),
  batchHistory: rowsOf('BATCHJOBHISTORY', 'BATCHHISTORY', 'BATCHCONSTRAINTSHISTORY'),
  smtpRelayServers: countOf('SYSEMAILPARAMETERS', `"SMTPRELAYSERVERNAME" <> ''`),
  mailersThatStillSend: countOf('SYSEMAILPARAMETERS', `"MAILERNONINTERACTIVE" <> 'SMTP'`),
  printManagement: rowsOf('PRINTMGMTSETTINGS', 'PRINTMGMTDOCINSTANCE'),
  sessions: rowsOf('SYSSERVERSESSIONS', 'SYSCLIENTSESSIONS'),
  serversAndPrintersOfProduction: [
    countOf('SYSSERVERCONFIG', `"SERVERID" LIKE 'PROD-%'`),
    countOf('SYSCORPNETPRINTERS', `"PRINTERPATH" LIKE '%.prod.%'`),
    countOf('BATCHSERVERCONFIG', `"SERVERID" LIKE 'PROD-%'`),
    countOf('BATCHSERVERGROUP', `"SERVERID" LIKE 'PROD-%'`),
  ].join(' + '),
  documentAttachments: rowsOf('DOCUVALUE'),
  enabledUsers: countOf(
    'USERINFO',
    `"ENABLE" <> 0 AND "ID" NOT IN (${['Admin', ...SERVICE_ACCOUNTS].map(quoteText).join(', ')})`,
  ),
  batchJobsNotWithheld: countOf('BATCHJOB', '"STATUS" IN (1, 2, 5, 7)'),
  batchTasksNotWithheld: countOf('BATCH', '"STATUS" IN (1, 2, 5, 7)'),
  usersOutsideInitialPartition: countOf('USERINFO', `"PARTITION" <> ${INITIAL_PARTITION}`),
  encryptedValues: ENCRYPTED_COLUMNS.map(([table, column]) =>
    countOf(table, `"${column}" IS NOT NULL AND length("${column}") > 0`),
  ).join(' + '),
  administratorsOfProduction: countOf(
    'USERINFO',
    `"ID" = 'Admin' AND "NETWORKALIAS" = ${quoteText(PROFILES.prod.administrator.signIn)}`,
  ),
} as const satisfies Record<string, string>;

export async function sanitizationFacts(databaseUrl: string): Promise<SanitizationFacts> {
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const select = Object.entries(COUNTS).map(([name, count]) => `(${count})::int AS "${name}"`);
    const { rows } = await client.query<SanitizationFacts>(`SELECT ${select.join(',\n       ')}`);
    if (rows[0] === undefined) throw new Error('The server answered without a row');
    return rows[0];
  } finally {
    await client.end();
  }
}

function countOf(table: string, condition: string): string {
  return `(SELECT count(*) FROM ${quoteName(table)} WHERE ${condition})`;
}

function rowsOf(...tables: readonly string[]): string {
  return tables.map((table) => countOf(table, 'true')).join(' + ');
}

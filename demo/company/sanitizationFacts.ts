import { quoteName, quoteText, type Dialect } from './dialects/dialect.ts';
import { openDatabase } from './dialects/openDatabase.ts';
import { INITIAL_PARTITION, PROFILES, SERVICE_ACCOUNTS } from './profiles.ts';
import { ENCRYPTED_COLUMNS } from './schema/encryptedTables.ts';

/** What must be sanitized, counted: every figure is above 0 in production and 0 in a sanitized copy, cleared or kept from the target. */
export type SanitizationFacts = Readonly<Record<keyof ReturnType<typeof countsFor>, number>>;

/** What a refresh promises to clean, each as one count. Independent of the product's own rules, so that it can judge them. */
const countsFor = (dialect: Dialect) =>
  ({
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
      countOf(table, `${quoteName(column)} IS NOT NULL AND ${dialect.length(quoteName(column))} > 0`),
    ).join(' + '),
    administratorsOfProduction: countOf(
      'USERINFO',
      `"ID" = 'Admin' AND "NETWORKALIAS" = ${quoteText(PROFILES.prod.administrator.signIn)}`,
    ),
  }) as const satisfies Record<string, string>;

export async function sanitizationFacts(databaseUrl: string): Promise<SanitizationFacts> {
  await using database = openDatabase(databaseUrl);
  const select = Object.entries(countsFor(database.dialect)).map(
    ([name, count]) => `CAST((${count}) AS int) AS ${quoteName(name)}`,
  );
  const [facts] = await database.run<SanitizationFacts>(`SELECT ${select.join(',\n       ')}`);
  if (facts === undefined) throw new Error('The server answered without a row');
  return facts;
}

function countOf(table: string, condition: string): string {
  return `(SELECT count(*) FROM ${quoteName(table)} WHERE ${condition})`;
}

function rowsOf(...tables: readonly string[]): string {
  return tables.map((table) => countOf(table, '1 = 1')).join(' + ');
}

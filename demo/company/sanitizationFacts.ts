import { quoteName, quoteText, type Dialect } from './dialects/dialect.ts';
import { openDatabase } from './dialects/openDatabase.ts';
import { INITIAL_PARTITION, PROFILES, RELEASED_JOB, RETURNING, SERVICE_ACCOUNTS } from './profiles.ts';
import { ENCRYPTED_COLUMNS } from './schema/encryptedTables.ts';
import { NAME_PATTERNS } from './schema/words.ts';

/** What must be sanitized, counted: every figure is above 0 in production and 0 in a sanitized copy, cleared, masked or kept from the target. */
export type SanitizationFacts = Readonly<Record<keyof ReturnType<typeof countsFor>, number>>;

/** What a refresh promises to clean, each as one count. Independent of the product's own rules, so that it can judge them. */
const countsFor = (dialect: Dialect) => ({ ...notCopied(dialect), ...silenced, ...personal }) as const;

/** What Microsoft's own refresh does not copy. */
const notCopied = (dialect: Dialect) =>
  ({
    emailAddresses: sum(
      ...['LOGISTICSELECTRONICADDRESS', 'ax.LOGISTICSELECTRONICADDRESS'].map((table) =>
        countOf(table, `"LOCATOR" LIKE '%@%' OR ("TYPE" = 2 AND "LOCATOR" <> '')`),
      ),
    ),
    // The sandbox's own comes back by its profile.
    smtpRelayServers: countOf('SYSEMAILPARAMETERS', `"SMTPRELAYSERVERNAME" NOT IN ('', 'smtp.uat.fabrikam.example')`),
    mailersThatStillSend: countOf('SYSEMAILPARAMETERS', `"MAILERNONINTERACTIVE" <> 'SMTP'`),
    printManagement: rowsOf('PRINTMGMTSETTINGS', 'PRINTMGMTDOCINSTANCE'),
    dimensionLogs: rowsOf('DIMENSIONHASHMESSAGELOG'),
    sessions: rowsOf('SYSSERVERSESSIONS', 'SYSCLIENTSESSIONS'),
    serversAndPrintersOfProduction: sum(
      countOf('SYSSERVERCONFIG', `"SERVERID" LIKE 'PROD-%'`),
      countOf('SYSCORPNETPRINTERS', `"PRINTERPATH" LIKE '%.prod.%'`),
      countOf('BATCHSERVERCONFIG', `"SERVERID" LIKE 'PROD-%'`),
      countOf('BATCHSERVERGROUP', `"SERVERID" LIKE 'PROD-%'`),
    ),
    filesInTheCloud: sum(
      countOf('DOCUVALUE', `"STORAGEPROVIDERID" = 1`),
      countOf('DOCUDELETEDVALUE', `"STORAGEPROVIDERID" = 1`),
      countOf('DOCUTEMPLATE', `"FILEID" <> ''`),
    ),
    enabledUsers: countOf(
      'USERINFO',
      `"ENABLE" <> 0 AND "ID" NOT IN (${['Admin', ...SERVICE_ACCOUNTS, ...RETURNING].map(quoteText).join(', ')})`,
    ),
    batchJobsNotWithheld: countOf('BATCHJOB', `"STATUS" IN (1, 2, 5, 7) AND "CAPTION" <> ${quoteText(RELEASED_JOB)}`),
    batchTasksNotWithheld: countOf('BATCH', `"STATUS" IN (1, 2, 5, 7) AND NOT ("STATUS" = 1 AND ${isOfReleasedJob})`),
    usersOutsideInitialPartition: countOf('USERINFO', `"PARTITION" <> ${INITIAL_PARTITION}`),
    encryptedValues: sum(
      ...ENCRYPTED_COLUMNS.map(([table, column]) =>
        countOf(table, `${quoteName(column)} IS NOT NULL AND ${dialect.length(quoteName(column))} > 0`),
      ),
    ),
    dualWrite: rowsOf('DUALWRITEPROJECTCONFIGURATION'),
    changeTrackedTables: rowsOf('AIFSQLCHANGETRACKINGENABLEDTABLES'),
    eventEndpoints: rowsOf('BUSINESSEVENTSENDPOINT'),
    administratorsOfProduction: countOf(
      'USERINFO',
      `"ID" = 'Admin' AND "NETWORKALIAS" = ${quoteText(PROFILES.prod.administrator.signIn)}`,
    ),
  }) as const satisfies Record<string, string>;

const isProductions = (column: string) => `"${column}" LIKE '%prod.fabrikam.example%'`;

/** What would leave the sandbox by itself. */
const silenced = {
  mailInTheQueue: rowsOf('SYSOUTGOINGEMAILTABLE', 'SYSOUTGOINGEMAILDATA'),
  usersWhoGetMail: countOf('SYSUSERINFO', `"EMAIL" LIKE '%fabrikam.example' OR "EVENTWORKFLOWALTERNATEEMAIL" <> ''`),
  mailersOfProduction: sum(
    countOf('SYSEMAILPARAMETERS', `"GRAPHMAILERAPPID" LIKE '%prod' OR "SMTPUSERNAME" LIKE '%prod'`),
    countOf('SYSUSERINFO', `"MAILER" <> ''`),
    countOf('SYSEMAILTABLE', isProductions('SENDERADDR')),
  ),
  addressesOfProduction: sum(
    countOf('RETAILCHANNELPROFILEPROPERTY', isProductions('VALUE')),
    countOf('RETAILTRANSACTIONSERVICEPROFILE', `${isProductions('AOSURL')} OR ${isProductions('SERVICEHOSTURL')}`),
    countOf('RETAILBUTTONGRIDBUTTONS', isProductions('ACTIONPROPERTY')),
    countOf('EINVOICECFDIWEBSERVICESETUP_MX', isProductions('URL')),
    countOf('KEYVAULTPARAMETERS', isProductions('URL')),
    countOf('POWERBICONFIG', isProductions('REDIRECTURL')),
  ),
  applicationsOfProduction: countOf('SYSAADCLIENTTABLE', `"AADCLIENTID" LIKE 'prod-%'`),
} as const satisfies Record<string, string>;

const isOfReleasedJob = `"BATCHJOBID" IN (SELECT "RECID" FROM "BATCHJOB" WHERE "CAPTION" = ${quoteText(RELEASED_JOB)})`;

const isName = (column: string) =>
  NAME_PATTERNS.map((pattern) => `"${column}" LIKE ${quoteText(pattern)}`).join(' OR ');

/** Who somebody is, in every place where it stands. */
const personal = {
  names: sum(
    ...['DIRPARTYTABLE', 'ax.DIRPARTYTABLE'].map((table) =>
      countOf(table, `${isName('NAME')} OR ${isName('NAMEALIAS')}`),
    ),
    countOf('DIRPERSONNAME', isName('LASTNAME')),
    countOf('DIRORGANIZATIONNAME', isName('NAME')),
    countOf('LOGISTICSLOCATION', isName('DESCRIPTION')),
    countOf('CUSTINVOICEJOUR', isName('INVOICINGNAME')),
    countOf('SALESTABLE', isName('SALESNAME')),
    countOf('USERINFO', isName('NAME')),
  ),
  phones: sum(
    ...['LOGISTICSELECTRONICADDRESS', 'ax.LOGISTICSELECTRONICADDRESS'].map((table) =>
      countOf(table, `"LOCATOR" LIKE '+44 20 7946%'`),
    ),
    countOf('CONTACTPERSON', `"ASSISTANTPHONE" LIKE '+44 20 7946%'`),
  ),
  streets: sum(
    ...['LOGISTICSPOSTALADDRESS', 'ax.LOGISTICSPOSTALADDRESS'].map((table) =>
      countOf(table, `"STREET" LIKE 'Roastery Lane%' OR "ADDRESS" LIKE '%Roastery Lane%'`),
    ),
  ),
  bankAccounts: sum(
    countOf('BANKACCOUNTTABLE', `"IBAN" LIKE 'XX00FICT%'`),
    countOf('CUSTBANKACCOUNT', `"BANKIBAN" LIKE 'XX00FICT%'`),
  ),
  taxNumbers: sum(
    ...['CUSTTABLE', 'ax.CUSTTABLE', 'CUSTINVOICEJOUR'].map((table) => countOf(table, `"VATNUM" LIKE 'ZZ0%'`)),
  ),
  loyaltyCards: sum(
    countOf('RETAILLOYALTYCARD', `"CARDNUMBER" LIKE 'L000%'`),
    countOf('RETAILTRANSACTIONTABLE', `"LOYALTYCARDID" LIKE 'L000%'`),
  ),
  privateDetails: countOf('HCMPERSONPRIVATEDETAILS', '"ETHNICORIGIN" <> 0 OR "GENDER" <> 0 OR "ISDISABLED" <> 0'),
  pay: countOf('HCMCOMPFIXEDEMPL', '"PAYRATE" <> 0'),
  notes: sum(
    countOf('DOCUREF', `"NOTES" <> ''`),
    countOf('CONTACTPERSON', `"MEMO" <> ''`),
    countOf('CUSTTABLE', `"MEMO" <> ''`),
  ),
  signInNames: countOf(
    'USERINFO',
    `"NETWORKALIAS" LIKE 'canary%' AND "ID" NOT IN (${RETURNING.map(quoteText).join(', ')})`,
  ),
  parametersOfTasks: sum(
    countOf('BATCH', '"PARAMETERS" IS NOT NULL'),
    countOf('BATCHHISTORY', '"PARAMETERS" IS NOT NULL'),
  ),
  changeLog: rowsOf('SYSDATABASELOG'),
} as const satisfies Record<string, string>;

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
  return `(SELECT count(*) FROM ${table.split('.').map(quoteName).join('.')} WHERE ${condition})`;
}

function rowsOf(...tables: readonly string[]): string {
  return sum(...tables.map((table) => countOf(table, '1 = 1')));
}

function sum(...counts: readonly string[]): string {
  return counts.join(' + ');
}

import { quoteName } from './dialects/dialect.ts';
import { openDatabase } from './dialects/openDatabase.ts';

/** Rows whose value equals the copy of it that stands elsewhere, counted: as many before as after, whatever the values are. */
export type Joins = Readonly<Record<keyof typeof JOINS, number>>;

const JOINS = {
  invoicesThatNameTheirCustomer: `"CUSTINVOICEJOUR" AS i
    JOIN "CUSTTABLE" AS c ON c."ACCOUNTNUM" = i."INVOICEACCOUNT"
    JOIN "DIRPARTYTABLE" AS p ON p."RECID" = c."PARTY" AND p."NAME" = i."INVOICINGNAME"`,
  invoicesWithTheTaxNumberOfTheirCustomer: `"CUSTINVOICEJOUR" AS i
    JOIN "CUSTTABLE" AS c ON c."ACCOUNTNUM" = i."INVOICEACCOUNT" AND c."VATNUM" = i."VATNUM"`,
  receiptsOfLoyaltyCards: `"RETAILTRANSACTIONTABLE" AS r JOIN "RETAILLOYALTYCARD" AS c ON c."CARDNUMBER" = r."LOYALTYCARDID"`,
  locationsCalledAfterTheirParty: `"LOGISTICSLOCATION" AS l
    JOIN "DIRPARTYTABLE" AS p ON p."RECID" = l."RECID" AND p."NAME" = l."DESCRIPTION"`,
  partiesThatShopsCallTheSame: `"DIRPARTYTABLE" AS p
    JOIN "ax"."DIRPARTYTABLE" AS a ON a."RECID" = p."RECID" AND a."NAME" = p."NAME"`,
} as const;

/** Counted on the server, as of one statement. */
export async function joinsOf(databaseUrl: string): Promise<Joins> {
  await using database = openDatabase(databaseUrl);
  const counts = Object.entries(JOINS).map(
    ([name, from]) => `CAST((SELECT count(*) FROM ${from}) AS int) AS ${quoteName(name)}`,
  );
  const [joins] = await database.run<Joins>(`SELECT ${counts.join(',\n       ')}`);
  if (joins === undefined) throw new Error('The server answered without a row');
  return joins;
}

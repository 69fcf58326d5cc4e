import { sql, type Kysely } from 'kysely';
import type { DatabaseRole, Instant } from '../../engine/contracts.ts';
import { runText, type Database, type Tables } from './dialects/openDatabase.ts';
import { INITIAL_PARTITION } from './profiles.ts';
import { generated, insertSql, type Table, type Value } from './schema/table.ts';
import { account } from './schema/words.ts';

/** What everyday work needs: both databases, and RECIDs that nobody else gives. */
export interface Desk {
  readonly databases: Readonly<Record<DatabaseRole, Database>>;
  readonly recIds: RecIds;
}

/** RECIDs in blocks, as the kernel of F&O takes them. @returns the first of `count` */
export interface RecIds {
  take(count: number): bigint;
}

/** Far from those of the rows that the company began with. */
export function createRecIds(first = INITIAL_PARTITION + 1_000_000_000n): RecIds {
  let next = first;
  return {
    take(count) {
      const taken = next;
      next += BigInt(count);
      return taken;
    },
  };
}

/** One database within one transaction. */
interface Work {
  insert(table: string, rows: readonly Readonly<Record<string, Value>>[]): Promise<{ readonly recId: number }>;
  /** Rows that the server makes itself from their numbers. */
  generate(table: Table): Promise<void>;
  readonly db: Kysely<Tables>;
}

/** One small transaction of everyday work, the n-th: orders, postings, an e-mail address, stock, now and then a report. */
export async function workOnce(desk: Desk, n: number, at: Instant): Promise<void> {
  const kinds = [placeOrder, postJournal, moveStock, placeOrder, addContact] as const;
  if (n % 50 === 49) return writeReport(desk, n);
  return inTransaction(desk, 'application', (work) => (kinds[n % kinds.length] ?? placeOrder)(work, n, at));
}

const numbered = (prefix: string, n: number) => `${prefix}${String(n).padStart(6, '0')}`;

async function placeOrder({ insert }: Work, n: number, at: Instant): Promise<void> {
  const SALESID = `SO-LIVE-${n}`;
  const CUSTACCOUNT = numbered('C', 1 + (n % 4000));
  const EMAIL = liveAddress(n);
  await insert('SALESTABLE', [{ SALESID, CUSTACCOUNT, EMAIL, SALESSTATUS: 1, CREATEDDATETIME: wallTime(at) }]);
  await insert(
    'SALESLINE',
    [1, 2, 3].map((line) => ({
      ...{ SALESID, LINENUM: line, ITEMID: numbered('I', 1 + ((n * line) % 3000)) },
      ...{ SALESQTY: 1 + line, LINEAMOUNT: 12.5 * line },
    })),
  );
  await insert('SYSOUTGOINGEMAILTABLE', [
    { EMAILITEMID: 1_000_000 + n, RECIPIENT: EMAIL, SUBJECT: `Order confirmation ${n}`, STATUS: 0 },
  ]);
}

async function postJournal({ insert }: Work, n: number, at: Instant): Promise<void> {
  const day = `${at.slice(0, 10)}T00:00:00.000`;
  const { recId } = await insert('GENERALJOURNALENTRY', [
    { JOURNALNUMBER: `GJ-LIVE-${n}`, ACCOUNTINGDATE: day, POSTINGLAYER: 0 },
  ]);
  await insert(
    'GENERALJOURNALACCOUNTENTRY',
    [1, -1].map((side) => ({
      GENERALJOURNALENTRY: recId,
      MAINACCOUNT: String(100_000 + (1 + (n % 400)) * 10),
      ACCOUNTINGCURRENCYAMOUNT: side * ((n % 900) + 0.5),
    })),
  );
}

async function moveStock({ insert, db }: Work, n: number, at: Instant): Promise<void> {
  await insert(
    'INVENTTRANS',
    [1, 2, 3, 4].map((step) => ({
      ...{ ITEMID: numbered('I', 1 + ((n + step) % 3000)), INVENTDIMID: 'D000001' },
      ...{ QTY: -1, STATUSISSUE: 1, DATEPHYSICAL: wallTime(at) },
    })),
  );
  const recId = Number(INITIAL_PARTITION) + (n % 6000);
  await sql`UPDATE "INVENTSUM" SET "PHYSICALINVENT" = "PHYSICALINVENT" - 4 WHERE "RECID" = ${recId}`.execute(db);
}

async function addContact({ insert }: Work, n: number): Promise<void> {
  const [TYPE, LOCATION] = [2, Number(INITIAL_PARTITION)];
  await insert('LOGISTICSELECTRONICADDRESS', [
    { TYPE, LOCATOR: liveAddress(n), DESCRIPTION: 'Invoices', ISPRIMARY: 0, LOCATION },
  ]);
}

/** A report of the day, in the Financial Reporting database. */
export async function writeReport(desk: Desk, n: number): Promise<void> {
  const report = { NAME: `Daily ${n}`, PERIOD: '2026-11', STATUS: 2 };
  await inTransaction(desk, 'financialReporting', ({ insert }) => insert('FINANCIALREPORT', [report]));
}

const liveAddress = (n: number) => `canary.live.${n}@customers.prod.fabrikam.example`;

/** New prices for a tenth of all items, and prices for new ones. */
export async function importPriceList(desk: Desk): Promise<void> {
  await inTransaction(desk, 'application', async ({ db, generate }) => {
    await runText(
      db,
      `UPDATE "PRICEDISCTABLE" SET "AMOUNT" = round("AMOUNT" * 1.03, 2), "RECVERSION" = "RECVERSION" + 1 WHERE "RECID" % 10 = 3`,
    );
    await generate(
      generated('PRICEDISCTABLE', 500, {
        ITEMRELATION: ['', account('I', '2500 + g')],
        ACCOUNTRELATION: ['', `'CAFE'`],
        CURRENCY: ['', `'EUR'`],
        AMOUNT: ['', '5 + g % 20'],
        FROMDATE: ['', { after: '2026-12-01', days: '0' }],
      }),
    );
  });
}

/** Accruals are posted, then the balances go into the Financial Reporting database: both databases belong to this moment. */
export async function closeMonth(desk: Desk): Promise<void> {
  await inTransaction(desk, 'application', async ({ insert, generate }) => {
    await insert('LEDGERJOURNALTABLE', [{ JOURNALNUM: 'LJ-CLOSE-11', NAME: 'Accruals', POSTED: 1 }]);
    await generate(
      generated('LEDGERJOURNALTRANS', 400, {
        JOURNALNUM: ['', `'LJ-CLOSE-11'`],
        VOUCHER: ['', `concat('LV-CLOSE-', g)`],
        AMOUNTCURDEBIT: ['', 'g * 3.25'],
      }),
    );
  });
  await inTransaction(desk, 'financialReporting', async ({ insert, generate }) => {
    await generate(
      generated('FACTBALANCE', 400, {
        MAINACCOUNT: ['', '100000 + g * 10'],
        PERIOD: ['', `'2026-11'`],
        COSTCENTER: ['', `'CC000001'`],
        BALANCE: ['', 'g * 3.25'],
      }),
    );
    await insert('FINANCIALREPORT', [{ NAME: 'Month-end close', PERIOD: '2026-11', STATUS: 2 }]);
  });
}

/** Somebody imports a price list that is in rupiah as if it were in euro. */
export async function importWrongPriceList(desk: Desk): Promise<void> {
  await inTransaction(desk, 'application', async ({ db }) => {
    await runText(
      db,
      `UPDATE "PRICEDISCTABLE" SET "AMOUNT" = round("AMOUNT" * 16930, 2), "CURRENCY" = 'IDR', "RECVERSION" = "RECVERSION" + 1 WHERE "RECID" % 5 < 2`,
    );
  });
}

/** As columns without a zone hold it. */
const wallTime = (at: Instant) => at.slice(0, 23);

async function inTransaction(
  { databases, recIds }: Desk,
  role: DatabaseRole,
  work: (work: Work) => Promise<unknown>,
): Promise<void> {
  const { db, dialect } = databases[role];
  await db.transaction().execute((transaction) =>
    work({
      db: transaction,
      async insert(table, rows) {
        // Safe: RECIDs are far below 2^53, and a driver of SQL Server takes no BigInt for a number.
        const recId = Number(recIds.take(rows.length));
        const numberedRows = rows.map((row, n) => ({ ...row, RECID: recId + n }));
        await transaction.insertInto(table).values(numberedRows).execute();
        return { recId };
      },
      async generate(table) {
        if (table.source.kind !== 'generated') throw new TypeError('only rows that are made from their numbers');
        await runText(transaction, insertSql(table, dialect, recIds.take(table.source.rows)) ?? '');
      },
    }),
  );
}

import type { Pool, PoolClient } from 'pg';
import type { DatabaseRole } from '../../engine/contracts.ts';

export type Databases = Readonly<Record<DatabaseRole, Pool>>;

/** One small transaction of everyday work, the n-th: orders, postings, an e-mail address, stock, now and then a report. */
export async function workOnce({ application, financialReporting }: Databases, n: number): Promise<void> {
  const kinds = [placeOrder, postJournal, moveStock, placeOrder, addContact] as const;
  if (n % 50 === 49) return inTransaction(financialReporting, (client) => writeReport(client, n));
  return inTransaction(application, (client) => (kinds[n % kinds.length] ?? placeOrder)(client, n));
}

async function placeOrder(client: PoolClient, n: number): Promise<void> {
  const order = `SO-LIVE-${n}`;
  await client.query(
    `INSERT INTO "SALESTABLE" ("SALESID", "CUSTACCOUNT", "SALESSTATUS", "CREATEDDATETIME")
     VALUES ($1, 'C' || lpad((1 + $2::int % 4000)::text, 6, '0'), 1, now() AT TIME ZONE 'UTC')`,
    [order, n],
  );
  await client.query(
    `INSERT INTO "SALESLINE" ("SALESID", "LINENUM", "ITEMID", "SALESQTY", "LINEAMOUNT")
     SELECT $1, line, 'I' || lpad((1 + ($2::int * line) % 3000)::text, 6, '0'), 1 + line, 12.5 * line
       FROM generate_series(1, 3) AS line`,
    [order, n],
  );
  await client.query(
    `INSERT INTO "SYSOUTGOINGEMAILTABLE" ("EMAILADDRESS", "SUBJECT", "STATUS")
     VALUES ('canary.live.' || $1 || '@customers.prod.fabrikam.example', 'Order confirmation ' || $1, 0)`,
    [n],
  );
}

async function postJournal(client: PoolClient, n: number): Promise<void> {
  await client.query(
    `WITH entry AS (
       INSERT INTO "GENERALJOURNALENTRY" ("JOURNALNUMBER", "ACCOUNTINGDATE", "POSTINGLAYER")
       VALUES ('GJ-LIVE-' || $1::int, date_trunc('day', now() AT TIME ZONE 'UTC'), 0) RETURNING "RECID"
     )
     INSERT INTO "GENERALJOURNALACCOUNTENTRY" ("GENERALJOURNALENTRY", "MAINACCOUNT", "ACCOUNTINGCURRENCYAMOUNT")
     SELECT "RECID", (100000 + (1 + $1::int % 400) * 10)::text, side * ($1::int % 900 + 0.5)
       FROM entry, (VALUES (1), (-1)) AS sides (side)`,
    [n],
  );
}

async function moveStock(client: PoolClient, n: number): Promise<void> {
  await client.query(
    `INSERT INTO "INVENTTRANS" ("ITEMID", "INVENTDIMID", "QTY", "STATUSISSUE", "DATEPHYSICAL")
     SELECT 'I' || lpad((1 + ($1::int + step) % 3000)::text, 6, '0'), 'D000001', -1, 1, now() AT TIME ZONE 'UTC'
       FROM generate_series(1, 4) AS step`,
    [n],
  );
  await client.query(
    `UPDATE "INVENTSUM" SET "PHYSICALINVENT" = "PHYSICALINVENT" - 4 WHERE "RECID" = 5637144576 + $1::int % 6000`,
    [n],
  );
}

async function addContact(client: PoolClient, n: number): Promise<void> {
  await client.query(
    `INSERT INTO "LOGISTICSELECTRONICADDRESS" ("TYPE", "LOCATOR", "DESCRIPTION", "ISPRIMARY", "LOCATION")
     VALUES (2, 'canary.live.' || $1::int || '@customers.prod.fabrikam.example', 'Invoices', 0, 5637144576)`,
    [n],
  );
}

async function writeReport(client: PoolClient, n: number): Promise<void> {
  await client.query(
    `INSERT INTO "FINANCIALREPORT" ("NAME", "PERIOD", "STATUS") VALUES ('Daily ' || $1::int, '2026-11', 2)`,
    [n],
  );
}

/** New prices for a tenth of all items, and prices for new ones. */
export async function importPriceList({ application }: Databases): Promise<void> {
  await inTransaction(application, async (client) => {
    await client.query(
      `UPDATE "PRICEDISCTABLE" SET "AMOUNT" = round("AMOUNT" * 1.03, 2), "RECVERSION" = "RECVERSION" + 1 WHERE "RECID" % 10 = 3`,
    );
    await client.query(
      `INSERT INTO "PRICEDISCTABLE" ("ITEMRELATION", "ACCOUNTRELATION", "CURRENCY", "AMOUNT", "FROMDATE")
       SELECT 'I' || lpad(n::text, 6, '0'), 'CAFE', 'EUR', 5 + n % 20, timestamp '2026-12-01' FROM generate_series(2501, 3000) AS n`,
    );
  });
}

/** Accruals are posted, then the balances go into the Financial Reporting database: both databases belong to this moment. */
export async function closeMonth({ application, financialReporting }: Databases): Promise<void> {
  await inTransaction(application, async (client) => {
    await client.query(
      `INSERT INTO "LEDGERJOURNALTABLE" ("JOURNALNUM", "NAME", "POSTED") VALUES ('LJ-CLOSE-11', 'Accruals', 1)`,
    );
    await client.query(
      `INSERT INTO "LEDGERJOURNALTRANS" ("JOURNALNUM", "VOUCHER", "AMOUNTCURDEBIT")
       SELECT 'LJ-CLOSE-11', 'LV-CLOSE-' || n, n * 3.25 FROM generate_series(1, 400) AS n`,
    );
  });
  await inTransaction(financialReporting, async (client) => {
    await client.query(
      `INSERT INTO "FACTBALANCE" ("MAINACCOUNT", "PERIOD", "COSTCENTER", "BALANCE")
       SELECT (100000 + n * 10)::text, '2026-11', 'CC000001', n * 3.25 FROM generate_series(1, 400) AS n`,
    );
    await client.query(
      `INSERT INTO "FINANCIALREPORT" ("NAME", "PERIOD", "STATUS") VALUES ('Month-end close', '2026-11', 2)`,
    );
  });
}

/** Somebody imports a price list that is in rupiah as if it were in euro. */
export async function importWrongPriceList({ application }: Databases): Promise<void> {
  await inTransaction(application, async (client) => {
    await client.query(
      `UPDATE "PRICEDISCTABLE" SET "AMOUNT" = round("AMOUNT" * 16930, 2), "CURRENCY" = 'IDR', "RECVERSION" = "RECVERSION" + 1 WHERE "RECID" % 5 < 2`,
    );
  });
}

async function inTransaction(pool: Pool, work: (client: PoolClient) => Promise<void>): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query('BEGIN');
    await work(client);
    await client.query('COMMIT');
    client.release();
  } catch (error) {
    client.release(true);
    throw error;
  }
}

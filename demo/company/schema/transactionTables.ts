import { INITIAL_PARTITION, type Profile } from '../profiles.ts';
import { generated, type Table } from './table.ts';
import { account, companyName, customerMail, oneOf, padded, taxNumber } from './words.ts';

/** Orders, stock movements, invoices and ledger: what grows every day. */
export function transactionTables({ name, scale }: Profile): readonly Table[] {
  const rows = (inProduction: number) => Math.max(5, Math.round(inProduction * scale));
  const customerNumber = `(1 + g * 7 % ${rows(4000)})`;
  const customer = account('C', customerNumber);
  const vendor = account('V', `1 + g * 3 % ${rows(800)}`);
  const item = account('I', `1 + g * 11 % ${rows(3000)}`);
  const day = { after: '2026-01-01', days: 'g % 325' };
  const amount = '(g * 131 % 250000) / 100.0';
  return [
    generated(
      'SALESTABLE',
      rows(10_000),
      {
        SALESID: ['varchar(20) NOT NULL', account('SO', 'g')],
        CUSTACCOUNT: ['varchar(20) NOT NULL', customer],
        SALESNAME: ['varchar(60) NOT NULL', companyName(customerNumber)],
        DELIVERYNAME: ['varchar(60) NOT NULL', companyName(customerNumber)],
        EMAIL: ['varchar(80) NOT NULL', customerMail(name, customerNumber)],
        SALESSTATUS: ['int NOT NULL', '1 + g % 4'],
        CREATEDDATETIME: ['timestamp NOT NULL', day],
      },
      { index: ['SALESID'] },
    ),
    generated(
      'SALESLINE',
      rows(30_000),
      {
        SALESID: ['varchar(20) NOT NULL', account('SO', '1 + (g - 1) / 3')],
        LINENUM: ['numeric(32,16) NOT NULL', '1 + (g - 1) % 3'],
        ITEMID: ['varchar(20) NOT NULL', item],
        SALESQTY: ['numeric(32,6) NOT NULL', '1 + g % 24'],
        LINEAMOUNT: ['numeric(32,6) NOT NULL', amount],
      },
      { index: ['SALESID'] },
    ),
    generated('PURCHTABLE', rows(2500), {
      PURCHID: ['varchar(20) NOT NULL', account('PO', 'g')],
      ORDERACCOUNT: ['varchar(20) NOT NULL', vendor],
      PURCHSTATUS: ['int NOT NULL', '1 + g % 4'],
    }),
    generated('PURCHLINE', rows(7500), {
      PURCHID: ['varchar(20) NOT NULL', account('PO', '1 + (g - 1) / 3')],
      ITEMID: ['varchar(20) NOT NULL', item],
      PURCHQTY: ['numeric(32,6) NOT NULL', '10 + g % 240'],
      LINEAMOUNT: ['numeric(32,6) NOT NULL', amount],
    }),
    generated('INVENTTRANS', rows(45_000), {
      ITEMID: ['varchar(20) NOT NULL', item],
      INVENTDIMID: ['varchar(20) NOT NULL', account('D', `1 + g % ${rows(1500)}`)],
      QTY: ['numeric(32,6) NOT NULL', 'CASE WHEN g % 4 = 0 THEN 1 + g % 240 ELSE -(1 + g % 24) END'],
      STATUSISSUE: ['int NOT NULL', 'g % 4'],
      DATEPHYSICAL: ['timestamp NOT NULL', day],
    }),
    generated('INVENTSUM', rows(6000), {
      ITEMID: ['varchar(20) NOT NULL', item],
      INVENTDIMID: ['varchar(20) NOT NULL', account('D', `1 + g % ${rows(1500)}`)],
      PHYSICALINVENT: ['numeric(32,6) NOT NULL', 'g % 900'],
    }),
    generated('CUSTTRANS', rows(20_000), {
      ACCOUNTNUM: ['varchar(20) NOT NULL', customer],
      VOUCHER: ['varchar(20) NOT NULL', account('CV', 'g')],
      AMOUNTCUR: ['numeric(32,6) NOT NULL', amount],
      TRANSDATE: ['timestamp NOT NULL', day],
    }),
    generated('CUSTINVOICEJOUR', rows(8000), {
      INVOICEID: ['varchar(20) NOT NULL', account('INV', 'g')],
      INVOICEACCOUNT: ['varchar(20) NOT NULL', customer],
      INVOICINGNAME: ['varchar(100) NOT NULL', companyName(customerNumber)],
      VATNUM: ['varchar(20) NOT NULL', taxNumber(customerNumber)],
      INVOICEAMOUNT: ['numeric(32,6) NOT NULL', amount],
    }),
    generated('CUSTINVOICETRANS', rows(20_000), {
      INVOICEID: ['varchar(20) NOT NULL', account('INV', '1 + (g - 1) / 3')],
      ITEMID: ['varchar(20) NOT NULL', item],
      QTY: ['numeric(32,6) NOT NULL', '1 + g % 24'],
      LINEAMOUNT: ['numeric(32,6) NOT NULL', amount],
    }),
    generated('VENDTRANS', rows(6000), {
      ACCOUNTNUM: ['varchar(20) NOT NULL', vendor],
      VOUCHER: ['varchar(20) NOT NULL', account('VV', 'g')],
      AMOUNTCUR: ['numeric(32,6) NOT NULL', `-${amount}`],
    }),
    generated('VENDINVOICEJOUR', rows(3000), {
      INVOICEID: ['varchar(20) NOT NULL', account('VI', 'g')],
      INVOICEACCOUNT: ['varchar(20) NOT NULL', vendor],
      INVOICEAMOUNT: ['numeric(32,6) NOT NULL', amount],
    }),
    generated(
      'GENERALJOURNALENTRY',
      rows(12_000),
      {
        JOURNALNUMBER: ['varchar(20) NOT NULL', account('GJ', 'g')],
        ACCOUNTINGDATE: ['timestamp NOT NULL', day],
        POSTINGLAYER: ['int NOT NULL', '0'],
      },
      { isPerCompany: false },
    ),
    generated(
      'GENERALJOURNALACCOUNTENTRY',
      rows(30_000),
      {
        GENERALJOURNALENTRY: ['bigint NOT NULL', `${INITIAL_PARTITION} + (g - 1) / 3`],
        MAINACCOUNT: ['varchar(20) NOT NULL', `100000 + (1 + g % ${rows(400)}) * 10`],
        ACCOUNTINGCURRENCYAMOUNT: ['numeric(32,6) NOT NULL', `CASE g % 2 WHEN 0 THEN ${amount} ELSE -${amount} END`],
      },
      { isPerCompany: false },
    ),
    generated('LEDGERJOURNALTABLE', rows(1200), {
      JOURNALNUM: ['varchar(20) NOT NULL', account('LJ', 'g')],
      NAME: ['varchar(60) NOT NULL', oneOf(['Daily', 'Payroll', 'Accruals'], 'g')],
      POSTED: ['int NOT NULL', '1'],
    }),
    generated('LEDGERJOURNALTRANS', rows(9000), {
      JOURNALNUM: ['varchar(20) NOT NULL', account('LJ', `1 + g % ${rows(1200)}`)],
      VOUCHER: ['varchar(20) NOT NULL', account('LV', 'g')],
      AMOUNTCURDEBIT: ['numeric(32,6) NOT NULL', amount],
      TXT: ['varchar(512) NOT NULL', `CASE WHEN g % 7 = 0 THEN concat('Refund to ', ${companyName('g')}) ELSE '' END`],
    }),
    generated('LEDGERTRANS', rows(8000), {
      VOUCHER: ['varchar(20) NOT NULL', account('LV', 'g')],
      ACCOUNTNUM: ['varchar(20) NOT NULL', `100000 + (1 + g % ${rows(400)}) * 10`],
      AMOUNTMST: ['numeric(32,6) NOT NULL', amount],
    }),
    generated('TAXTRANS', rows(9000), {
      VOUCHER: ['varchar(20) NOT NULL', account('CV', 'g')],
      TAXCODE: ['varchar(10) NOT NULL', oneOf(['VAT21', 'VAT9', 'VAT0'], 'g')],
      TAXAMOUNT: ['numeric(32,6) NOT NULL', '(g * 17 % 9000) / 100.0'],
    }),
    generated(
      'RETAILLOYALTYCARD',
      rows(2500),
      {
        CARDNUMBER: ['varchar(30) NOT NULL', card('g')],
        PARTY: ['bigint NOT NULL', `${INITIAL_PARTITION} + g - 1`],
      },
      { isPerCompany: false, index: ['CARDNUMBER'], isUnique: true },
    ),
    generated('RETAILTRANSACTIONTABLE', rows(5000), {
      TRANSACTIONID: ['varchar(44) NOT NULL', account('RT', 'g')],
      CUSTACCOUNT: ['varchar(20) NOT NULL', customer],
      LOYALTYCARDID: [
        'varchar(30) NOT NULL',
        `CASE WHEN g % 2 = 0 THEN ${card(`(1 + g * 3 % ${rows(2500)})`)} ELSE '' END`,
      ],
      RECEIPTEMAIL: [
        'varchar(80) NOT NULL',
        `CASE WHEN g % 3 = 0 THEN ${customerMail(name, customerNumber)} ELSE '' END`,
      ],
      NETAMOUNT: ['numeric(32,6) NOT NULL', amount],
    }),
  ];
}

const card = (n: string) => `concat('L', ${padded(n, 8)})`;

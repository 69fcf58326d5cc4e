import { INITIAL_PARTITION, type Profile } from '../profiles.ts';
import { generated, padded, type Table } from './table.ts';

/** Customers, vendors, items, prices and accounts: what orders and journals refer to. */
export function masterTables({ name, scale, loyaltyIsUnique }: Profile): readonly Table[] {
  const rows = (inProduction: number) => Math.max(5, Math.round(inProduction * scale));
  const customers = rows(4000);
  // Production has given some customers two cards; the customization of `test` does not know that.
  const loyaltyCustomer = loyaltyIsUnique ? 'g' : `CASE WHEN g % 60 = 0 THEN g - 1 ELSE g END`;
  const loyalty = generated('CONTOSOLOYALTY', rows(2500), {
    CARDNUMBER: ['varchar(20) NOT NULL', `concat('L', ${padded('g', 8)})`],
    CUSTACCOUNT: ['varchar(20) NOT NULL', account('C', loyaltyCustomer)],
    POINTS: ['int NOT NULL', 'g * 37 % 5000'],
  });
  return [
    generated(
      'DIRPARTYTABLE',
      rows(6000),
      {
        NAME: [
          'varchar(100) NOT NULL',
          `concat(${oneOf(['Blue Bean', 'North Roast', 'Harbour', 'Old Mill', 'Copper Cup'], 'g')}, ' ', ${oneOf(['Cafe', 'Kiosk', 'Bakery', 'Canteen'], 'g / 5')}, ' ', g)`,
        ],
        PARTYNUMBER: ['varchar(40) NOT NULL', account('P', 'g')],
        LANGUAGEID: ['varchar(7) NOT NULL', oneOf(['en-us', 'de', 'nl', 'da'], 'g')],
      },
      { isPerCompany: false },
    ),
    generated(
      'LOGISTICSLOCATION',
      rows(8000),
      {
        LOCATIONID: ['varchar(30) NOT NULL', account('LOC', 'g')],
        DESCRIPTION: ['varchar(60) NOT NULL', oneOf(['Head office', 'Delivery', 'Invoice'], 'g')],
      },
      { isPerCompany: false },
    ),
    generated(
      'LOGISTICSPOSTALADDRESS',
      rows(8000),
      {
        LOCATION: ['bigint NOT NULL', `${INITIAL_PARTITION} + g - 1`],
        STREET: ['varchar(250) NOT NULL', `concat('Roastery Lane ', g)`],
        ZIPCODE: ['varchar(10) NOT NULL', padded('g % 99999', 5)],
        COUNTRYREGIONID: ['varchar(10) NOT NULL', oneOf(['DEU', 'NLD', 'DNK', 'BEL'], 'g')],
      },
      { isPerCompany: false },
    ),
    generated(
      'CUSTTABLE',
      customers,
      {
        ACCOUNTNUM: [
          'varchar(20) NOT NULL',
          `CASE WHEN g = 1 AND '${name}' <> 'prod' THEN 'MARKER-${name.toUpperCase()}' ELSE ${account('C', 'g')} END`,
        ],
        PARTY: ['bigint NOT NULL', `${INITIAL_PARTITION} + g - 1`],
        CUSTGROUP: ['varchar(10) NOT NULL', oneOf(['CAFE', 'RETAIL', 'OFFICE'], 'g')],
        CURRENCY: ['varchar(3) NOT NULL', oneOf(['EUR', 'EUR', 'DKK'], 'g')],
        CREDITMAX: ['numeric(32,6) NOT NULL', 'g * 91 % 20000'],
      },
      { index: ['ACCOUNTNUM'] },
    ),
    loyaltyIsUnique
      ? { ...loyalty, indexes: [{ name: 'I_CONTOSOLOYALTY_CUSTACCOUNTIDX', columns: ['CUSTACCOUNT'], isUnique: true }] }
      : loyalty,
    generated(
      'VENDTABLE',
      rows(800),
      {
        ACCOUNTNUM: ['varchar(20) NOT NULL', account('V', 'g')],
        PARTY: ['bigint NOT NULL', `${INITIAL_PARTITION} + 4000 + g`],
        VENDGROUP: ['varchar(10) NOT NULL', oneOf(['BEANS', 'PACK', 'SERVICE'], 'g')],
      },
      { index: ['ACCOUNTNUM'] },
    ),
    generated(
      'ECORESPRODUCT',
      rows(3000),
      {
        DISPLAYPRODUCTNUMBER: ['varchar(70) NOT NULL', account('I', 'g')],
        SEARCHNAME: [
          'varchar(60) NOT NULL',
          `concat(${oneOf(['Espresso', 'Filter', 'Decaf', 'Syrup', 'Mug'], 'g')}, ' ', g)`,
        ],
      },
      { isPerCompany: false },
    ),
    generated(
      'INVENTTABLE',
      rows(3000),
      {
        ITEMID: ['varchar(20) NOT NULL', account('I', 'g')],
        PRODUCT: ['bigint NOT NULL', `${INITIAL_PARTITION} + g - 1`],
        NETWEIGHT: ['numeric(32,12) NOT NULL', '0.25 * (1 + g % 8)'],
      },
      { index: ['ITEMID'] },
    ),
    generated('INVENTLOCATION', 12, {
      INVENTLOCATIONID: ['varchar(10) NOT NULL', `concat('WH', g)`],
      NAME: ['varchar(60) NOT NULL', `concat('Warehouse ', g)`],
    }),
    generated('INVENTDIM', rows(1500), {
      INVENTDIMID: ['varchar(20) NOT NULL', account('D', 'g')],
      INVENTLOCATIONID: ['varchar(10) NOT NULL', `concat('WH', 1 + g % 12)`],
      INVENTBATCHID: ['varchar(20) NOT NULL', `concat('B', g % 400)`],
    }),
    generated(
      'PRICEDISCTABLE',
      rows(12_000),
      {
        ITEMRELATION: ['varchar(20) NOT NULL', account('I', `(1 + g % ${rows(3000)})`)],
        ACCOUNTRELATION: ['varchar(20) NOT NULL', oneOf(['CAFE', 'RETAIL', 'OFFICE', ''], 'g / 3')],
        CURRENCY: ['varchar(3) NOT NULL', `'EUR'`],
        AMOUNT: ['numeric(32,6) NOT NULL', '4 + (g * 53 % 2600) / 100.0'],
        FROMDATE: ['timestamp NOT NULL', { after: '2026-01-01', days: '0' }],
      },
      { index: ['ITEMRELATION'] },
    ),
    generated('MAINACCOUNT', rows(400), {
      MAINACCOUNTID: ['varchar(20) NOT NULL', '100000 + g * 10'],
      NAME: ['varchar(60) NOT NULL', `concat('Account ', 100000 + g * 10)`],
      TYPE: ['int NOT NULL', 'g % 4'],
    }),
    generated(
      'EXCHANGERATE',
      rows(700),
      {
        CURRENCYPAIR: ['varchar(7) NOT NULL', oneOf(['EUR/USD', 'EUR/DKK', 'EUR/IDR'], 'g')],
        EXCHANGERATE: ['numeric(32,16) NOT NULL', oneOf([108.2, 745.9, 1693000.5], 'g')],
        VALIDFROM: ['timestamp NOT NULL', { after: '2026-01-01', days: 'g / 3' }],
      },
      { isPerCompany: false },
    ),
    generated('BANKACCOUNTTABLE', 8, {
      ACCOUNTID: ['varchar(20) NOT NULL', `concat('BANK', g)`],
      IBAN: ['varchar(48) NOT NULL', `concat('XX00FICT', ${padded('g', 10)})`],
    }),
    generated(
      'HCMWORKER',
      rows(300),
      {
        PERSONNELNUMBER: ['varchar(25) NOT NULL', account('W', 'g')],
        PERSON: ['bigint NOT NULL', `${INITIAL_PARTITION} + 5000 + g`],
      },
      { isPerCompany: false },
    ),
    generated('NUMBERSEQUENCETABLE', 60, {
      NUMBERSEQUENCE: ['varchar(20) NOT NULL', `concat('SEQ-', g)`],
      NEXTREC: ['bigint NOT NULL', '1000 + g * 17'],
    }),
  ];
}

/** SQL for `prefix` and six digits. */
export function account(prefix: string, number: string): string {
  return `concat('${prefix}', ${padded(number, 6)})`;
}

/** SQL that picks one of the values in turn. */
export function oneOf(values: readonly (string | number)[], number: string): string {
  const branches = values.map((value, n) => `WHEN ${n} THEN ${typeof value === 'number' ? value : `'${value}'`}`);
  return `CASE (${number}) % ${values.length} ${branches.join(' ')} END`;
}

import { INITIAL_PARTITION, type Profile } from '../profiles.ts';
import { partiesOf } from './partyTables.ts';
import { generated, type Table } from './table.ts';
import { account, oneOf, personName, taxNumber } from './words.ts';

/** Customers, vendors, items, prices and accounts: what orders and journals refer to. */
export function masterTables(profile: Profile): readonly Table[] {
  const { name, scale, loyaltyIsUnique } = profile;
  const rows = (inProduction: number) => Math.max(5, Math.round(inProduction * scale));
  const { customers } = partiesOf(profile);
  // Production has given some customers two memberships; the customization of `test` does not know that.
  const loyaltyCustomer = loyaltyIsUnique ? 'g' : `CASE WHEN g % 60 = 0 THEN g - 1 ELSE g END`;
  const loyalty = generated('CONTOSOLOYALTY', rows(2500), {
    CUSTACCOUNT: ['varchar(20) NOT NULL', account('C', loyaltyCustomer)],
    POINTS: ['int NOT NULL', 'g * 37 % 5000'],
  });
  const party = (prefix: number, n: string) => `${INITIAL_PARTITION} + ${String(prefix)} + ${n} - 1`;
  return [
    generated(
      'CUSTTABLE',
      customers,
      {
        ACCOUNTNUM: [
          'varchar(20) NOT NULL',
          `CASE WHEN g = 1 AND '${name}' <> 'prod' THEN 'MARKER-${name.toUpperCase()}' ELSE ${account('C', 'g')} END`,
        ],
        PARTY: ['bigint NOT NULL', party(0, 'g')],
        CUSTGROUP: ['varchar(10) NOT NULL', oneOf(['CAFE', 'RETAIL', 'OFFICE'], 'g')],
        CURRENCY: ['varchar(3) NOT NULL', oneOf(['EUR', 'EUR', 'DKK'], 'g')],
        CREDITMAX: ['numeric(32,6) NOT NULL', 'g * 91 % 20000'],
        VATNUM: ['varchar(20) NOT NULL', taxNumber('g')],
        IDENTIFICATIONNUMBER: [
          'varchar(50) NOT NULL',
          `CASE WHEN g % 11 = 0 THEN ${taxNumber('g + 5000')} ELSE '' END`,
        ],
        MEMO: ['varchar(1000)', `CASE WHEN g % 9 = 0 THEN concat('Owner: ', ${personName('g')}) END`],
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
        PARTY: ['bigint NOT NULL', party(customers, 'g')],
        VATNUM: ['varchar(20) NOT NULL', taxNumber('g + 10000')],
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
    generated('NUMBERSEQUENCETABLE', 60, {
      NUMBERSEQUENCE: ['varchar(20) NOT NULL', `concat('SEQ-', g)`],
      NEXTREC: ['bigint NOT NULL', '1000 + g * 17'],
    }),
  ];
}

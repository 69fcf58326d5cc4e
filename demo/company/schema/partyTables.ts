import { INITIAL_PARTITION, type Profile } from '../profiles.ts';
import { generated, ofChannel, type Table } from './table.ts';
import {
  account,
  city,
  companyName,
  country,
  customerMail,
  firstName,
  iban,
  lastName,
  oneOf,
  personName,
  phone,
  street,
  taxNumber,
  zipCode,
} from './words.ts';

/** How many of each there are: customers come first among the parties, then vendors, and people at the end. */
export function partiesOf({ scale }: Profile) {
  const rows = (inProduction: number) => Math.max(5, Math.round(inProduction * scale));
  return {
    customers: rows(4000),
    vendors: rows(800),
    beforePeople: rows(5000),
    all: rows(6000),
    locations: rows(8000),
  };
}

/** SQL for the name of the n-th party, wherever a copy of it stands. */
export const partyName = (profile: Profile, n: string): string =>
  `CASE WHEN ${n} > ${partiesOf(profile).beforePeople} THEN ${personName(n)} ELSE ${companyName(n)} END`;

const recId = (n: string) => `${INITIAL_PARTITION} + ${n} - 1`;

/** The global address book, the people of human resources and bank accounts: who somebody is, with all copies of it. */
export function partyTables(profile: Profile): readonly Table[] {
  return [...addressBook(profile), ...people(profile), ...banks(profile), ...channel(profile)];
}

function addressBook(profile: Profile): readonly Table[] {
  const { all, locations, beforePeople } = partiesOf(profile);
  const former = (n: string) => `concat('Former ', ${companyName(n)})`;
  return [
    party(profile, all),
    generated(
      'DIRPERSONNAME',
      all - beforePeople,
      {
        PERSON: ['bigint NOT NULL', recId(`(${beforePeople} + g)`)],
        FIRSTNAME: ['varchar(25) NOT NULL', firstName(`(${beforePeople} + g)`)],
        LASTNAME: ['varchar(25) NOT NULL', lastName(`(${beforePeople} + g)`)],
        VALIDFROM: ['timestamp NOT NULL', { after: '2026-01-01', days: '0' }],
        VALIDTO: ['timestamp NOT NULL', { after: '2154-12-31', days: '0' }],
      },
      { isPerCompany: false },
    ),
    // What organizations were called before: the history of DIRPARTYTABLE.
    generated(
      'DIRORGANIZATIONNAME',
      Math.round(beforePeople / 5),
      {
        ORGANIZATION: ['bigint NOT NULL', recId('g')],
        NAME: ['varchar(100) NOT NULL', `CASE WHEN g % 2 = 0 THEN ${former('g')} ELSE ${companyName('g')} END`],
        VALIDFROM: ['timestamp NOT NULL', { after: '2020-01-01', days: '0' }],
        VALIDTO: ['timestamp NOT NULL', { after: '2025-12-31', days: '0' }],
      },
      { isPerCompany: false },
    ),
    generated(
      'LOGISTICSLOCATION',
      locations,
      {
        LOCATIONID: ['varchar(30) NOT NULL', account('LOC', 'g')],
        // The address that came first carries the party's name, as F&O writes it.
        DESCRIPTION: [
          'varchar(60) NOT NULL',
          `CASE WHEN g <= ${all} THEN ${partyName(profile, 'g')} ELSE ${oneOf(['Head office', 'Delivery', 'Invoice'], 'g')} END`,
        ],
        ISPOSTALADDRESS: ['int NOT NULL', '1'],
      },
      { isPerCompany: false },
    ),
    postalAddress(locations),
  ];
}

function party(profile: Profile, rows: number): Table {
  const { beforePeople } = partiesOf(profile);
  const isPerson = `g > ${beforePeople}`;
  return generated(
    'DIRPARTYTABLE',
    rows,
    {
      INSTANCERELATIONTYPE: ['bigint NOT NULL', `CASE WHEN ${isPerson} THEN 2975 ELSE 2978 END`],
      NAME: ['varchar(100) NOT NULL', partyName(profile, 'g')],
      NAMEALIAS: ['varchar(20) NOT NULL', `left(${partyName(profile, 'g')}, 20)`],
      KNOWNAS: ['varchar(100) NOT NULL', `CASE WHEN ${isPerson} THEN ${firstName('g')} ELSE '' END`],
      PARTYNUMBER: ['varchar(40) NOT NULL', account('P', 'g')],
      LANGUAGEID: ['varchar(7) NOT NULL', oneOf(['en-us', 'de', 'nl', 'da'], 'g')],
      BIRTHDAY: ['int NOT NULL', `CASE WHEN ${isPerson} THEN 1 + g % 28 ELSE 0 END`],
      BIRTHMONTH: ['int NOT NULL', `CASE WHEN ${isPerson} THEN 1 + g % 12 ELSE 0 END`],
      BIRTHYEAR: ['int NOT NULL', `CASE WHEN ${isPerson} THEN 1960 + g % 45 ELSE 0 END`],
    },
    { isPerCompany: false },
  );
}

function postalAddress(rows: number): Table {
  return generated(
    'LOGISTICSPOSTALADDRESS',
    rows,
    {
      LOCATION: ['bigint NOT NULL', recId('g')],
      STREET: ['varchar(250) NOT NULL', street('g')],
      CITY: ['varchar(60) NOT NULL', city('g')],
      ZIPCODE: ['varchar(10) NOT NULL', zipCode('g')],
      COUNTRYREGIONID: ['varchar(10) NOT NULL', country('g')],
      // The whole of it once more, in one text.
      ADDRESS: [
        'varchar(250) NOT NULL',
        `concat(${street('g')}, ', ', ${zipCode('g')}, ' ', ${city('g')}, ', ', ${country('g')})`,
      ],
      LATITUDE: ['numeric(32,16) NOT NULL', '52.5 + (g % 1000) / 1000.0'],
      LONGITUDE: ['numeric(32,16) NOT NULL', '13.4 + (g % 1000) / 1000.0'],
    },
    { isPerCompany: false },
  );
}

function people(profile: Profile): readonly Table[] {
  const { scale } = profile;
  const { beforePeople } = partiesOf(profile);
  const workers = Math.max(5, Math.round(300 * scale));
  const person = recId(`(${beforePeople} + g)`);
  return [
    generated(
      'HCMWORKER',
      workers,
      { PERSONNELNUMBER: ['varchar(25) NOT NULL', account('W', 'g')], PERSON: ['bigint NOT NULL', person] },
      { isPerCompany: false },
    ),
    generated(
      'HCMPERSONPRIVATEDETAILS',
      workers,
      {
        PERSON: ['bigint NOT NULL', person],
        BIRTHDATE: ['timestamp NOT NULL', { after: '1960-01-01', days: 'g * 41' }],
        GENDER: ['int NOT NULL', '1 + g % 2'],
        ETHNICORIGIN: ['bigint NOT NULL', '1 + g % 5'],
        ISDISABLED: ['int NOT NULL', 'CASE WHEN g % 20 = 0 THEN 1 ELSE 0 END'],
        NATIONALITYCOUNTRYREGION: ['varchar(10) NOT NULL', country('g')],
        PERSONBIRTHCITY: ['varchar(60) NOT NULL', city('g')],
      },
      { isPerCompany: false },
    ),
    generated(
      'HCMCOMPFIXEDEMPL',
      workers,
      { WORKER: ['bigint NOT NULL', recId('g')], PAYRATE: ['numeric(32,6) NOT NULL', '2800 + g * 17 % 4000'] },
      { isPerCompany: false },
    ),
    generated('CONTACTPERSON', Math.max(5, Math.round(600 * scale)), {
      CONTACTPERSONID: ['varchar(20) NOT NULL', account('CP', 'g')],
      PARTY: ['bigint NOT NULL', person],
      CONTACTFORPARTY: ['bigint NOT NULL', recId('g')],
      SPOUSE: ['varchar(120) NOT NULL', personName(`(${beforePeople} + g + 1)`)],
      ASSISTANTPHONE: ['varchar(20) NOT NULL', phone('g')],
      GOVERNMENTIDNUMBER: ['varchar(50) NOT NULL', taxNumber('g')],
      MEMO: ['varchar(1000) NOT NULL', `concat('Met ', ${personName(`(${beforePeople} + g)`)}, ' at the fair')`],
    }),
  ];
}

function banks(profile: Profile): readonly Table[] {
  const { customers } = partiesOf(profile);
  return [
    generated('BANKACCOUNTTABLE', 8, {
      ACCOUNTID: ['varchar(20) NOT NULL', `concat('BANK', g)`],
      ACCOUNTNUM: ['varchar(48) NOT NULL', `concat('ACC', g * 7331)`],
      IBAN: ['varchar(48) NOT NULL', iban('', 'g')],
      SWIFTNO: ['varchar(20) NOT NULL', `'FICTXX00'`],
      NAME: ['varchar(120) NOT NULL', `concat('Fabrikam Bank Cafe ', g)`],
      CONTACTPERSON: ['varchar(120) NOT NULL', personName('g')],
      PHONE: ['varchar(20) NOT NULL', phone('g')],
      EMAIL: ['varchar(80) NOT NULL', customerMail(profile.name, 'g')],
    }),
    generated('CUSTBANKACCOUNT', Math.round(customers / 4), {
      CUSTACCOUNT: ['varchar(20) NOT NULL', account('C', 'g * 4')],
      ACCOUNTID: ['varchar(10) NOT NULL', `'MAIN'`],
      ACCOUNTNUM: ['varchar(48) NOT NULL', `concat('ACC9', g)`],
      BANKIBAN: ['varchar(48) NOT NULL', iban('C', 'g')],
      NAME: ['varchar(120) NOT NULL', companyName('g')],
    }),
  ];
}

/** Copies that the head office has sent to its shops, in the same database. */
function channel(profile: Profile): readonly Table[] {
  const customers = Math.round(partiesOf(profile).customers / 2);
  return [
    party(profile, customers),
    postalAddress(customers),
    generated('CUSTTABLE', customers, {
      ACCOUNTNUM: ['varchar(20) NOT NULL', account('C', 'g')],
      PARTY: ['bigint NOT NULL', recId('g')],
      VATNUM: ['varchar(20) NOT NULL', taxNumber('g')],
      DATAAREAID: ['varchar(4) NOT NULL', `'fcof'`],
    }),
    generated('LOGISTICSELECTRONICADDRESS', customers, {
      TYPE: ['int NOT NULL', '1 + g % 2'],
      LOCATOR: [
        'varchar(255) NOT NULL',
        `CASE WHEN g % 2 = 0 THEN ${phone('g')} ELSE ${customerMail(profile.name, 'g')} END`,
      ],
      DESCRIPTION: ['varchar(60) NOT NULL', `'Shop'`],
      LOCATION: ['bigint NOT NULL', recId('g')],
    }),
  ].map(ofChannel);
}

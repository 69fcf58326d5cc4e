import type { Profile } from '../profiles.ts';
import { generated, listed, type Table } from './table.ts';
import { accountsOf } from './userTables.ts';
import { account, oneOf, padded } from './words.ts';

/** The Financial Reporting database: who may read reports, their designs, and balances taken over from the ledger. */
export function financialReportingTables(profile: Profile): readonly Table[] {
  const { scale, financialReportingVersion } = profile;
  const rows = (inProduction: number) => Math.max(5, Math.round(inProduction * scale));
  return [
    listed('CONTROLVERSION', { VERSION: 'varchar(20) NOT NULL' }, [[financialReportingVersion]]),
    listed('CONTROLCOMPANY', { CODE: 'varchar(4) NOT NULL', NAME: 'varchar(60) NOT NULL' }, [
      ['fcof', 'Fabrikam Coffee'],
      ['fcnl', 'Fabrikam Coffee Netherlands'],
    ]),
    listed(
      'SECURITYUSER',
      {
        USERID: 'varchar(36) NOT NULL UNIQUE',
        USERNAME: 'varchar(60) NOT NULL',
        WINDOWSSECURITYIDENTIFIER: 'varchar(124) NOT NULL',
        ROLETYPE: 'int NOT NULL',
      },
      [
        [OWN_USER, 'Management Reporter', 'S-1-5-18', 5],
        ...accountsOf(profile)
          .all.filter(({ id }) => profile.users.includes(id))
          .map(({ called, sid }, n) => [
            `5e000000-${String(n).padStart(4, '0')}-4000-8000-0000000000bb`,
            ...[called, sid, 2 + (n % 4)],
          ]),
      ],
    ),
    generated('REPORTDEFINITION', rows(120), {
      NAME: [
        'varchar(60) NOT NULL',
        `concat(${oneOf(['Balance sheet', 'Income statement', 'Trial balance'], 'g')}, ' ', g)`,
      ],
      ROWDEFINITION: ['int NOT NULL', '1 + g % 40'],
    }),
    generated('ROWDEFINITION', rows(900), {
      REPORTROW: ['int NOT NULL', 'g % 40'],
      MAINACCOUNT: ['varchar(20) NOT NULL', '100000 + g % 400 * 10'],
    }),
    generated('FINANCIALREPORT', rows(600), {
      NAME: ['varchar(60) NOT NULL', `concat('Report ', g)`],
      PERIOD: ['varchar(7) NOT NULL', `concat('2026-', ${padded('1 + g % 10', 2)})`],
      STATUS: ['int NOT NULL', '2'],
    }),
    generated('FACTBALANCE', rows(9000), {
      MAINACCOUNT: ['varchar(20) NOT NULL', '100000 + g % 400 * 10'],
      PERIOD: ['varchar(7) NOT NULL', `concat('2026-', ${padded('1 + g % 10', 2)})`],
      COSTCENTER: ['varchar(20) NOT NULL', account('CC', 'g % 30')],
      BALANCE: ['numeric(32,6) NOT NULL', '(g * 977 % 10000000) / 100.0'],
    }),
  ];
}

/** The program's own user, which no person is. */
const OWN_USER = '00000000-0000-0000-0000-000000000002';

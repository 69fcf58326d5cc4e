import { INITIAL_PARTITION, type Profile } from '../profiles.ts';
import { generated, listed, unique, type Table } from './table.ts';
import { companyName, customerMail, phone } from './words.ts';

/**
 * E-mail and printing.
 * LogisticsElectronicAddressMethodType: Phone 1, Email 2, URL 3. Every seventh e-mail address has a wrong type, every 400th no @.
 */
export function messagingTables(profile: Profile): readonly Table[] {
  const { name } = profile;
  const many = Math.round(21_000 * profile.scale);
  return [
    generated(
      'LOGISTICSELECTRONICADDRESS',
      many,
      {
        TYPE: ['int NOT NULL', 'CASE WHEN g % 3 = 0 THEN 1 WHEN g % 7 = 0 THEN 3 ELSE 2 END'],
        LOCATOR: [
          'varchar(255) NOT NULL',
          `CASE WHEN g % 3 = 0 THEN ${phone('g')}
                WHEN g % 400 = 1 THEN concat('canary.', g, '.at.customers.${name}.fabrikam.example')
                ELSE ${customerMail(name, 'g')} END`,
        ],
        LOCATOREXTENSION: ['varchar(10) NOT NULL', `CASE WHEN g % 9 = 0 THEN concat('x', g) ELSE '' END`],
        DESCRIPTION: ['varchar(60) NOT NULL', `CASE WHEN g % 3 = 0 THEN 'Office' ELSE 'Invoices' END`],
        ISPRIMARY: ['int NOT NULL', 'g % 2'],
        LOCATION: ['bigint NOT NULL', `${INITIAL_PARTITION} + g / 2`],
      },
      { isPerCompany: false },
    ),
    ...mailers(profile),
    ...mails(profile),
    generated('PRINTMGMTSETTINGS', Math.round(120 * profile.scale), {
      PARENTID: ['bigint NOT NULL', `${INITIAL_PARTITION} + g / 3`],
      DESCRIPTION: ['varchar(60) NOT NULL', `concat('canary ${name} printer of document ', g)`],
      NUMBEROFCOPIES: ['int NOT NULL', '1 + g % 3'],
      PRINTJOBSETTINGS: ['bytea', { bytesOf: `concat('canary ${name} printer ', g)` }],
    }),
    generated('PRINTMGMTDOCINSTANCE', Math.round(40 * profile.scale), {
      NAME: ['varchar(60) NOT NULL', `concat('canary ${name} document ', g)`],
      DOCUMENTTYPE: ['int NOT NULL', 'g % 20'],
      SUPPRESS: ['int NOT NULL', '0'],
    }),
  ];
}

function mailers({ name }: Profile): readonly Table[] {
  return [
    unique(
      ['KEY_'],
      listed(
        'SYSEMAILPARAMETERS',
        {
          KEY_: 'int NOT NULL',
          SMTPRELAYSERVERNAME: 'varchar(255) NOT NULL',
          SMTPPORTNUMBER: 'int NOT NULL',
          SMTPUSERNAME: 'varchar(255) NOT NULL',
          MAILERNONINTERACTIVE: 'varchar(50) NOT NULL',
          GRAPHMAILERAPPID: 'varchar(60) NOT NULL',
        },
        [
          [
            0,
            `smtp.${name}.fabrikam.example`,
            587,
            `relay-${name}`,
            name === 'prod' ? 'Exchange' : 'SMTP',
            `graph-${name}`,
          ],
        ],
      ),
    ),
    listed(
      'SYSEMAILSMTPPASSWORD',
      { AOSID: 'varchar(60) NOT NULL', INSTANCENAME: 'varchar(60) NOT NULL', PASSWORD: 'bytea' },
      [['SysMailerSMTP', '', Buffer.from(`CANARY smtp password of ${name}`)]],
    ),
    listed(
      'SYSEMAILTABLE',
      { EMAILID: 'varchar(20) NOT NULL', SENDERADDR: 'varchar(255) NOT NULL', SENDERNAME: 'varchar(60) NOT NULL' },
      [['OrderConf', `orders@${name}.fabrikam.example`, 'Fabrikam Coffee orders']],
    ),
  ];
}

/** Queued, sent and remembered. Status 0: not sent yet. */
function mails({ name, scale }: Profile): readonly Table[] {
  const rows = (inProduction: number) => Math.round(inProduction * scale);
  const sender = `'orders@${name}.fabrikam.example'`;
  return [
    generated('SYSOUTGOINGEMAILTABLE', rows(800), {
      EMAILITEMID: ['bigint NOT NULL', 'g'],
      RECIPIENT: ['varchar(255) NOT NULL', customerMail(name, 'g')],
      SENDER: ['varchar(255) NOT NULL', sender],
      SENDERNAME: ['varchar(60) NOT NULL', `'Fabrikam Coffee orders'`],
      SUBJECT: ['varchar(255) NOT NULL', `concat('Order confirmation ', g)`],
      MESSAGE: ['varchar(4000) NOT NULL', `concat('Dear ', ${companyName('g')}, ', your order is on its way.')`],
      STATUS: ['int NOT NULL', 'CASE WHEN g % 50 = 0 THEN 0 ELSE 3 END'],
    }),
    generated('SYSOUTGOINGEMAILDATA', rows(200), {
      EMAILITEMID: ['bigint NOT NULL', 'g * 4'],
      FILENAME: ['varchar(259) NOT NULL', `concat('invoice of ', ${companyName('g')}, '.pdf')`],
      DATA: ['bytea', { bytesOf: `concat('canary ${name} invoice ', g)` }],
    }),
    generated(
      'SYSEMAILHISTORY',
      rows(500),
      {
        SENDER: ['varchar(255) NOT NULL', sender],
        RECIPIENT: ['varchar(255) NOT NULL', customerMail(name, 'g + 7')],
        SUBJECT: ['varchar(255) NOT NULL', `concat('Statement for ', ${companyName('g')})`],
        MAILER: ['varchar(10) NOT NULL', `'Graph'`],
      },
      { isPerCompany: false },
    ),
  ];
}

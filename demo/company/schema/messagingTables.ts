import { INITIAL_PARTITION, type Profile } from '../profiles.ts';
import { generated, listed, padded, type Table } from './table.ts';

/**
 * E-mail, printing and attachments.
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
          `CASE WHEN g % 3 = 0 THEN concat('+44 20 7946 ', ${padded('g % 10000', 4)})
                WHEN g % 400 = 1 THEN concat('canary.', g, '.at.customers.${name}.fabrikam.example')
                ELSE concat('canary.', g, '@customers.${name}.fabrikam.example') END`,
        ],
        DESCRIPTION: ['varchar(60) NOT NULL', `CASE WHEN g % 3 = 0 THEN 'Office' ELSE 'Invoices' END`],
        ISPRIMARY: ['int NOT NULL', 'g % 2'],
        LOCATION: ['bigint NOT NULL', `${INITIAL_PARTITION} + g / 2`],
      },
      { isPerCompany: false },
    ),
    listed(
      'SYSEMAILPARAMETERS',
      {
        KEY_: 'int NOT NULL',
        SMTPRELAYSERVERNAME: 'varchar(255) NOT NULL',
        SMTPPORTNUMBER: 'int NOT NULL',
        SMTPUSERNAME: 'varchar(255) NOT NULL',
        MAILERNONINTERACTIVE: 'varchar(50) NOT NULL',
      },
      [[0, `smtp.${name}.fabrikam.example`, 587, `relay-${name}`, name === 'prod' ? 'Exchange' : 'SMTP']],
    ),
    listed('SYSEMAILSMTPPASSWORD', { KEY_: 'int NOT NULL', PASSWORD: 'bytea' }, [
      [0, secret(`smtp password of ${name}`)],
    ]),
    generated('PRINTMGMTSETTINGS', Math.round(120 * profile.scale), {
      PARENTID: ['bigint NOT NULL', `${INITIAL_PARTITION} + g / 3`],
      DESCRIPTION: ['varchar(60) NOT NULL', `concat('canary ${name} printer of document ', g)`],
      NUMBEROFCOPIES: ['int NOT NULL', '1 + g % 3'],
      PRINTJOBSETTINGS: ['bytea', { bytesOf: `concat('canary ${name} printer ', g)` }],
    }),
    generated('PRINTMGMTDOCINSTANCE', Math.round(40 * profile.scale), {
      NAME: ['varchar(60) NOT NULL', `concat('canary ${name} document ', g)`],
      DOCUMENTTYPE: ['int NOT NULL', 'g % 20'],
      SUPPRESSED: ['int NOT NULL', '0'],
    }),
    generated('DOCUVALUE', Math.round(2400 * profile.scale), {
      NAME: ['varchar(259) NOT NULL', `concat('canary-${name}-attachment-', g)`],
      FILETYPE: ['varchar(20) NOT NULL', `CASE WHEN g % 40 = 0 THEN 'docx' ELSE 'pdf' END`],
      STORAGEPROVIDERID: ['bigint NOT NULL', 'CASE WHEN g % 5 = 0 THEN 0 ELSE 1 END'],
      ACCESSINFORMATION: [
        'varchar(500) NOT NULL',
        `CASE WHEN g % 5 = 0 THEN '' ELSE concat('https://files.${name}.fabrikam.example/canary/', g) END`,
      ],
      FILE_: ['bytea', { bytesOf: `CASE WHEN g % 5 = 0 THEN '${'canary '.repeat(40)}' END` }],
    }),
    generated('DOCUDELETEDVALUE', Math.round(60 * profile.scale), {
      NAME: ['varchar(259) NOT NULL', `concat('canary-${name}-deleted-', g)`],
      ACCESSINFORMATION: ['varchar(500) NOT NULL', `concat('https://files.${name}.fabrikam.example/deleted/', g)`],
    }),
    generated('DOCUTEMPLATE', Math.round(20 * profile.scale), {
      TEMPLATEID: ['varchar(40) NOT NULL', `concat('canary-${name}-template-', g)`],
      FILENAME: ['varchar(259) NOT NULL', `concat('Sales quotation ', g, '.docx')`],
    }),
    generated('SYSOUTGOINGEMAILTABLE', Math.round(800 * profile.scale), {
      EMAILADDRESS: ['varchar(255) NOT NULL', `concat('canary.', g, '@customers.${name}.fabrikam.example')`],
      SUBJECT: ['varchar(255) NOT NULL', `concat('Order confirmation ', g)`],
      STATUS: ['int NOT NULL', 'CASE WHEN g % 50 = 0 THEN 0 ELSE 3 END'],
    }),
  ];
}

function secret(text: string): Uint8Array {
  return Buffer.from(`CANARY ${text}`);
}

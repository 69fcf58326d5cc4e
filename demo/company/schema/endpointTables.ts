import { INITIAL_PARTITION, type Profile } from '../profiles.ts';
import { generated, listed, type Table } from './table.ts';

/** Where an environment sends things by itself, and what it keeps of its changes for others. */
export function endpointTables(profile: Profile): readonly Table[] {
  const { name, scale } = profile;
  const host = `${name}.fabrikam.example`;
  return [
    // One table for all kinds of endpoints: F&O keeps the columns of derived tables in that of their base.
    listed(
      'BUSINESSEVENTSENDPOINT',
      {
        NAME: 'varchar(60) NOT NULL',
        TYPE: 'int NOT NULL',
        KEYVAULTDNSNAME: 'varchar(255) NOT NULL',
        AZUREAPPSECRET: 'varchar(255) NOT NULL',
        QUEUENAME: 'varchar(255) NOT NULL',
        ENDPOINTURL: 'varchar(255) NOT NULL',
        FLOWENDPOINTURL: 'varchar(1000) NOT NULL',
      },
      [
        [`${name}-orders`, 1, `https://vault.${host}`, `CANARY ${name} secret`, 'orders', '', ''],
        [`${name}-invoices`, 4, '', '', '', `https://events.${host}/invoices`, ''],
        [`${name}-flow`, 5, '', '', '', '', `https://flow.${host}/run`],
      ],
    ),
    listed(
      'DUALWRITEPROJECTCONFIGURATION',
      { PROJECTNAME: 'varchar(60) NOT NULL', EXTERNALENVIRONMENTURL: 'varchar(255) NOT NULL', STATUS: 'int NOT NULL' },
      [['Customers V3', `https://dataverse.${host}`, 1]],
    ),
    listed(
      'AIFSQLCHANGETRACKINGENABLEDTABLES',
      { TABLENAME: 'varchar(128) NOT NULL', ENTITYNAME: 'varchar(128) NOT NULL' },
      [['CUSTTABLE', 'CustCustomerV3Entity']],
    ),
    listed(
      'KEYVAULTPARAMETERS',
      {
        NAME: 'varchar(60) NOT NULL',
        URL: 'varchar(255) NOT NULL',
        APPCLIENTID: 'varchar(60) NOT NULL',
        CLIENTSECRETKEY: 'bytea',
      },
      [[`${name}-vault`, `https://vault.${host}`, `vault-${name}`, Buffer.from(`CANARY ${name} vault key`)]],
    ),
    listed(
      'RETAILCHANNELPROFILEPROPERTY',
      { CHANNELPROFILE: 'bigint NOT NULL', KEY_: 'int NOT NULL', VALUE: 'varchar(1000) NOT NULL' },
      [
        [INITIAL_PARTITION, 1, `https://retailserver.${host}/Commerce`],
        [INITIAL_PARTITION, 2, `https://pos.${host}`],
      ],
    ),
    listed(
      'RETAILTRANSACTIONSERVICEPROFILE',
      {
        PROFILEID: 'varchar(10) NOT NULL',
        NAME: 'varchar(60) NOT NULL',
        AOSURL: 'varchar(255) NOT NULL',
        SERVICEHOSTURL: 'varchar(255) NOT NULL',
        USERID: 'varchar(60) NOT NULL',
      },
      [['TS01', 'Default', `https://${host}/`, `https://soap.${host}/`, `shop-${name}`]],
    ),
    generated('RETAILBUTTONGRIDBUTTONS', 12, {
      ID: ['int NOT NULL', 'g'],
      ACTION: ['int NOT NULL', 'CASE WHEN g % 3 = 0 THEN 1219 ELSE 600 END'],
      ACTIONPROPERTY: [
        'varchar(1000) NOT NULL',
        `CASE WHEN g % 3 = 0 THEN concat('https://help.${host}/', g) ELSE '' END`,
      ],
    }),
    listed(
      'EINVOICECFDIWEBSERVICESETUP_MX',
      { ENVIRONMENT: 'int NOT NULL', WEBSERVICE: 'int NOT NULL', URL: 'varchar(255) NOT NULL' },
      [[1, 1, `https://cfdi.${host}/stamp`]],
    ),
    generated(
      'DIMENSIONHASHMESSAGELOG',
      Math.round(400 * scale),
      { MESSAGE: ['varchar(255) NOT NULL', `concat('hash of ', g)`] },
      { isPerCompany: false },
    ),
    // The kernel's log of changed fields: old and new values, whatever they are.
    generated(
      'SYSDATABASELOG',
      Math.round(900 * scale),
      {
        TABLE_: ['int NOT NULL', '77'],
        LOGTYPE: ['int NOT NULL', '1'],
        LOGRECID: ['bigint NOT NULL', `${INITIAL_PARTITION} + g - 1`],
        DESCRIPTION: ['varchar(255) NOT NULL', `concat('canary ${name} customer ', g)`],
        USERNAME: ['varchar(20) NOT NULL', `concat('EMP00', g % 9)`],
        NEWDATA: ['varchar(1000) NOT NULL', `concat('canary.', g, '@customers.${host}')`],
      },
      { isPerCompany: false },
    ),
  ];
}

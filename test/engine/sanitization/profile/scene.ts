import type { Profile } from '../../../../engine/contracts.ts';
import {
  createTables,
  insertInto,
  objectId,
  PROVIDER,
  type Dialect,
  type Row,
  type TableName,
} from './smallSandbox.ts';
import type { Database } from './twoDatabases.ts';

export const user = (id: string, n: number, more: Row = {}): Row => ({
  ...{ ID: id, NAME: `Name of ${id}`, ENABLE: 1, NETWORKALIAS: `${id}@fabrikam.example`, IDENTITYPROVIDER: PROVIDER },
  ...{ SID: `S-${String(n)}`, OBJECTID: objectId(n), PARTITION: 1 },
  ...more,
});

export const ROLES: readonly Row[] = [
  { AOTNAME: '-SYSADMIN-', NAME: 'System administrator' },
  { AOTNAME: 'LedgerClerk', NAME: 'Clerk' },
  { AOTNAME: 'OnlyHere', NAME: 'Own' },
];

export const PROFILE: Profile = {
  users: { enable: 'as-before', administrators: ['LARS'], privilegedRoles: [] },
  jobs: [
    { caption: 'Close stock', company: 'fcof', class: 'InventCostClosing' },
    { caption: 'Send statements', company: 'fcof', class: 'CustAccountStatement' },
  ],
  settings: [{ table: 'SYSEMAILPARAMETERS', key: ['KEY_'], columns: ['SMTPRELAYSERVERNAME', 'SMTPPASSWORD'] }],
  features: ['New bank'],
  values: [{ table: 'FISCALESTABLISHMENT_BR', where: { FISCALESTABLISHMENTID: 'SP' }, set: { EFDOCENVIRONMENT: 2 } }],
  clients: ['uat-robots', 'uat-of-admin', 'shared'],
  endpoints: ['uat-orders'],
  theme: 7,
  banner: 'from-sandbox',
  listKeptMs: 1,
};

/** The sandbox as it is in use, and the copy as production had it when it was restored. */
export async function fill(dialect: Dialect, living: Database, copy: Database): Promise<void> {
  const into = (table: TableName, rows: readonly Row[], first?: number) => insertInto(dialect, table, rows, first);
  await living.run(
    ...createTables(dialect),
    ...into('USERINFO', [
      ...[user('Admin', 1), user('Axrunner', 2), user('JONAS', 3), user('LARS', 4), user('MIRA', 5)],
      ...[user('UATKEY1', 6), user('AWAY', 7, { ENABLE: 0 }), user('GONE', 8)],
    ]),
    ...into('SECURITYROLE', ROLES, 10),
    ...into('SECURITYUSERROLE', [
      ...[
        { USER_: 'Admin', SECURITYROLE: 10 },
        { USER_: 'Axrunner', SECURITYROLE: 11 },
        { USER_: 'JONAS', SECURITYROLE: 10 },
      ],
      ...[
        { USER_: 'JONAS', SECURITYROLE: 11, ASSIGNMENTSTATUS: 1 },
        { USER_: 'LARS', SECURITYROLE: 10 },
      ],
      ...[
        { USER_: 'MIRA', SECURITYROLE: 12 },
        { USER_: 'LARS', SECURITYROLE: 11 },
      ],
    ]),
    ...into('OMUSERROLEORGANIZATION', [{ USER_: 'LARS', SECURITYROLE: 11 }]),
    ...into('BATCHJOB', [{ CAPTION: 'Own', STATUS: 1, EXECUTINGBY: 'JONAS' }], 700),
    ...into('SYSAADCLIENTTABLE', [
      { AADCLIENTID: 'uat-robots', USERID: 'Axrunner', NAME: 'Robots' },
      { AADCLIENTID: 'uat-of-admin', USERID: 'admin ', NAME: 'Dangerous' },
      { AADCLIENTID: 'shared', USERID: 'Axrunner', NAME: 'Of both' },
      { AADCLIENTID: 'not-named', USERID: 'Axrunner', NAME: 'Not named' },
    ]),
    ...into('BUSINESSEVENTSENDPOINT', [
      { NAME: 'uat-orders', ENDPOINTURL: 'https://uat.fabrikam.example/orders', AZUREAPPSECRET: '0a0b' },
      { NAME: 'uat-other', ENDPOINTURL: 'https://uat.fabrikam.example/other' },
    ]),
    ...into('SYSEMAILPARAMETERS', [{ KEY_: 0, SMTPRELAYSERVERNAME: 'mail.uat.example', SMTPPASSWORD: '00ff' }], 50),
    ...into('FEATUREMANAGEMENTSTATE', [
      { NAME: 'New bank', ISENABLED: 1 },
      { NAME: 'Other', ISENABLED: 1 },
    ]),
    ...into('COMPANYIMAGE', [{ REFCOMPANYID: 'fcof', IMAGETYPE: 1, IMAGE: 'cafe' }]),
  );
  await copy.run(
    ...createTables(dialect),
    ...into('USERINFO', [
      ...[user('Admin', 91), user('Axrunner', 92), user('JONAS', 3), user('LARS', 4), user('MIRA', 55)],
      ...[user('AWAY', 7), user('GONE', 8, { ENABLE: 0 }), user('EMP001', 99)],
    ]),
    ...into('SECURITYROLE', ROLES.slice(0, 2), 20),
    ...into('SECURITYUSERROLE', [
      ...['Admin', 'JONAS', 'LARS', 'EMP001', 'GONE', 'Axrunner'].map((USER_) => ({ USER_, SECURITYROLE: 20 })),
    ]),
    ...into('SYSUSERINFO', [
      { ID: 'JONAS', THEME: 1 },
      { ID: 'EMP001', THEME: 2 },
    ]),
    ...into(
      'BATCHJOB',
      [
        { CAPTION: 'Close stock', COMPANY: 'fcof', STATUS: 1, EXECUTINGBY: 'Axrunner' },
        { CAPTION: 'Send statements', COMPANY: 'fcof', STATUS: 1, EXECUTINGBY: 'Axrunner' },
        { CAPTION: 'Run MRP', COMPANY: 'fcof', STATUS: 2, EXECUTINGBY: 'Axrunner' },
      ],
      300,
    ),
    ...into('CLASSIDTABLE', [
      { ID: 1, NAME: 'InventCostClosing' },
      { ID: 2, NAME: 'CustAccountStatement' },
    ]),
    ...into(
      'BATCH',
      [
        { BATCHJOBID: 300, CLASSNUMBER: 1, STATUS: 1 },
        { BATCHJOBID: 300, CLASSNUMBER: 1, STATUS: 4 },
        { BATCHJOBID: 301, CLASSNUMBER: 2, STATUS: 1 },
      ],
      400,
    ),
    ...into('SYSAADCLIENTTABLE', [
      { AADCLIENTID: 'prod-web-shop', USERID: 'Admin', NAME: 'Shop' },
      { AADCLIENTID: 'SHARED', USERID: 'Axrunner', NAME: 'Of both' },
    ]),
    ...into('BUSINESSEVENTSENDPOINT', [{ NAME: 'prod-orders', ENDPOINTURL: 'https://prod.fabrikam.example/orders' }]),
    ...into('SYSEMAILPARAMETERS', [{ KEY_: 0, SMTPRELAYSERVERNAME: 'mail.prod.example', SMTPPASSWORD: '01' }], 60),
    ...into('FEATUREMANAGEMENTSTATE', [
      { NAME: 'New bank', ISENABLED: 0 },
      { NAME: 'Other', ISENABLED: 0 },
    ]),
    ...into('FISCALESTABLISHMENT_BR', [
      { FISCALESTABLISHMENTID: 'sp', EFDOCENVIRONMENT: 1 },
      { FISCALESTABLISHMENTID: 'RJ', EFDOCENVIRONMENT: 1 },
    ]),
    ...into('COMPANYIMAGE', [{ REFCOMPANYID: 'FCOF', IMAGETYPE: 1, IMAGE: 'beef' }]),
  );
}

/** For one attempt alone. */
export const forgetful = async (): Promise<void> => undefined;

/** What the rules do, as far as it is of interest here. */
export async function sanitize(dialect: Dialect, copy: Database): Promise<void> {
  const at = (table: TableName) => (dialect === 'mssql' ? `dbo.${table}` : `"${table}"`);
  const q = (column: string) => (dialect === 'mssql' ? column : `"${column}"`);
  await copy.run(
    `UPDATE ${at('USERINFO')} SET ${q('ENABLE')} = 0, ${q('NETWORKALIAS')} = 'masked', ${q('OBJECTID')} = 'masked', ${q('SID')} = 'masked' WHERE ${q('ID')} <> 'Admin' AND ${q('ID')} <> 'Axrunner'`,
    `UPDATE ${at('BATCHJOB')} SET ${q('STATUS')} = 0`,
    `UPDATE ${at('BATCH')} SET ${q('STATUS')} = 0 WHERE ${q('STATUS')} = 1`,
    `UPDATE ${at('SYSEMAILPARAMETERS')} SET ${q('SMTPRELAYSERVERNAME')} = ''`,
  );
}

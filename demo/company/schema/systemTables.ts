import { COMPANY, INITIAL_PARTITION, SERVICE_ACCOUNTS, type Profile } from '../profiles.ts';
import { oneOf } from './masterTables.ts';
import { generated, listed, padded, type Table } from './table.ts';

/**
 * Versions, users, batch and the records that belong to one environment: most of it a refresh must not carry over.
 * Names of tables and columns are F&O's; values are the environment's own, so that its origin can be told.
 */
export function systemTables(profile: Profile): readonly Table[] {
  return [...versions(profile), ...users(profile), ...batch(profile), ...machines(profile)];
}

function versions(profile: Profile): readonly Table[] {
  return [
    // The demo's own table: F&O shows these in Lifecycle Services, not in a table that a reader could query.
    listed('SYSENVIRONMENTINFO', { PARM: 'varchar(60) NOT NULL', VALUE: 'varchar(255) NOT NULL' }, [
      ['APPLICATIONRELEASE', profile.applicationRelease],
      ['PLATFORMUPDATE', String(profile.platformUpdate)],
      ['TENANTID', COMPANY.tenantId],
      ['REGION', COMPANY.region],
    ]),
    listed('PARTITIONS', { PARTITIONKEY: 'varchar(8) NOT NULL', NAME: 'varchar(60) NOT NULL' }, [
      ['initial', 'Initial partition'],
      ['branches', 'Former branch offices'],
    ]),
    listed('SQLSYSTEMVARIABLES', { PARM: 'varchar(255) NOT NULL', VALUE: 'int NOT NULL' }, [
      ['CONFIGURATIONMODE', 0],
      ['SYSTEMTABLEVERSION', 1045],
    ]),
    listed('SYSGLOBALCONFIGURATION', { NAME: 'varchar(60) NOT NULL', VALUE: 'varchar(255) NOT NULL' }, [
      ['BACKENDDB', 'SQLSERVER'],
      ['TEMPTABLEINAXDB', '0'],
    ]),
    listed('SYSSERVICECONFIGURATIONSETTING', { NAME: 'varchar(60) NOT NULL', VALUE: 'varchar(255) NOT NULL' }, [
      ['TENANTID', COMPANY.tenantId],
      ['ENVIRONMENTURL', `https://${profile.name}.fabrikam.example/`],
    ]),
    listed('POWERBICONFIG', { CLIENTID: 'varchar(60) NOT NULL', TENANTID: 'varchar(60) NOT NULL' }, [
      [`power-bi-${profile.name}`, COMPANY.tenantId],
    ]),
    listed(
      'PROVISIONINGMESSAGETABLE',
      { TENANTID: 'varchar(60) NOT NULL', PLANID: 'varchar(60) NOT NULL', PLANCAPABILITY: 'varchar(60) NOT NULL' },
      [[COMPANY.tenantId, `plan-${profile.name}`, 'Operations']],
    ),
  ];
}

function users({ name, administrator, users }: Profile): readonly Table[] {
  const provider = `https://sts.windows.net/${COMPANY.tenantId}`;
  // Guest is never enabled; every fifth person works in the second partition.
  const people = users.map((id, n) => ({
    id,
    signIn: `canary.${id.toLowerCase()}@${name}.fabrikam.example`,
    isEnabled: n % 10 === 9 ? 0 : 1,
    partition: INITIAL_PARTITION + (n % 5 === 4 ? 1n : 0n),
  }));
  const accounts = [
    { id: 'Admin', signIn: administrator.signIn, isEnabled: 1, partition: INITIAL_PARTITION },
    { id: 'Guest', signIn: '', isEnabled: 0, partition: INITIAL_PARTITION },
    ...SERVICE_ACCOUNTS.map((id) => ({ id, signIn: `${id}@system`, isEnabled: 1, partition: INITIAL_PARTITION })),
    ...people,
  ];
  return [
    listed(
      'USERINFO',
      {
        ID: 'varchar(20) NOT NULL UNIQUE',
        NAME: 'varchar(40) NOT NULL',
        ENABLE: 'int NOT NULL',
        NETWORKALIAS: 'varchar(255) NOT NULL',
        NETWORKDOMAIN: 'varchar(255) NOT NULL',
        IDENTITYPROVIDER: 'varchar(255) NOT NULL',
        SID: 'varchar(124) NOT NULL',
        OBJECTID: 'varchar(60) NOT NULL',
        DEFAULTPARTITION: 'int NOT NULL',
        PARTITION: 'bigint NOT NULL',
      },
      accounts.map(({ id, signIn, isEnabled, partition }, n) => [
        ...[id, id, isEnabled, signIn, provider, provider, `S-1-19-${name}-${n}`],
        id === 'Admin' ? administrator.objectId : `2c9d0000-${String(n).padStart(4, '0')}-4000-8000-0000000000aa`,
        partition === INITIAL_PARTITION ? 1 : 0,
        partition,
      ]),
    ),
    listed('SYSUSERINFO', { ID: 'varchar(20) NOT NULL', EMAIL: 'varchar(255) NOT NULL' }, [
      ...people.map(({ id, signIn }) => [id, signIn]),
    ]),
    listed(
      'SECURITYUSERROLE',
      { USER_: 'varchar(20) NOT NULL', SECURITYROLE: 'bigint NOT NULL' },
      accounts.map(({ id }, n) => [id, id === 'Admin' ? 1 : 10 + (n % 8)]),
    ),
  ];
}

/** BatchStatus: Withhold 0, Waiting 1, Executing 2, Error 3, Ended 4, Ready 5, Didn't run 6, Canceling 7, Canceled 8. */
function batch({ name, scale }: Profile): readonly Table[] {
  const isProduction = name === 'prod';
  const statusOf = (job: string) => (isProduction ? oneOf([1, 2, 5, 7, 4, 3, 1, 0], job) : '0');
  const history = (rows: number) => Math.round(rows * scale);
  return [
    generated(
      'BATCHJOB',
      Math.max(40, history(160)),
      {
        CAPTION: [
          'varchar(255) NOT NULL',
          `CASE WHEN g % 20 = 0
                THEN concat('Recurring data job: ', ${oneOf(['import bank statements', 'export prices', 'import web orders'], 'g / 20')})
                ELSE concat(${oneOf(['Post invoices', 'Run MRP', 'Send statements', 'Close stock'], 'g')}, ' ', g) END`,
        ],
        STATUS: ['int NOT NULL', statusOf('g')],
        EXECUTINGBY: ['varchar(20) NOT NULL', `'Axrunner'`],
        STARTDATETIME: ['timestamp NOT NULL', { after: '2026-11-01', minutes: 'g * 7' }],
      },
      { isPerCompany: false },
    ),
    generated('BATCH', Math.max(80, history(320)), {
      BATCHJOBID: ['bigint NOT NULL', `${INITIAL_PARTITION} + (g - 1) / 2`],
      CAPTION: ['varchar(255) NOT NULL', `concat('Task ', g)`],
      CLASSNUMBER: ['int NOT NULL', '4000 + g % 60'],
      STATUS: ['int NOT NULL', statusOf('(g - 1) / 2')],
      GROUPID: ['varchar(40) NOT NULL', `'${name}-group'`],
    }),
    generated(
      'BATCHJOBHISTORY',
      history(4000),
      {
        CAPTION: ['varchar(255) NOT NULL', `concat('${name} run ', g)`],
        STATUS: ['int NOT NULL', '4'],
        STARTDATETIME: ['timestamp NOT NULL', { after: '2026-10-01', minutes: 'g * 9' }],
      },
      { isPerCompany: false },
    ),
    generated(
      'BATCHHISTORY',
      history(8000),
      {
        BATCHJOBHISTORYID: ['bigint NOT NULL', `${INITIAL_PARTITION} + (g - 1) / 2`],
        STATUS: ['int NOT NULL', '4'],
        SERVERID: ['varchar(64) NOT NULL', `concat('${name}-AOS-', 1 + g % 2)`],
      },
      { isPerCompany: false },
    ),
    generated(
      'BATCHCONSTRAINTSHISTORY',
      history(1500),
      {
        BATCHID: ['bigint NOT NULL', `${INITIAL_PARTITION} + g`],
        DEPENDSONBATCHID: ['bigint NOT NULL', `${INITIAL_PARTITION} + g - 1`],
      },
      { isPerCompany: false },
    ),
  ];
}

function machines({ name }: Profile): readonly Table[] {
  const host = name.toUpperCase();
  return [
    listed('SYSSERVERCONFIG', { SERVERID: 'varchar(64) NOT NULL', ENABLEBATCH: 'int NOT NULL' }, [
      [`${host}-AOS-01`, 1],
      [`${host}-AOS-02`, 1],
    ]),
    listed('SYSSERVERSESSIONS', { SERVERID: 'int NOT NULL', AOSID: 'varchar(64) NOT NULL', STATUS: 'int NOT NULL' }, [
      [1, `${host}-AOS-01`, 1],
      [2, `${host}-AOS-02`, 1],
    ]),
    listed('SYSCORPNETPRINTERS', { PRINTERID: 'varchar(60) NOT NULL', PRINTERPATH: 'varchar(255) NOT NULL' }, [
      [`${name}-office`, `\\\\print.${name}.fabrikam.example\\office`],
      [`${name}-dock`, `\\\\print.${name}.fabrikam.example\\dock`],
    ]),
    generated(
      'SYSCLIENTSESSIONS',
      25,
      {
        SESSIONID: ['int NOT NULL', 'g'],
        USERID: ['varchar(20) NOT NULL', `concat('EMP', ${padded('g', 3)})`],
        CLIENTCOMPUTER: ['varchar(64) NOT NULL', `concat('${host}-CLIENT-', g)`],
        STATUS: ['int NOT NULL', '1'],
      },
      { isPerCompany: false },
    ),
    listed('BATCHSERVERCONFIG', { SERVERID: 'varchar(64) NOT NULL', MAXBATCHSESSIONS: 'int NOT NULL' }, [
      [`${host}-AOS-01`, 8],
    ]),
    listed('BATCHSERVERGROUP', { GROUPID: 'varchar(40) NOT NULL', SERVERID: 'varchar(64) NOT NULL' }, [
      [`${name}-group`, `${host}-AOS-01`],
    ]),
    listed('BUSINESSEVENTSENDPOINT', { ENDPOINTNAME: 'varchar(60) NOT NULL', ENDPOINTTYPE: 'int NOT NULL' }, [
      [`${name}-orders`, 1],
    ]),
    listed('BUSINESSEVENTSAZUREENDPOINT', { ENDPOINT: 'bigint NOT NULL', URL: 'varchar(255) NOT NULL' }, [
      [INITIAL_PARTITION, `https://events.${name}.fabrikam.example/orders`],
    ]),
  ];
}

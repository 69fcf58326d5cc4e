import { COMPANY, type Profile } from '../profiles.ts';
import { generated, listed, unique, type Table } from './table.ts';
import { padded } from './words.ts';

/** Versions, and the records that belong to one environment: values are the environment's own, so that their origin can be told. */
export function systemTables(profile: Profile): readonly Table[] {
  return [...versions(profile), ...machines(profile)];
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
      ['SYSTABVERSION', 138],
    ]),
    listed('SYSGLOBALCONFIGURATION', { NAME: 'varchar(60) NOT NULL', VALUE: 'varchar(255) NOT NULL' }, [
      ['BACKENDDB', 'SQLSERVER'],
      ['TEMPTABLEINAXDB', '0'],
    ]),
    unique(
      ['NAME'],
      listed('FEATUREMANAGEMENTSTATE', { NAME: 'varchar(80) NOT NULL', ISENABLED: 'int NOT NULL' }, [
        ['Bank statements as files', profile.name === 'uat' ? 1 : 0],
        ['New grid', 1],
      ]),
    ),
    listed('SYSSERVICECONFIGURATIONSETTING', { NAME: 'varchar(60) NOT NULL', VALUE: 'varchar(255) NOT NULL' }, [
      ['TENANTID', COMPANY.tenantId],
    ]),
    listed(
      'POWERBICONFIG',
      {
        CLIENTID: 'varchar(60) NOT NULL',
        TENANTID: 'varchar(60) NOT NULL',
        REDIRECTURL: 'varchar(255) NOT NULL',
        ISENABLED: 'int NOT NULL',
      },
      [[`power-bi-${profile.name}`, COMPANY.tenantId, `https://${profile.name}.fabrikam.example/oauth`, 1]],
    ),
    listed(
      'PROVISIONINGMESSAGETABLE',
      { TENANTID: 'varchar(60) NOT NULL', PLANID: 'varchar(60) NOT NULL', PLANCAPABILITY: 'varchar(60) NOT NULL' },
      [[COMPANY.tenantId, `plan-${profile.name}`, 'Operations']],
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
    listed(
      'SYSCORPNETPRINTERS',
      {
        PRINTERID: 'varchar(60) NOT NULL',
        PRINTERNAME: 'varchar(60) NOT NULL',
        PRINTERPATH: 'varchar(255) NOT NULL',
        ACTIVE: 'int NOT NULL',
      },
      [
        [`${name}-office`, 'Office', `\\\\print.${name}.fabrikam.example\\office`, 1],
        [`${name}-dock`, 'Dock', `\\\\print.${name}.fabrikam.example\\dock`, 1],
      ],
    ),
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
  ];
}

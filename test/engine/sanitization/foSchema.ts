import type { ColumnFacts } from '../../../engine/sanitization/fit/obstacles.ts';
import type { Catalogue, Column } from '../../../engine/sanitization/rules/catalogue.ts';

/** What the rules touch, as far as Finance & Operations' own types matter: `text` and numbers are NOT NULL there, containers may be NULL. */
type ColumnType = 'text' | 'int' | 'bigint' | 'container' | 'datetime';

const tables: Readonly<Record<string, Readonly<Record<string, ColumnType>>>> = {
  LOGISTICSELECTRONICADDRESS: { TYPE: 'int', LOCATOR: 'text', DESCRIPTION: 'text' },
  BATCHJOBHISTORY: { CAPTION: 'text' },
  BATCHHISTORY: { SERVERID: 'text' },
  BATCHCONSTRAINTSHISTORY: { BATCHID: 'bigint' },
  SYSEMAILPARAMETERS: { SMTPRELAYSERVERNAME: 'text', MAILERNONINTERACTIVE: 'text' },
  PRINTMGMTSETTINGS: { PRINTJOBSETTINGS: 'container' },
  PRINTMGMTDOCINSTANCE: { DOCUMENTTYPE: 'int' },
  SYSSERVERCONFIG: { SERVERID: 'text', ENABLEBATCH: 'int' },
  SYSSERVERSESSIONS: { SERVERID: 'int' },
  SYSCORPNETPRINTERS: { PRINTERPATH: 'text' },
  SYSCLIENTSESSIONS: { USERID: 'text' },
  BATCHSERVERCONFIG: { SERVERID: 'text', MAXBATCHSESSIONS: 'int', CREATEDDATETIME: 'datetime' },
  BATCHSERVERGROUP: { GROUPID: 'text', SERVERID: 'text' },
  DOCUVALUE: { FILENAME: 'text' },
  USERINFO: {
    ID: 'text',
    NAME: 'text',
    ENABLE: 'int',
    NETWORKALIAS: 'text',
    NETWORKDOMAIN: 'text',
    IDENTITYPROVIDER: 'text',
    SID: 'text',
    OBJECTID: 'text',
    DEFAULTPARTITION: 'int',
    PARTITION: 'bigint',
  },
  BATCHJOB: { CAPTION: 'text', STATUS: 'int' },
  BATCH: { CAPTION: 'text', STATUS: 'int' },
  PARTITIONS: { PARTITIONKEY: 'text' },
  SYSEMAILSMTPPASSWORD: { PASSWORD: 'container' },
  CREDITCARDACCOUNTSETUP: { SECUREMERCHANTPROPERTIES: 'container' },
  EXCHANGERATEPROVIDERCONFIGURATIONDETAILS: { VALUE: 'container' },
  FISCALESTABLISHMENT_BR: { CONSUMEREFDOCCSC: 'container' },
  FISCALESTABLISHMENTSTAGING: { CSC: 'text' },
  HCMPERSONIDENTIFICATIONNUMBER: { PERSONIDENTIFICATIONNUMBER: 'text' },
  HCMWORKERACTIONHIRE: { PERSONIDENTIFICATIONNUMBER: 'container' },
  SYSOAUTHUSERTOKENS: { ENCRYPTEDACCESSTOKEN: 'container', ENCRYPTEDREFRESHTOKEN: 'container' },
  RETAILHARDWAREPROFILE: { SECUREMERCHANTPROPERTIES: 'container' },
  RETAILCHANNELPAYMENTCONNECTORLINE: { SECUREMERCHANTPROPERTIES: 'container' },
  RETAILCONNDATABASEPROFILE: { CONNECTIONSTRING: 'container' },
  RETAILHARDWAREPROFILEMERCHANTINFOENTITY: { SECUREMERCHANTPROPERTIES: 'container' },
  SYSSERVICECONFIGURATIONSETTING: { NAME: 'text', VALUE: 'text' },
  POWERBICONFIG: { CLIENTID: 'text', TENANTID: 'text', APPLICATIONKEY: 'container' },
  PROVISIONINGMESSAGETABLE: { TENANTID: 'text', PLANID: 'text', PLANCAPABILITY: 'text' },
  DOCUDELETEDVALUE: { FILENAME: 'text' },
  DOCUTEMPLATE: { TEMPLATEID: 'text' },
  SQLSYSTEMVARIABLES: { PARM: 'text', VALUE: 'int' },
  PERSONNELINTEGRATIONCONFIGURATION: { CONNECTIONSTRING: 'text' },
  DUALWRITEPROJECTCONFIGURATION: { PROJECTNAME: 'text' },
  DUALWRITEPROJECTFIELDCONFIGURATION: { PROJECTNAME: 'text' },
  BUSINESSEVENTSENDPOINT: { ENDPOINTNAME: 'text' },
  BUSINESSEVENTSAZUREENDPOINT: { URL: 'text' },
  BUSINESSEVENTSAZUREBLOBSTORAGEENDPOINT: { URL: 'text' },
  BUSINESSEVENTSEVENTGRIDENDPOINT: { URL: 'text' },
  BUSINESSEVENTSEVENTHUBENDPOINT: { URL: 'text' },
  BUSINESSEVENTSFLOWENDPOINT: { URL: 'text' },
};

/** A kernel table without the columns that Finance & Operations adds to all others. */
const KERNEL_TABLES = new Set(['SQLSYSTEMVARIABLES']);

export const TABLE_NAMES = Object.keys(tables);

export function columnTypes(table: string): Readonly<Record<string, ColumnType>> {
  const own = tables[table] ?? {};
  return KERNEL_TABLES.has(table) ? own : { ...own, RECVERSION: 'int', RECID: 'bigint' };
}

export function foCatalogue(): Catalogue {
  return new Map(
    TABLE_NAMES.map((table) => {
      const columns = Object.entries(columnTypes(table)).map(([column, type]) => [column, described(type)] as const);
      return [table, [{ schema: 'dbo', table, columns: new Map(columns) }]];
    }),
  );
}

/** What the catalogue of a SQL Server says of the columns of one of the tables. */
export function foColumns(table: string): ReadonlyMap<string, ColumnFacts> {
  const types = {
    text: { base: 'nvarchar', type: 'nvarchar(200)', length: 200 },
    int: { base: 'int', type: 'int' },
    bigint: { base: 'bigint', type: 'bigint' },
    container: { base: 'varbinary', type: 'varbinary(max)' },
    datetime: { base: 'datetime', type: 'datetime' },
  };
  const plain = {
    isComputed: false,
    isServerMade: false,
    isEncrypted: false,
    isLoose: false,
    isMasked: false,
    isPartitionKey: false,
  };
  return new Map(
    Object.entries(columnTypes(table)).map(([column, type]) => [
      column,
      { ...types[type], ...plain, isNullable: type === 'container', denied: [] },
    ]),
  );
}

const FAMILIES = { text: 'text', int: 'number', bigint: 'number', container: 'binary', datetime: 'other' } as const;

function described(type: ColumnType): Column {
  return { family: FAMILIES[type], isNullable: type === 'container', isGenerated: false, isClr: false };
}

/**
 * `nullable` drops every NOT NULL: databases that customizations have touched hold NULL where the kernel never writes one.
 * Row numbers count by themselves, which Finance & Operations leaves to its servers.
 */
export function createTables({ nullable = false } = {}): string {
  const types = { text: `text`, int: 'int', bigint: 'bigint', container: 'bytea', datetime: 'timestamp' };
  const defaults = { text: `''`, int: '0', bigint: '0', container: 'null', datetime: `'1900-01-01'` };
  return TABLE_NAMES.map((table) => {
    const columns = Object.entries(columnTypes(table)).map(([column, type]) => {
      if (column === 'RECID') return '"RECID" bigserial primary key';
      const constraint = nullable || type === 'container' ? '' : 'not null';
      return `"${column}" ${types[type]} ${constraint} default ${defaults[type]}`;
    });
    return `create table "${table}" (${columns.join(', ')});`;
  }).join('\n');
}

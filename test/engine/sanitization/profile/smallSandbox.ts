/** Tables of users, roles, jobs and settings as far as a profile speaks of them, in the words of both dialects. */
const TABLES = {
  USERINFO: {
    ...{ ID: 'text', NAME: 'text', ENABLE: 'int', NETWORKALIAS: 'text', IDENTITYPROVIDER: 'text', SID: 'text' },
    ...{ OBJECTID: 'text', PARTITION: 'bigint', ACCOUNTTYPE: 'int' },
  },
  SECURITYROLE: { AOTNAME: 'text', NAME: 'text' },
  SECURITYUSERROLE: { USER_: 'text', SECURITYROLE: 'bigint', ASSIGNMENTSTATUS: 'int', VALIDTO: 'date' },
  OMUSERROLEORGANIZATION: { USER_: 'text', SECURITYROLE: 'bigint' },
  SYSUSERINFO: { ID: 'text', THEME: 'int' },
  BATCHJOB: { CAPTION: 'text', COMPANY: 'text', STATUS: 'int', EXECUTINGBY: 'text' },
  BATCH: { BATCHJOBID: 'bigint', CLASSNUMBER: 'int', STATUS: 'int' },
  CLASSIDTABLE: { ID: 'int', NAME: 'text' },
  SYSAADCLIENTTABLE: { AADCLIENTID: 'text', USERID: 'text', NAME: 'text' },
  BUSINESSEVENTSENDPOINT: { NAME: 'text', ENDPOINTURL: 'text', AZUREAPPSECRET: 'bytes' },
  SYSEMAILPARAMETERS: { KEY_: 'int', SMTPRELAYSERVERNAME: 'text', SMTPPASSWORD: 'bytes' },
  FEATUREMANAGEMENTSTATE: { NAME: 'text', ISENABLED: 'int' },
  FISCALESTABLISHMENT_BR: { FISCALESTABLISHMENTID: 'text', EFDOCENVIRONMENT: 'int' },
  COMPANYIMAGE: { REFCOMPANYID: 'text', IMAGETYPE: 'int', IMAGE: 'bytes' },
} as const satisfies Readonly<Record<string, Readonly<Record<string, keyof (typeof TYPES)['postgres']>>>>;
export type TableName = keyof typeof TABLES;
// The keys of the literal above are the tables.
export const TABLE_NAMES = Object.keys(TABLES) as TableName[];

const TYPES = {
  postgres: { text: 'varchar(255)', int: 'int', bigint: 'bigint', date: 'timestamp', bytes: 'bytea' },
  mssql: { text: 'nvarchar(255)', int: 'int', bigint: 'bigint', date: 'datetime', bytes: 'varbinary(max)' },
} as const;
const EMPTY = { text: `''`, int: '0', bigint: '0', date: `'1900-01-01T00:00:00'`, bytes: 'NULL' };

/** What the catalogue tells rows apart by. */
const UNIQUE: readonly (readonly [TableName, ...string[]])[] = [
  ['SYSEMAILPARAMETERS', 'KEY_'],
  ['FEATUREMANAGEMENTSTATE', 'NAME'],
];

export type Dialect = 'postgres' | 'mssql';
export type Row = Readonly<Record<string, string | number>>;

export function createTables(dialect: Dialect): readonly string[] {
  const at = (table: string) => (dialect === 'mssql' ? `dbo.${table}` : `"${table}"`);
  const quoted = (column: string) => (dialect === 'mssql' ? column : `"${column}"`);
  return [
    ...Object.entries(TABLES).map(([table, columns]) => {
      const own = Object.entries({ ...columns, RECVERSION: 'int' as const }).map(([column, type]) => {
        const mayBeNull = type === 'bytes' ? 'NULL' : `NOT NULL DEFAULT ${EMPTY[type]}`;
        return `${quoted(column)} ${TYPES[dialect][type]} ${mayBeNull}`;
      });
      return `CREATE TABLE ${at(table)} (${own.join(', ')}, ${quoted('RECID')} bigint NOT NULL)`;
    }),
    ...UNIQUE.map(
      ([table, ...columns]) => `CREATE UNIQUE INDEX I_${table} ON ${at(table)} (${columns.map(quoted).join(', ')})`,
    ),
  ];
}

/** Statements that put these rows there, numbered from `first` on. */
export function insertInto(dialect: Dialect, table: TableName, rows: readonly Row[], first = 1): readonly string[] {
  const quoted = (column: string) => (dialect === 'mssql' ? column : `"${column}"`);
  const at = dialect === 'mssql' ? `dbo.${table}` : `"${table}"`;
  const types: Readonly<Record<string, string>> = { ...TABLES[table], RECID: 'bigint', RECVERSION: 'int' };
  const literal = (column: string, value: string | number): string => {
    if (types[column] === 'bytes') return dialect === 'mssql' ? `0x${String(value)}` : `'\\x${String(value)}'`;
    if (typeof value === 'number') return String(value);
    return `${dialect === 'mssql' ? 'N' : ''}'${value.replaceAll("'", "''")}'`;
  };
  return rows.map((row, index) => {
    const all: Row = { RECID: first + index, ...row };
    const columns = Object.keys(all);
    const values = Object.entries(all).map(([column, value]) => literal(column, value));
    return `INSERT INTO ${at} (${columns.map(quoted).join(', ')}) VALUES (${values.join(', ')})`;
  });
}

export const PROVIDER = 'https://sts.windows.net/99999999-8888-4777-8666-555555555555';
export const objectId = (n: number): string => `2c9d0000-0000-4000-8000-${String(n).padStart(12, '0')}`;

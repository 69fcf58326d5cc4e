import type { Statement } from '../../../engine/environments/model/server.ts';
import { parsePack, type RulePack } from '../../../engine/sanitization/pack/rulePack.ts';

/** Two tables of Finance & Operations, and a catalogue that SQLite does not have by itself. */
const TABLES: Readonly<Record<string, readonly (readonly [column: string, type: string])[]>> = {
  LOGISTICSELECTRONICADDRESS: [
    ['RECID', 'bigint'],
    ['LOCATOR', 'text'],
  ],
  PRINTMGMTSETTINGS: [
    ['RECID', 'bigint'],
    ['PRINTER', 'text'],
  ],
  SYSENVIRONMENTINFO: [
    ['PARM', 'text'],
    ['VALUE', 'text'],
  ],
};

export const schema: readonly Statement[] = [
  { sql: `ATTACH ':memory:' AS public` },
  { sql: `ATTACH ':memory:' AS information_schema` },
  { sql: 'CREATE TABLE information_schema.tables (table_schema, table_name, table_type)' },
  {
    sql: 'CREATE TABLE information_schema.columns (table_schema, table_name, column_name, data_type, character_maximum_length, is_nullable, is_generated, is_identity, ordinal_position)',
  },
  ...Object.entries(TABLES).flatMap(([table, columns]) => [
    // PostgreSQL's address of a row, by name.
    {
      sql: `CREATE TABLE public."${table}" (ctid INTEGER PRIMARY KEY, tableoid INTEGER DEFAULT 0, ${columns.map(([name]) => `"${name}"`).join()})`,
    },
    { sql: `INSERT INTO information_schema.tables VALUES ('public', $1, 'BASE TABLE')`, parameters: [table] },
    ...columns.map(([column, type], index) => ({
      sql: `INSERT INTO information_schema.columns VALUES ('public', $1, $2, $3, NULL, 'NO', 'NEVER', 'NO', $4)`,
      parameters: [table, column, type, index],
    })),
  ]),
];

const element = { source: 'as the seed says', reason: 'as the seed says' };

export const pack: RulePack = parsePack(
  {
    name: 'small',
    title: 'A small pack',
    // The Financial Reporting database has the same table, and no rule speaks of it there.
    harmless: [
      {
        table: 'LOGISTICSELECTRONICADDRESS',
        columns: ['LOCATOR'],
        reason: 'Made up',
        owner: 'Mira',
        date: '2026-11-30',
      },
    ],
    elements: [
      {
        ...element,
        id: 'addresses',
        title: 'Email addresses',
        disposition: 'cleared',
        rules: [
          {
            id: 'addresses',
            table: 'LOGISTICSELECTRONICADDRESS',
            whenAbsent: 'fail',
            action: 'clear-columns',
            columns: ['LOCATOR'],
            offending: [{ column: 'LOCATOR', isNotEmpty: true }],
          },
        ],
      },
      {
        ...element,
        id: 'printers',
        title: 'Print management',
        disposition: 'kept-from-target',
        rules: [{ id: 'printers', table: 'PRINTMGMTSETTINGS', action: 'keep-rows', offending: 'any-row' }],
      },
    ],
  },
  'small',
);

export const address = (n: number): Statement => ({
  sql: 'INSERT INTO public."LOGISTICSELECTRONICADDRESS" ("RECID", "LOCATOR") VALUES ($1, $2)',
  parameters: [n, `customer${String(n)}@fabrikam.example`],
});

export const printer = (n: number, name: string): Statement => ({
  sql: 'INSERT INTO public."PRINTMGMTSETTINGS" ("RECID", "PRINTER") VALUES ($1, $2)',
  parameters: [n, name],
});

export const fact = (parm: string, value: string): Statement => ({
  sql: 'INSERT INTO public."SYSENVIRONMENTINFO" ("PARM", "VALUE") VALUES ($1, $2)',
  parameters: [parm, value],
});

/** Promises that no mail address, bank account or card number is left; the table it speaks of is not there. */
export const promising: RulePack = parsePack(
  {
    name: 'promising',
    title: 'A promise',
    elements: [
      {
        ...element,
        id: 'promises',
        title: 'People',
        disposition: 'cleared',
        rules: [
          {
            id: 'promises',
            table: 'CONTOSOPEOPLE',
            action: 'mask',
            columns: { MAIL: 'email', IBAN: 'iban', CARD: 'token' },
            offending: [{ column: 'MAIL', notMasked: 'email' }],
          },
        ],
      },
    ],
  },
  'promising',
);

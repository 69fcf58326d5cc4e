import { numbersOf } from '../../../engine/journal/dialects/sqlServerErrors.ts';
import { INITIAL_PARTITION } from '../profiles.ts';
import { quoteName, quoteText, type AuditTrigger, type Column, type Dialect, type Named } from './dialect.ts';

const USUAL_SCHEMA = 'dbo';

export const sqlServer: Dialect = {
  usualSchema: USUAL_SCHEMA,
  column: inItsTypes,
  numbersRecords: false,
  // Not IDENTITY: what a sandbox keeps is written back with the RECIDs that it had.
  recId: 'bigint NOT NULL PRIMARY KEY',
  bytes: (value) => `0x${Buffer.from(value).toString('hex')}`,
  bytesOf: (expression) => `CONVERT(varbinary(max), CONVERT(varchar(max), ${expression}))`,
  after: (start, unit, count) => `DATEADD(${unit}, ${count}, CONVERT(datetime, '${start}T00:00:00', 126))`,
  numbers,
  length: (expression) => `DATALENGTH(${expression})`,
  now: 'SYSUTCDATETIME()',
  createSchema: (name) =>
    `IF SCHEMA_ID(N${quoteText(name)}) IS NULL EXEC (N${quoteText(`CREATE SCHEMA ${quoteName(name)}`)})`,
  createTable: (table, columns) =>
    `IF OBJECT_ID(N${quoteText(qualified(table))}) IS NULL CREATE TABLE ${qualified(table)} (\n${columns.join(',\n')}\n)`,
  createIndex: ({ name, isUnique }, table, columns) =>
    `IF NOT EXISTS (SELECT 1 FROM sys.indexes WHERE object_id = OBJECT_ID(N${quoteText(qualified(table))}) AND name = N${quoteText(name)})
       CREATE ${isUnique ? 'UNIQUE ' : ''}INDEX ${quoteName(name)} ON ${qualified(table)} (${columns})`,
  createTrigger,
  createView: (name, select) => `CREATE OR ALTER VIEW ${quoteName(name)} AS ${select}`,
  addColumn: (table, column, declaration) => `ALTER TABLE ${qualified(table)} ADD ${quoteName(column)} ${declaration}`,
  fingerprint,
  // Nothing is committed while a moment is recorded, and nobody writes to a sandbox whose content is proved.
  reading: { settings: [] },
  asOwner: [],
  beat: `SELECT COUNT(*) AS users FROM "USERINFO" WHERE "ENABLE" = 1`,
  refusalOf: (error) => {
    const [number] = numbersOf(error);
    return number === undefined ? undefined : `error ${String(number)}`;
  },
};

/** The types of F&O on SQL Server. */
function inItsTypes(declaration: string): string {
  return declaration
    .replace(/^varchar/, 'nvarchar')
    .replace(/^timestamp/, 'datetime')
    .replace(/^bytea/, 'varbinary(max)')
    .replace(/^(varbinary\(max\))$/, '$1 NULL');
}

const DIGITS = '(VALUES (0), (1), (2), (3), (4), (5), (6), (7), (8), (9))';

/** Digits multiplied: GENERATE_SERIES wants SQL Server 2022. */
function numbers(count: number): string {
  const places = Array.from({ length: String(count).length }, (_, place) => place);
  const sum = places.map((place) => `${10 ** place} * d${place}.d`).join(' + ');
  const from = places.map((place) => `${DIGITS} AS d${place} (d)`).join(' CROSS JOIN ');
  return `FROM (SELECT 1 + ${sum} AS g FROM ${from}) AS numbers WHERE g <= ${count}`;
}

/** Sums of two parts of each row's hash: 80 bits, and no sum of a table of a million rows overflows. */
function fingerprint(table: string, columns: readonly Column[]): string {
  const values = columns.map(
    ({ name, type }) => `${asText(quoteName(name), type)}, IIF(${quoteName(name)} IS NULL, N'?', N'|')`,
  );
  return `SELECT COUNT_BIG(*) AS "rows",
                 CONCAT(SUM(CONVERT(bigint, SUBSTRING(h, 1, 5))), N'-', SUM(CONVERT(bigint, SUBSTRING(h, 6, 5)))) AS "checksum"
            FROM (SELECT HASHBYTES('SHA2_256', CONCAT(${values.join(', ')})) AS h FROM ${quoteName(table)}) AS hashed`;
}

/** CONCAT makes text of all others, and loses nothing of them. */
function asText(column: string, type: string): string {
  const styles: Readonly<Record<string, number>> = { datetime: 126, varbinary: 1 };
  const style = styles[type];
  return style === undefined ? column : `CONVERT(nvarchar(max), ${column}, ${style})`;
}

/** RECIDs follow the largest of the log: a trigger has no kernel that would give them. */
function createTrigger({ name, table, log, values }: AuditTrigger): readonly string[] {
  const next = `(SELECT COALESCE(MAX(RECID), ${INITIAL_PARTITION}) FROM ${quoteName(log)}) + ROW_NUMBER() OVER (ORDER BY changed.RECID)`;
  return [
    `CREATE OR ALTER TRIGGER ${quoteName(name)} ON ${quoteName(table)} AFTER UPDATE AS
       INSERT INTO ${quoteName(log)} (${[...Object.keys(values), 'RECID'].map(quoteName).join(', ')})
       SELECT ${[...Object.values(values), next].join(', ')} FROM deleted AS changed`,
  ];
}

function qualified({ schema = USUAL_SCHEMA, name }: Named): string {
  return `${quoteName(schema)}.${quoteName(name)}`;
}

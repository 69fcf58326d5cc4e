import { CompiledQuery } from 'kysely';
import { z } from 'zod';
import { quoteName } from '../../databases/sqlServer/quote.ts';
import { ask } from '../../sanitization/passes/facts/ask.ts';
import { NEVER, SQL_SERVER_CATALOGUE } from './sqlServerCatalogue.ts';
import { HIDDEN_ROWS, unread } from './unread.ts';
import { LONG, OVERLAP, PIECE, type PlaceColumn, type Places, type PlatformPlaces, type TablePlace } from './place.ts';
import { counted } from '../../counted.ts';

export const sqlServerPlaces: PlatformPlaces = {
  async list(session) {
    const all = await ask(session, columnRow, COLUMNS);
    const rows = all.filter(({ type }) => TEXTS.has(type ?? ''));
    const counts = await ask(session, countRow, ROWS);
    const rowsOf = new Map(counts.map(({ id, n }) => [id, n]));
    const places = Map.groupBy(rows, ({ object_id: id }) => id);
    const tables = [...places].flatMap(([id, columns]): readonly TablePlace[] => {
      const [first] = columns;
      if (first === undefined) return [];
      const { schema, table } = first;
      const bytes = (rowsOf.get(id) ?? 0) * columns.reduce((sum, each) => sum + widthOf(each), 0);
      const from = `${quoteName(schema)}.${quoteName(table)}`;
      return [{ schema, table, bytes, pages: 0, mayBeLong: true, from, columns: columns.map(columnOf) }];
    });
    const [modules] = await ask(session, z.object({ n: z.coerce.number() }), HIDDEN_MODULES);
    const notSearched = [...blindSpots(all), ...(modules && modules.n > 0 ? [hiddenModules(modules.n)] : []), ...NEVER];
    return { tables, catalogue: SQL_SERVER_CATALOGUE, notSearched } satisfies Places;
  },

  read({ from, columns }, part) {
    const expressions = columns.map(({ expression, isMeasured }) =>
      isMeasured ? `CASE WHEN DATALENGTH(${expression}) <= ${String(LONG)} THEN ${expression} END` : expression,
    );
    const named = expressions.map((expression, index) => `${expression} AS c${String(index)}`);
    const sample = part.kind === 'sample' ? ` TABLESAMPLE (${String(part.percent)} PERCENT)` : '';
    return CompiledQuery.raw(`SELECT ${named.join(', ')} FROM ${from}${sample}`);
  },

  longest: ({ from }, columns) =>
    CompiledQuery.raw(
      `SELECT ${columns.map(({ expression }, index) => `MAX(DATALENGTH(${expression})) AS c${String(index)}`).join(', ')} FROM ${from}`,
    ),

  readPiece: ({ from }, { expression }, at) =>
    CompiledQuery.raw(
      `SELECT SUBSTRING(${expression}, ${String(at)}, ${String(PIECE + OVERLAP)}) AS c0 FROM ${from} WHERE DATALENGTH(${expression}) > ${String(LONG)}`,
    ),
};

const flag = z
  .union([z.boolean(), z.coerce.number().transform((value) => value !== 0)])
  .nullish()
  .transform((value) => value ?? false);

/** What a server's version does not know is missing. */
const columnRow = z.object({
  object_id: z.coerce.number(),
  schema: z.string(),
  table: z.string(),
  name: z.string(),
  type: z.string().nullish(),
  max_length: z.coerce.number(),
  is_masked: flag,
  may_unmask: flag,
  hides_rows: flag,
  encryption_type: z.coerce.number().nullish(),
});
type ColumnRow = z.infer<typeof columnRow>;

const countRow = z.object({ id: z.coerce.number(), n: z.coerce.number() });

/** What the server measures and cuts only as another type. Their `max_length` is that of a pointer, or says nothing. */
const READ_AS: ReadonlyMap<string, string> = new Map([
  ...(['ntext', 'xml', 'json'] as const).map((type) => [type, 'nvarchar(max)'] as const),
  ['text', 'varchar(max)'],
  ['image', 'varbinary(max)'],
  ['sql_variant', 'nvarchar(4000)'],
]);

const isUnlimited = ({ type, max_length: length }: ColumnRow): boolean =>
  length === -1 || READ_AS.get(type ?? '')?.endsWith('(max)') === true;

/** Half of what it may take; of what has no limit, a page. */
const widthOf = (row: ColumnRow): number => (isUnlimited(row) ? 4096 : row.max_length / 2);

const BINARY = new Set(['binary', 'varbinary', 'image']);

function columnOf(row: ColumnRow): PlaceColumn {
  const name = quoteName(row.name);
  const readAs = READ_AS.get(row.type ?? '');
  return {
    name: row.name,
    expression: readAs === undefined ? name : `CONVERT(${readAs}, ${name})`,
    isBinary: BINARY.has(row.type ?? ''),
    isMeasured: isUnlimited(row),
  };
}

const TEXTS = new Set([
  ...['nvarchar', 'nchar', 'varchar', 'char', 'ntext', 'text', 'xml', 'json', 'sql_variant'],
  ...BINARY,
]);

/**
 * History tables are tables like others, and those of change data capture stand in a schema of their own. `c.*`: older servers refuse
 * by name the columns that they do not have.
 */
const COLUMNS = `
SELECT c.*, y.name AS type, s.name AS [schema], t.name AS [table],
  HAS_PERMS_BY_NAME(DB_NAME(), 'DATABASE', 'UNMASK') AS may_unmask,
  CASE WHEN t.object_id IN (
    SELECT d.target_object_id FROM sys.security_predicates AS d
    JOIN sys.security_policies AS p ON p.object_id = d.object_id WHERE p.is_enabled = 1) THEN 1 ELSE 0 END AS hides_rows
FROM sys.columns AS c
JOIN sys.tables AS t ON t.object_id = c.object_id
JOIN sys.schemas AS s ON s.schema_id = t.schema_id
LEFT JOIN sys.types AS y ON y.user_type_id = c.system_type_id
WHERE t.is_external = 0 AND s.name NOT IN (N'sys', N'INFORMATION_SCHEMA', N'rewind')
ORDER BY s.name, t.name, c.column_id`;

const ROWS = 'SELECT object_id AS id, SUM(rows) AS n FROM sys.partitions WHERE index_id IN (0, 1) GROUP BY object_id';

/** Their text is hidden, from whoever asks or from this account. */
const HIDDEN_MODULES = 'SELECT COUNT(*) AS n FROM sys.sql_modules WHERE definition IS NULL';
const hiddenModules = (n: number) => ({
  what: `definitions of ${counted(n, 'module')}`,
  why: 'they are encrypted, or this account may not see them',
});

/** Columns and rows that this session reads as something else than they are, or not at all. */
function blindSpots(all: readonly ColumnRow[]): Places['notSearched'] {
  const named = (columns: readonly ColumnRow[]) =>
    columns.map(({ schema, table, name }) => `${schema}.${table}.${name}`);
  const hidden = all.filter((each) => each.hides_rows).map(({ schema, table }) => `${schema}.${table}`);
  return [
    ...unread([...new Set(hidden)], HIDDEN_ROWS),
    ...unread(named(all.filter((each) => typeof each.encryption_type === 'number')), {
      ...{ what: 'values of', why: 'clients encrypt them (Always Encrypted)' },
    }),
    ...unread(named(all.filter((each) => each.is_masked && !each.may_unmask)), {
      ...{ what: 'values of', why: 'the database shows them masked to this account' },
    }),
    ...unread(named(all.filter(({ type }) => type === null || type === undefined)), {
      ...{ what: 'values of', why: 'they are of CLR types' },
    }),
  ];
}

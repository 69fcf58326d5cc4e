import { CompiledQuery } from 'kysely';
import { z } from 'zod';
import { quoteName } from '../../databases/sqlServer/quote.ts';
import { ask } from '../../sanitization/passes/facts/ask.ts';
import { LONG, OVERLAP, PIECE, type PlaceColumn, type Places, type PlatformPlaces, type TablePlace } from './place.ts';

export const sqlServerPlaces: PlatformPlaces = {
  async list(session) {
    const rows = await ask(session, columnRow, COLUMNS);
    const counts = await ask(session, countRow, ROWS);
    const rowsOf = new Map(counts.map(({ id, n }) => [id, n]));
    const places = Map.groupBy(rows, ({ id }) => id);
    const tables = [...places].flatMap(([id, columns]): readonly TablePlace[] => {
      const [first] = columns;
      if (first === undefined) return [];
      const { schema, table } = first;
      const bytes = (rowsOf.get(id) ?? 0) * columns.reduce((sum, each) => sum + widthOf(each), 0);
      const from = `${quoteName(schema)}.${quoteName(table)}`;
      return [{ schema, table, bytes, pages: 0, mayBeLong: true, from, columns: columns.map(columnOf) }];
    });
    return { tables, catalogue: KEPT, notSearched: NOT_SEARCHED } satisfies Places;
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

const columnRow = z.object({
  id: z.coerce.number(),
  schema: z.string(),
  table: z.string(),
  column: z.string(),
  type: z.string(),
  max_length: z.coerce.number(),
});
const countRow = z.object({ id: z.coerce.number(), n: z.coerce.number() });

/** Half of what it may take; of what has no limit, a page. */
const widthOf = ({ max_length: length }: z.infer<typeof columnRow>): number => (length <= 0 ? 4096 : length / 2);

const BINARY = new Set(['binary', 'varbinary', 'image']);

function columnOf({ column, type, max_length: length }: z.infer<typeof columnRow>): PlaceColumn {
  const name = quoteName(column);
  return {
    name: column,
    expression: type === 'sql_variant' ? `CONVERT(nvarchar(4000), ${name})` : name,
    isBinary: BINARY.has(type),
    isMeasured: length === -1 && type !== 'xml',
  };
}

/** History tables are tables like others, and those of change data capture stand in a schema of their own. */
const COLUMNS = `
SELECT c.object_id AS id, s.name AS [schema], t.name AS [table], c.name AS [column], y.name AS type, c.max_length AS max_length
FROM sys.columns AS c
JOIN sys.tables AS t ON t.object_id = c.object_id
JOIN sys.schemas AS s ON s.schema_id = t.schema_id
JOIN sys.types AS y ON y.user_type_id = c.system_type_id
WHERE t.is_external = 0 AND s.name NOT IN (N'sys', N'INFORMATION_SCHEMA', N'rewind')
  AND y.name IN (N'nvarchar', N'nchar', N'varchar', N'char', N'ntext', N'text', N'xml', N'json', N'sql_variant', N'varbinary', N'binary', N'image')
ORDER BY s.name, t.name, c.column_id`;

const ROWS = 'SELECT object_id AS id, SUM(rows) AS n FROM sys.partitions WHERE index_id IN (0, 1) GROUP BY object_id';

/** Rows of schema, table, and text. */
const KEPT = [
  {
    what: 'definitions',
    text: `SELECT s.name AS c0, COALESCE(o.name, N'a trigger of the database') AS c1, m.definition AS c2 FROM sys.sql_modules AS m
      LEFT JOIN sys.objects AS o ON o.object_id = m.object_id LEFT JOIN sys.schemas AS s ON s.schema_id = o.schema_id`,
  },
  {
    what: 'constraints',
    text: `SELECT s.name AS c0, t.name AS c1, k.definition AS c2 FROM sys.check_constraints AS k
      JOIN sys.tables AS t ON t.object_id = k.parent_object_id JOIN sys.schemas AS s ON s.schema_id = t.schema_id`,
  },
  {
    what: 'defaults',
    text: `SELECT s.name AS c0, t.name AS c1, d.definition AS c2 FROM sys.default_constraints AS d
      JOIN sys.tables AS t ON t.object_id = d.parent_object_id JOIN sys.schemas AS s ON s.schema_id = t.schema_id`,
  },
  {
    what: 'indexes',
    text: `SELECT s.name AS c0, t.name AS c1, i.filter_definition AS c2 FROM sys.indexes AS i
      JOIN sys.tables AS t ON t.object_id = i.object_id JOIN sys.schemas AS s ON s.schema_id = t.schema_id`,
  },
  {
    what: 'policies',
    text: `SELECT s.name AS c0, t.name AS c1, p.predicate_definition AS c2 FROM sys.security_predicates AS p
      JOIN sys.tables AS t ON t.object_id = p.target_object_id JOIN sys.schemas AS s ON s.schema_id = t.schema_id`,
  },
  {
    what: 'computed columns',
    text: `SELECT s.name AS c0, t.name AS c1, x.definition AS c2 FROM sys.computed_columns AS x
      JOIN sys.tables AS t ON t.object_id = x.object_id JOIN sys.schemas AS s ON s.schema_id = t.schema_id`,
  },
  {
    what: 'comments',
    text: `SELECT N'' AS c0, COALESCE(o.name, p.class_desc) AS c1, CONVERT(nvarchar(4000), p.value) AS c2 FROM sys.extended_properties AS p
      LEFT JOIN sys.objects AS o ON o.object_id = p.major_id AND p.class = 1`,
  },
  { what: 'synonyms', text: `SELECT N'' AS c0, name AS c1, base_object_name AS c2 FROM sys.synonyms` },
  { what: 'external sources', text: `SELECT N'' AS c0, name AS c1, location AS c2 FROM sys.external_data_sources` },
  {
    what: 'credentials',
    text: `SELECT N'' AS c0, name AS c1, credential_identity AS c2 FROM sys.database_scoped_credentials`,
  },
].map(({ what, text }) => ({ what, query: CompiledQuery.raw(text) }));

const NOT_SEARCHED = [
  {
    what: 'statistics',
    why: 'those of columns that a rule writes are rebuilt, those of others say what the columns say',
  },
  { what: 'external tables', why: 'their rows are on another server' },
  { what: 'Query Store and queues of Service Broker', why: 'they are no tables' },
];

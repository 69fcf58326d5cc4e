import { z } from 'zod';
import type { ReadSession } from '../../../environments/provider.ts';
import { ask } from './ask.ts';
import { nameOf, type KeyColumn, type Place, type TableFacts } from './tableFacts.ts';

/** Of all tables, chosen here: one statement takes 2,100 parameters, packs may name more tables. */
export async function readSqlServerFacts(
  session: ReadSession,
  places: readonly Place[],
): Promise<readonly TableFacts[]> {
  const wanted = new Set(places.map((place) => nameOf(place).toUpperCase()));
  const read = async <Row extends Place>(text: string, row: z.ZodType<Row>): Promise<readonly Row[]> =>
    (await ask(session, row, text)).filter((each) => wanted.has(nameOf(each).toUpperCase()));
  const tables = await read(TABLES, tableRow);
  const keys = Map.groupBy(await read(CLUSTERED_KEYS, keyRow), nameOf);
  const references = Map.groupBy(await read(REFERENCES, referenceRow), nameOf);
  const viewed = new Set((await read(INDEXED_VIEWS, place)).map(nameOf));
  const counted = new Set((await read(IDENTITIES, place)).map(nameOf));
  return tables.map((table) => {
    const name = nameOf(table);
    const key = (keys.get(name) ?? []).toSorted((one, other) => one.position - other.position);
    return {
      ...{ schema: table.schema, table: table.table, rows: table.rows, pages: 0, isWhole: true },
      referredBy: (references.get(name) ?? []).map((each) => ({ schema: each.by_schema, table: each.by_table })),
      // An identity would start again, and what hangs on the table would be refused.
      isTruncationRefused: viewed.has(name) || counted.has(name) || table.is_replicated,
      keys: key.length > 0 && key.every(isWalkable) ? [key.map(typed)] : [],
      rewritable: new Map(),
    };
  });
}

const count = z.coerce.number();
const flag = z.union([z.boolean(), z.literal([0, 1]).transform((value) => value === 1)]);
const place = z.object({ schema: z.string(), table: z.string() });
const tableRow = place.extend({ rows: count, is_replicated: flag });
const keyRow = place.extend({
  name: z.string(),
  position: count,
  type: z.string(),
  max_length: count,
  digits: count,
  scale: count,
  is_nullable: flag,
});
const referenceRow = place.extend({ by_schema: z.string(), by_table: z.string() });

/** Types whose values come back from their text as they were. */
const WALKABLE = new Set(
  'tinyint smallint int bigint decimal numeric nvarchar varchar nchar char uniqueidentifier date datetime datetime2'.split(
    ' ',
  ),
);

const isWalkable = ({ type, is_nullable: isNullable, max_length: length }: z.infer<typeof keyRow>) =>
  WALKABLE.has(type) && !isNullable && length !== -1;

function typed({ name, type, max_length: length, digits, scale }: z.infer<typeof keyRow>): KeyColumn {
  switch (type) {
    case 'decimal':
    case 'numeric':
      return { name, type: `${type}(${String(digits)}, ${String(scale)})` };
    case 'nvarchar':
    case 'nchar':
      return { name, type: `${type}(${String(length / 2)})` };
    case 'varchar':
    case 'char':
      return { name, type: `${type}(${String(length)})` };
    case 'datetime2':
      return { name, type: `datetime2(${String(scale)})` };
    default:
      return { name, type };
  }
}

const TABLE = 'sys.tables AS t JOIN sys.schemas AS s ON s.schema_id = t.schema_id';

const TABLES = `
SELECT s.name AS [schema], t.name AS [table], COALESCE(SUM(p.rows), 0) AS rows, t.is_replicated
  FROM ${TABLE}
  LEFT JOIN sys.partitions AS p ON p.object_id = t.object_id AND p.index_id IN (0, 1)
 GROUP BY s.name, t.name, t.is_replicated`;

const CLUSTERED_KEYS = `
SELECT s.name AS [schema], t.name AS [table], c.name AS name, k.key_ordinal AS position, y.name AS type,
       c.max_length, c.[precision] AS digits, c.scale, c.is_nullable
  FROM ${TABLE}
  JOIN sys.indexes AS i ON i.object_id = t.object_id AND i.type = 1
  JOIN sys.index_columns AS k ON k.object_id = t.object_id AND k.index_id = i.index_id AND k.key_ordinal > 0
  JOIN sys.columns AS c ON c.object_id = t.object_id AND c.column_id = k.column_id
  JOIN sys.types AS y ON y.user_type_id = c.system_type_id`;

const REFERENCES = `
SELECT DISTINCT s.name AS [schema], t.name AS [table], bs.name AS by_schema, b.name AS by_table
  FROM ${TABLE}
  JOIN sys.foreign_keys AS f ON f.referenced_object_id = t.object_id AND f.parent_object_id <> t.object_id
  JOIN sys.tables AS b ON b.object_id = f.parent_object_id
  JOIN sys.schemas AS bs ON bs.schema_id = b.schema_id`;

const INDEXED_VIEWS = `
SELECT DISTINCT s.name AS [schema], t.name AS [table]
  FROM ${TABLE}
  JOIN sys.sql_expression_dependencies AS d ON d.referenced_id = t.object_id
  JOIN sys.views AS v ON v.object_id = d.referencing_id
  JOIN sys.indexes AS i ON i.object_id = v.object_id`;

const IDENTITIES = `
SELECT DISTINCT s.name AS [schema], t.name AS [table]
  FROM ${TABLE}
  JOIN sys.columns AS c ON c.object_id = t.object_id AND c.is_identity = 1`;

import { CompiledQuery } from 'kysely';
import type { CataloguePlace, Places } from './place.ts';

const tableOf = (id: string): string =>
  `JOIN sys.tables AS t ON t.object_id = ${id} JOIN sys.schemas AS s ON s.schema_id = t.schema_id`;

/** Rows of schema, table, and text. */
export const SQL_SERVER_CATALOGUE: readonly CataloguePlace[] = [
  {
    what: 'definitions',
    text: `SELECT s.name AS c0, COALESCE(o.name, N'a trigger of the database') AS c1, m.definition AS c2 FROM sys.sql_modules AS m
      LEFT JOIN sys.objects AS o ON o.object_id = m.object_id LEFT JOIN sys.schemas AS s ON s.schema_id = o.schema_id`,
  },
  {
    what: 'constraints',
    text: `SELECT s.name AS c0, t.name AS c1, k.definition AS c2 FROM sys.check_constraints AS k
      ${tableOf('k.parent_object_id')}`,
  },
  {
    what: 'defaults',
    text: `SELECT s.name AS c0, t.name AS c1, d.definition AS c2 FROM sys.default_constraints AS d
      ${tableOf('d.parent_object_id')}`,
  },
  {
    what: 'indexes',
    text: `SELECT s.name AS c0, t.name AS c1, i.filter_definition AS c2, i.name AS c3 FROM sys.indexes AS i
      ${tableOf('i.object_id')}`,
  },
  {
    what: 'policies',
    text: `SELECT s.name AS c0, t.name AS c1, p.predicate_definition AS c2 FROM sys.security_predicates AS p
      ${tableOf('p.target_object_id')}`,
  },
  {
    what: 'computed columns',
    text: `SELECT s.name AS c0, t.name AS c1, x.definition AS c2 FROM sys.computed_columns AS x
      ${tableOf('x.object_id')}`,
  },
  {
    what: 'comments',
    text: `SELECT N'' AS c0, COALESCE(o.name, p.class_desc) AS c1, CONVERT(nvarchar(4000), p.value) AS c2 FROM sys.extended_properties AS p
      LEFT JOIN sys.objects AS o ON o.object_id = p.major_id AND p.class = 1`,
  },
  {
    what: 'names',
    text: `SELECT N'' AS c0, N'' AS c1, o.name AS c2 FROM sys.objects AS o WHERE o.is_ms_shipped = 0
      UNION ALL SELECT N'', N'', s.name FROM sys.schemas AS s
      UNION ALL SELECT s.name, t.name, c.name FROM sys.columns AS c
      ${tableOf('c.object_id')}`,
  },
  { what: 'synonyms', text: `SELECT N'' AS c0, name AS c1, base_object_name AS c2 FROM sys.synonyms` },
  { what: 'external sources', text: `SELECT N'' AS c0, name AS c1, location AS c2 FROM sys.external_data_sources` },
  {
    what: 'credentials',
    text: `SELECT N'' AS c0, name AS c1, credential_identity AS c2 FROM sys.database_scoped_credentials`,
  },
].map(({ what, text }) => ({ what, query: CompiledQuery.raw(text) }));

/** Whatever else a database of SQL Server keeps values in. */
export const NEVER: Places['notSearched'] = [
  {
    what: 'statistics',
    why: 'those of columns that a rule writes are rebuilt, those of others say what the columns say',
  },
  { what: 'external tables', why: 'their rows are on another server' },
  {
    what: 'Query Store, queues of Service Broker, change tracking and full-text catalogs',
    why: 'they are no tables',
  },
  {
    what: 'plan guides, boundaries of partitions, schemas of XML, assemblies, keys, and names of users and roles',
    why: 'nobody enters business data there',
  },
  { what: 'bytes within sql_variant', why: 'the server hands them over as other text' },
  {
    what: 'jobs and mail of the server (msdb), and its settings',
    why: 'they are the server’s, and no part of the copy',
  },
];

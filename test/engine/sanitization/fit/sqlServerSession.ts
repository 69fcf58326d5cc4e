import type { Session } from '../../../../engine/environments/provider.ts';

type Row = Readonly<Record<string, unknown>>;

/** What the catalogue of a SQL Server answers, in its own columns; what is left out is as in most tables. */
export interface SqlServerTable {
  readonly schema?: string;
  readonly name: string;
  readonly columns: Readonly<Record<string, Row>>;
  /** Of `sys.tables`. */
  readonly more?: Row;
}

export interface SqlServerCatalogue {
  readonly tables: readonly SqlServerTable[];
  readonly indexes?: readonly Row[];
  readonly checks?: readonly Row[];
  readonly foreignKeys?: readonly Row[];
  readonly triggers?: readonly Row[];
  readonly policies?: readonly Row[];
  readonly views?: readonly Row[];
  /** What questions to the rows count, by a part of their text. */
  readonly counts?: Readonly<Record<string, number>>;
}

export interface RecordingSession extends Session {
  readonly executed: string[];
}

/** A session that answers questions to the catalogue with these rows, and counts nothing anywhere else. */
export function sqlServerSession({ tables, counts = {}, ...others }: SqlServerCatalogue): RecordingSession {
  const placed = tables.map((table, index) => ({ schema: 'dbo', ...table, id: 100 + index }));
  const columns = placed.flatMap(({ id, schema, name, columns: own }) =>
    Object.entries(own).map(([column, facts]) => ({
      ...COLUMN,
      ...facts,
      object_id: id,
      name: column,
      schema,
      table: name,
    })),
  );
  const answers: readonly (readonly [RegExp, readonly Row[]])[] = [
    [/"table_schema"/, columns.map(described)],
    [
      /FROM sys\.tables AS t/,
      placed.map(({ id, schema, name, more }) => ({ ...TABLE, ...more, object_id: id, schema, name })),
    ],
    [/FROM sys\.columns AS c/, columns],
    [/FROM sys\.indexes AS i/, others.indexes ?? []],
    [/FROM sys\.check_constraints/, others.checks ?? []],
    [/FROM sys\.foreign_keys AS f/, others.foreignKeys ?? []],
    [/FROM sys\.triggers AS g/, others.triggers ?? []],
    [/FROM sys\.security_predicates/, others.policies ?? []],
    [/FROM sys\.sql_expression_dependencies/, others.views ?? []],
    ...Object.entries(counts).map(([part, rows]) => [new RegExp(part), [{ rows }]] as const),
  ];
  const executed: string[] = [];
  return {
    dialect: 'mssql',
    executed,
    select: <Found>({ sql }: { readonly sql: string }) => {
      const rows = answers.find(([pattern]) => pattern.test(sql))?.[1] ?? [{ rows: 0 }];
      // The test has written what the server would answer.
      return Promise.resolve(rows as readonly Found[]);
    },
    pour: () => Promise.resolve(),
    execute: ({ sql }) => {
      executed.push(sql);
      return Promise.resolve({ rowCount: 0 });
    },
    executeTogether: (queries) => {
      executed.push(...queries.map(({ sql }) => sql));
      return Promise.resolve(queries.map(() => 0));
    },
    maintain: ({ sql }) => {
      executed.push(sql);
      return Promise.resolve();
    },
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
}

const TABLE: Row = {
  temporal_type: 0,
  is_memory_optimized: false,
  may_select: 1,
  may_update: 1,
  may_delete: 1,
  may_alter: 1,
  may_unmask: 1,
  sees_everything: 1,
};
const COLUMN: Row = {
  base: 'nvarchar',
  max_length: 120,
  precision: 0,
  scale: 0,
  is_nullable: false,
  is_computed: false,
  is_identity: false,
  may_select: 1,
  may_update: 1,
};

/** As `describeTables` asks for it. */
function described(column: Row): Row {
  return {
    table_schema: column['schema'],
    table_name: column['table'],
    column_name: column['name'],
    data_type: column['base'],
    max_length: column['base'] === 'nvarchar' ? Number(column['max_length']) / 2 : null,
    is_nullable: column['is_nullable'],
    is_generated: Boolean(column['is_computed']) || Boolean(column['is_identity']),
  };
}

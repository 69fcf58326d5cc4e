import { quoteName, quoteText, type Dialect } from '../dialects/dialect.ts';
import { COMPANY, INITIAL_PARTITION } from '../profiles.ts';

export type Value = string | number | bigint | Uint8Array | null;

/** SQL of the row's number g, in words that every server knows; where there are none, what is meant. */
export type Expression =
  | string
  | { readonly bytesOf: string }
  | { readonly after: string; readonly days: string }
  | { readonly after: string; readonly minutes: string };

/** One table: its columns beside the system's own, and where its rows come from. */
export interface Table {
  readonly name: string;
  /** `ax` holds the copies of a Commerce channel; absent: where F&O keeps its own tables. */
  readonly schema?: 'ax';
  /** Column → type, as PostgreSQL declares it. */
  readonly columns: Readonly<Record<string, string>>;
  /** F&O keeps most business tables per company (DATAAREAID), system tables once for all. */
  readonly isPerCompany: boolean;
  readonly source:
    | { readonly kind: 'generated'; readonly rows: number; readonly expressions: readonly Expression[] }
    | { readonly kind: 'listed'; readonly rows: readonly (readonly Value[])[] };
  readonly indexes: readonly Index[];
}

export interface Index {
  readonly name: string;
  readonly columns: readonly string[];
  readonly isUnique: boolean;
}

/** A table with `rows` rows; each column is `[type, expression of the row's number g, from 1]`. */
export function generated(
  name: string,
  rows: number,
  columns: Readonly<Record<string, readonly [type: string, expression: Expression]>>,
  {
    index = [],
    isUnique = false,
    isPerCompany = true,
  }: { readonly index?: readonly string[]; readonly isUnique?: boolean; readonly isPerCompany?: boolean } = {},
): Table {
  return {
    name,
    isPerCompany,
    columns: Object.fromEntries(Object.entries(columns).map(([column, [type]]) => [column, type])),
    source: { kind: 'generated', rows, expressions: Object.values(columns).map(([, expression]) => expression) },
    indexes: index.length === 0 ? [] : [{ name: `I_${name}_${index.join('_')}IDX`, columns: index, isUnique }],
  };
}

/** A table of the system (once for all companies) whose rows are written out in the order of its columns. */
export function listed(
  name: string,
  columns: Readonly<Record<string, string>>,
  rows: readonly (readonly Value[])[],
): Table {
  return { name, columns, isPerCompany: false, source: { kind: 'listed', rows }, indexes: [] };
}

/** A table whose rows an index tells apart by these columns. */
export function unique(columns: readonly string[], table: Table): Table {
  const index = { name: `I_${table.name}_${columns.join('_')}IDX`, columns, isUnique: true };
  return { ...table, indexes: [...table.indexes, index] };
}

/** A channel's copy of a table: the same name, in the schema `ax`. */
export function ofChannel(table: Table): Table {
  return { ...table, schema: 'ax', isPerCompany: false };
}

export function qualifiedName({ schema, name }: Pick<Table, 'name' | 'schema'>): string {
  return schema === undefined ? quoteName(name) : `${quoteName(schema)}.${quoteName(name)}`;
}

export function createTableSql(table: Table, dialect: Dialect): string {
  const columns = Object.entries(table.columns).map(
    ([column, type]) => `  ${quoteName(column)} ${dialect.column(withDefault(type))}`,
  );
  const company = `"DATAAREAID" ${dialect.column('varchar(4)')} NOT NULL DEFAULT ${quoteText(COMPANY.dataAreaId)}`;
  const system = [
    ...(table.isPerCompany ? [`  ${company}`] : []),
    ...('PARTITION' in table.columns ? [] : [`  "PARTITION" bigint NOT NULL DEFAULT ${INITIAL_PARTITION}`]),
    `  "RECVERSION" int NOT NULL DEFAULT 1`,
    `  "RECID" ${dialect.recId}`,
  ];
  return dialect.createTable(table, [...columns, ...system]);
}

export function createIndexSql(table: Pick<Table, 'name' | 'schema'>, index: Index, dialect: Dialect): string {
  return dialect.createIndex(index, table, index.columns.map(quoteName).join(', '));
}

/** Nothing for a table without rows. `recId` is the first row's; without it the server numbers them, or they begin as in a new table. */
export function insertSql(
  table: Pick<Table, 'name' | 'schema' | 'columns' | 'source'>,
  dialect: Dialect,
  recId?: bigint,
): string | undefined {
  const { columns, source } = table;
  const isNumbered = recId === undefined && dialect.numbersRecords;
  const firstRecId = recId ?? INITIAL_PARTITION;
  const names = [...Object.keys(columns), ...(isNumbered ? [] : ['RECID'])];
  const into = `INSERT INTO ${qualifiedName(table)} (${names.map(quoteName).join(', ')})`;
  if (source.kind === 'generated') {
    if (source.rows === 0) return undefined;
    const values = source.expressions.map((expression) => write(expression, dialect));
    const all = [...values, ...(isNumbered ? [] : [`${firstRecId - 1n} + g`])];
    return `${into}\nSELECT ${all.join(', ')}\n${dialect.numbers(source.rows)}`;
  }
  if (source.rows.length === 0) return undefined;
  const rows = source.rows.map((row, n) => [...row, ...(isNumbered ? [] : [firstRecId + BigInt(n)])]);
  return `${into}\nVALUES ${rows.map((row) => `(${row.map((value) => literal(value, dialect)).join(', ')})`).join(',\n')}`;
}

/** F&O gives every column that must not be NULL the empty value of its type. */
function withDefault(declaration: string): string {
  const [, type = '', rest = ''] = /^(\S+) NOT NULL(.*)$/.exec(declaration) ?? [];
  if (type === '') return declaration;
  const empty = type.startsWith('varchar') ? `''` : type === 'timestamp' ? `'1900-01-01'` : '0';
  return `${type} NOT NULL DEFAULT ${empty}${rest}`;
}

function write(expression: Expression, dialect: Dialect): string {
  if (typeof expression === 'string') return expression;
  if ('bytesOf' in expression) return dialect.bytesOf(expression.bytesOf);
  return 'days' in expression
    ? dialect.after(expression.after, 'day', expression.days)
    : dialect.after(expression.after, 'minute', expression.minutes);
}

function literal(value: Value, dialect: Dialect): string {
  if (value === null) return 'NULL';
  if (value instanceof Uint8Array) return dialect.bytes(value);
  return typeof value === 'string' ? quoteText(value) : String(value);
}

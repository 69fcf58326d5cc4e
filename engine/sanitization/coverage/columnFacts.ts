import type { Place } from '../rules/catalogue.ts';

/** One column of one table, as the catalogue describes it. Everything here can be kept as JSON. */
export interface ColumnFact extends Place {
  readonly column: string;
  /** As the server names it: `nvarchar`, `character varying`. */
  readonly type: string;
  readonly family: Family;
  /** Characters of a text with a limit. */
  readonly maxLength?: number;
  readonly isNullable: boolean;
  /** Why its values cannot be looked at: they are hidden from this account, masked for it, or encrypted by a client. */
  readonly unseen?: Unseen;
}

/** `document`: XML and JSON, texts that cannot be compared. */
export type Family = 'text' | 'document' | 'binary' | 'number' | 'date' | 'other';

export type Unseen = 'no right to read it' | 'rows hidden by a policy' | 'masked for this account' | 'encrypted';

/** `SCHEMA.TABLE.COLUMN`, by which a column is known in a baseline and between two looks. */
export const idOf = ({ schema, table, column }: Pick<ColumnFact, 'schema' | 'table' | 'column'>): string =>
  [schema, table, column].map((name) => name.replaceAll('.', '..')).join('.');

export const familyOf = (type: string): Family => FAMILIES.get(type.toLowerCase()) ?? 'other';

const FAMILIES: ReadonlyMap<string, Family> = new Map(
  Object.entries({
    text: ['nvarchar', 'varchar', 'nchar', 'char', 'text', 'ntext', 'bpchar', 'citext', 'name', 'sysname'],
    document: ['xml', 'json', 'jsonb'],
    binary: ['varbinary', 'binary', 'image', 'bytea'],
    number: [
      ...['tinyint', 'smallint', 'int', 'bigint', 'bit', 'decimal', 'numeric', 'money', 'smallmoney', 'real', 'float'],
      ...['int2', 'int4', 'int8', 'float4', 'float8', 'bool'],
    ],
    date: ['date', 'datetime', 'datetime2', 'smalldatetime', 'datetimeoffset', 'timestamp', 'timestamptz'],
  } satisfies Partial<Record<Family, readonly string[]>>).flatMap(([family, types]) =>
    // The keys of the literal above are families.
    types.map((type) => [type, family as Family] as const),
  ),
);

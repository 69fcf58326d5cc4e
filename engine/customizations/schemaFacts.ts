import type { CompiledQuery } from 'kysely';
import { z } from 'zod';
import type { ReadSession } from '../environments/provider.ts';
import { flag } from '../sanitization/fit/catalogueRows.ts';
import { nameOf } from '../sanitization/fit/obstacles.ts';
import type { Place } from '../sanitization/rules/catalogue.ts';
import type { CatalogueQuestions } from './catalogueQuestions.ts';
import type { Constraint, Key } from './constraint.ts';
import { postgresQuestions } from './postgresCatalogue.ts';
import { sqlServerQuestions } from './sqlServerCatalogue.ts';

/** All tables that a session is shown, and what the database enforces on them. */
export interface SchemaFacts {
  /** By `nameOf`. */
  readonly tables: ReadonlyMap<string, TableFacts>;
  readonly constraints: readonly Constraint[];
}

export interface TableFacts extends Place {
  readonly id: number;
  /** Its rows lie in its partitions. */
  readonly isPartitioned: boolean;
  /** A policy hides rows of it from this session. */
  readonly isHidden: boolean;
  readonly maySelect: boolean;
  /** An estimate. */
  readonly rows: number;
}

export interface ColumnFacts {
  readonly type: string;
  readonly isNullable: boolean;
  /** The server makes its values: computed, identity. */
  readonly isMade: boolean;
  readonly fallback?: string;
}

const questionsFor = ({ dialect }: Pick<ReadSession, 'dialect'>): CatalogueQuestions =>
  dialect === 'postgres' ? postgresQuestions : sqlServerQuestions;

/** One question per kind, however many tables there are. */
export async function readSchema(session: ReadSession): Promise<SchemaFacts> {
  const questions = questionsFor(session);
  const tables = await ask(session, questions.tables, tableRow);
  const places = new Map(tables.map((table) => [table.id, table]));
  const found = <Row extends { readonly id: number }>(rows: readonly Row[]) =>
    rows.flatMap((row) => {
      const place = places.get(row.id);
      return place === undefined ? [] : [{ ...row, schema: place.schema, table: place.table }];
    });
  const uniqueIndexes = found(await ask(session, questions.uniqueIndexes, uniqueRow));
  const checks = found(await ask(session, questions.checks, checkRow));
  const foreignKeys = found(await ask(session, questions.foreignKeys, foreignKeyRow));
  const together = <Row extends { readonly id: number; readonly name: string }>(rows: readonly Row[]) => [
    ...Map.groupBy(rows, ({ id, name }) => JSON.stringify([id, name])).values(),
  ];
  return {
    tables: new Map(tables.map((table) => [nameOf(table), table])),
    constraints: [
      ...together(uniqueIndexes).flatMap((keys): readonly Constraint[] => {
        const [first] = keys;
        if (first === undefined) return [];
        const { schema, table, name, filter, nulls_are_equal: nullsAreEqual } = first;
        const about = { kind: 'unique', schema, table, name, keys: keys.map(keyOf), nullsAreEqual } as const;
        return [filter === undefined ? about : { ...about, filter }];
      }),
      ...checks.map(({ schema, table, name, definition }): Constraint => ({
        ...{ kind: 'check', schema, table, name, definition },
      })),
      ...together(foreignKeys).flatMap((columns): readonly Constraint[] => {
        const [first] = columns;
        if (first === undefined) return [];
        const { schema, table, name, to_schema: toSchema, to_table: toTable } = first;
        return [
          {
            ...{ kind: 'foreign-key', schema, table, name },
            columns: columns.map(({ column }) => column),
            to: { schema: toSchema, table: toTable },
            toColumns: columns.map((each) => each.to_column),
          },
        ];
      }),
    ],
  };
}

/** By the table's number, by the column's name. */
export async function readColumns(
  session: ReadSession,
  tables: readonly TableFacts[],
): Promise<ReadonlyMap<number, ReadonlyMap<string, ColumnFacts>>> {
  const ids = [...new Set(tables.map(({ id }) => id))];
  if (ids.length === 0) return new Map();
  const rows = await ask(session, questionsFor(session).columns(ids), columnRow);
  const lists = [...Map.groupBy(rows, ({ id }) => id)];
  return new Map(lists.map(([id, columns]) => [id, new Map(columns.map(({ column, facts }) => [column, facts]))]));
}

async function ask<Row>(session: ReadSession, query: CompiledQuery, row: z.ZodType<Row>): Promise<readonly Row[]> {
  return (await session.select(query)).map((each) => row.parse(each));
}

const number = z.coerce.number().int();
const optionalText = z
  .string()
  .nullish()
  .transform((value) => value ?? undefined);

const tableRow = z
  .object({
    ...{ id: number, schema: z.string(), table: z.string(), rows: number },
    ...{ is_partitioned: flag, is_hidden: flag, may_select: flag.nullish() },
  })
  .transform((row): TableFacts => ({
    ...{ id: row.id, schema: row.schema, table: row.table, rows: row.rows },
    ...{ isPartitioned: row.is_partitioned, isHidden: row.is_hidden, maySelect: row.may_select ?? false },
  }));
const uniqueRow = z.object({
  ...{ id: number, name: z.string(), column: optionalText, key: z.string(), filter: optionalText },
  ...{ collation_schema: optionalText, collation: optionalText, nulls_are_equal: flag },
});
const checkRow = z.object({ id: number, name: z.string(), definition: z.string() });
const foreignKeyRow = z.object({
  ...{ id: number, name: z.string(), column: z.string() },
  ...{ to_schema: z.string(), to_table: z.string(), to_column: z.string() },
});
const columnRow = z
  .object({
    ...{ id: number, column: z.string(), type: z.string(), is_nullable: flag, is_made: flag, fallback: optionalText },
  })
  .transform(({ id, column, type, is_nullable: isNullable, is_made: isMade, fallback }) => {
    const facts: ColumnFacts = { type, isNullable, isMade, ...(fallback === undefined ? {} : { fallback }) };
    return { id, column, facts };
  });

function keyOf({ column, key, collation_schema: schema, collation }: z.infer<typeof uniqueRow>): Key {
  return {
    ...(column === undefined ? {} : { column }),
    text: key,
    ...(schema === undefined || collation === undefined ? {} : { collation: { schema, name: collation } }),
  };
}

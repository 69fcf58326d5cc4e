import type { z } from 'zod';
import type { CompiledQuery } from 'kysely';
import type { ReadSession } from '../../environments/provider.ts';
import type { CatalogueQuestion, CatalogueQuestions } from './catalogueQuestions.ts';
import { catalogueRows, type CatalogueRow } from './catalogueRows.ts';
import type { ColumnFacts, ForeignKey, Obstacles, Right, TableObstacles, UniqueIndex } from './obstacles.ts';
import type { Place } from '../rules/catalogue.ts';
import { postgresQuestions } from './postgresCatalogue.ts';
import { sqlServerQuestions } from './sqlServerCatalogue.ts';
import { sqlServerRows } from './sqlServerRows.ts';
import { tablesWrittenBy } from './tablesWrittenBy.ts';

/**
 * Everything about the tables of these names, in every schema, that may stand in the way of a rule; with them their
 * partitions, children and history tables. One question per kind, however many tables there are.
 * @param kinds these alone are asked for; what is not asked for reads as if there were none
 */
export async function readObstacles(
  session: ReadSession,
  names: readonly string[],
  kinds?: readonly Kind[],
): Promise<Obstacles> {
  const questions: CatalogueQuestions = session.dialect === 'postgres' ? postgresQuestions : sqlServerQuestions;
  const rows = session.dialect === 'postgres' ? catalogueRows : sqlServerRows;
  const asked = [...new Set(names)];
  if (asked.length === 0) return { tables: [], seesEverything: true, unclearViews: [] };
  const tables = await ask(session, questions.tables(asked), rows.tables);
  const ids = tables.map(({ id }) => id);
  const look = async <Row>(kind: Kind, row: z.ZodType<Row>): Promise<readonly Row[]> => {
    const question: CatalogueQuestion | undefined = questions[kind];
    const isAsked = kinds?.includes(kind) ?? true;
    return question === undefined || ids.length === 0 || !isAsked ? [] : ask(session, question(ids), row);
  };

  const columns = await look('columns', rows.columns);
  const indexes = await look('indexes', rows.indexes);
  const checks = await look('checks', rows.checks);
  const foreignKeys = await look('foreignKeys', rows.foreignKeys);
  const triggers = await look('triggers', rows.triggers);
  const policies = await look('policies', rows.policies);
  const views = await look('views', rows.views);
  const parts = await look('parts', rows.parts);
  const statistics = await look('statistics', rows.statistics);

  const places = new Map<number, Place>(tables.map(({ id, schema, table }) => [id, { schema, table }]));
  const placesOf = (found: readonly number[]) =>
    found.map((id) => places.get(id)).filter((place) => place !== undefined);
  const of = {
    columns: listsBy(columns, ({ id }) => id),
    indexes: listsBy(indexes, ({ id }) => id),
    checks: listsBy(checks, ({ id }) => id),
    references: listsBy(foreignKeys, ({ id }) => id),
    referencedBy: listsBy(foreignKeys, (each) => each.to_id),
    triggers: listsBy(triggers, ({ id }) => id),
    views: listsBy(views, ({ id }) => id),
    parts: listsBy(parts, ({ id }) => id),
    partOf: listsBy(parts, (each) => each.part_id),
    statistics: listsBy(statistics, ({ id }) => id),
  };
  const described = tables.map((row): TableObstacles => {
    const { id, schema, table, kind } = row;
    const history = row.history_id === undefined ? undefined : places.get(row.history_id);
    return {
      ...{ id, schema, table, kind },
      columns: new Map(of.columns(id).map((each) => [each.column, columnOf(each)])),
      uniqueIndexes: uniqueIndexesOf(of.indexes(id)),
      checks: of
        .checks(id)
        .map((each) => ({ name: each.name, definition: each.definition, isUnproved: each.is_unproved })),
      references: foreignKeysOf(of.references(id)),
      referencedBy: foreignKeysOf(of.referencedBy(id)),
      triggers: of.triggers(id).map((each) => ({
        ...{ name: each.name, kind: each.kind, state: each.state },
        writes: tablesWrittenBy(each.text ?? ''),
      })),
      // SQL Server's policies spare nobody, not even the owner of the database.
      hidesRows: row.hides_rows || policies.some((policy) => policy.id === id),
      ...(history && { history }),
      views: of.views(id).map(viewOf),
      parts: placesOf(of.parts(id).map((each) => each.part_id)),
      partOf: placesOf(of.partOf(id).map((each) => each.id)),
      isTracked: row.is_tracked,
      isCaptured: row.is_captured,
      statistics: of.statistics(id).map((each) => ({
        ...{ schema: each.schema, name: each.name, definition: each.definition },
      })),
      denied: deniedOf({
        ...{ SELECT: row.may_select, UPDATE: row.may_update, DELETE: row.may_delete },
        ...{ ALTER: row.may_alter, UNMASK: row.may_unmask },
      }),
    };
  });
  return {
    tables: described,
    seesEverything: tables.every((row) => row.sees_everything),
    unclearViews: views.filter(({ id }) => id === undefined).map(viewOf),
  };
}

type Kind = Exclude<keyof CatalogueQuestions, 'tables'>;

async function ask<Row>(session: ReadSession, query: CompiledQuery, row: z.ZodType<Row>): Promise<readonly Row[]> {
  return (await session.select(query)).map((each) => row.parse(each));
}

function listsBy<Row>(rows: readonly Row[], key: (row: Row) => number | undefined): (id: number) => readonly Row[] {
  const lists = Map.groupBy(rows, key);
  return (id) => lists.get(id) ?? [];
}

function columnOf(row: CatalogueRow<'columns'>): ColumnFacts {
  const { type, base, length, precision, scale, definition, collation } = row;
  return {
    type,
    base: base ?? '',
    ...(length !== undefined && { length }),
    ...(precision !== undefined && { precision }),
    ...(scale !== undefined && { scale }),
    isNullable: row.is_nullable,
    isComputed: row.is_computed,
    ...(definition !== undefined && { definition }),
    isServerMade: row.is_server_made,
    isEncrypted: row.is_encrypted,
    isMasked: row.is_masked,
    isPartitionKey: row.is_partition_key,
    ...(collation !== undefined && { collation }),
    isLoose: row.is_loose,
    denied: deniedOf({ SELECT: row.may_select, UPDATE: row.may_update }),
  };
}

function deniedOf(rights: Partial<Readonly<Record<Right, boolean>>>): readonly Right[] {
  // The keys of the literal above are the rights.
  return (Object.keys(rights) as Right[]).filter((right) => rights[right] === false);
}

function uniqueIndexesOf(rows: readonly CatalogueRow<'indexes'>[]): readonly UniqueIndex[] {
  return [...Map.groupBy(rows, ({ index }) => index)].map(([name, keys]) => {
    const filter = keys[0]?.filter;
    return {
      name,
      keys: keys.map(({ key }) => key),
      columns: [...new Set(keys.flatMap(({ column, reads }) => [...(column === undefined ? [] : [column]), ...reads]))],
      ...(filter !== undefined && { filter }),
      nullsAreEqual: keys[0]?.nulls_are_equal ?? false,
    };
  });
}

function foreignKeysOf(rows: readonly CatalogueRow<'foreignKeys'>[]): readonly ForeignKey[] {
  return [...Map.groupBy(rows, ({ id, name }) => `${String(id)} ${name}`).values()].flatMap((columns) => {
    const [first] = columns;
    if (first === undefined) return [];
    return [
      {
        name: first.name,
        from: { schema: first.schema, table: first.table },
        columns: columns.map(({ column }) => column),
        to: { schema: first.to_schema, table: first.to_table },
        toColumns: columns.map((each) => each.to_column),
      },
    ];
  });
}

function viewOf({ schema, view, kind, is_filled: isFilled, depth }: CatalogueRow<'views'>) {
  return { schema, view, kind, isFilled, depth };
}

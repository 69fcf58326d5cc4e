import type { Values } from '../sql/types.ts';
import type { Database } from '../state/databaseModel.ts';
import { toLocal } from '../state/serverTime.ts';
import {
  defaultsOf,
  foreignKeyName,
  references,
  RESTING_KEYS,
  rowCounts,
  userIndexes,
  userTables,
  type UserTable,
} from '../state/tables.ts';
import { objectColumns } from './keptViews.ts';
import { schemaId } from './schemas.ts';
import { flag, keptView, type View } from './view.ts';

const objectsWhere =
  (isShown: (table: UserTable) => boolean): View['rows'] =>
  ({ server, session, database }) =>
    userTables({ session, database })
      .filter(isShown)
      .map((table) => ({
        name: table.name,
        object_id: table.id,
        schema_id: schemaId(database, table.schema),
        parent_object_id: 0,
        type: table.isView ? 'V ' : 'U ',
        type_desc: table.isView ? 'VIEW' : 'USER_TABLE',
        create_date: toLocal(server, database.createdAt),
        modify_date: toLocal(server, database.createdAt),
        is_ms_shipped: 0,
        temporal_type: 0,
        history_table_id: null,
        history_retention_period: null,
        history_retention_period_unit_desc: null,
        ...versioning(database, table.id),
        is_replicated: 0,
        is_tracked_by_cdc: 0,
        is_external: 0,
      }));

/** A versioned table is what a test has put among the rows of the database under this name. */
function versioning({ ownRows }: Database, id: number): Values {
  const row = ownRows.get('versioned tables')?.find((each) => each['id'] === id && each['is_on'] === 1);
  if (row === undefined) return {};
  return {
    temporal_type: 2,
    history_table_id: row['history_table_id'] ?? null,
    history_retention_period: row['history_retention_period'] ?? null,
    history_retention_period_unit_desc: row['history_retention_period_unit_desc'] ?? null,
  };
}

const ENFORCED = { is_disabled: 0, is_hypothetical: 0, ignore_dup_key: 0 };

const columnId = ({ columns }: UserTable, column: string): number =>
  columns.findIndex(({ name }) => name.toLowerCase() === column.toLowerCase()) + 1;

const indexColumns = (table: UserTable, index: number, keys: readonly string[], included: readonly string[] = []) =>
  [...keys, ...included].map((column, at) => ({
    ...{ object_id: table.id, index_id: index, index_column_id: at + 1, column_id: columnId(table, column) },
    ...{ key_ordinal: at < keys.length ? at + 1 : 0, is_included_column: flag(at >= keys.length) },
  }));

/** Tables, and what hangs on them. */
export const tableViews: readonly View[] = [
  {
    name: 'sys.tables',
    columns: {
      ...objectColumns,
      temporal_type: 'tinyint',
      history_table_id: 'int',
      history_retention_period: 'int',
      history_retention_period_unit_desc: 'nvarchar(10)',
      is_replicated: 'bit',
      is_tracked_by_cdc: 'bit',
      is_external: 'bit',
    },
    rows: objectsWhere(({ isView }) => !isView),
  },
  { name: 'sys.objects', columns: objectColumns, rows: objectsWhere(() => true) },
  { name: 'sys.views', columns: objectColumns, rows: objectsWhere(({ isView }) => isView) },
  {
    name: 'sys.indexes',
    columns: {
      object_id: 'int',
      name: 'sysname',
      index_id: 'int',
      type: 'tinyint',
      type_desc: 'nvarchar(60)',
      is_unique: 'bit',
      is_primary_key: 'bit',
      is_disabled: 'bit',
      is_hypothetical: 'bit',
      ignore_dup_key: 'bit',
      filter_definition: 'nvarchar(max)',
    },
    rows: (look) => [
      // Every primary key here is clustered.
      ...userTables(look).flatMap(({ id, name, key }) =>
        key.length === 0
          ? []
          : [
              {
                ...{ object_id: id, name: `PK_${name}`, index_id: 1, type: 1, type_desc: 'CLUSTERED' },
                ...{ ...ENFORCED, is_unique: 1, is_primary_key: 1, filter_definition: null },
              },
            ],
      ),
      ...userIndexes(look).map(({ table, name, isUnique, filter = null }, index) => ({
        ...{ object_id: table.id, name, index_id: index + 2, type: 2, type_desc: 'NONCLUSTERED' },
        ...{ ...ENFORCED, is_unique: flag(isUnique), is_primary_key: 0, filter_definition: filter },
      })),
    ],
  },
  {
    name: 'sys.index_columns',
    columns: {
      object_id: 'int',
      index_id: 'int',
      index_column_id: 'int',
      column_id: 'int',
      key_ordinal: 'tinyint',
      is_included_column: 'bit',
    },
    rows: (look) => [
      ...userTables(look).flatMap((table) => indexColumns(table, 1, table.key)),
      ...userIndexes(look).flatMap(({ table, keys, included }, index) =>
        indexColumns(table, index + 2, keys, included),
      ),
    ],
  },
  {
    name: 'sys.partitions',
    columns: { object_id: 'int', index_id: 'int', partition_number: 'int', rows: 'bigint' },
    rows: (look) =>
      [...rowCounts(look)].map(([id, rows]) => ({ object_id: id, index_id: 1, partition_number: 1, rows })),
  },
  {
    name: 'sys.foreign_keys',
    columns: {
      name: 'sysname',
      object_id: 'int',
      parent_object_id: 'int',
      referenced_object_id: 'int',
      is_disabled: 'bit',
      is_not_trusted: 'bit',
      delete_referential_action: 'tinyint',
      update_referential_action: 'tinyint',
    },
    rows: ({ session, database }) =>
      references({ session, database }).map(({ from, to }) => {
        const name = foreignKeyName(from, to);
        const rests = (database.ownRows.get(RESTING_KEYS) ?? []).some((row) => row['name'] === name);
        return {
          ...{ name, object_id: from.id + 9000, is_disabled: rests ? 1 : 0, is_not_trusted: 0 },
          ...{ parent_object_id: from.id, referenced_object_id: to.id },
          ...{ delete_referential_action: 0, update_referential_action: 0 },
        };
      }),
  },
  {
    name: 'sys.foreign_key_columns',
    columns: {
      constraint_object_id: 'int',
      constraint_column_id: 'int',
      parent_object_id: 'int',
      parent_column_id: 'int',
      referenced_object_id: 'int',
      referenced_column_id: 'int',
    },
    rows: (look) =>
      references(look).flatMap(({ from, to, columns }) =>
        columns.map(([own, other], index) => ({
          ...{ constraint_object_id: from.id + 9000, constraint_column_id: index + 1 },
          ...{ parent_object_id: from.id, parent_column_id: columnId(from, own) },
          ...{ referenced_object_id: to.id, referenced_column_id: columnId(to, other) },
        })),
      ),
  },
  {
    name: 'sys.default_constraints',
    columns: { name: 'sysname', object_id: 'int', parent_object_id: 'int', definition: 'nvarchar(max)' },
    rows: (look) =>
      defaultsOf(look).map(({ id, table, fallback }) => ({
        ...{ name: `DF_${String(id)}`, object_id: id, parent_object_id: table, definition: fallback },
      })),
  },
  {
    name: 'sys.dm_db_log_space_usage',
    columns: { total_log_size_in_bytes: 'bigint', used_log_space_in_bytes: 'bigint' },
    rows: () => [{ total_log_size_in_bytes: 8_388_608, used_log_space_in_bytes: 1_048_576 }],
  },
  keptView('sys.sql_expression_dependencies', { referencing_id: 'int', referenced_id: 'int' }),
  keptView('sys.security_policies', { name: 'sysname', object_id: 'int', schema_id: 'int', is_enabled: 'bit' }),
  keptView('sys.change_tracking_tables', { object_id: 'int', is_track_columns_updated_on: 'bit' }),
  keptView('sys.stats', { object_id: 'int', name: 'sysname', stats_id: 'int', auto_created: 'bit' }),
];

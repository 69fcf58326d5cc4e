import { userTables } from '../state/tables.ts';
import { ownSchemas, schemas } from './schemas.ts';
import { flag, type View } from './view.ts';

const typeIds: Readonly<Record<string, number>> = {
  image: 34,
  text: 35,
  uniqueidentifier: 36,
  date: 40,
  time: 41,
  datetime2: 42,
  datetimeoffset: 43,
  tinyint: 48,
  smallint: 52,
  int: 56,
  smalldatetime: 58,
  real: 59,
  money: 60,
  datetime: 61,
  float: 62,
  sql_variant: 98,
  ntext: 99,
  bit: 104,
  decimal: 106,
  numeric: 108,
  smallmoney: 122,
  bigint: 127,
  varbinary: 165,
  varchar: 167,
  binary: 173,
  char: 175,
  timestamp: 189,
  nvarchar: 231,
  nchar: 239,
  xml: 241,
};

export const databaseViews: readonly View[] = [
  {
    name: 'sys.columns',
    columns: {
      object_id: 'int',
      name: 'sysname',
      column_id: 'int',
      system_type_id: 'tinyint',
      user_type_id: 'int',
      max_length: 'smallint',
      precision: 'tinyint',
      scale: 'tinyint',
      is_nullable: 'bit',
      is_identity: 'bit',
      is_computed: 'bit',
      is_rowguidcol: 'bit',
      default_object_id: 'int',
      generated_always_type: 'tinyint',
      generated_always_type_desc: 'nvarchar(60)',
      collation_name: 'sysname',
    },
    rows: (look) =>
      userTables(look).flatMap((table) =>
        table.columns.map((column, index) => ({
          object_id: table.id,
          name: column.name,
          column_id: index + 1,
          system_type_id: typeIds[column.type.name === 'sysname' ? 'nvarchar' : column.type.name] ?? 231,
          user_type_id: typeIds[column.type.name === 'sysname' ? 'nvarchar' : column.type.name] ?? 231,
          max_length:
            column.type.length === undefined || column.type.length === -1
              ? (column.type.length ?? 8)
              : column.type.length * (column.type.name.startsWith('n') ? 2 : 1),
          precision: column.type.precision ?? 0,
          scale: column.type.scale ?? 0,
          is_nullable: flag(column.isNullable),
          is_identity: flag(column.isIdentity),
          is_computed: 0,
          is_rowguidcol: 0,
          default_object_id: column.fallback !== undefined ? table.id + index + 1 : 0,
          generated_always_type: 0,
          generated_always_type_desc: 'NOT_APPLICABLE',
          collation_name: null,
        })),
      ),
  },
  {
    name: 'sys.types',
    columns: {
      name: 'sysname',
      system_type_id: 'tinyint',
      user_type_id: 'int',
      schema_id: 'int',
      is_nullable: 'bit',
      is_user_defined: 'bit',
    },
    rows: () =>
      [...Object.entries(typeIds), ['sysname', 231] as const].map(([name, id]) => ({
        name,
        system_type_id: id,
        user_type_id: name === 'sysname' ? 256 : id,
        schema_id: 4,
        is_nullable: flag(name !== 'sysname' && name !== 'timestamp'),
        is_user_defined: 0,
      })),
  },
  {
    name: 'sys.schemas',
    columns: { name: 'sysname', schema_id: 'int', principal_id: 'int' },
    rows: ({ database }) => [
      ...schemas.map((name, index) => ({ name, schema_id: index + 1, principal_id: index + 1 })),
      ...ownSchemas(database).map(({ name, id, owner }) => ({ name, schema_id: id, principal_id: owner })),
    ],
  },
  {
    name: 'sys.extended_properties',
    columns: {
      class: 'tinyint',
      class_desc: 'nvarchar(60)',
      major_id: 'int',
      minor_id: 'int',
      name: 'sysname',
      value: 'sql_variant',
    },
    rows: ({ database }) =>
      database.properties.map(({ name, value }) => ({
        class: 0,
        class_desc: 'DATABASE',
        major_id: 0,
        minor_id: 0,
        name,
        value,
      })),
  },
  {
    name: 'sys.database_scoped_configurations',
    columns: {
      configuration_id: 'int',
      name: 'nvarchar(60)',
      value: 'sql_variant',
      value_for_secondary: 'sql_variant',
      is_value_default: 'bit',
    },
    rows: ({ database }) =>
      Object.entries(database.options.scoped).map(([name, value], index) => ({
        configuration_id: index + 1,
        name,
        value,
        value_for_secondary: null,
        is_value_default: 0,
      })),
  },
  {
    name: 'sys.database_query_store_options',
    columns: {
      desired_state_desc: 'nvarchar(60)',
      actual_state_desc: 'nvarchar(60)',
      readonly_reason: 'int',
      current_storage_size_mb: 'bigint',
      flush_interval_seconds: 'bigint',
      interval_length_minutes: 'bigint',
      max_storage_size_mb: 'bigint',
      stale_query_threshold_days: 'bigint',
      max_plans_per_query: 'bigint',
      query_capture_mode_desc: 'nvarchar(60)',
      size_based_cleanup_mode_desc: 'nvarchar(60)',
      wait_stats_capture_mode_desc: 'nvarchar(60)',
    },
    rows: ({ database }) => {
      const state = database.options.flags['is_query_store_on'] === 1 ? 'READ_WRITE' : 'OFF';
      return [
        {
          desired_state_desc: state,
          actual_state_desc: state,
          readonly_reason: 0,
          current_storage_size_mb: database.options.queryStoreRows > 0 ? 1 : 0,
          flush_interval_seconds: 900,
          interval_length_minutes: 60,
          max_storage_size_mb: 1000,
          stale_query_threshold_days: 30,
          max_plans_per_query: 200,
          query_capture_mode_desc: 'AUTO',
          size_based_cleanup_mode_desc: 'AUTO',
          wait_stats_capture_mode_desc: 'ON',
          ...database.options.queryStore,
        },
      ];
    },
  },
];

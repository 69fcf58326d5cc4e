import { userTables } from '../state/tables.ts';
import type { View } from './view.ts';

export const informationSchemaViews: readonly View[] = [
  {
    name: 'information_schema.tables',
    columns: {
      TABLE_CATALOG: 'nvarchar(128)',
      TABLE_SCHEMA: 'nvarchar(128)',
      TABLE_NAME: 'sysname',
      TABLE_TYPE: 'varchar(10)',
    },
    rows: ({ session, database }) =>
      userTables({ session, database }).map(({ schema, name, isView }) => ({
        TABLE_CATALOG: database.name,
        TABLE_SCHEMA: schema,
        TABLE_NAME: name,
        TABLE_TYPE: isView ? 'VIEW' : 'BASE TABLE',
      })),
  },
  {
    name: 'information_schema.columns',
    columns: {
      TABLE_CATALOG: 'nvarchar(128)',
      TABLE_SCHEMA: 'nvarchar(128)',
      TABLE_NAME: 'sysname',
      COLUMN_NAME: 'sysname',
      ORDINAL_POSITION: 'int',
      IS_NULLABLE: 'varchar(3)',
      DATA_TYPE: 'nvarchar(128)',
      CHARACTER_MAXIMUM_LENGTH: 'int',
    },
    rows: ({ session, database }) =>
      userTables({ session, database }).flatMap(({ schema, name, columns }) =>
        columns.map((column, index) => ({
          TABLE_CATALOG: database.name,
          TABLE_SCHEMA: schema,
          TABLE_NAME: name,
          COLUMN_NAME: column.name,
          ORDINAL_POSITION: index + 1,
          IS_NULLABLE: column.isNullable ? 'YES' : 'NO',
          DATA_TYPE: column.type.name,
          CHARACTER_MAXIMUM_LENGTH: column.type.length ?? null,
        })),
      ),
  },
];

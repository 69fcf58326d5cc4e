import { keptView, type View } from './view.ts';

export const objectColumns = {
  name: 'sysname',
  object_id: 'int',
  schema_id: 'int',
  parent_object_id: 'int',
  type: 'char(2)',
  type_desc: 'nvarchar(60)',
  create_date: 'datetime',
  modify_date: 'datetime',
  is_ms_shipped: 'bit',
};

/** Views of which this double has no opinion: they show what a test has put into `server.otherRows`. */
export const keptViews: readonly View[] = [
  keptView('sys.servers', {
    server_id: 'int',
    name: 'sysname',
    product: 'sysname',
    provider: 'sysname',
    data_source: 'nvarchar(4000)',
    catalog: 'sysname',
    is_linked: 'bit',
  }),
  keptView('sys.credentials', {
    credential_id: 'int',
    name: 'sysname',
    credential_identity: 'nvarchar(4000)',
    create_date: 'datetime',
  }),
  keptView('sys.asymmetric_keys', { name: 'sysname', asymmetric_key_id: 'int', thumbprint: 'varbinary(32)' }),
  keptView('sys.configurations', {
    configuration_id: 'int',
    name: 'nvarchar(35)',
    value: 'sql_variant',
    value_in_use: 'sql_variant',
  }),
  keptView('sys.synonyms', { name: 'sysname', object_id: 'int', schema_id: 'int', base_object_name: 'nvarchar(1035)' }),
  keptView('sys.external_data_sources', {
    data_source_id: 'int',
    name: 'sysname',
    location: 'nvarchar(4000)',
    type_desc: 'nvarchar(255)',
    credential_id: 'int',
  }),
  keptView('sys.database_scoped_credentials', {
    credential_id: 'int',
    name: 'sysname',
    credential_identity: 'nvarchar(4000)',
  }),
  keptView('sys.computed_columns', { object_id: 'int', column_id: 'int', definition: 'nvarchar(max)' }),
  keptView('sys.check_constraints', {
    name: 'sysname',
    parent_object_id: 'int',
    is_disabled: 'bit',
    is_not_trusted: 'bit',
    definition: 'nvarchar(max)',
  }),
  keptView('sys.sql_modules', { object_id: 'int', definition: 'nvarchar(max)' }),
  keptView('sys.security_predicates', {
    object_id: 'int',
    target_object_id: 'int',
    predicate_definition: 'nvarchar(max)',
  }),
  keptView('sys.triggers', {
    name: 'sysname',
    object_id: 'int',
    parent_class: 'tinyint',
    parent_id: 'int',
    is_disabled: 'bit',
  }),
  keptView('sys.procedures', { ...objectColumns }),
  keptView('sys.symmetric_keys', { name: 'sysname', symmetric_key_id: 'int', key_algorithm: 'char(2)' }),
];

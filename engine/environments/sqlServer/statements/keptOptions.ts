import { quoteName } from '../../../databases/sqlServer/quote.ts';
import type { Statement } from '../../../databases/sqlServer/statement.ts';

/** All columns, whatever the version has: an option that Rewind does not know is told as one that differs. */
export const readOptions = (former: string, copy: string): Statement => ({
  text: 'SELECT d.* FROM sys.databases AS d WHERE d.name IN (@former, @copy);',
  parameters: { former, copy },
});

export const readQueryStore = (database: string): Statement => ({
  text: `SELECT q.* FROM ${quoteName(database)}.sys.database_query_store_options AS q;`,
});

/** `option` is a text of the tables below, or of them and a number. */
export const keepOption = (database: string, option: string): string =>
  `ALTER DATABASE ${quoteName(database)} SET ${option}`;

type ToOption = (value: string) => string | undefined;

const onOff =
  (option: string): ToOption =>
  (value) =>
    value === '1' ? `${option} ON` : value === '0' ? `${option} OFF` : undefined;
const oneOf =
  (option: string, words: readonly string[]): ToOption =>
  (value) =>
    words.includes(value) ? `${option} ${value}` : undefined;
const number =
  (option: string, unit = ''): ToOption =>
  (value) =>
    /^\d{1,9}$/.test(value) ? `${option} = ${value}${unit}` : undefined;
const within =
  (toOption: ToOption): ToOption =>
  (value) => {
    const option = toOption(value);
    return option === undefined ? undefined : `QUERY_STORE (${option})`;
  };

/** Columns of sys.databases to the option that sets them ("ALTER DATABASE SET options"). */
export const DATABASE_OPTIONS: Readonly<Record<string, ToOption>> = {
  is_parameterization_forced: (value) => `PARAMETERIZATION ${value === '1' ? 'FORCED' : 'SIMPLE'}`,
  page_verify_option_desc: oneOf('PAGE_VERIFY', ['CHECKSUM', 'TORN_PAGE_DETECTION', 'NONE']),
  delayed_durability_desc: oneOf('DELAYED_DURABILITY =', ['DISABLED', 'ALLOWED', 'FORCED']),
  is_accelerated_database_recovery_on: (value) =>
    `ACCELERATED_DATABASE_RECOVERY = ${value === '1' ? 'ON' : 'OFF'} WITH ROLLBACK IMMEDIATE`,
  target_recovery_time_in_seconds: number('TARGET_RECOVERY_TIME', ' SECONDS'),
  is_auto_close_on: onOff('AUTO_CLOSE'),
  is_auto_shrink_on: onOff('AUTO_SHRINK'),
  is_auto_create_stats_on: onOff('AUTO_CREATE_STATISTICS'),
  is_auto_create_stats_incremental_on: (value) =>
    `AUTO_CREATE_STATISTICS ON (INCREMENTAL = ${value === '1' ? 'ON' : 'OFF'})`,
  is_auto_update_stats_on: onOff('AUTO_UPDATE_STATISTICS'),
  is_ansi_null_default_on: onOff('ANSI_NULL_DEFAULT'),
  is_ansi_nulls_on: onOff('ANSI_NULLS'),
  is_ansi_padding_on: onOff('ANSI_PADDING'),
  is_ansi_warnings_on: onOff('ANSI_WARNINGS'),
  is_arithabort_on: onOff('ARITHABORT'),
  is_concat_null_yields_null_on: onOff('CONCAT_NULL_YIELDS_NULL'),
  is_numeric_roundabort_on: onOff('NUMERIC_ROUNDABORT'),
  is_quoted_identifier_on: onOff('QUOTED_IDENTIFIER'),
  is_recursive_triggers_on: onOff('RECURSIVE_TRIGGERS'),
  is_cursor_close_on_commit_on: onOff('CURSOR_CLOSE_ON_COMMIT'),
  is_local_cursor_default: (value) => `CURSOR_DEFAULT ${value === '1' ? 'LOCAL' : 'GLOBAL'}`,
  is_date_correlation_on: onOff('DATE_CORRELATION_OPTIMIZATION'),
  is_honor_broker_priority_on: onOff('HONOR_BROKER_PRIORITY'),
  is_mixed_page_allocation_on: onOff('MIXED_PAGE_ALLOCATION'),
  is_memory_optimized_elevate_to_snapshot_on: onOff('MEMORY_OPTIMIZED_ELEVATE_TO_SNAPSHOT ='),
  is_temporal_history_retention_enabled: onOff('TEMPORAL_HISTORY_RETENTION'),
};

/** Let code of the database act outside of it with rights that nobody gave: never switched on by Rewind. */
export const NEVER_ON: Readonly<Record<string, string>> = {
  is_trustworthy_on: 'TRUSTWORTHY',
  is_db_chaining_on: 'DB_CHAINING',
};

/**
 * What a copy is, where it is, what others do with it, or what is settled elsewhere (optionChanges.ts, encryption.ts, the
 * switch): no options to be carried over.
 */
export const NO_OPTIONS: ReadonlySet<string> = new Set([
  ...['name', 'database_id', 'source_database_id', 'owner_sid', 'create_date', 'physical_database_name'],
  ...['state', 'state_desc', 'user_access', 'user_access_desc', 'is_in_standby', 'is_cleanly_shutdown', 'is_read_only'],
  ...['service_broker_guid', 'is_broker_enabled', 'log_reuse_wait', 'log_reuse_wait_desc', 'is_sync_with_backup'],
  ...['replica_id', 'group_database_id', 'resource_pool_id', 'is_distributor', 'is_published', 'is_subscribed'],
  ...['is_merge_published', 'is_cdc_enabled', 'is_encrypted', 'is_master_key_encrypted_by_server'],
  ...[
    'is_supplemental_logging_enabled',
    'collation_name',
    'compatibility_level',
    'recovery_model',
    'recovery_model_desc',
  ],
  ...['snapshot_isolation_state', 'snapshot_isolation_state_desc', 'is_read_committed_snapshot_on'],
  ...['is_auto_update_stats_async_on', 'is_query_store_on', 'page_verify_option', 'delayed_durability'],
  // Full-text search is always on since 2008.
  'is_fulltext_enabled',
]);

/** Columns of sys.database_query_store_options, in the order in which they are set. */
export const QUERY_STORE_OPTIONS: Readonly<Record<string, ToOption>> = {
  max_storage_size_mb: within(number('MAX_STORAGE_SIZE_MB')),
  flush_interval_seconds: within(number('DATA_FLUSH_INTERVAL_SECONDS')),
  interval_length_minutes: within(number('INTERVAL_LENGTH_MINUTES')),
  stale_query_threshold_days: within((value) =>
    /^\d{1,9}$/.test(value) ? `CLEANUP_POLICY = (STALE_QUERY_THRESHOLD_DAYS = ${value})` : undefined,
  ),
  max_plans_per_query: within(number('MAX_PLANS_PER_QUERY')),
  query_capture_mode_desc: within(oneOf('QUERY_CAPTURE_MODE =', ['ALL', 'AUTO', 'NONE'])),
  size_based_cleanup_mode_desc: within(oneOf('SIZE_BASED_CLEANUP_MODE =', ['OFF', 'AUTO'])),
  wait_stats_capture_mode_desc: within(oneOf('WAIT_STATS_CAPTURE_MODE =', ['OFF', 'ON'])),
  // Last: in READ_ONLY it takes no other change.
  desired_state_desc: within(oneOf('OPERATION_MODE =', ['READ_WRITE', 'READ_ONLY'])),
};

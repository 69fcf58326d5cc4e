import { randomUUID } from 'node:crypto';
import type { Context } from '../execute/context.ts';
import { readInteger, readName, type Cursor } from '../sql/cursor.ts';
import { notEmulated, sqlError } from '../sql/sqlError.ts';
import { setEncryption } from '../state/encryption.ts';
import type { Database } from '../state/databaseModel.ts';

export interface OptionEffect {
  readonly apply: (context: Context, database: Database) => void;
  /** Others must leave the database before. */
  readonly needsEmptyDatabase: boolean;
}

/** Options that are ON or OFF, by the column of sys.databases that shows them. */
const switches: Readonly<Record<string, string>> = {
  AUTO_CLOSE: 'is_auto_close_on',
  AUTO_SHRINK: 'is_auto_shrink_on',
  AUTO_CREATE_STATISTICS: 'is_auto_create_stats_on',
  AUTO_UPDATE_STATISTICS: 'is_auto_update_stats_on',
  AUTO_UPDATE_STATISTICS_ASYNC: 'is_auto_update_stats_async_on',
  READ_COMMITTED_SNAPSHOT: 'is_read_committed_snapshot_on',
  ALLOW_SNAPSHOT_ISOLATION: 'allow_snapshot_isolation',
  TRUSTWORTHY: 'is_trustworthy_on',
  DB_CHAINING: 'is_db_chaining_on',
  QUOTED_IDENTIFIER: 'is_quoted_identifier_on',
  ANSI_NULL_DEFAULT: 'is_ansi_null_default_on',
  ANSI_NULLS: 'is_ansi_nulls_on',
  ANSI_PADDING: 'is_ansi_padding_on',
  ANSI_WARNINGS: 'is_ansi_warnings_on',
  ARITHABORT: 'is_arithabort_on',
  CONCAT_NULL_YIELDS_NULL: 'is_concat_null_yields_null_on',
  NUMERIC_ROUNDABORT: 'is_numeric_roundabort_on',
  CURSOR_CLOSE_ON_COMMIT: 'is_cursor_close_on_commit_on',
  DATE_CORRELATION_OPTIMIZATION: 'is_date_correlation_on',
  HONOR_BROKER_PRIORITY: 'is_honor_broker_priority_on',
  MIXED_PAGE_ALLOCATION: 'is_mixed_page_allocation_on',
  MEMORY_OPTIMIZED_ELEVATE_TO_SNAPSHOT: 'is_memory_optimized_elevate_to_snapshot_on',
  TEMPORAL_HISTORY_RETENTION: 'is_temporal_history_retention_enabled',
  RECURSIVE_TRIGGERS: 'is_recursive_triggers_on',
  ACCELERATED_DATABASE_RECOVERY: 'is_accelerated_database_recovery_on',
};

const effect = (apply: OptionEffect['apply'], needsEmptyDatabase = false): OptionEffect => ({
  apply,
  needsEmptyDatabase,
});
const newGuid = () => randomUUID().toUpperCase();

/** One option behind ALTER DATABASE … SET. To emulate another one, add it here. */
export function readOption(cursor: Cursor): OptionEffect {
  const name = readName(cursor).toUpperCase();
  const flag = switches[name];
  if (flag !== undefined) {
    const value = readSwitch(cursor);
    const isIncremental = name === 'AUTO_CREATE_STATISTICS' && cursor.accept('(') ? readIncremental(cursor) : undefined;
    if (isIncremental !== undefined)
      return effect((_, { options }) => void (options.flags['is_auto_create_stats_incremental_on'] = isIncremental));
    return effect((_, { options }) => void (options.flags[flag] = value), name === 'READ_COMMITTED_SNAPSHOT');
  }
  switch (name) {
    case 'RECOVERY': {
      const model = (['FULL', 'SIMPLE', 'BULK_LOGGED'] as const).find((word) => cursor.accept(word));
      if (!model) throw cursor.incorrect();
      return effect((_, database) => {
        database.options.recoveryModel = model;
        // The chain of log backups ends here, and begins again with the next data backup.
        if (model === 'SIMPLE') database.logStart = undefined;
      });
    }
    case 'COMPATIBILITY_LEVEL': {
      cursor.expect('=');
      const level = readInteger(cursor);
      return effect(({ server }, { options }) => {
        if (level > server.version[0] * 10 || level < 100)
          throw sqlError(
            15048,
            'Valid values of the database compatibility level are 100, 110, 120, 130, 140, 150 and 160.',
          );
        options.compatibilityLevel = level;
      });
    }
    case 'PAGE_VERIFY': {
      const verify = ['CHECKSUM', 'TORN_PAGE_DETECTION', 'NONE'].find((word) => cursor.accept(word));
      if (!verify) throw cursor.incorrect();
      return effect((_, { options }) => void (options.pageVerify = verify));
    }
    case 'PARAMETERIZATION': {
      const isForced = cursor.accept('FORCED');
      if (!isForced) cursor.expect('SIMPLE');
      return effect((_, { options }) => void (options.flags['is_parameterization_forced'] = isForced ? 1 : 0));
    }
    case 'CURSOR_DEFAULT': {
      const isLocal = cursor.accept('LOCAL');
      if (!isLocal) cursor.expect('GLOBAL');
      return effect((_, { options }) => void (options.flags['is_local_cursor_default'] = isLocal ? 1 : 0));
    }
    case 'DELAYED_DURABILITY': {
      cursor.expect('=');
      const durability = ['DISABLED', 'ALLOWED', 'FORCED'].find((word) => cursor.accept(word));
      if (!durability) throw cursor.incorrect();
      return effect((_, { options }) => void (options.delayedDurability = durability));
    }
    case 'TARGET_RECOVERY_TIME': {
      cursor.expect('=');
      const seconds = readInteger(cursor);
      cursor.expect('SECONDS');
      return effect((_, { options }) => void (options.recoverySeconds = seconds));
    }
    case 'NEW_BROKER':
      return effect((_, { options }) => {
        options.brokerGuid = newGuid();
        options.flags['is_broker_enabled'] = 1;
      }, true);
    case 'ENABLE_BROKER':
      return effect(({ server }, database) => {
        const twin = server.databases.find(
          (each) =>
            each !== database &&
            each.options.brokerGuid === database.options.brokerGuid &&
            each.options.flags['is_broker_enabled'] === 1,
        );
        if (twin)
          throw sqlError(
            9772,
            `The Service Broker in database "${database.name}" cannot be enabled because there is already an enabled Service Broker with the same ID.`,
          );
        database.options.flags['is_broker_enabled'] = 1;
      }, true);
    case 'DISABLE_BROKER':
      return effect((_, { options }) => void (options.flags['is_broker_enabled'] = 0), true);
    case 'ERROR_BROKER_CONVERSATIONS':
      return effect((_, { options }) => void (options.flags['is_broker_enabled'] = 1), true);
    case 'READ_ONLY':
    case 'READ_WRITE':
      return effect((_, { options }) => void (options.flags['is_read_only'] = name === 'READ_ONLY' ? 1 : 0), true);
    case 'QUERY_STORE':
      return readQueryStore(cursor);
    case 'CHANGE_TRACKING':
      return readChangeTracking(cursor);
    case 'ENCRYPTION': {
      const isOn = readSwitch(cursor) === 1;
      return effect(({ server }, database) => setEncryption(server, database, isOn));
    }
    default:
      throw notEmulated(`ALTER DATABASE … SET ${name}`);
  }
}

function readIncremental(cursor: Cursor): 0 | 1 {
  cursor.expect('INCREMENTAL');
  const value = readSwitch(cursor);
  cursor.expect(')');
  return value;
}

function readSwitch(cursor: Cursor): 0 | 1 {
  cursor.accept('=');
  if (cursor.accept('ON')) return 1;
  cursor.expect('OFF');
  return 0;
}

function readQueryStore(cursor: Cursor): OptionEffect {
  if (cursor.accept('CLEAR')) {
    cursor.accept('ALL');
    return effect((_, { options }) => void (options.queryStoreRows = 0));
  }
  if (cursor.isAt('(')) return readQueryStoreSetting(cursor);
  const value = readSwitch(cursor);
  if (cursor.isAt('(')) skipBrackets(cursor);
  return effect((_, { options }) => void (options.flags['is_query_store_on'] = value));
}

const storeColumns: Readonly<Record<string, string>> = {
  OPERATION_MODE: 'desired_state_desc',
  MAX_STORAGE_SIZE_MB: 'max_storage_size_mb',
  DATA_FLUSH_INTERVAL_SECONDS: 'flush_interval_seconds',
  INTERVAL_LENGTH_MINUTES: 'interval_length_minutes',
  STALE_QUERY_THRESHOLD_DAYS: 'stale_query_threshold_days',
  MAX_PLANS_PER_QUERY: 'max_plans_per_query',
  QUERY_CAPTURE_MODE: 'query_capture_mode_desc',
  SIZE_BASED_CLEANUP_MODE: 'size_based_cleanup_mode_desc',
  WAIT_STATS_CAPTURE_MODE: 'wait_stats_capture_mode_desc',
};

/** One setting in brackets, which the query store has to be on for. */
function readQueryStoreSetting(cursor: Cursor): OptionEffect {
  cursor.expect('(');
  const isPolicy = cursor.accept('CLEANUP_POLICY');
  if (isPolicy) cursor.expect('=', '(');
  const column = storeColumns[readName(cursor).toUpperCase()];
  if (column === undefined) throw cursor.incorrect();
  cursor.expect('=');
  const { value } = cursor.next();
  if (isPolicy) cursor.expect(')');
  cursor.expect(')');
  const setting = /^\d+$/.test(value) ? Number(value) : value.toUpperCase();
  return effect((_, { options }) => void (options.queryStore = { ...options.queryStore, [column]: setting }));
}

function readChangeTracking(cursor: Cursor): OptionEffect {
  const hasSwitch = cursor.accept('=');
  if (hasSwitch && cursor.accept('OFF')) return effect((_, { options }) => void (options.changeTracking = undefined));
  if (hasSwitch) cursor.expect('ON');
  let retentionDays = 2;
  let autoCleanup = true;
  if (cursor.accept('(')) {
    do {
      if (cursor.accept('CHANGE_RETENTION', '=')) {
        retentionDays = readInteger(cursor);
        cursor.expect('DAYS');
      } else {
        cursor.expect('AUTO_CLEANUP');
        autoCleanup = readSwitch(cursor) === 1;
      }
    } while (cursor.accept(','));
    cursor.expect(')');
  }
  return effect((_, { name, options }) => {
    if (hasSwitch && options.changeTracking)
      throw sqlError(5088, `Change tracking is already enabled for database '${name}'.`);
    if (!hasSwitch && !options.changeTracking) throw sqlError(22105, 'Change tracking is not enabled.');
    options.changeTracking = { retentionDays, autoCleanup };
  });
}

function skipBrackets(cursor: Cursor): void {
  cursor.expect('(');
  for (let depth = 1; depth > 0;) {
    if (cursor.isAtEnd()) throw cursor.incorrect();
    const { text } = cursor.next();
    if (text === '(') depth += 1;
    if (text === ')') depth -= 1;
  }
}

import { randomUUID } from 'node:crypto';
import type { Context } from '../execute/context.ts';
import { readInteger, readName, type Cursor } from '../sql/cursor.ts';
import { notEmulated, sqlError } from '../sql/sqlError.ts';
import { setEncryption } from '../state/encryption.ts';
import type { Database } from '../state/model.ts';

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
  if (cursor.isAt('(')) {
    skipBrackets(cursor);
    return effect(() => undefined);
  }
  const value = readSwitch(cursor);
  if (cursor.isAt('(')) skipBrackets(cursor);
  return effect((_, { options }) => void (options.flags['is_query_store_on'] = value));
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

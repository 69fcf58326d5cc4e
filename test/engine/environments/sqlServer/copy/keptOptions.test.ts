import { afterAll, beforeAll, expect, test } from 'vitest';
import { compareOptions, compareQueryStores } from '../../../../../engine/environments/sqlServer/copy/keptOptions.ts';
import {
  DATABASE_OPTIONS,
  NEVER_ON,
  NO_OPTIONS,
} from '../../../../../engine/environments/sqlServer/statements/keptOptions.ts';
import { aScene, type Scene } from '../refresh.ts';

let scene: Scene;
beforeAll(async () => {
  scene = await aScene();
});
afterAll(() => scene[Symbol.asyncDispose]());

test('a copy › has the target’s options where production has others, query store included; never TRUSTWORTHY or DB_CHAINING', async () => {
  const { options: wanted } = scene.database('uatax_rewindtest');
  Object.assign(wanted.flags, {
    is_parameterization_forced: 1,
    is_accelerated_database_recovery_on: 1,
    is_recursive_triggers_on: 1,
    is_local_cursor_default: 1,
    is_query_store_on: 1,
    is_trustworthy_on: 1,
    is_db_chaining_on: 1,
  });
  Object.assign(wanted, { pageVerify: 'TORN_PAGE_DETECTION', delayedDurability: 'ALLOWED', recoverySeconds: 120 });
  wanted.queryStore = { max_storage_size_mb: 2048, query_capture_mode_desc: 'NONE', stale_query_threshold_days: 7 };
  const remembered: Record<string, string> = {};
  const remember = async (key: string, value: string) => void (remembered[key] = value);
  const refused = scene.standIn.fault({ match: /SET RECURSIVE_TRIGGERS/, effect: { error: { number: 5058 } } });
  const locked = scene.standIn.fault({
    match: /SET CURSOR_DEFAULT LOCAL/,
    effect: {
      errors: [
        [5030, 'No exclusive lock.'],
        [5069, 'ALTER DATABASE statement failed.'],
      ],
    },
  });
  await scene.act('restore', 'R-1', { remember });
  for (const fault of [refused, locked]) fault.remove();
  const { options } = scene.database('uatax_rewindtest__incoming_R-1');
  expect(options).toMatchObject({
    pageVerify: 'TORN_PAGE_DETECTION',
    delayedDurability: 'ALLOWED',
    recoverySeconds: 120,
    queryStore: wanted.queryStore,
  });
  expect(options.flags).toMatchObject({
    is_parameterization_forced: 1,
    is_accelerated_database_recovery_on: 1,
    is_local_cursor_default: 0,
    is_query_store_on: 1,
    is_trustworthy_on: 0,
    is_db_chaining_on: 0,
  });
  expect(scene.standIn.statements.filter(({ text }) => /TRUSTWORTHY|DB_CHAINING/.test(text))).toEqual([]);
  expect(remembered['not-kept-application']).toBe('uatax_rewindtest: TRUSTWORTHY and DB_CHAINING were ON');
  const log = scene.log.join('\n');
  expect(log).toContain('uatax_rewindtest: the target has TRUSTWORTHY ON; the new one has it OFF');
  expect(log).toContain('the target’s CURSOR_DEFAULT LOCAL could not be set; it stays as in production');
  expect(log).toContain(
    'the target’s RECURSIVE_TRIGGERS ON could not be set; it stays as in production (SQL Server error 5058)',
  );
  await scene.act('drop-incoming', 'R-1');
});

test('an option whose name Rewind does not know › is named when it differs, and ends nothing', () => {
  const row = { name: 'uat', is_of_2031_on: true, word_of_2031: 'NEW', page_verify_option_desc: 'INVENTED', state: 0 };
  const other = { name: 'copy', is_of_2031_on: false, word_of_2031: 'NEW', page_verify_option_desc: 'NONE', state: 1 };
  expect(compareOptions('copy', row, other)).toEqual({
    changes: [],
    neverOn: [],
    unknown: ['is_of_2031_on', 'page_verify_option_desc'],
  });
  expect(compareOptions('copy', row, {}).unknown).toContain('word_of_2031');
  expect(compareQueryStores('copy', { query_capture_mode_desc: 'CUSTOM', invented: 1 }, {})).toEqual([]);
});

test('a copy › is compared by what the driver makes of flags and numbers', () => {
  const { changes } = compareOptions(
    'copy',
    { is_parameterization_forced: true, is_auto_shrink_on: 0, target_recovery_time_in_seconds: '0' },
    { is_parameterization_forced: 0, is_auto_shrink_on: false, target_recovery_time_in_seconds: 60 },
  );
  expect(changes.map(({ option }) => option)).toEqual([
    'ALTER DATABASE [copy] SET PARAMETERIZATION FORCED',
    'ALTER DATABASE [copy] SET TARGET_RECOVERY_TIME = 0 SECONDS',
  ]);
});

test('the columns of sys.databases › are each set, never set, or no option at all', () => {
  const [set, never] = [Object.keys(DATABASE_OPTIONS), Object.keys(NEVER_ON)];
  expect([...set, ...never].filter((column) => NO_OPTIONS.has(column))).toEqual([]);
  expect(never.filter((column) => set.includes(column))).toEqual([]);
});

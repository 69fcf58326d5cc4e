import { expect, test } from 'vitest';
import { fileKey, isNowhere } from '../../../../../../engine/environments/sqlServer/chain/history/mediaNames.ts';

test('what goes nowhere › is known in every spelling', () => {
  for (const name of [
    'NUL',
    'nul',
    'nul:',
    ' Nul ',
    'NUL.',
    'nul.bak',
    'nul.tar.bak',
    'C:nul',
    'C:\\backup\\NUL',
    'C:\\backup\\Nul.trn',
    '\\\\.\\NUL',
    '//./nul',
    '\\\\?\\nul:',
    '\\\\?\\GLOBALROOT\\Device\\Null',
    '\\Device\\Null',
    '\\\\nas01\\sql\\NUL',
    'CON',
    'com1:',
    'D:\\lpt9.bak',
    'aux',
    'prn',
    '/dev/null',
    '/dev/./null',
    '/dev//null',
    '/backup/../dev/null',
    '/dev/zero',
    'C:\\dev\\null',
  ])
    expect([name, isNowhere(name)]).toEqual([name, true]);
});

test('a file › is a file, whatever its name resembles', () => {
  for (const name of [
    'E:\\backup\\AxDB.bak',
    'E:\\nul\\AxDB.bak',
    'E:\\backup\\annul.bak',
    'E:\\backup\\nulls.bak',
    'E:\\backup\\com10.bak',
    '\\\\nas01\\sql\\nul.trn',
    '\\\\?\\UNC\\nas01\\sql\\nul.trn',
    '/backup/nul.trn',
    '/backup/nul',
    '/dev/shm/AxDB.bak',
    '/backup/dev/null.bak',
    'E:\\device\\nullable.bak',
  ])
    expect([name, isNowhere(name)]).toEqual([name, false]);
});

test('one file › has one key, however it is written and whoever wrote it', () => {
  const same = (...names: readonly (readonly [string, string])[]) =>
    new Set(names.map(([name, server]) => fileKey(name, server))).size;
  expect(
    same(
      ['G:\\nightly\\AxDB.bak', 'PROD\\ONE'],
      ['g:/Nightly//axdb.BAK', 'prod\\two'],
      ['G:\\nightly\\.\\x\\..\\AxDB.bak', 'PROD'],
      ['\\\\?\\G:\\nightly\\AxDB.bak', 'PROD'],
    ),
  ).toBe(1);
  expect(
    same(['\\\\nas\\sql\\A.bak', 'ONE'], ['\\\\NAS\\sql\\a.bak', 'TWO'], ['\\\\?\\UNC\\nas\\sql\\a.bak', 'X']),
  ).toBe(1);
  expect(same(['/backup/a.bak', 'ONE'], ['/backup//a.bak', 'one'])).toBe(1);
  expect(same(['https://x/a.bak', 'ONE'], ['https://x/a.bak', 'TWO'])).toBe(1);
});

test('two files › have two keys', () => {
  expect(fileKey('G:\\AxDB.bak', 'ONE')).not.toBe(fileKey('G:\\AxDB.bak', 'TWO'));
  expect(fileKey('/backup/a.bak', 'ONE')).not.toBe(fileKey('/backup/A.bak', 'ONE'));
  expect(fileKey('https://x/a.bak', 'ONE')).not.toBe(fileKey('https://x/A.bak', 'ONE'));
  expect(fileKey('\\\\nas\\sql\\a.bak', 'ONE')).not.toBe(fileKey('\\\\nas\\sql\\b.bak', 'ONE'));
});

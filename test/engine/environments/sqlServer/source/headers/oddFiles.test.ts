import { expect, test } from 'vitest';
import { sourceSettings } from '../../../../../../engine/environments/sqlServer/settings.ts';
import { findBackupFile, type BackupFile } from '../../../../../sqlServer/state/backups.ts';
import { aLocation, headersRead, type Location } from './aLocation.ts';

const fileOf = ({ company }: Location, path: string): BackupFile => {
  const file = findBackupFile(company.target.state.share, path);
  if (file === undefined) throw new Error(`no file ${path}`);
  return file;
};
const notesOf = async ({ provider, source }: Location) => (await provider.survey(source)).notes ?? [];
const endOf = async ({ provider, source }: Location) => (await provider.survey(source)).windows.at(-1)?.to ?? '';

test('a backup that is still being written › does not count until it is whole, and keeps nothing else from counting', async () => {
  await using location = await aLocation();
  const whole = await endOf(location);
  const [file = ''] = await location.company.backUp('log');
  const written = fileOf(location, file);
  for (const kind of ['in-use', 'unfinished'] as const) {
    written.fault = { kind };
    written.touchedAt = location.company.source.state.now() - 1;
    const notes = await notesOf(location);
    expect(notes[0]).toContain(`One backup file does not count. ${file}: `);
    expect(notes[0]).toContain(kind === 'in-use' ? 'operating system error 32' : 'is not complete');
    expect(await endOf(location)).toBe(whole);
  }
  written.fault = undefined;
  written.touchedAt = undefined;
  expect(await notesOf(location)).toEqual([]);
  expect(Date.parse(await endOf(location))).toBeGreaterThan(Date.parse(whole));
});

test('a damaged file › is looked into once, and again when it was replaced; one that may not be read every time', async () => {
  await using location = await aLocation();
  const [damaged, denied] = [fileOf(location, 'E:\\Backup\\AxDB_5.trn'), fileOf(location, 'E:\\Backup\\AxDB_4.trn')];
  damaged.fault = { kind: 'not-a-backup' };
  denied.fault = { kind: 'denied' };
  const notes = await notesOf(location);
  expect(notes[0]).toMatch(
    /^2 backup files do not count\..*AxDB_4\.trn.*operating system error 5.*AxDB_5\.trn.*damaged or incomplete/,
  );
  location.asked();
  await notesOf(location);
  const again = location.asked().filter(({ outcome }) => Array.isArray(outcome) && outcome.includes(3201));
  expect(new Set(again.map(({ text }) => text.split(' ', 2).join(' ')))).toEqual(
    new Set(['RESTORE LABELONLY', 'RESTORE HEADERONLY']),
  );
  expect(headersRead(location.asked())).toBe(0);
  damaged.fault = undefined;
  damaged.touchedAt = location.company.source.state.now();
  denied.fault = undefined;
  await notesOf(location);
  expect(headersRead(location.asked())).toBe(2);
});

test('a file that was removed › is forgotten, with the moments that only it led to', async () => {
  await using location = await aLocation();
  const whole = await endOf(location);
  location.company.target.state.share.files.delete('e:\\backup\\axdb_5.trn');
  expect(Date.parse(await endOf(location))).toBeLessThan(Date.parse(whole));
});

test('a share of several databases › is searched for the two of the source', async () => {
  await using location = await aLocation();
  const { source } = location.company;
  await source.administer('master', "CREATE DATABASE hr; BACKUP DATABASE hr TO DISK = N'E:\\Backup\\all.bak'");
  await location.company.commit();
  await source.administer('master', "BACKUP LOG AxDB TO DISK = N'E:\\Backup\\all.bak'");
  await source.administer('master', "BACKUP LOG ManagementReporter TO DISK = N'E:\\Backup\\all.bak'");
  const { plan } = location.provider;
  const at = await endOf(location);
  const { chain } = await plan(location.source, location.target, at);
  expect(chain.filter((line) => line.includes('all.bak'))).toHaveLength(2);
  expect((await notesOf(location)).join()).not.toContain('hr');
});

test('names that somebody chose badly › are read as they are, or refused by name', async () => {
  await using location = await aLocation();
  const { source, target } = location.company;
  const names = ["o'brien]; SHUTDOWN;--.trn", '数据库 ß \u202e.trn', 'GO.trn'];
  for (const name of names)
    await source.administer('master', `BACKUP LOG AxDB TO DISK = N'E:\\Backup\\${name.replaceAll("'", "''")}'`);
  const forged = 'E:\\Backup\\a\nError: all is well.trn';
  target.state.share.files.set(forged.toLowerCase(), { ...fileOf(location, 'E:\\Backup\\AxDB_5.trn'), path: forged });
  const notes = await notesOf(location);
  expect(notes[0]).toBe(
    'One backup file does not count. E:\\Backup\\a\\nError: all is well.trn: A text of 34 characters holds a line break or another control character',
  );
  const read = location.asked().filter(({ text }) => text.includes('HEADERONLY FROM'));
  expect(read.every(({ text }) => text.includes('DISK = @device'))).toBe(true);
  expect(target.state.databases.map(({ name }) => name)).toContain('master');
});

test('a folder that is not there, or holds nothing of the source › is an error that says so', async () => {
  await using location = await aLocation();
  const survey = (settings: object) => location.provider.survey(location.sourceWith(settings));
  await expect(survey({ backupFolders: ['E:\\Backup', 'E:\\Elsewhere'] })).rejects.toMatchObject({
    code: 'backup-location-unreadable',
    message: expect.stringContaining('E:\\Elsewhere') as string,
  });
  await expect(survey({ extensions: ['sqb'] })).rejects.toMatchObject({
    code: 'source-history-unclear',
    message: expect.stringMatching(/none of the 0 backup files .*; 10 files have other extensions/) as string,
  });
  for (const file of location.company.target.state.share.files.values()) file.fault = { kind: 'denied' };
  await expect(survey({})).rejects.toMatchObject({
    code: 'backup-unreadable',
    remedy: expect.stringContaining('service account') as string,
  });
});

test('a login that may not read headers › is told which right it lacks', async () => {
  await using location = await aLocation();
  location.company.target.state.logins.find(({ name }) => name === 'rewind')?.roles.delete('dbcreator');
  await expect(location.provider.survey(location.source)).rejects.toMatchObject({ code: 'permission-missing' });
});

test('a connection that is cut while headers are read › is a fault that passes, and what was read is kept', async () => {
  await using location = await aLocation();
  location.company.target.fault({ match: /^INSERT INTO #header/, nth: 8, effect: 'cut' });
  await expect(location.provider.survey(location.source)).rejects.toMatchObject({ code: 'connection-lost' });
  location.asked();
  expect((await location.provider.survey(location.source)).windows).toHaveLength(1);
  expect(headersRead(location.asked())).toBeLessThan(10);
});

test('two surveys at once › read each header once', async () => {
  await using location = await aLocation();
  const { provider, source } = location;
  await Promise.all([provider.survey(source), provider.survey(source), provider.measure(source)]);
  expect(headersRead(location.asked())).toBe(10);
});

test('settings that name no place, no zone or no end of a name › are refused', () => {
  const settings = { from: 'backup-location', server: 'mssql://a:b@127.0.0.1', backupFolders: ['E:\\Backup'] };
  const pathsOf = (more: object) =>
    sourceSettings.safeParse({ ...settings, ...more }).error?.issues.map(({ path }) => path.join('.'));
  expect(pathsOf({})).toBeUndefined();
  expect(pathsOf({ backupFolders: [], devices: ['https://contoso.example/a.bak'] })).toBeUndefined();
  expect(pathsOf({ backupFolders: [] })).toEqual(['backupFolders']);
  expect(pathsOf({ serverTimeZone: 'Berlin' })).toEqual(['serverTimeZone']);
  expect(pathsOf({ extensions: ['.*'] })).toEqual(['extensions.0']);
  expect(pathsOf({ paths: [] })).toEqual(['']);
});

import { expect, test } from 'vitest';
import { aLocation, headersRead } from './aLocation.ts';

const server2016 = { source: { version: [13, 0, 6300] }, target: { version: [13, 0, 6300] } } as const;
const server2019 = { source: { version: [15, 0, 4430] }, target: { version: [15, 0, 4430] } } as const;
const SQL_SERVER_2022 = [16, 0, 4105] as const;

for (const [year, wish] of [
  ['2016', server2016],
  ['2019', server2019],
] as const) {
  test(`headers of SQL Server ${year} › are dated by the declared zone, and by nothing without`, async () => {
    await using location = await aLocation(wish);
    const { provider, source, target, company, sourceWith } = location;
    const { windows, notes } = await provider.survey(source);
    expect(windows).toHaveLength(1);
    expect(notes).toEqual(['The zone of production’s clock is declared, not measured, for 10 backups: UTC']);
    const { at = '' } = company.moments[3] ?? {};
    const { checks = [] } = await provider.plan(source, target, at);
    expect(checks.filter(({ name }) => name === 'backup-notes').map(({ detail }) => detail)).toEqual(notes);
    const undeclared = await provider.survey(sourceWith({ serverTimeZone: undefined }));
    expect(undeclared.windows).toEqual([]);
    expect(undeclared.notes).toEqual([
      'Nothing tells the zone of production’s clock for 10 backups: declare `serverTimeZone`',
    ]);
  });
}

test('production in a zone of its own › is planned in its wall time', async () => {
  await using location = await aLocation({ source: { ...server2019.source, zone: 4 }, target: server2019.target });
  const { provider, target, company, sourceWith } = location;
  const source = sourceWith({ serverTimeZone: 'Europe/Berlin' });
  const { at = '' } = company.moments[3] ?? {};
  const local = new Date(Date.parse(at) + 3_600_000).toISOString().slice(0, 19);
  const { chain } = await provider.plan(source, target, at);
  expect(chain.at(-1)).toContain(`STOPAT ${local}`);
});

test('a server that does not say when files were changed › is believed for ten minutes', async () => {
  await using location = await aLocation(server2016);
  const { provider, source, company } = location;
  const files = company.source.state.share.files.size;
  await provider.survey(source);
  expect(headersRead(location.asked())).toBe(files);
  await provider.survey(source);
  expect(headersRead(location.asked())).toBe(0);
  // Ten minutes later by the clock of both servers.
  const { now } = company.source.state;
  company.source.state.now = company.target.state.now = () => now() + 600_000;
  await provider.survey(source);
  expect(headersRead(location.asked())).toBe(files);
});

test('a login without VIEW SERVER STATE › sees the same backups, without their times', async () => {
  await using location = await aLocation();
  const { provider, source, company } = location;
  const { windows } = await provider.survey(source);
  location.asked();
  company.target.state.logins.find(({ name }) => name === 'rewind')?.permissions.delete('VIEW SERVER STATE');
  expect((await provider.survey(source)).windows).toEqual(windows);
  expect(location.asked().map(({ text }) => text)).toContain('EXEC master.sys.xp_dirtree @folder, 1, 1');
});

test('folders below folders › are walked on every version, as Ola Hallengren’s solution makes them', async () => {
  for (const version of [[13, 0, 6300], SQL_SERVER_2022] as const) {
    await using location = await aLocation({ source: { version: [13, 0, 6300] }, target: { version } });
    const { provider, source, company } = location;
    const { windows } = await provider.survey(source);
    await company.commit();
    for (const database of ['AxDB', 'ManagementReporter'])
      await company.source.administer(
        'master',
        `BACKUP LOG [${database}] TO DISK = N'E:\\Backup\\PROD-SQL\\${database}\\LOG\\${database}_LOG_20261120.trn'`,
      );
    const later = await provider.survey(source);
    expect(Date.parse(later.windows.at(-1)?.to ?? '')).toBeGreaterThan(Date.parse(windows.at(-1)?.to ?? ''));
  }
});

test('a server that gives other columns than before › is asked for them again', async () => {
  await using location = await aLocation({ source: { version: [15, 0, 4430] }, target: { version: [15, 0, 4430] } });
  const { provider, source, company } = location;
  await provider.survey(source);
  Object.assign(company.target.state, { version: SQL_SERVER_2022 });
  await company.backUp('log');
  expect((await provider.survey(source)).notes).toEqual([
    'The zone of production’s clock is declared, not measured, for 12 backups: UTC',
  ]);
});

test('a backup behind a URL › counts when it is named', async () => {
  await using location = await aLocation();
  const { provider, source, company, sourceWith } = location;
  const { windows } = await provider.survey(source);
  await company.commit();
  const devices = ['AxDB', 'ManagementReporter'].map((name) => `https://contoso.blob.core.windows.net/sql/${name}.trn`);
  for (const [at, database] of ['AxDB', 'ManagementReporter'].entries())
    await company.source.administer('master', `BACKUP LOG [${database}] TO URL = N'${devices[at] ?? ''}'`);
  const named = await provider.survey(
    sourceWith({ devices, backupFolders: ['E:\\Backup', 'https://contoso.blob.core.windows.net/sql'] }),
  );
  expect(Date.parse(named.windows.at(-1)?.to ?? '')).toBeGreaterThan(Date.parse(windows.at(-1)?.to ?? ''));
  const { chain } = await provider.plan(sourceWith({ devices }), location.target, named.windows.at(-1)?.to ?? '');
  expect(chain.join('\n')).toContain(devices[0]);
});

test('headers of SQL Server 2022 › date the full backups between their log backups without a declared zone', async () => {
  await using location = await aLocation({ happened: 'cFcLcFcLcDcLFcLcL' });
  const { provider, source, target, company, sourceWith } = location;
  const undeclared = sourceWith({ serverTimeZone: undefined });
  const [known, found] = [await provider.survey(source), await provider.survey(undeclared)];
  // The first full backup has no log backup before it: nobody can tell its offset.
  expect(found.notes).toEqual(['Nothing tells the zone of production’s clock for 2 backups: declare `serverTimeZone`']);
  expect(found.windows.at(-1)?.to).toBe(known.windows.at(-1)?.to);
  const { at = '' } = company.moments.at(-1) ?? {};
  const plans = [await provider.plan(undeclared, target, at), await provider.plan(source, target, at)];
  expect(plans[0]?.chain).toEqual(plans[1]?.chain);
});

import { expect, test } from 'vitest';
import { aLocation, headersRead } from './aLocation.ts';

const DAY_MS = 86_400_000;

test('backups older than the last full one before the retention › are not read, one week to spare', async () => {
  await using location = await aLocation({ happened: '', begin: '2026-06-01T00:00:00Z' });
  const { company, provider, source } = location;
  const [first, { now }] = [company.source.state.now(), company.source.state];
  let days = 0;
  company.source.state.now = company.target.state.now = () => now() + days * DAY_MS;
  // A full backup every two weeks, a log backup every week.
  for (; days < 84; days += 7) {
    await company.commit();
    await company.backUp(days % 14 === 0 ? 'full' : 'log');
  }
  days = 81;
  const { windows } = await provider.survey({ ...source, retentionDays: 30 });
  expect(new Date(windows[0]?.from ?? '').getTime()).toBeLessThanOrEqual(first + 52 * DAY_MS);
  // The base is of day 42, and the log backup of day 35 falls into the week to spare.
  expect(headersRead(location.asked())).toBe(2 * [77, 70, 63, 56, 49, 42, 35].length);
});

test('a copy-only full backup › leaves no base of a differential unread', async () => {
  await using location = await aLocation({ happened: '', begin: '2026-06-01T00:00:00Z' });
  const { company, provider, source } = location;
  const { now } = company.source.state;
  let days = 0;
  company.source.state.now = company.target.state.now = () => now() + days * DAY_MS;
  await company.backUp('full');
  // The second one would be the week to spare.
  for (days = 35; days <= 42; days += 7)
    for (const database of ['AxDB', 'ManagementReporter'])
      await company.source.administer(
        'master',
        `BACKUP DATABASE [${database}] TO DISK = N'E:\\Backup\\${database}_${String(days)}.bak' WITH COPY_ONLY`,
      );
  days = 56;
  await company.commit();
  await company.backUp('differential');
  days = 81;
  const { windows } = await provider.survey({ ...source, retentionDays: 30 });
  expect(windows).toHaveLength(1);
  expect(headersRead(location.asked())).toBe(2 * ['full', 'copy-only', 'copy-only', 'differential'].length);
});

import { expect, test } from 'vitest';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openAdmin } from '../../admin.ts';
import { exportHistory } from '../../exportHistory.ts';
import { aLocation, headersRead, type Location } from './aLocation.ts';

/** The same backups as `connection` would see them, in a file. */
async function exported({ company, sourceWith }: Location, folder: string) {
  await using admin = openAdmin(company.source.url('sa'));
  const file = join(folder, 'history.json');
  await writeFile(file, JSON.stringify(await exportHistory(admin, ['AxDB', 'ManagementReporter'], [], (path) => path)));
  const { settings: _, ...source } = sourceWith({});
  return { ...source, settings: { from: 'history-file', file, backupFolders: ['E:\\Backup'] } };
}

test('a source by its backups’ location › is planned as from its exported history, and restored, without a connection to it', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'rewind-location-'));
  await using location = await aLocation();
  const { company, provider, source, target } = location;
  const history = await exported(location, folder);
  const sessions = company.source.state.nextSessionId;
  const statements = company.source.statements.length;

  const survey = await provider.survey(source);
  location.asked();
  const known = await provider.survey(history);
  // Headers are for this kind of source alone: elsewhere only the chosen chain is looked into.
  expect(location.asked()).toEqual([]);
  expect(survey.windows).toEqual(known.windows);
  for (const { at } of company.moments.slice(1)) {
    const [plan, same] = [await provider.plan(source, target, at), await provider.plan(history, target, at)];
    expect(plan.chain).toEqual(same.chain);
    expect([plan.sourceIdentity, plan.restoreBytes]).toEqual([same.sourceIdentity, same.restoreBytes]);
  }
  expect(await provider.measure(source)).toEqual(await provider.measure(history));

  const { at, rows } = company.moments[4] ?? { at: '', rows: 0 };
  for (const action of ['restore', 'swap', 'open'] as const) await location.act(action, at);
  expect(await company.target.administer('AxDB_uat', 'SELECT COUNT(*) AS rows FROM dbo.moments')).toEqual([{ rows }]);
  for (const action of ['swap-back', 'drop-incoming'] as const) await location.act(action, at);

  expect(company.source.state.nextSessionId).toBe(sessions);
  expect(company.source.statements.slice(statements)).toEqual([]);
  await rm(folder, { recursive: true });
});

test('a source by its backups’ location › reads each header once, and of later backups only what is new', async () => {
  await using location = await aLocation();
  const { company, provider, source, target } = location;
  const files = company.source.state.share.files.size;
  await provider.survey(source);
  expect(headersRead(location.asked())).toBe(files);
  await Promise.all([provider.survey(source), provider.measure(source)]);
  await provider.plan(source, target, company.moments[2]?.at ?? '');
  expect(headersRead(location.asked())).toBe(0);
  const before = (await provider.survey(source)).windows.at(-1)?.to;
  await company.backUp('log');
  const { windows } = await provider.survey(source);
  expect(headersRead(location.asked())).toBe(2);
  expect(Date.parse(windows.at(-1)?.to ?? '')).toBeGreaterThan(Date.parse(before ?? ''));
});

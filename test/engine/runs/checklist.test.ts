import { expect, test } from 'vitest';
import type { Run } from '../../../engine/contracts.ts';
import { checklistFor } from '../../../engine/runs/checklist.ts';
import { aRun, JONAS, LARS } from '../../builders.ts';
import { aHouse } from '../house.ts';

test('the checklist › is numbered from 1 and keeps who did what', () => {
  const items = checklistFor(aRun({ checklist: [{ n: 2, title: '', detail: '', doneBy: 'Mira Okafor' }] }));
  expect(items.map(({ n }) => n)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  expect(items.filter(({ doneBy }) => doneBy)).toMatchObject([{ n: 2, doneBy: 'Mira Okafor' }]);
});

test('the checklist › says that a recovery point before an erasure request brings the person back', () => {
  const at = '2026-11-20T17:00:00.000Z';
  expect(checklistFor(aRun({ at })).at(-1)).toMatchObject({
    title: 'Erase again who has asked to be erased',
    detail: expect.stringContaining(`after ${at} are undone`) as string,
  });
});

test('the checklist › is ticked by operators alone, once each', async () => {
  const house = aHouse();
  const { runId } = await house.approvedRun();
  await house.proceed(runId);
  await house.desk.tickItem(JONAS, runId, 1);
  await expect(house.desk.tickItem(LARS, runId, 2)).rejects.toMatchObject({ code: 'not-allowed' });
  expect((await house.run(runId)).checklist.filter(({ doneBy }) => doneBy)).toMatchObject([
    { n: 1, title: 'Reconnect integration endpoints', doneBy: 'Jonas Weber' },
  ]);
});

test('the checklist › shrinks by what the profile has done, and says where the rest is listed', () => {
  const titles = (profile: Run['profile']) => checklistFor(aRun({ profile })).map(({ title }) => title);
  const all = titles(undefined);
  expect(
    titles([
      { part: 'users', done: 0, left: 3 },
      { part: 'theme', done: 9, left: 0 },
    ]),
  ).toEqual(all);
  const [reconnect, sensitive, enable, release, ...others] = all;
  expect([sensitive, enable, release]).toEqual([
    'Delete or obfuscate sensitive data',
    'Enable the users who may work here',
    'Release the batch jobs you need',
  ]);
  expect(
    titles([
      { part: 'users', done: 2, left: 0 },
      { part: 'jobs', done: 1, left: 0 },
    ]),
  ).toEqual([reconnect, ...others]);
  const items = checklistFor(
    aRun({
      profile: [
        { part: 'users', done: 2, left: 4 },
        { part: 'jobs', done: 1, left: 1 },
      ],
    }),
  );
  expect(items.slice(1, 3)).toEqual([
    { n: 2, title: enable, detail: '4 users stay disabled: rewind profile R-1001 lists them with the reasons' },
    {
      n: 3,
      title: release,
      detail: '1 job of the profile and all others stay withheld: rewind profile R-1001 lists them with the reasons',
    },
  ]);
});

test('the checklist › ends with what the restored databases themselves lead to, when they do', () => {
  const remembered = {
    'leads-outside-application': 'synonym dbo.dw → [DWSQL].[dw].[dbo].[FACT]',
    'leads-outside-financialReporting': '',
  };
  expect(checklistFor(aRun({ remembered })).at(-1)).toEqual({
    n: 9,
    title: 'Repoint what the databases themselves lead to',
    detail: 'synonym dbo.dw → [DWSQL].[dw].[dbo].[FACT]',
  });
});

test('the checklist › names what the target had and Rewind never switches on', () => {
  const remembered = { 'not-kept-application': 'AxDB_UAT: TRUSTWORTHY was ON', 'not-kept-financialReporting': '' };
  expect(checklistFor(aRun({ remembered })).slice(8)).toEqual([
    {
      n: 9,
      title: 'Switch on again what is needed and never switched on by itself',
      detail: 'AxDB_UAT: TRUSTWORTHY was ON',
    },
  ]);
});

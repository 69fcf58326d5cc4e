import { expect, test } from 'vitest';
import type { Run } from '../../../engine/contracts.ts';
import { createEngine } from '../../../engine/engine.ts';
import { JONAS } from '../../builders.ts';
import { rulesOf } from '../../../engine/sanitization/pack/rulePack.ts';
import { contentOf } from '../../../engine/sanitization/profile/decideRows.ts';
import { isKept, plannedOf, plannedRows } from '../../../engine/sanitization/target/plannedRows.ts';
import { fact, printer } from '../doubles/smallCompany.ts';
import { aHouse, type House } from '../house.ts';
import { packOf } from '../sanitization/fit/subject.ts';

async function planned(house: House): Promise<Run> {
  const { runId } = await house.desk.draft(JONAS, 'uat', 'Europe/Berlin');
  const at = house.clock.now();
  void house.clock.advance(1000);
  house.world.commit('financialReporting', fact('LATER', 'nothing'));
  await house.desk.chooseMoment(JONAS, runId, at);
  await createEngine(house.parts).plan(runId, new AbortController().signal);
  return house.run(runId);
}

async function plannedAgain(house: House, { runId }: Run): Promise<string | undefined> {
  const at = house.clock.now();
  void house.clock.advance(1000);
  house.world.commit('financialReporting', fact(at, 'nothing'));
  await house.desk.chooseMoment(JONAS, runId, at);
  await createEngine(house.parts).plan(runId, new AbortController().signal);
  return (await house.run(runId)).plan?.binding.kept;
}

const checkOf = ({ plan }: Run) => plan?.checks.find(({ name }) => name === 'kept-rows');

test('a plan › is bound to the rows that the sandbox keeps, as they are, and keeps their hashes apart', async () => {
  const house = aHouse();
  const first = await planned(house);
  expect(checkOf(first)).toMatchObject({
    outcome: 'passed',
    detail: '1 row of 1 table; what is added or changed there from here on stays behind',
  });
  const text = await house.journal.profileList(first.runId, 'kept');
  const [list] = plannedRows.parse(JSON.parse(text ?? ''));
  const { key = '', rows } = list ?? {};
  expect([key, rows]).toEqual([expect.stringMatching(/^.{43}$/), [expect.stringMatching(/^.{22}$/)]]);
  const recorded = JSON.stringify([first, await house.journal.records(first.runId)]);
  expect([key, ...(rows ?? [])].filter((each) => recorded.includes(each))).toEqual([]);

  // Planned again, what is so still is the same list, and what is not another one.
  expect(await plannedAgain(house, first)).toBe(first.plan?.binding.kept);
  house.world.change('uat', 'application', printer(10, 'another'));
  expect(await plannedAgain(house, first)).not.toBe(first.plan?.binding.kept);
});

test('what a plan keeps of the sandbox › is none that a guess could be tried on, once the list is gone', async () => {
  const one = await planned(aHouse());
  const same = await planned(aHouse());
  expect(one.plan?.binding.kept).not.toBe(same.plan?.binding.kept);
});

test('a plan › that cannot read what the sandbox keeps warns, and nothing of it comes back', async () => {
  const columns = { action: 'keep-columns', columns: ['NO_SUCH_COLUMN'], key: 'RECID', offending: 'any-row' };
  const house = aHouse({ parts: { packs: () => packOf({ id: 'printers', table: 'PRINTMGMTSETTINGS', ...columns }) } });
  const run = await planned(house);
  expect(checkOf(run)).toMatchObject({
    outcome: 'warning',
    detail: expect.stringContaining('NO_SUCH_COLUMN') as string,
    remedy: 'Mend it, then plan again: what the plan has not seen stays behind.',
  });
  expect([run.plan?.binding.kept !== undefined, await house.journal.profileList(run.runId, 'kept')]).toEqual([
    true,
    '[]',
  ]);
});

test('a list without a key, as older versions have made them › holds as it is', () => {
  const columns = ['RECID', 'PRINTER'];
  const row = { RECID: '1', PRINTER: 'own' };
  const rule = rulesOf(packOf({ id: 'printers', table: 'P', action: 'keep-rows', offending: 'any-row' })).find(isKept);
  if (rule === undefined) throw new Error('There is no rule');
  const { holds } = plannedOf([{ rule: 'printers', table: 'P', columns, rows: [contentOf(row, columns)] }], rule, 'P');
  expect([holds(row), holds({ ...row, PRINTER: 'another' })]).toEqual([true, false]);
});

test('the list of what the sandbox keeps › is the one that was approved, or the run goes no further', async () => {
  const house = aHouse();
  const { runId } = await house.approvedRun();
  await house.journal.keepProfileList(runId, { kind: 'kept', text: '[]', until: '2099-01-01T00:00:00.000Z' });
  await house.proceed(runId);
  expect(await house.run(runId)).toMatchObject({
    state: 'failed',
    targetState: 'old',
    failure: { step: 'sanitize', code: 'profile-list-missing' },
  });
});

import { expect, test } from 'vitest';
import type { Run } from '../../../engine/contracts.ts';
import { createEngine } from '../../../engine/engine.ts';
import { JONAS } from '../../builders.ts';
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

const checkOf = ({ plan }: Run) => plan?.checks.find(({ name }) => name === 'kept-rows');

test('a plan › is bound to the rows that the sandbox keeps, as they are, and keeps their hashes apart', async () => {
  const house = aHouse();
  const first = await planned(house);
  expect(checkOf(first)).toMatchObject({
    outcome: 'passed',
    detail: '1 row of 1 table; what is added or changed there from here on stays behind',
  });
  const text = await house.journal.profileList(first.runId, 'kept');
  expect(text).toMatch(/"rows":\["[\da-f]{64}"\]/);
  expect(JSON.stringify([first, await house.journal.records(first.runId)])).not.toContain(
    /[\da-f]{64}/.exec(text ?? '')?.[0],
  );

  const other = aHouse();
  other.world.change('uat', 'application', printer(10, 'another'));
  expect((await planned(other)).plan?.binding.kept).not.toBe(first.plan?.binding.kept);
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

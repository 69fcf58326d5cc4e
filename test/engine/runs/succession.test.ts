import { expect, test } from 'vitest';
import { noteSuccession } from '../../../engine/runs/succession.ts';
import { JONAS } from '../../builders.ts';
import { aHouse, type House } from '../house.ts';

async function refreshed(house: House): Promise<string> {
  const { runId } = await house.approvedRun();
  await house.proceed(runId);
  return runId;
}

async function rolledBack(house: House, runId: string): Promise<void> {
  await house.desk.rollBack(JONAS, runId);
  await house.proceed(runId);
}

test('a refresh › is told which later one has replaced it, and when, as soon as that one has ended', async () => {
  const house = aHouse();
  const [first, second, third] = [await refreshed(house), await refreshed(house), await refreshed(house)];
  const { swappedAt } = await house.run(second);
  expect((await house.run(first)).replacedBy).toEqual({ runId: second, at: swappedAt });
  expect((await house.run(second)).replacedBy?.runId).toBe(third);
  expect((await house.run(third)).replacedBy).toBeUndefined();
  await expect(house.desk.rollBack(JONAS, first)).rejects.toMatchObject({ code: 'rollback-impossible' });
});

test('a refresh › holds its target again once the later one was rolled back, and can be rolled back itself', async () => {
  const house = aHouse();
  const [first, second] = [await refreshed(house), await refreshed(house)];
  await rolledBack(house, second);
  expect((await house.run(first)).replacedBy).toBeUndefined();
  expect(house.databases()).toMatchObject({ axdb: first });
  await rolledBack(house, first);
  expect(house.databases()).toEqual({ axdb: 'its own', mrdb: 'its own' });
});

test('a refresh › is told by housekeeping when the worker of the later one ended too early, and once only', async () => {
  let isDown = false;
  const house = aHouse({
    journal: (journal) => ({
      ...journal,
      async record(runId, event, by) {
        if (isDown && event.kind === 'replaced') throw new Error('the worker ends here');
        return journal.record(runId, event, by);
      },
    }),
  });
  const first = await refreshed(house);
  isDown = true;
  await expect(refreshed(house)).rejects.toThrow('the worker ends here');
  isDown = false;
  await house.housekeep();
  const told = await house.run(first);
  expect(told.replacedBy).toBeDefined();
  await Promise.all([
    house.housekeep(),
    house.journal.chores(house.clock.now()).then((chores) => noteSuccession(house.journal, chores)),
  ]);
  expect((await house.run(first)).version).toBe(told.version);
});

test('a rollback › that comes before the reinstatement was noted leaves nothing of the former successor', async () => {
  const house = aHouse({
    journal: (journal) => ({
      ...journal,
      record: (runId, event, by) =>
        event.kind === 'reinstated' ? Promise.reject(new Error('put off')) : journal.record(runId, event, by),
    }),
  });
  const [first, second] = [await refreshed(house), await refreshed(house)];
  await expect(rolledBack(house, second)).rejects.toThrow('put off');
  await rolledBack(house, first);
  expect(await house.run(first)).toMatchObject({ state: 'rolled-back', replacedBy: undefined });
});

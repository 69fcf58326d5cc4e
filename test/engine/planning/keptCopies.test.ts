import { expect, test } from 'vitest';
import type { Run } from '../../../engine/contracts.ts';
import { digestOf } from '../../../engine/journal/canonicalJson.ts';
import { digestOfRestore } from '../../../engine/planning/planBinding.ts';
import { copyChecks } from '../../../engine/planning/retirements.ts';
import { aRun, JONAS } from '../../builders.ts';
import { InjectedError } from '../doubles/troubles.ts';
import { withWriter } from '../doubles/withWriter.ts';
import { aHouse, type House } from '../house.ts';

/** A refresh whose sanitization fails: its copy is kept for a retry. */
async function failed(house: House): Promise<Run> {
  const { runId } = await house.approvedRun();
  house.world.inject({ at: 'session', error: new InjectedError() });
  await house.proceed(runId);
  const run = await house.run(runId);
  expect(run).toMatchObject({ state: 'failed', failure: { step: 'sanitize' } });
  return run;
}

const copiesOf = (house: House) =>
  Object.keys(house.databases()).flatMap((name) => /__incoming_(.*)$/.exec(name)?.[1] ?? []);

test('copies of failed runs › are one at most, however many refreshes fail, and the target never has more than two environments beside it', async () => {
  let most = 0;
  const house = aHouse({
    provider: withWriter((writer) => ({
      async act(action, options) {
        await writer.act(action, options);
        most = Math.max(most, Object.keys(house.databases()).length);
      },
    })),
  });
  const { runId } = await house.approvedRun();
  await house.proceed(runId);
  expect((await house.run(runId)).state).toBe('completed');
  for (let n = 0; n < 6; n += 1) {
    const run = await failed(house);
    expect(copiesOf(house)).toEqual([run.runId, run.runId]);
  }
  // Two databases each: in use, former, copy.
  expect(most).toBe(6);
});

test('a plan › names the kept copy that it drops and binds it; what is dropped can no longer be retried, and says so', async () => {
  const house = aHouse();
  const first = await failed(house);
  const second = await house.approvedRun();
  expect(second.plan?.binding.dropsCopiesOf).toEqual([first.runId]);
  expect(second.plan?.checks[0]).toMatchObject({
    name: 'drops-copy',
    title: `Drops the kept copy of ${first.runId}`,
    outcome: 'warning',
    detail: expect.stringMatching(/cannot be retried afterwards. axdb__incoming_\S+ and mrdb__incoming_/) as string,
  });
  await house.proceed(second.runId);
  expect((await house.run(second.runId)).state).toBe('completed');
  expect(copiesOf(house)).toEqual([]);
  expect((await house.journal.records(first.runId)).at(-1)?.event).toBe('copy-dropped');
  expect(await house.logged(second.runId)).toContain(
    `restore-beside: The kept copy of ${first.runId} is dropped; ${first.runId} can no longer be retried`,
  );
  await expect(house.desk.retry(JONAS, first.runId)).rejects.toMatchObject({ code: 'retry-impossible' });
});

test('a run’s own copy › is no other’s: a retry takes it up', async () => {
  const house = aHouse();
  const { runId } = await failed(house);
  await house.desk.retry(JONAS, runId);
  await house.proceed(runId);
  expect(await house.run(runId)).toMatchObject({ state: 'completed' });
  expect(house.world.actions.filter(({ action }) => action === 'drop-incoming')).toEqual([]);
});

test('a kept copy › that is gone by itself before the run starts is no drift; one that came after the approval is', async () => {
  const house = aHouse();
  const first = await failed(house);
  const second = await house.approvedRun();
  await house.clock.advance(9 * 3_600_000);
  await house.housekeep();
  expect((await house.run(first.runId)).copyKeptUntil).toBeUndefined();
  await house.proceed(second.runId);
  expect((await house.run(second.runId)).state).toBe('completed');

  const third = await house.desk.draft(JONAS, 'uat', 'UTC');
  const fourth = await failed(house);
  const { plan } = second;
  if (!plan) throw new Error('no plan');
  const stale = { ...plan, binding: { ...plan.binding, dropsCopiesOf: [] } };

  const copies = [{ runId: fourth.runId, names: [], sizeBytes: 1 }];
  const digest = (now: typeof copies) =>
    digestOfRestore(
      house.parts,
      { ...third, plan: stale },
      { ...plan.binding, retires: [], chain: plan.chain, copies: now },
    );
  expect(digest(copies)).not.toBe(digest([]));
});

test('a plan of a version that knew no such drops › keeps its digest, and is carried out without them', async () => {
  const house = aHouse();
  const first = await failed(house);
  const { plan, ...run } = await house.approvedRun();
  if (!plan) throw new Error('no plan');
  const { dropsCopiesOf, ...binding } = plan.binding;
  expect(dropsCopiesOf).toEqual([first.runId]);

  const restore = {
    ...binding,
    retires: [],
    chain: plan.chain,
    copies: [{ runId: first.runId, names: [], sizeBytes: 1 }],
  };
  expect(digestOfRestore(house.parts, { ...run, plan: { ...plan, binding } }, restore)).toBe(digestOf(binding));
});

test('a copy that is not the plan’s to drop › blocks it', async () => {
  const { parts } = aHouse();
  const outcomeFor = async (run: Run | undefined) => {
    const journal = { ...parts.journal, run: async () => run };
    const copies = [{ runId: 'R-1010', names: ['AxDB_UAT__incoming_R-1010'], sizeBytes: 370 * 1024 ** 3 }];
    const [check] = await copyChecks({ ...parts, journal }, 'uat', copies);
    return [check?.outcome, check?.detail];
  };
  const detail = 'AxDB_UAT__incoming_R-1010 (370 GB)';
  expect(await outcomeFor(aRun({ runId: 'R-1010', state: 'queued' }))).toEqual([
    'blocked',
    `${detail}. R-1010 is queued`,
  ]);
  expect(await outcomeFor(undefined)).toEqual(['blocked', `${detail}. R-1010 is no run of this target`]);
  expect((await outcomeFor(aRun({ runId: 'R-1010', state: 'failed', target: 'test' })))[0]).toBe('blocked');
  expect((await outcomeFor(aRun({ runId: 'R-1010', state: 'failed' })))[0]).toBe('warning');
});

import { expect, test } from 'vitest';
import { createEngine } from '../../../engine/engine.ts';
import { PlanBlockedError } from '../../../engine/journal/errors.ts';
import { stableMasksFrom } from '../../../engine/sanitization/masks/stableMasks.ts';
import { JONAS } from '../../builders.ts';
import { aHouse } from '../house.ts';

const SECRET = 'the secret of an installation, long enough';
const stableMasks = stableMasksFrom(SECRET);
const OTHER = stableMasksFrom('another secret that is as long as this one');
const masks = { stable: true, fingerprint: stableMasks.fingerprint };

test('a plan for masks that stay the same › says so, and holds nothing of the secret', async () => {
  const house = aHouse({ sandbox: { masks }, stableMasks });
  const { runId, plan } = await house.approvedRun();

  expect(plan?.checks.find(({ name }) => name === 'masks-stable')).toEqual({
    name: 'masks-stable',
    title: 'Masks are the same in every refresh',
    ...{ outcome: 'passed', basis: 'declared', remedy: '' },
    detail: 'Whoever has the secret of the masks can try out who a made-up person was',
  });
  await house.proceed(runId);
  expect((await house.run(runId)).state).toBe('completed');
  const kept = JSON.stringify([await house.run(runId), await house.journal.records(runId), await house.logged(runId)]);
  const { ipad, opad } = stableMasks.keyFor('uat');
  for (const told of [SECRET, stableMasks.fingerprint, ipad.toString('hex'), opad.toString('base64')])
    expect(kept).not.toContain(told);
});

test('a plan › says nothing of masks that have another key in every run', async () => {
  const { plan } = await aHouse({ stableMasks }).approvedRun();

  expect(plan?.checks.filter(({ name }) => name === 'masks-stable')).toEqual([]);
});

test.each([
  ['is missing', undefined, 'this worker has no REWIND_MASKS_SECRET'],
  ['is another one', OTHER, 'this worker has another secret than environments.yaml names'],
])('a secret of masks that %s › blocks the plan', async (_what, other, says) => {
  const house = aHouse({ sandbox: { masks }, ...(other && { stableMasks: other }) });
  const { runId } = await house.desk.draft(JONAS, 'uat', 'UTC');
  await house.desk.chooseMoment(JONAS, runId, '2026-11-20T12:00:00.500Z');
  await createEngine(house.parts).plan(runId, new AbortController().signal);

  const { plan } = await house.run(runId);

  expect(plan?.checks.find(({ name }) => name === 'masks-stable')).toMatchObject({
    outcome: 'blocked',
    title: 'Masks cannot be the same in every refresh',
    detail: expect.stringContaining(says),
  });
  await expect(house.desk.confirm(JONAS, runId, plan?.digest ?? '', 'a reason')).rejects.toThrow(PlanBlockedError);
});

test('a secret of masks that is gone or changed when the run begins › ends it before anything is restored', async () => {
  for (const other of [undefined, OTHER]) {
    const house = aHouse({ sandbox: { masks }, stableMasks });
    const { runId } = await house.approvedRun();

    await house.proceed(runId, { parts: { stableMasks: other } });

    expect((await house.run(runId)).failure).toMatchObject({
      step: 'check-prerequisites',
      code: 'prerequisites-blocked',
    });
    expect(house.databases()).toEqual({ axdb: 'its own', mrdb: 'its own' });
  }
});

test('masks that are to stay the same from now on › are another plan than the one that was approved', async () => {
  const house = aHouse({ stableMasks });
  const { runId } = await house.approvedRun();
  const [sandbox] = house.parts.installation.sandboxes;
  if (sandbox === undefined) throw new Error('There is no sandbox');
  const installation = { ...house.parts.installation, sandboxes: [{ ...sandbox, masks }] };

  await house.proceed(runId, { parts: { installation } });

  expect((await house.run(runId)).failure).toMatchObject({
    code: 'plan-drifted',
    message: expect.stringContaining('masks'),
  });
});

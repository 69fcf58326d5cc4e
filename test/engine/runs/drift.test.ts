import { expect, test } from 'vitest';
import type { Sandbox } from '../../../engine/contracts.ts';
import { createEngine } from '../../../engine/engine.ts';
import type { EngineParts } from '../../../engine/parts.ts';
import { aSandbox, JONAS } from '../../builders.ts';
import { InjectedError, watched } from '../doubles/troubles.ts';
import { pack } from '../doubles/smallCompany.ts';
import { aHouse, type House } from '../house.ts';

const HOUR = 3_600_000;
const command = { command: 'true', args: [], timeoutMs: 1000 };
const ALONE = { axdb: 'its own', mrdb: 'its own' };

/** A worker that was started with another file, or other packs, than the one that made the plan. */
async function proceedWith(house: House, parts: Partial<EngineParts>, runId: string): Promise<void> {
  const lease = await house.journal.acquireLease('uat', 'worker-b', 15_000);
  if (!lease) throw new Error('The target is another worker’s');
  const engine = createEngine({ ...house.parts, ...parts });
  const signal = new AbortController().signal;
  await house.clock.runUntil(engine.proceed(runId, { signal, lease, progress: () => undefined }));
  await house.journal.releaseLease(lease);
}

const fileWith = (change: Parameters<typeof aSandbox>[0]): Partial<EngineParts> => {
  const sandboxes: readonly Sandbox[] = [aSandbox(change)];
  return { installation: { ...aHouse().parts.installation, sandboxes } };
};

const CHANGES: readonly (readonly [string, Partial<EngineParts>])[] = [
  ['policy.keepPrevious', fileWith({ policy: { cutover: { kind: 'on-click' }, keepPreviousMs: HOUR } })],
  [
    'commands.startServices',
    fileWith({ policy: { cutover: { kind: 'on-click' } }, commands: { startServices: command } }),
  ],
  [
    'administrator',
    fileWith({
      policy: { cutover: { kind: 'on-click' } },
      administrator: { signIn: 'x@contoso.example', objectId: 'x', tenantId: JONAS.tenantId },
    }),
  ],
  [
    'profile.users',
    fileWith({
      policy: { cutover: { kind: 'on-click' } },
      profile: { users: { enable: ['MALLORY'], administrators: [], privilegedRoles: [] }, listKeptMs: HOUR },
    }),
  ],
  ['pack small', { packs: () => [{ ...pack, elements: pack.elements.slice(0, 1) }] }],
];

test.for(CHANGES)(
  'a worker that starts with another %s › does not go on with what was approved before',
  async ([name, parts]) => {
    const house = aHouse({ sandbox: { policy: { cutover: { kind: 'on-click' } } } });
    const { runId } = await house.approvedRun();
    await house.proceed(runId);
    expect((await house.run(runId)).state).toBe('awaiting-cutover');
    await house.desk.switchNow(JONAS, runId);
    await proceedWith(house, parts, runId);
    const run = await house.run(runId);
    expect(run).toMatchObject({ state: 'failed', targetState: 'old', failure: { code: 'plan-drifted' } });
    expect(run.failure?.message).toContain(name);
    expect(house.databases()).toMatchObject(ALONE);
    await expect(house.desk.retry(JONAS, runId)).rejects.toMatchObject({ code: 'retry-impossible' });
    await house.housekeep();
    expect(house.databases()).toEqual(ALONE);
  },
);

test('a retry › goes on with the approved plan, and not with another one', async () => {
  const house = aHouse();
  const { runId } = await house.approvedRun();
  house.world.inject({ at: 'session', error: new InjectedError() });
  await house.proceed(runId);
  expect((await house.run(runId)).state).toBe('failed');
  await house.desk.retry(JONAS, runId);
  await proceedWith(house, fileWith({ policy: { integrityCheck: 'full' } }), runId);
  expect((await house.run(runId)).failure).toMatchObject({
    code: 'plan-drifted',
    message: expect.stringContaining('policy.integrityCheck'),
  });
  // What begins anew asks for an approval of its own.
  const next = await house.desk.draft(JONAS, 'uat', 'UTC', await house.run(runId));
  expect(next.approval).toBeUndefined();
  expect(next).toMatchObject({ state: 'draft', plannedAgainFrom: runId });
});

test('a worker whose packs change under its hands › notices before the switch', async () => {
  let packs = [pack];
  const house = aHouse({
    journal: watched((event) => {
      if (event.kind === 'step-done' && event.step === 'apply-target-settings')
        packs = [{ ...pack, elements: pack.elements.slice(0, 1) }];
    }),
  });
  const { runId } = await house.approvedRun();
  await proceedWith(house, { packs: () => packs }, runId);
  expect((await house.run(runId)).failure).toMatchObject({ step: 'stop-services', code: 'plan-drifted' });
  expect(house.databases()).toMatchObject(ALONE);
});

test('a plan of before parts were kept › still says that it differs, and in what kind of thing', async () => {
  const house = aHouse();
  const approved = await house.approvedRun();
  const { plan } = approved;
  const old: House['journal'] = {
    ...house.journal,
    run: async (runId) => {
      const run = await house.journal.run(runId);
      return run && plan ? { ...run, plan: { ...plan, boundParts: undefined } } : run;
    },
    record: async (...args) => {
      const run = await house.journal.record(...args);
      return plan ? { ...run, plan: { ...plan, boundParts: undefined } } : run;
    },
  };
  await proceedWith(house, { ...fileWith({ policy: { keepPreviousMs: 1 } }), journal: old }, approved.runId);
  expect((await house.run(approved.runId)).failure?.message).toContain('policy, commands, administrator or packs');
});

import { expect, test } from 'vitest';
import type { Policy } from '../../../engine/contracts.ts';
import { DIGEST_VERSION, policyHashOf } from '../../../engine/planning/planDigest.ts';
import { aSandbox } from '../../builders.ts';
import { aHouse } from '../house.ts';

const startServices = { command: 'true', args: ['--all'], timeoutMs: 1000 };

test('a digest of version 1 › is what it was when nothing named a version', () => {
  expect(policyHashOf(aSandbox())).toBe('ed2ccb0ea3c4c1260445e1c1843e7a0ae44b1282acb8e5518fbd71a694ba02cd');
  expect(policyHashOf(aSandbox({ commands: { startServices } }))).toBe(
    'b9294962e158dbee8c1065ae8e66a8fbc1003877104d6549edf76175e5fe3247',
  );
});

test('a digest of version 1 › changes with a younger setting only where the file gives it a value of its own', () => {
  const synchronize = { command: 'true', args: [], timeoutMs: 1000 };
  const hashOf = (more: object) => policyHashOf(aSandbox({ commands: { synchronize: { ...synchronize, ...more } } }));
  expect(hashOf({ databaseUrl: false })).toBe(hashOf({}));
  expect(hashOf({ databaseUrl: true })).not.toBe(hashOf({}));
  // A setting that no version knows stands for one that is younger than version 1 and not in its list.
  const named = aSandbox({ policy: { earlierBird: 'worm' } as Partial<Policy> });
  expect(policyHashOf(named)).not.toBe(policyHashOf(aSandbox()));
});

test('a new plan › says by which version its digest is made, and is compared by that version', async () => {
  const house = aHouse();
  const { runId, plan } = await house.approvedRun();
  expect(plan?.binding.version).toBe(DIGEST_VERSION);
  await house.proceed(runId);
  expect((await house.run(runId)).state).toBe('completed');
});

import { expect, test } from 'vitest';
import { runCard } from '../../../cards/run/runCard.ts';
import type { Run } from '../../../engine/contracts.ts';
import { aSandbox } from '../../builders.ts';
import { describeRun } from '../../../cli/describeRun.ts';
import { aStartedRun, aSwitchedRun, contextOf, NOW, person, plan } from '../samples.ts';
import { textOf } from '../walk.ts';

const owner = person('noor', 'Noor Haddad');
const finding = { proof: 'search', database: 'AxDB_UAT', schema: 'dbo', table: 'NOTES', column: 'TEXT' } as const;
const findings = [{ ...finding, kind: 'mail', count: 3 }];
const house = { people: [], sandbox: aSandbox({ dataOwners: [owner.id] }) };

test.for([
  ['says that its users stay disabled', [{ part: 'users', done: 4, left: 1 }], true],
  ['says nothing of users where it brings none back', [{ part: 'jobs', done: 4, left: 1 }], false],
] as const)('the question about a finding in a sandbox with a profile › %s', ([, profile, isSaid]) => {
  const run: Run = aStartedRun({
    ...{ state: 'awaiting-exception', askedException: { findings, digest: 'd', at: NOW }, plan: { ...plan, profile } },
    expiresAt: '2026-11-23T17:00:00.000Z',
  });
  const text = textOf(runCard(contextOf(run, { kind: 'exception', house })));
  expect(text.includes('stay disabled: nobody but Admin is enabled')).toBe(isSaid);
});

test('a refresh with exceptions that failed behind its switch › says so, and who has accepted them until when', () => {
  const said = { reason: 'Test customers of our own', until: '2026-12-31', packsHash: 'packs', runId: 'R-1042' };
  const failure = { step: 'bring-online', code: 'x', message: 'It is away', remedy: 'Look' } as const;
  const excepted = { failure, state: 'failed', exceptions: [{ ...said, findings, by: owner, at: NOW }] } as const;
  const behind = aSwitchedRun(excepted);
  const text = textOf(runCard(contextOf(behind, { kind: 'outcome' })));
  expect(text).toMatch(/Failed, with exceptions/);
  expect(text).toMatch(/1 finding, accepted by Noor Haddad until 2026-12-31: Test customers of our own/);
  expect(describeRun(behind)).toContain('failed, with exceptions');
  const before = textOf(runCard(contextOf(aStartedRun(excepted), { kind: 'outcome' })));
  expect(before).not.toMatch(/with exceptions|Noor Haddad/);
});

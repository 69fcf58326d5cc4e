import { expect, test } from 'vitest';
import { runCard } from '../../../cards/run/runCard.ts';
import type { Run } from '../../../engine/contracts.ts';
import { aSandbox } from '../../builders.ts';
import { aStartedRun, contextOf, NOW, person, plan } from '../samples.ts';
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

import { expect, test } from 'vitest';
import type { CheckResult } from '../../../engine/contracts.ts';
import { compareVersions, type Situation } from '../../../engine/prerequisites/condition.ts';
import { judgeAll, judgeCopy } from '../../../engine/prerequisites/conditions.ts';
import type { Fact } from '../../../engine/prerequisites/facts.ts';
import { aSandbox, aSource, TENANT } from '../../builders.ts';

const measured = (value: string): Fact => ({ value, basis: 'measured' });
const declared = (value: string): Fact => ({ value, basis: 'declared' });

const facts = {
  applicationRelease: measured('10.0.45'),
  financialReportingVersion: measured('10.0.45.12'),
  platformUpdate: measured('69'),
  tenantId: measured(TENANT),
  region: measured('westeurope'),
  runningJobs: 0,
};

/** Everything in order; each case changes what it is about. */
function aSituation(parts: Partial<Situation> = {}): Situation {
  return {
    source: aSource(),
    target: aSandbox({ capacityBytes: 500e9 }),
    sourceFacts: facts,
    targetFacts: facts,
    sourceMeasures: { sizeBytes: 400e9, identity: 'production' },
    targetMeasures: { freeBytes: 900e9, identity: 'uat' },
    at: '2026-11-20T17:00:00.000Z',
    chain: ['a full backup', 'a log backup'],
    heldBy: undefined,
    restoreBytes: 400e9,
    productionIdentities: ['production'],
    ...parts,
  };
}

const check = (name: string, parts: Partial<Situation> = {}): CheckResult => {
  const found = judgeAll(aSituation(parts)).find((one) => one.name === name);
  if (!found) throw new Error(`There is no condition ${name}`);
  return found;
};

test('prerequisites › all pass when everything is in order, each with its basis and nothing to do', () => {
  expect(judgeAll(aSituation()).map(({ name, outcome, basis, remedy }) => [name, outcome, basis, remedy])).toEqual([
    ['recovery-point', 'passed', 'measured', ''],
    ['target-free', 'passed', 'measured', ''],
    ['target-is-sandbox', 'passed', 'measured', ''],
    ['not-for-reporting', 'passed', 'declared', ''],
    ['application-release', 'passed', 'measured', ''],
    ['financial-reporting-version', 'passed', 'measured', ''],
    ['platform-update', 'passed', 'measured', ''],
    ['same-tenant', 'passed', 'measured', ''],
    ['administrator-tenant', 'passed', 'declared', ''],
    ['same-region', 'passed', 'measured', ''],
    ['capacity', 'passed', 'measured', ''],
    ['space', 'passed', 'measured', ''],
    ['recurring-jobs-target', 'passed', 'measured', ''],
    ['recurring-jobs-source', 'passed', 'measured', ''],
    ['documents-stay', 'passed', 'not-applicable', ''],
  ]);
});

const sourceIs = (change: Partial<Situation['sourceFacts']>): Partial<Situation> => ({
  sourceFacts: { ...facts, ...change },
});
const targetIs = (change: Partial<Situation['targetFacts']>): Partial<Situation> => ({
  targetFacts: { ...facts, ...change },
});

test.for<readonly [string, string, Partial<Situation>, CheckResult['outcome'], CheckResult['basis'], RegExp]>([
  [
    'application-release',
    'an older source',
    sourceIs({ applicationRelease: measured('10.0.44') }),
    'blocked',
    'measured',
    /before upgrading the target/,
  ],
  [
    'application-release',
    'a newer source',
    sourceIs({ applicationRelease: measured('10.0.46') }),
    'blocked',
    'measured',
    /Upgrade the target first, or deallocate, delete and redeploy/,
  ],
  [
    'application-release',
    'one side declared',
    sourceIs({ applicationRelease: declared('10.0.45') }),
    'passed',
    'declared',
    /^$/,
  ],
  [
    'application-release',
    'an unknown side',
    targetIs({ applicationRelease: undefined }),
    'warning',
    'not-applicable',
    /environments\.yaml/,
  ],
  [
    'application-release',
    'words instead of numbers',
    sourceIs({ applicationRelease: measured('unknown') }),
    'blocked',
    'measured',
    /./,
  ],
  [
    'financial-reporting-version',
    'a newer target',
    targetIs({ financialReportingVersion: measured('10.0.46.1') }),
    'passed',
    'measured',
    /^$/,
  ],
  [
    'financial-reporting-version',
    'an older target',
    targetIs({ financialReportingVersion: measured('10.0.45.2') }),
    'blocked',
    'measured',
    /latest version of Financial Reporting/,
  ],
  [
    'financial-reporting-version',
    'an unknown side',
    sourceIs({ financialReportingVersion: undefined }),
    'warning',
    'not-applicable',
    /MRApplicationService/,
  ],
  [
    'financial-reporting-version',
    'words instead of numbers',
    targetIs({ financialReportingVersion: measured('?') }),
    'blocked',
    'measured',
    /./,
  ],
  [
    'platform-update',
    'update 20',
    targetIs({ platformUpdate: measured('20') }),
    'blocked',
    'measured',
    /supported platform update/,
  ],
  ['platform-update', 'update 21', targetIs({ platformUpdate: measured('21') }), 'passed', 'measured', /^$/],
  [
    'platform-update',
    'a source of update 12',
    sourceIs({ platformUpdate: declared('12') }),
    'blocked',
    'declared',
    /supported platform update/,
  ],
  [
    'platform-update',
    'words instead of a number',
    sourceIs({ platformUpdate: measured('PU33') }),
    'blocked',
    'measured',
    /./,
  ],
  [
    'platform-update',
    'an unknown side',
    sourceIs({ platformUpdate: undefined }),
    'warning',
    'not-applicable',
    /environments\.yaml/,
  ],
  [
    'same-tenant',
    'another tenant',
    targetIs({ tenantId: measured('another') }),
    'blocked',
    'measured',
    /from one tenant to another/,
  ],
  [
    'same-tenant',
    'the same in capitals',
    targetIs({ tenantId: measured(TENANT.toUpperCase()) }),
    'passed',
    'measured',
    /^$/,
  ],
  ['same-tenant', 'an unknown side', targetIs({ tenantId: undefined }), 'warning', 'not-applicable', /tenant/],
  [
    'administrator-tenant',
    'a source of another tenant',
    sourceIs({ tenantId: measured('another') }),
    'blocked',
    'declared',
    /administrator of the source’s tenant/,
  ],
  [
    'administrator-tenant',
    'an unknown source',
    sourceIs({ tenantId: undefined }),
    'warning',
    'not-applicable',
    /tenant/,
  ],
  [
    'same-region',
    'another region',
    targetIs({ region: measured('northeurope') }),
    'blocked',
    'measured',
    /same Azure geographic region/,
  ],
  ['same-region', 'an unknown side', sourceIs({ region: undefined }), 'warning', 'not-applicable', /region/],
  [
    'capacity',
    'a source as large as the target may be',
    { sourceMeasures: { sizeBytes: 500e9 } },
    'blocked',
    'measured',
    /maximum database capacity/,
  ],
  ['recovery-point', 'nothing that reaches it', { chain: [] }, 'blocked', 'measured', /inside a recovery window/],
  ['capacity', 'an unknown size', { sourceMeasures: {} }, 'warning', 'not-applicable', /capacity in env/],
  [
    'space',
    'too little room',
    { targetMeasures: { freeBytes: 410e9 } },
    'blocked',
    'measured',
    /stands beside the target/,
  ],
  ['space', 'unknown room', { targetMeasures: {} }, 'warning', 'not-applicable', /second copy/],
  [
    'recurring-jobs-target',
    'jobs that run',
    targetIs({ runningJobs: 3 }),
    'blocked',
    'measured',
    /finish and stop them/,
  ],
  [
    'recurring-jobs-target',
    'unknown jobs',
    targetIs({ runningJobs: undefined }),
    'warning',
    'not-applicable',
    /recurringJobs/,
  ],
  ['recurring-jobs-source', 'jobs that run', sourceIs({ runningJobs: 3 }), 'warning', 'measured', /orphaned files/],
  [
    'recurring-jobs-source',
    'unknown jobs',
    sourceIs({ runningJobs: undefined }),
    'warning',
    'not-applicable',
    /fully processed/,
  ],
  ['target-free', 'another run', { heldBy: 'R-1001' }, 'blocked', 'measured', /Wait for R-1001/],
  [
    'target-is-sandbox',
    'production under another name',
    { targetMeasures: { identity: 'production', freeBytes: 9e12 } },
    'blocked',
    'measured',
    /addresses/,
  ],
  ['target-is-sandbox', 'an unknown identity', { targetMeasures: { freeBytes: 9e12 } }, 'passed', 'declared', /^$/],
  [
    'not-for-reporting',
    'a sandbox for reporting',
    { target: aSandbox({ policy: { forProductionReporting: true } }) },
    'blocked',
    'declared',
    /not supported/,
  ],
])('%s › %s', ([name, , situation, outcome, basis, remedy]) => {
  expect(check(name, situation)).toMatchObject({ outcome, basis, remedy: expect.stringMatching(remedy) });
});

test('every condition that does not pass › says what to do, and every passed one nothing', () => {
  const nothingKnown = judgeAll(
    aSituation({ sourceFacts: {}, targetFacts: {}, sourceMeasures: {}, targetMeasures: {}, restoreBytes: undefined }),
  );
  const unlike = nothingKnown.filter(({ remedy, outcome }) => (remedy === '') !== (outcome === 'passed'));
  expect(unlike).toEqual([]);
  expect(nothingKnown.filter(({ outcome }) => outcome === 'blocked')).toEqual([]);
});

test('the copy › is judged by what the data decides, as production was then', () => {
  const results = judgeCopy(aSituation(sourceIs({ applicationRelease: measured('10.0.44') })));
  expect(results.filter(({ outcome }) => outcome === 'blocked').map(({ name }) => name)).toEqual([
    'application-release',
  ]);
});

test.for([
  ['10.0.9', '10.0.45', -1],
  ['10.0.45', '10.0.45.0', 0],
  ['10.1', '10.0.99', 1],
  ['7.3', '8.1', -1],
] as const)('versions › %s against %s', ([a, b, sign]) => {
  expect(Math.sign(compareVersions(a, b))).toBe(sign);
});

test('the title of a condition › claims it only where it is met; a warning or a refusal names what was looked at', () => {
  const other = measured('another');
  const failing = aSituation({
    target: aSandbox({
      capacityBytes: 1,
      policy: { ...aSandbox().policy, forProductionReporting: true },
      administrator: { ...aSandbox().administrator, tenantId: 'another' },
    }),
    sourceFacts: {
      ...facts,
      platformUpdate: measured('20'),
      financialReportingVersion: measured('99'),
      runningJobs: 4,
    },
    targetFacts: { ...facts, applicationRelease: other, tenantId: other, region: other, runningJobs: 1 },
    targetMeasures: { freeBytes: 1, identity: 'production' },
    ...{ chain: [], heldBy: 'R-1041' },
  });
  const unknown = aSituation({ sourceFacts: {}, targetFacts: {}, sourceMeasures: {}, targetMeasures: {} });
  const titles = (situation: Situation) =>
    judgeAll(situation).flatMap(({ outcome, title, name }) => (outcome === 'passed' ? [] : [`${name}: ${title}`]));
  const open = [
    'recovery-point: Recovery point outside every recovery window',
    'target-free: Another run on the target',
    'target-is-sandbox: Target and a source are one database',
    'not-for-reporting: For production reporting',
    'application-release: Application release',
    'financial-reporting-version: Version of Financial Reporting',
    'platform-update: Platform update',
    'same-tenant: Tenant',
    'administrator-tenant: Tenant of the administrator',
    'same-region: Region',
    'capacity: Size of the source, and the target’s capacity',
    'space: Space for a copy beside the target',
    'recurring-jobs-target: Recurring import and export jobs in the target',
    'recurring-jobs-source: Recurring import and export jobs in the source',
  ];
  expect(titles(failing)).toEqual(open);
  // Of what nobody knows, a title says neither.
  expect(titles(unknown)).toEqual(open.slice(4));
});

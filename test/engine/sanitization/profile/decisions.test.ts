import { expect, test } from 'vitest';
import type { Profile } from '../../../../engine/contracts.ts';
import { fold } from '../../../../engine/sanitization/profile/accounts.ts';
import { decideJobs, isSending, type BatchJob } from '../../../../engine/sanitization/profile/decideJobs.ts';
import {
  decideUsers,
  lookUp,
  planServices,
  planUsers,
  wordOfProduction,
  type Account,
} from '../../../../engine/sanitization/profile/decideUsers.ts';
import { IDS, mayBeEnabled, mayHave, pairOf, randomJobs, ROLES } from './randomPairs.ts';

const PAIRS = 20_000;
test('a profile › gives nobody more than the sandbox gave at plan and switch, over 20,000 pairs of it and production', () => {
  const breaches: string[] = [];
  const seen = { enabled: 0, withheld: 0, released: 0 };
  for (let seed = 1; seed <= PAIRS; seed += 1) {
    const pair = pairOf(seed);
    const { wanted, atPlan, atSwitch, production, roles, isProved } = pair;
    const planned = planUsers(wanted, atPlan);
    const words = lookUp(production);
    const decision = decideUsers({
      ...{ wanted, planned: planned.users, services: planServices(atPlan), present: atSwitch, roles, isProved },
      production: new Map(planned.users.map((user) => [fold(user.id), wordOfProduction(user, words)])),
    });
    const enabled = new Set(decision.enabled.map(({ id }) => fold(id)));
    for (const id of new Set(IDS.map(fold)))
      if (enabled.has(id) !== mayBeEnabled(pair, id)) breaches.push(`${String(seed)}: ${id}`);
    for (const { id, grants } of [...decision.enabled, ...decision.services])
      for (const { role, terms } of grants)
        if (!mayHave(pair, id, role, terms)) breaches.push(`${String(seed)}: ${id} ${role} ${terms}`);

    const { wanted: wantedJobs, jobs } = randomJobs(pair);
    const running = new Set(jobs.filter(() => pair.random.below(3) > 0).map(({ recId }) => recId));
    const executing = new Set([...enabled, 'axrunner']);
    const { released } = decideJobs({ wanted: wantedJobs, jobs, running, enabled: executing });
    for (const { n, recId } of released) {
      const job = jobs.find((each) => each.recId === recId);
      const isNamed = job?.classes.length !== 0 && job?.classes.every((each) => each === wantedJobs[n - 1]?.class);
      const isQuiet = !job?.caption.includes('Mail') && !job?.classes.includes('SysEmailDistributor');
      if (!isNamed || !isQuiet || !running.has(recId) || !executing.has(fold(job?.executingBy ?? '')))
        breaches.push(`${String(seed)}: job ${recId}`);
    }
    seen.enabled += decision.enabled.length;
    seen.withheld += decision.withheld.length;
    seen.released += released.length;
  }
  expect(breaches).toEqual([]);
  // There was something to decide.
  expect(Math.min(...Object.values(seen))).toBeGreaterThan(20);
});

const ACTIVE = { enable: 'as-before', administrators: ['lars'], privilegedRoles: ['Board'] } as const;
type Users = NonNullable<Profile['users']>;

const account = (parts: Partial<Account> & { readonly id: string }): Account => ({
  ...{ identity: parts.id, isEnabled: true, isGroup: false, grants: [] },
  ...parts,
});

const decide = (
  atPlan: readonly Account[],
  atSwitch: readonly Account[],
  production: readonly Account[],
  wanted: Users = ACTIVE,
) => {
  const { users } = planUsers(wanted, atPlan);
  return decideUsers({
    ...{ wanted, planned: users, services: [], present: atSwitch, roles: new Set(ROLES), isProved: true },
    production: new Map(users.map((user) => [fold(user.id), wordOfProduction(user, lookUp(production))])),
  });
};

test('users of a profile › stay disabled and are listed with the reason', () => {
  const JONAS = account({ id: 'JONAS' });
  const why = (...given: Parameters<typeof decide>) => decide(...given).left;
  expect(why([JONAS], [JONAS], [])).toEqual([{ id: 'JONAS', why: 'not-in-production' }]);
  // Renamed: the same person under another id.
  expect(why([JONAS], [JONAS], [account({ id: 'JWEBER', identity: 'JONAS' })])).toEqual([
    { id: 'JONAS', why: 'not-in-production' },
  ]);
  expect(why([JONAS], [JONAS], [account({ id: 'jonas', identity: 'SOMEBODY' })])).toEqual([
    { id: 'JONAS', why: 'another-in-production' },
  ]);
  // Doubled: two users for one person.
  expect(why([JONAS], [JONAS], [JONAS, account({ id: 'JWEBER', identity: 'JONAS' })])).toEqual([
    { id: 'JONAS', why: 'twice-in-production' },
  ]);
  expect(why([JONAS], [JONAS], [account({ id: 'JONAS', isEnabled: false })])).toEqual([
    { id: 'JONAS', why: 'disabled-in-production' },
  ]);
  expect(why([JONAS], [account({ id: 'JONAS', identity: 'SOMEBODY' })], [JONAS])).toEqual([
    { id: 'JONAS', why: 'another-since-the-plan' },
  ]);
  expect(why([JONAS], [JONAS, account({ id: 'JONAS ' })], [JONAS])).toEqual([
    { id: 'JONAS', why: 'twice-in-the-sandbox' },
  ]);
});

test('users of a profile › one who was added behind the approval is not enabled, and a role that was is not given', () => {
  const MALLORY = account({ id: 'MALLORY' });
  const LARS = account({ id: 'LARS', grants: [{ role: 'LedgerClerk', terms: 'always' }] });
  const richer = { ...LARS, grants: [...LARS.grants, { role: '-SYSADMIN-', terms: 'always' }] };
  expect(decide([LARS], [richer, MALLORY], [LARS, MALLORY]).enabled).toEqual([{ id: 'LARS', grants: LARS.grants }]);
});

test('users of a profile › a role that the copy lacks is left, and one that administers goes by name alone', () => {
  const grants = [
    { role: 'Gone', terms: 'always' },
    { role: 'SysSec', terms: 'always', title: 'Security administrator' },
  ];
  const MIRA = account({ id: 'MIRA', grants });
  expect(decide([MIRA], [MIRA], [MIRA])).toMatchObject({
    enabled: [{ id: 'MIRA', grants: [] }],
    withheld: [
      { id: 'MIRA', role: 'Gone', why: 'not-in-the-copy' },
      { id: 'MIRA', role: 'SysSec', why: 'only-by-name' },
    ],
  });
});

const WANTED = [{ caption: 'Close stock', company: 'fcof', class: 'InventCostClosing' }];
const JOB: BatchJob = {
  ...{ recId: '7', caption: 'close stock ', company: 'FCOF', executingBy: 'Axrunner' },
  classes: ['InventCostClosing'],
};
const facts = { wanted: WANTED, running: new Set(['7']), enabled: new Set(['axrunner']) };

test('jobs of a profile › are released when they stand there once, were at work, send nothing, and somebody executes them', () => {
  expect(decideJobs({ ...facts, jobs: [JOB] })).toEqual({ released: [{ n: 1, recId: '7' }], left: [] });
  const why = (more: Partial<typeof facts> & { readonly jobs: readonly BatchJob[] }) =>
    decideJobs({ ...facts, ...more }).left;
  expect(why({ jobs: [] })).toEqual([{ n: 1, why: 'no-such-job' }]);
  expect(why({ jobs: [JOB, { ...JOB, recId: '8' }] })).toEqual([{ n: 1, why: 'several-such-jobs' }]);
  expect(why({ jobs: [{ ...JOB, classes: ['InventCostClosing', 'SysEmailDistributor'] }] })).toEqual([
    { n: 1, why: 'no-such-job' },
  ]);
  expect(why({ jobs: [{ ...JOB, classes: ['InventCostClosing', undefined] }] })).toEqual([
    { n: 1, why: 'class-not-known' },
  ]);
  expect(why({ jobs: [{ ...JOB, classes: [] }] })).toEqual([{ n: 1, why: 'class-not-known' }]);
  expect(why({ jobs: [JOB], running: new Set() })).toEqual([{ n: 1, why: 'not-running-in-production' }]);
  expect(why({ jobs: [JOB], enabled: new Set() })).toEqual([{ n: 1, why: 'nobody-executes-it' }]);
  const sending = { caption: 'Statements', company: 'fcof', class: 'CustAccountStatementExt' };
  expect(
    why({ wanted: [sending], jobs: [{ ...JOB, caption: 'Statements', classes: ['CustAccountStatementExt'] }] }),
  ).toEqual([{ n: 1, why: 'sends' }]);
});

test('jobs of a profile › known senders are told by a word in their name', () => {
  const senders = [
    ...[
      'SysEmailDistributorBatch',
      'BusinessEventsBatch',
      'DMFExportBatch',
      'SysOutgoingEmailProcess',
      'RetailCdxSync',
    ],
    ...['EInvoiceProcessBatch', 'ERFormatMappingRunJobService', 'SrsReportRunBatch', 'CustVendPaymJournal Payment'],
    ...[
      'SysWorkflowMessageQueueManager',
      'Mail the board',
      'SalesFormLetterBatch',
      'SysSecurityDynamicRoleAssignment',
      'EventJobCUDTask',
      'CustInterestPrint',
    ],
  ];
  expect(senders.filter((each) => !isSending(each))).toEqual([]);
  expect(['InventCostClosing', 'ReqCalcMaster', 'LedgerTrialBalance', 'ProdCalcTrans'].filter(isSending)).toEqual([]);
});

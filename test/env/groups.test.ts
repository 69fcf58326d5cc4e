import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { stringify } from 'yaml';
import { loadInstallation } from '../../env/environments.ts';
import { openLiveInstallation } from '../../env/liveInstallation.ts';
import { hasRoleFor } from '../../engine/contracts/mayBeDone/index.ts';
import { problemsOf } from './environmentsText.ts';
import { JONAS, LARS, MIRA, TENANT } from '../builders.ts';

const folder = mkdtempSync(join(tmpdir(), 'rewind-groups-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const databases = { application: 'AxDB', financialReporting: 'MR' };
const file = join(folder, 'environments.yaml');

function write(sandbox: object, groups: object = {}): void {
  const uat = {
    ...{ provider: 'sql', databases, sources: ['prod'], requesters: [JONAS.id], approvers: [MIRA.id] },
    administrator: { signIn: 'admin@contoso.example', objectId: MIRA.id, tenantId: TENANT },
    ...sandbox,
  };
  writeFileSync(file, stringify({ groups, sources: { prod: { provider: 'sql', databases } }, sandboxes: { uat } }));
}

const problems = () =>
  problemsOf(() => loadInstallation(file, {}, 'names-only')).map(({ place, reason }) => `${place} ${reason}`);

test('a group of the file › stands for its people in every list, in either case, and each counts once', () => {
  write(
    {
      requesters: ['Finance'],
      approvers: ['leads', MIRA.id.toUpperCase()],
      operators: ['finance', 'leads'],
      viewers: ['nobody'],
    },
    { finance: [JONAS.id.toUpperCase(), LARS.id], leads: [MIRA.id], nobody: [] },
  );
  expect(loadInstallation(file, {}, 'names-only').installation.sandboxes[0]).toMatchObject({
    requesters: [JONAS.id, LARS.id],
    approvers: [MIRA.id],
    operators: [JONAS.id, LARS.id, MIRA.id],
    viewers: [],
  });
});

test('a file without groups and further roles › means what it meant', () => {
  write({});
  const [uat] = loadInstallation(file, {}, 'names-only').installation.sandboxes;
  expect(uat).toMatchObject({ requesters: [JONAS.id], approvers: [MIRA.id] });
  expect(Object.keys(uat ?? {})).not.toEqual(expect.arrayContaining(['operators']));
  for (const one of [JONAS, MIRA]) expect(uat && hasRoleFor('roll-back', uat, one)).toBe(true);
});

test.each([
  [
    'that is not there',
    { approvers: ['leeds'] },
    { leads: [MIRA.id] },
    'sandboxes.uat.approvers.0 is neither an Entra object id nor a group of this file',
  ],
  [
    'by the name of something of JavaScript',
    { viewers: ['constructor'] },
    {},
    'sandboxes.uat.viewers.0 is neither an Entra object id nor a group of this file',
  ],
  [
    'that nobody is in any more',
    { approvers: ['leads'] },
    { leads: [] },
    'sandboxes.uat.approvers nobody could approve: a second person is needed',
  ],
  [
    'of the one who asks',
    { approvers: ['leads'] },
    { leads: [JONAS.id] },
    'sandboxes.uat.approvers nobody could approve: a second person is needed',
  ],
  [
    'of one, where two have to approve',
    { approvers: ['leads'], policy: { approvals: 'two' } },
    { leads: [MIRA.id] },
    'sandboxes.uat.approvers two people besides whoever asks have to approve (policy.approvals: two)',
  ],
  [
    'for urgent refreshes of somebody who may not ask',
    { urgent: ['night'] },
    { night: [JONAS.id, LARS.id] },
    `sandboxes.uat.urgent.0 has ${LARS.id} in it, who is not among the requesters`,
  ],
  ['that holds a name', {}, { leads: ['Mira'] }, 'groups.leads.0 is not an Entra object id'],
  [
    'that is called like nothing else',
    {},
    { 'My Team': [MIRA.id] },
    'groups.My Team is not a name (small letters, digits and hyphens, 32 at most)',
  ],
])('a group %s › is said', (_, sandbox, groups, problem) => {
  write(sandbox, groups);
  expect(problems()).toEqual([problem]);
});

test('a group that is emptied while the bot runs › takes every role from everybody, until somebody can approve again', () => {
  const roles = { approvers: ['leads'], operators: [LARS.id], administrators: [LARS.id], viewers: [LARS.id] };
  write(roles, { leads: [MIRA.id] });
  const quiet = { info: () => {}, warn: () => {}, error: () => {} };
  const live = openLiveInstallation(file, quiet);
  const may = (asked: string) =>
    [JONAS, MIRA, LARS].map((one) => live.installation.sandboxes.some((sandbox) => hasRoleFor(asked, sandbox, one)));
  expect([may('read'), may('approve'), may('roll-back')]).toEqual([
    [true, true, true],
    [false, true, false],
    [false, false, true],
  ]);
  write(roles, { leads: [] });
  expect([may('read'), may('approve'), may('roll-back')].flat()).toEqual(Array(9).fill(false));
  write(roles, { leads: [MIRA.id] });
  expect(may('approve')).toEqual([false, true, false]);
});

test('a file › without a word of approvals means one, in a policy that is what it was; none and two are told, and a delay with its people', () => {
  const policyOf = (sandbox: object, groups: object = {}) => {
    write(sandbox, groups);
    return loadInstallation(file, {}, 'names-only').installation.sandboxes[0]?.policy;
  };
  const keys = Object.keys(policyOf({}) ?? {});
  expect(keys).not.toContain('approvals');
  expect(keys).not.toContain('urgentDelayMs');
  expect(policyOf({ policy: { approvals: 'none' } })?.approvals).toBe('none');
  const six = { approvers: [MIRA.id, LARS.id], policy: { approvals: 'two' } };
  expect(policyOf(six)?.approvals).toBe('two');
  expect(policyOf({ urgent: ['night'] }, { night: [JONAS.id] })?.urgentDelayMs).toBe(900_000);
  // Nobody is in it any more: nobody may, and nothing is wrong.
  expect(policyOf({ urgent: ['night'], policy: { urgentDelay: '5m' } }, { night: [] })?.urgentDelayMs).toBe(300_000);
  write({ policy: { urgentDelay: '10s' } });
  expect(problems()).toEqual([
    'sandboxes.uat.policy.urgentDelay must not be shorter than 1m: somebody has to be able to stop it',
  ]);
});

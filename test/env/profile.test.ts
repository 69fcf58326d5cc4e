import { stringify } from 'yaml';
import { expect, test } from 'vitest';
import { loadText, placeAndReason, problemsOf } from './environmentsText.ts';

const ANN = '1b9b61e2-8d0e-4f1a-9b1e-5d0f0f0b6a01';
const BOB = '2c9b61e2-8d0e-4f1a-9b1e-5d0f0f0b6a02';
const databases = { application: 'AxDB', financialReporting: 'MR' };

const fileWith = (profile?: unknown): string =>
  stringify({
    sources: { prod: { provider: 'sqlServer', databases } },
    sandboxes: {
      uat: {
        ...{ provider: 'sqlServer', databases, sources: ['prod'], requesters: [ANN], approvers: [BOB] },
        administrator: { signIn: 'admin@contoso.example', objectId: ANN, tenantId: BOB },
        ...(profile === undefined ? {} : { profile }),
      },
    },
  });
const profileOf = (profile?: unknown) => loadText(fileWith(profile)).installation.sandboxes[0]?.profile;
const problemsIn = (profile: unknown) => problemsOf(() => loadText(fileWith(profile))).map(placeAndReason);

test('a profile › says what it says and nothing more, so that a plan is bound to that alone', () => {
  expect(profileOf()).toBeUndefined();
  const DAY = 86_400_000;
  expect(profileOf({})).toStrictEqual({ listKeptMs: 30 * DAY });
  expect(profileOf({ users: { enable: ['JONAS'] }, theme: 7, listKept: '2d' })).toStrictEqual({
    users: { enable: ['JONAS'], administrators: [], privilegedRoles: [] },
    theme: 7,
    listKeptMs: 2 * DAY,
  });
});

test('a profile › writes no table by which somebody could come in, and no number sequence', () => {
  const tables = [
    'USERINFO',
    'SECURITYUSERROLE',
    'SYSAADCLIENTTABLE',
    'BATCHJOB',
    'NUMBERSEQUENCETABLE',
    'FEATUREMANAGEMENTSTATE',
  ];
  for (const table of tables) {
    const [setting] = problemsIn({ settings: [{ table, key: ['ID'], columns: ['NAME'] }] });
    expect(setting).toMatch(/^sandboxes\.uat\.profile\.settings\.0\.table: is a table that no setting/);
    const [value] = problemsIn({ values: [{ table, where: { ID: 'x' }, set: { NAME: 'y' } }] });
    expect(value).toMatch(/^sandboxes\.uat\.profile\.values\.0\.table: is a table that no setting/);
  }
  expect(problemsIn({ settings: [{ table: 'SYSEMAILPARAMETERS', key: ['RECID'], columns: ['PARTITION'] }] })).toEqual([
    'sandboxes.uat.profile.settings.0.key.0: is written by the application alone',
    'sandboxes.uat.profile.settings.0.columns.0: is written by the application alone',
  ]);
});

test('a profile › gives no client back without users, as a client would act with roles of production', () => {
  expect(problemsIn({ clients: ['robots'] })).toEqual([
    expect.stringMatching(
      /^sandboxes\.uat\.profile\.clients: needs users beside it.*; add users .* or take clients out$/,
    ),
  ]);
  expect(problemsIn({ clients: ['robots'], users: { enable: ['INTEGR'] } })).toEqual([]);
});

test('a profile › is refused with what is wrong in it, by its place', () => {
  expect(problemsIn({ clients: ['a', 'A'], theme: -1, listKept: '200d', users: { enable: [] } }).toSorted()).toEqual([
    'sandboxes.uat.profile.clients: names something twice',
    'sandboxes.uat.profile.listKept: must not exceed 180d: the list names users',
    expect.stringContaining('sandboxes.uat.profile.theme: '),
    expect.stringContaining('sandboxes.uat.profile.users.enable: '),
  ]);
  expect(problemsIn({ jobs: [{ caption: 'Close stock', company: 'fcof' }] })).toEqual([
    'sandboxes.uat.profile.jobs.0.class: is missing',
  ]);
});

import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Profile } from '../../../../engine/contracts.ts';
import type { ReadSession, Session } from '../../../../engine/environments/provider.ts';
import { dropLedger, dropNotes } from '../../../../engine/sanitization/passes/dropLedger.ts';
import { applyProfile, type AppliedProfile } from '../../../../engine/sanitization/profile/applyProfile.ts';
import type { PlannedList } from '../../../../engine/sanitization/profile/list.ts';
import { noteProduction, readNote } from '../../../../engine/sanitization/profile/note.ts';
import { planProfile } from '../../../../engine/sanitization/profile/planProfile.ts';
import { proveProfile } from '../../../../engine/sanitization/profile/proveProfile.ts';
import { verifySanitization } from '../../../../engine/sanitization/verify.ts';
import { packOf, sandbox } from '../fit/subject.ts';
import { startTestServer, type TestServer } from '../testDatabase.ts';
import { fill, forgetful, PROFILE, sanitize } from './scene.ts';
import { twoDatabases, type Database } from './twoDatabases.ts';

let postgres: TestServer;
const open = twoDatabases(() => postgres).postgres;
beforeAll(async () => {
  postgres = await startTestServer('select 1');
});
afterAll(() => postgres[Symbol.asyncDispose]());

async function apply(
  living: ReadSession,
  copy: Session,
  list: PlannedList,
  profile = PROFILE,
): Promise<AppliedProfile> {
  const note = await readNote(copy, profile);
  return applyProfile({ living, copy, profile, list, note, isProved: true, remember: forgetful });
}

/** Sanitized, with its notes, as the step that applies the profile finds it. */
async function ready(profile: Profile = PROFILE) {
  const pair = await open();
  await fill('postgres', pair.living, pair.copy);
  const { list } = await planProfile(pair.living.session, profile);
  await noteProduction(pair.copy.session, profile, list);
  await sanitize('postgres', pair.copy);
  return { ...pair, list };
}

/** Everything that a profile writes, as it stands there. */
const contentOf = async ({ rows }: Database) => [
  await rows('USERINFO', 'ID, ENABLE, NETWORKALIAS, SID, OBJECTID', 'ID'),
  await rows('SECURITYUSERROLE', 'USER_, SECURITYROLE, ASSIGNMENTSTATUS', 'USER_'),
  await rows('BATCHJOB', 'RECID, STATUS', 'RECID'),
  await rows('BATCH', 'RECID, STATUS', 'RECID'),
  await rows('SYSAADCLIENTTABLE', 'AADCLIENTID, USERID', 'AADCLIENTID'),
  await rows('BUSINESSEVENTSENDPOINT', 'NAME, ENDPOINTURL', 'NAME'),
  await rows('SYSEMAILPARAMETERS', 'RECID, SMTPRELAYSERVERNAME', 'RECID'),
  await rows('SYSUSERINFO', 'ID, THEME', 'ID'),
];

/** Ends with the n-th change, in front of it. */
function dying(session: Session, n: number): Session & { readonly isDead: () => boolean } {
  let left = n;
  const live = () => {
    if ((left -= 1) < 0) throw new Error('the worker has died');
  };
  return {
    ...session,
    execute: async (query) => (live(), session.execute(query)),
    executeTogether: async (queries) => (live(), session.executeTogether(queries)),
    isDead: () => left < 0,
  };
}

test('a profile that is killed in the middle of any change › is whole after the next attempt', async () => {
  const pair = await ready();
  const { living, copy, list } = pair;
  let kills = 0;
  for (let n = 0; ; n += 2) {
    const session = dying(copy.session, n);
    const attempt = apply(living.session, session, list).then(() => dropLedger(session));
    if (
      !(await attempt.then(
        () => false,
        () => session.isDead(),
      ))
    )
      break;
    kills += 1;
    // Between two attempts nobody is in who would not be in after them.
    const users = await copy.rows('USERINFO', 'ID, ENABLE', 'ID');
    const inside = users.filter(({ ENABLE }) => ENABLE === 1).map(({ ID }) => String(ID));
    expect(['Admin', 'Axrunner', 'JONAS', 'LARS']).toEqual(expect.arrayContaining(inside));
  }
  expect(kills).toBeGreaterThan(8);
  const whole = await contentOf(copy);
  const another = await ready();
  await apply(another.living.session, another.copy.session, another.list);
  expect(whole).toEqual(await contentOf(another.copy));
  await another[Symbol.asyncDispose]();
  await pair[Symbol.asyncDispose]();
});

test('a profile › lets nobody in whose word of production was not noted before the rules', async () => {
  await using pair = await open();
  const { living, copy } = pair;
  await fill('postgres', living, copy);
  const { list } = await planProfile(living.session, PROFILE);
  await copy.run(
    'create schema rewind',
    'create table rewind.pass (id text)',
    'create table rewind.resting (id text, kind text, in_schema text, in_table text, name text, state text, is_awake int)',
  );
  await noteProduction(copy.session, PROFILE, list);
  // Production's users are still enabled: no rule has disabled them.
  await dropNotes(copy.session);
  const { operators } = await apply(living.session, copy.session, list);
  expect(operators.enabled).toEqual([]);
  const users = await copy.rows('USERINFO', 'ID, ENABLE', 'ID');
  expect(users.filter(({ ENABLE }) => ENABLE === 1).map(({ ID }) => ID)).toEqual(['Admin', 'Axrunner']);
});

test('a profile › enables nobody where it is not proved that nothing of people is left', async () => {
  await using pair = await ready();
  const { living, copy, list } = pair;
  const note = await readNote(copy.session, PROFILE);
  const { operators } = await applyProfile({
    ...{ living: living.session, copy: copy.session, profile: PROFILE, list, note, isProved: false },
    remember: forgetful,
  });
  expect(operators.enabled).toEqual([]);
  expect(operators.left).toContainEqual({ id: 'JONAS', why: 'not-proved' });
});

test('a profile › gives nothing that was added, changed or enabled in the sandbox behind the approval', async () => {
  await using pair = await ready();
  const { living, copy, list } = pair;
  await living.run(
    `insert into "USERINFO" ("RECID", "ID", "ENABLE", "OBJECTID", "IDENTITYPROVIDER") select 900, 'AWAY2', 1, 'aaaa', "IDENTITYPROVIDER" from "USERINFO" where "ID" = 'JONAS'`,
    `update "USERINFO" set "ENABLE" = 1 where "ID" = 'AWAY'`,
    `update "USERINFO" set "OBJECTID" = 'bbbb' where "ID" = 'JONAS'`,
    `insert into "SECURITYUSERROLE" ("RECID", "USER_", "SECURITYROLE") values (901, 'LARS', 12)`,
    `update "SYSAADCLIENTTABLE" set "USERID" = 'Admin' where "AADCLIENTID" = 'uat-robots'`,
    `update "BUSINESSEVENTSENDPOINT" set "ENDPOINTURL" = 'https://elsewhere.example' where "NAME" = 'uat-orders'`,
    `update "SYSEMAILPARAMETERS" set "SMTPRELAYSERVERNAME" = 'elsewhere.example'`,
  );
  const { parts, operators } = await apply(living.session, copy.session, list);
  expect(operators.enabled).toEqual(['LARS']);
  expect(operators.left).toEqual(
    expect.arrayContaining([
      { id: 'JONAS', why: 'another-since-the-plan' },
      { id: 'AWAY', why: 'another-since-the-plan' },
    ]),
  );
  const line = (wanted: string) => parts.find((each) => each.line.part === wanted)?.line;
  expect(['clients', 'endpoints', 'settings'].map((each) => line(each)?.done)).toEqual([0, 0, 0]);
  const roles = await copy.rows('SECURITYUSERROLE', 'USER_, SECURITYROLE', 'USER_');
  expect(roles.filter(({ USER_ }) => USER_ === 'LARS')).toEqual([{ USER_: 'LARS', SECURITYROLE: '20' }]);
});

test('a setting of a profile › whose key no unique index is about is refused, at the plan and when it is applied', async () => {
  const profile: Profile = {
    settings: [
      { table: 'SYSEMAILPARAMETERS', key: ['SMTPRELAYSERVERNAME'], columns: ['KEY_'] },
      { table: 'SECURITYUSERROLE', key: ['USER_'], columns: ['SECURITYROLE'] },
      { table: 'NOWHERE', key: ['KEY_'], columns: ['VALUE'] },
    ],
    listKeptMs: 1,
  };
  const pair = await ready({ listKeptMs: 1 });
  const { obstacles } = await planProfile(pair.living.session, profile);
  expect(obstacles).toEqual([
    'no unique index of SYSEMAILPARAMETERS is over SMTPRELAYSERVERNAME alone, so it is no key',
    'SECURITYUSERROLE.SECURITYROLE may be a record number, which differs between environments',
    'no unique index of SECURITYUSERROLE is over USER_ alone, so it is no key',
    'the database has no table NOWHERE',
  ]);
  await expect(apply(pair.living.session, pair.copy.session, pair.list, profile)).rejects.toMatchObject({
    code: 'profile-does-not-fit',
  });
  await pair[Symbol.asyncDispose]();
});

test('a key that is unique in the sandbox and not in the copy › is refused when it is applied', async () => {
  await using pair = await ready();
  await pair.copy.run('drop index "i_sysemailparameters"');
  await expect(apply(pair.living.session, pair.copy.session, pair.list)).rejects.toThrow(
    'no unique index of SYSEMAILPARAMETERS is over KEY_ alone',
  );
});

const elsewhere = [
  ['users', `update "USERINFO" set "ENABLE" = 1 where "ID" = 'EMP001'`],
  ['users', `update "USERINFO" set "OBJECTID" = 'x' where "ID" = 'JONAS'`],
  ['roles', `insert into "SECURITYUSERROLE" ("RECID", "USER_", "SECURITYROLE") values (99, 'JONAS', 20)`],
  ['jobs', `update "BATCHJOB" set "STATUS" = 1 where "RECID" = 302`],
  ['jobs', `update "BATCH" set "STATUS" = 1 where "RECID" = 402`],
  ['clients', `insert into "SYSAADCLIENTTABLE" ("RECID", "AADCLIENTID") values (99, 'prod-web-shop')`],
  ['endpoints', `insert into "BUSINESSEVENTSENDPOINT" ("RECID", "NAME") values (99, 'prod-orders')`],
  ['settings', `update "SYSEMAILPARAMETERS" set "SMTPRELAYSERVERNAME" = 'x'`],
  ['features', `update "FEATUREMANAGEMENTSTATE" set "ISENABLED" = 0`],
  ['values', `update "FISCALESTABLISHMENT_BR" set "EFDOCENVIRONMENT" = 1`],
  ['theme', `update "SYSUSERINFO" set "THEME" = 1 where "ID" = 'EMP001'`],
  ['banner', `update "COMPANYIMAGE" set "IMAGE" = null`],
] as const;

test('the proof of a profile › names the part to which somebody else has added or changed something', async () => {
  await using pair = await ready();
  const { parts } = await apply(pair.living.session, pair.copy.session, pair.list);
  for (const [part, statement] of elsewhere) {
    await pair.copy.run('begin', statement);
    const open_ = (await proveProfile(pair.copy.session, parts)).filter(({ passed }) => !passed);
    expect([statement, ...open_.map(({ ruleId }) => ruleId)]).toEqual([statement, `profile-${part}`]);
    await pair.copy.run('rollback');
  }
});

test('post-conditions of the packs › spare the rows that the profile wrote, and those alone', async () => {
  await using pair = await ready();
  const { parts } = await apply(pair.living.session, pair.copy.session, pair.list);
  await dropLedger(pair.copy.session);
  const notIn = ['Admin', 'Axrunner'];
  const packs = packOf(
    {
      id: 'disabled',
      table: 'USERINFO',
      action: 'set-columns',
      values: { ENABLE: 0 },
      offending: [
        { column: 'ID', notIn },
        { column: 'ENABLE', differs: 0 },
      ],
    },
    {
      id: 'names',
      table: 'USERINFO',
      action: 'clear-columns',
      columns: ['NAME'],
      offending: [
        { column: 'ID', equals: 'JONAS' },
        { column: 'NAME', isNotEmpty: true },
      ],
    },
    {
      id: 'jobs',
      table: 'BATCHJOB',
      action: 'set-columns',
      values: { STATUS: 0 },
      offending: [{ column: 'STATUS', differs: 0 }],
    },
    { id: 'clients', table: 'SYSAADCLIENTTABLE', action: 'delete-rows', offending: 'any-row' },
    {
      id: 'relay',
      table: 'SYSEMAILPARAMETERS',
      action: 'set-columns',
      values: { SMTPRELAYSERVERNAME: '' },
      offending: [{ column: 'SMTPRELAYSERVERNAME', isNotEmpty: true }],
    },
  );
  const written = parts.flatMap((part) => part.written);
  const verify = async () => {
    const verdicts = await verifySanitization({ session: pair.copy.session, packs, sandbox, written });
    return verdicts.map(({ ruleId, offendingRows }) => [ruleId, offendingRows]);
  };
  // The name beside an account is not the profile's, whoever is enabled.
  expect(await verify()).toEqual([
    ['disabled', 0],
    ['names', 1],
    ['jobs', 0],
    ['clients', 0],
    ['relay', 0],
  ]);
  await pair.copy.run(
    `update "USERINFO" set "ENABLE" = 1 where "ID" = 'EMP001'`,
    `update "BATCHJOB" set "STATUS" = 5 where "RECID" = 302`,
    `insert into "SYSAADCLIENTTABLE" ("RECID", "AADCLIENTID") values (99, 'prod-web-shop')`,
  );
  expect(await verify()).toEqual([
    ['disabled', 1],
    ['names', 1],
    ['jobs', 1],
    ['clients', 1],
    ['relay', 0],
  ]);
});

import { isDeepStrictEqual } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Profile } from '../../../../engine/contracts.ts';
import { fold } from '../../../../engine/sanitization/profile/accounts.ts';
import { applyProfile } from '../../../../engine/sanitization/profile/applyProfile.ts';
import { isSending } from '../../../../engine/sanitization/profile/decideJobs.ts';
import type { Account } from '../../../../engine/sanitization/profile/decideUsers.ts';
import { noteProduction, readNote } from '../../../../engine/sanitization/profile/note.ts';
import { planProfile } from '../../../../engine/sanitization/profile/planProfile.ts';
import { proveProfile } from '../../../../engine/sanitization/profile/proveProfile.ts';
import { dropLedger } from '../../../../engine/sanitization/passes/dropLedger.ts';
import { startTestServer, type TestServer } from '../testDatabase.ts';
import { IDS, mayBeEnabled, mayHave, pairOf, randomJobs, ROLES, type RandomPair } from './randomPairs.ts';
import { forgetful, sanitize } from './scene.ts';
import { createTables, insertInto, PROVIDER, TABLE_NAMES, type Row, type TableName } from './smallSandbox.ts';
import { twoDatabases, type Database } from './twoDatabases.ts';

/** Some as they come, and some in which somebody has to be enabled. */
const SEEDS = [
  1,
  2,
  3,
  ...Array.from({ length: 1_000 }, (_, n) => n + 4)
    .filter(isAboutSomebody)
    .slice(0, 9),
];
const CLASS_NUMBERS: Readonly<Record<string, number>> = {
  InventCostClosing: 1,
  ReqCalcMaster: 2,
  SysEmailDistributor: 3,
};
const CLIENTS = ['web-shop', 'robots', 'scanner'];

let postgres: TestServer;
const open = twoDatabases(() => postgres).postgres;
beforeAll(async () => {
  postgres = await startTestServer('select 1');
});
afterAll(() => postgres[Symbol.asyncDispose]());

const put = (database: Database, table: TableName, rows: readonly Row[], first?: number) =>
  database.run(insertInto('postgres', table, rows, first).join(';'));

const empty = (database: Database) => database.run(`truncate ${TABLE_NAMES.map((table) => `"${table}"`).join(', ')}`);

async function putUsers(database: Database, accounts: readonly Account[], roles: readonly string[], from: number) {
  await put(
    database,
    'SECURITYROLE',
    roles.map((AOTNAME) => ({ AOTNAME })),
    from,
  );
  await put(
    database,
    'USERINFO',
    accounts.map(({ id, identity, isEnabled, isGroup }) => ({
      ...{ ID: id, ENABLE: isEnabled ? 1 : 0, OBJECTID: identity ?? '', IDENTITYPROVIDER: PROVIDER },
      ...{ ACCOUNTTYPE: isGroup ? 2 : 1, NETWORKALIAS: id },
    })),
  );
  const grants = accounts.flatMap(({ id, grants: own }) => own.map((each) => ({ id, ...each })));
  await put(
    database,
    'SECURITYUSERROLE',
    grants.map(({ id, role, terms }) => ({
      ...{ USER_: id, SECURITYROLE: from + roles.indexOf(role), ASSIGNMENTSTATUS: terms === 'always' ? 1 : 2 },
    })),
  );
}

/** Each environment has some of them, each with a user of its own, and production's secret on none of the sandbox's. */
const someClients = ({ random }: RandomPair, whose: string): readonly Row[] =>
  CLIENTS.filter(() => random.below(2) === 0).map((name) => ({
    ...{
      AADCLIENTID: random.below(3) === 0 ? name : `${whose}-${name}`,
      USERID: random.pick(['Admin', 'Axrunner', 'MIRA']),
    },
    NAME: whose,
  }));

const someFeatures = ({ random }: RandomPair): readonly Row[] =>
  ['a', 'b', 'c'].filter(() => random.below(4) > 0).map((NAME) => ({ NAME, ISENABLED: random.below(2) }));

test('a profile on real tables › leaves nobody more than was given, and no client or endpoint of production', async () => {
  await using pair = await open();
  const { living, copy } = pair;
  for (const database of [living, copy]) await database.run(...createTables('postgres'));
  const wrong: unknown[] = [];
  let enabledInAll = 0;
  for (const seed of SEEDS) {
    const round = pairOf(seed);
    const { wanted, jobs } = randomJobs(round);
    const profile: Profile = {
      ...{ users: round.wanted, features: ['a', 'b'], listKeptMs: 1 },
      ...(wanted.length === 0 ? {} : { jobs: wanted }),
      clients: CLIENTS.flatMap((each) => [each, `uat-${each}`]),
      endpoints: ['orders'],
    };
    await empty(living);
    await empty(copy);
    const ofSandbox = someClients(round, 'uat');
    const ofProduction = someClients(round, 'prod');
    const [before, after, inProduction] = [someFeatures(round), someFeatures(round), someFeatures(round)];
    await putUsers(living, round.atPlan, ROLES, 10);
    await put(living, 'SYSAADCLIENTTABLE', ofSandbox);
    await put(living, 'FEATUREMANAGEMENTSTATE', before);
    await put(living, 'BUSINESSEVENTSENDPOINT', [{ NAME: 'orders', ENDPOINTURL: 'https://uat.example' }]);
    const { list } = await planProfile(living.session, profile);

    await putUsers(copy, round.production.map(inThisCopy(round)), [...round.roles].toReversed(), 50);
    await put(copy, 'SYSAADCLIENTTABLE', ofProduction);
    await put(copy, 'FEATUREMANAGEMENTSTATE', inProduction);
    await put(copy, 'BUSINESSEVENTSENDPOINT', [{ NAME: 'orders', ENDPOINTURL: 'https://prod.example' }]);
    await put(
      copy,
      'CLASSIDTABLE',
      Object.entries(CLASS_NUMBERS).map(([NAME, ID]) => ({ ID, NAME })),
    );
    for (const { recId, caption, company, executingBy, classes } of jobs) {
      const job = { CAPTION: caption, COMPANY: company, EXECUTINGBY: executingBy, STATUS: round.random.below(6) };
      await put(copy, 'BATCHJOB', [job], Number(recId));
      const tasks = classes.map((each) => ({
        BATCHJOBID: Number(recId),
        CLASSNUMBER: CLASS_NUMBERS[each ?? ''] ?? 99,
        STATUS: 1,
      }));
      await put(copy, 'BATCH', tasks, 1_000 + 10 * Number(recId));
    }
    await noteProduction(copy.session, profile, list);
    await sanitize('postgres', copy);

    await empty(living);
    await putUsers(living, round.atSwitch, ROLES, 10);
    await put(living, 'SYSAADCLIENTTABLE', ofSandbox);
    await put(living, 'FEATUREMANAGEMENTSTATE', after);
    await put(living, 'BUSINESSEVENTSENDPOINT', [{ NAME: 'orders', ENDPOINTURL: 'https://uat.example' }]);
    const note = await readNote(copy.session, profile);
    const { isProved } = round;
    const applied = await applyProfile({
      ...{ living: living.session, copy: copy.session, profile, list, note, isProved },
      remember: forgetful,
    });
    const none = (found: readonly unknown[]) => void (found.length > 0 && wrong.push([seed, ...found]));
    none((await proveProfile(copy.session, applied.parts)).filter(({ passed }) => !passed));
    await dropLedger(copy.session);

    const users = (await copy.rows('USERINFO', 'ID, ENABLE', 'ID')).filter(({ ENABLE }) => ENABLE === 1);
    const people = users.map(({ ID }) => String(ID)).filter((id) => !['admin', 'axrunner'].includes(fold(id)));
    none(people.filter((id) => !mayBeEnabled(round, id)));
    enabledInAll += people.length;
    const names = new Map(
      (await copy.rows('SECURITYROLE', 'RECID, AOTNAME', 'RECID')).map((row) => [row['RECID'], String(row['AOTNAME'])]),
    );
    const granted = (await copy.rows('SECURITYUSERROLE', 'USER_, SECURITYROLE, ASSIGNMENTSTATUS', 'USER_')).filter(
      ({ USER_ }) => fold(String(USER_)) !== 'admin',
    );
    const beyond = granted.filter(
      ({ USER_, SECURITYROLE, ASSIGNMENTSTATUS }) =>
        !mayHave(round, String(USER_), names.get(SECURITYROLE) ?? '', ASSIGNMENTSTATUS === 1 ? 'always' : 'until 2027'),
    );
    none(beyond);
    const clients = await copy.rows('SYSAADCLIENTTABLE', 'AADCLIENTID, USERID, NAME', 'AADCLIENTID');
    const foreign = new Set(ofProduction.map(({ AADCLIENTID }) => AADCLIENTID));
    none(
      clients.filter(
        ({ AADCLIENTID, USERID, NAME }) => foreign.has(String(AADCLIENTID)) || USERID === 'Admin' || NAME !== 'uat',
      ),
    );
    none(
      (await copy.rows('BUSINESSEVENTSENDPOINT', 'ENDPOINTURL', 'NAME')).filter(
        (row) => row['ENDPOINTURL'] !== 'https://uat.example',
      ),
    );
    const awake = (await copy.rows('BATCHJOB', 'CAPTION, STATUS, EXECUTINGBY', 'RECID')).filter(
      ({ STATUS }) => STATUS !== 0,
    );
    const inside = new Set(users.map(({ ID }) => fold(String(ID))));
    none(
      awake.filter(({ CAPTION, EXECUTINGBY }) => isSending(String(CAPTION)) || !inside.has(fold(String(EXECUTINGBY)))),
    );
    const stateIn = (rows: readonly Row[], name: string) => rows.find(({ NAME }) => NAME === name)?.['ISENABLED'];
    const features = await copy.rows('FEATUREMANAGEMENTSTATE', 'NAME, ISENABLED', 'NAME');
    const expected = inProduction.map(({ NAME = '', ISENABLED }) => {
      const [then, now] = [stateIn(before, String(NAME)), stateIn(after, String(NAME))];
      return { NAME, ISENABLED: NAME !== 'c' && then !== undefined && then === now ? now : ISENABLED };
    });
    none(isDeepStrictEqual(features, expected) ? [] : [features, expected]);
  }
  expect(wrong).toEqual([]);
  expect(enabledInAll).toBeGreaterThan(8);
}, 60_000);

/** Production has no role that the copy lacks. */
const inThisCopy =
  ({ roles }: RandomPair) =>
  (account: Account): Account => ({ ...account, grants: account.grants.filter(({ role }) => roles.has(role)) });

function isAboutSomebody(seed: number): boolean {
  const round = pairOf(seed);
  return IDS.some((id) => mayBeEnabled(round, id));
}

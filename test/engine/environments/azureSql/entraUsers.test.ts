import { afterEach, beforeEach, expect, test } from 'vitest';
import { addressOf } from '../../../../engine/databases/sqlServer/address.ts';
import { openLongConnection } from '../../../../engine/databases/sqlServer/connection.ts';
import { databaseCredential } from '../../../../engine/databases/sqlServer/login/entra.ts';
import { shutUsersOut } from '../../../../engine/environments/sqlServer/copy/close.ts';
import { admitUsers, prepareUsers } from '../../../../engine/environments/sqlServer/swap/prepareUsers.ts';
import { readAccess } from '../../../../engine/environments/sqlServer/swap/principals.ts';
import { REFUSALS, refuseWhatAzureRefuses } from '../../../azure/refusals.ts';
import { databaseAudience } from '../../../sqlServer/logins/entra.ts';
import { createTenant } from '../../../sqlServer/logins/tenant.ts';
import { startStandIn, type StandIn } from '../../../sqlServer/standIn.ts';
import type { Principal } from '../../../sqlServer/state/databaseModel.ts';

const tenant = createTenant();
const SIDS = { alice: 'a1'.repeat(16), bob: 'b2'.repeat(16), testers: 'c3'.repeat(16), stranger: 'd4'.repeat(16) };
const [LIVING, COPY] = ['AxUAT', 'AxUAT__incoming_R-1'];
const password = 'Entra-2026!';

let standIn: StandIn;
beforeEach(async () => {
  standIn = await startStandIn({
    ...{ name: 'azsql-uat', edition: 'SQL Azure', entra: tenant.trust },
    logins: [
      { name: 'rewind-identity', objectId: tenant.objectId },
      { name: 'rewind', password },
      { name: 'tester', password },
    ],
  });
  refuseWhatAzureRefuses(standIn);
  const { administer, state } = standIn;
  for (const database of [LIVING, COPY]) {
    await administer('master', `CREATE DATABASE [${database}]`);
    for (const user of ['rewind-identity', 'rewind']) {
      await administer(database, `CREATE USER [${user}] FOR LOGIN [${user}]`);
      await administer(database, `ALTER ROLE db_owner ADD MEMBER [${user}]`);
    }
  }
  await administer(LIVING, 'CREATE USER [tester] FOR LOGIN [tester]');
  await administer(LIVING, 'CREATE ROLE [readers]');
  for (const [name, type, sid] of [
    ['alice@contoso.example', 'E', SIDS.alice],
    ['bob@contoso.example', 'E', SIDS.bob],
    ['UAT testers', 'X', SIDS.testers],
  ] as const) {
    principalsOf(LIVING).push(external(name, type, sid));
    state.directory.set(name.toLowerCase(), { type, sid });
    await administer(LIVING, `ALTER ROLE [readers] ADD MEMBER [${name}]`);
  }
});
afterEach(() => standIn.close());

/** Statements that Azure takes from nobody. */
function refusedByPlatform() {
  const refused = new Set(REFUSALS.map(({ number }) => number));
  return standIn.statements.filter(({ outcome }) => Array.isArray(outcome) && outcome.some((one) => refused.has(one)));
}

const principalsOf = (database: string) =>
  standIn.state.databases.find(({ name }) => name === database)?.principals ?? [];
let ids = 100;
const external = (name: string, type: 'E' | 'X', sid: string): Principal => {
  ids += 1;
  return { ...{ name, id: ids, type, sid }, roles: new Set(), permissions: [] };
};

/** What the act does with the users of one database, by a session of Entra or of a login with a password. */
async function changing(database: string, by: 'entra' | 'password') {
  const address = addressOf(`mssql://rewind:${password}@127.0.0.1:${String(standIn.port)}?trustServerCertificate=true`);
  const { token, expiresOn } = tenant.token({ audience: databaseAudience, expiresIn: 3600 });
  const open = () => ({ getToken: async () => ({ token, expiresOnTimestamp: expiresOn * 1000 }) });
  const credential = databaseCredential({ title: 'azsql-uat', open });
  const authentication = { type: 'token-credential' as const, options: { credential } };
  const config = by === 'entra' ? { ...address.config, authentication } : address.config;
  const connection = await openLongConnection({ ...address, config }, database);
  const log: string[] = [];
  return {
    ...{ connection, log: (text: string) => void log.push(text), said: log },
    async change(statements: readonly string[], { doing }: { readonly doing: string }) {
      const text = ['SET XACT_ABORT ON;', ...statements.map((one) => `${one};`)].join('\n');
      if (statements.length > 0) await connection.send({ text }, { doing });
    },
    [Symbol.asyncDispose]: () => connection[Symbol.asyncDispose](),
  };
}

/** `isClosed`: an attempt before has made the copy whole; what comes again is what the switch begins with. */
async function prepared(by: 'entra' | 'password', isClosed = false) {
  await using living = await changing(LIVING, by);
  await using copy = await changing(COPY, by);
  const self = by === 'entra' ? 'rewind-identity' : 'rewind';
  if (!isClosed) await shutUsersOut(copy, { here: COPY }, self);
  const from = { from: { here: LIVING }, connection: living.connection };
  await prepareUsers(copy, { ...from, owner: undefined, self, asksEntra: true }, { here: COPY });
  const waiting = await readAccess(copy.connection, { here: COPY });
  await admitUsers(copy, { here: COPY });
  const admitted = await readAccess(copy.connection, { here: COPY });
  return {
    said: copy.said.join('\n'),
    waited: waiting.users.filter(({ name }) => waiting.isDenied(name)).map(({ name }) => name),
    admitted: admitted.users.filter(({ name }) => !admitted.isDenied(name) && name !== self).map(({ name }) => name),
    readers: admitted.memberships.filter(({ role }) => role === 'readers').map(({ member }) => member),
  };
}

test('users of Entra without a login › are made in the copy as what they are, wait for the switch, and keep their roles', async () => {
  // Production has one of them itself, who owned something and so stayed, shut out.
  principalsOf(COPY).push({ ...external('bob@contoso.example', 'E', SIDS.bob), ownedSchemas: ['old'] });
  const { waited, admitted, readers, said } = await prepared('entra');
  const all = ['UAT testers', 'alice@contoso.example', 'bob@contoso.example'];
  expect(waited.toSorted()).toEqual([...all, 'rewind', 'tester'].toSorted());
  expect(admitted.toSorted()).toEqual([...all, 'rewind', 'tester'].toSorted());
  expect(readers.toSorted()).toEqual(all);
  expect(said).not.toMatch(/by hand|left out/);
  expect(refusedByPlatform()).toEqual([]);
});

test('a user of Entra › whose name has come to be another’s is not made, also where production has that other one', async () => {
  standIn.state.directory.set('alice@contoso.example', { type: 'E', sid: SIDS.stranger });
  principalsOf(COPY).push({ ...external('bob@contoso.example', 'E', SIDS.stranger), ownedSchemas: ['old'] });
  const { admitted, readers, said } = await prepared('entra');
  expect(admitted.toSorted()).toEqual(['UAT testers', 'rewind', 'tester']);
  expect(readers).toEqual(['UAT testers']);
  expect(said).toContain(
    'alice@contoso.example of the target is left out and whoever has that name is shut out (Entra knows another one',
  );
  expect(said).toContain(
    'bob@contoso.example of the target is left out and whoever has that name is shut out (production’s user',
  );
});

test('a user of Entra › whom a worker that died has made under another’s name is not let in by the next one', async () => {
  standIn.state.directory.set('alice@contoso.example', { type: 'E', sid: SIDS.stranger });
  const death = standIn.fault({ match: /^DROP USER \[alice/, effect: 'cut' });
  await expect(prepared('entra')).rejects.toMatchObject({ code: 'connection-lost' });
  death.remove();
  expect(principalsOf(COPY).map(({ name }) => name)).toContain('alice@contoso.example');
  const { admitted, said } = await prepared('entra', true);
  expect(admitted).not.toContain('alice@contoso.example');
  expect(said).toContain('shut out (Entra knows another one by that name now)');
});

test('users of Entra › are named with what to run where the service has not come in by Entra, or Entra knows them no longer', async () => {
  const byPassword = await prepared('password');
  expect(byPassword.admitted.toSorted()).toEqual(['rewind-identity', 'tester']);
  expect(byPassword.said).toContain(
    'UAT testers of the target is left out and whoever has that name is shut out (SQL Server error 33159); after the switch, by hand: CREATE USER [UAT testers] FROM EXTERNAL PROVIDER',
  );
  expect(byPassword.said).toContain('ALTER ROLE [readers] ADD MEMBER [UAT testers]');
  standIn.state.directory.delete('alice@contoso.example');
  const byEntra = await prepared('entra');
  expect(byEntra.said).toContain(
    'alice@contoso.example of the target is left out and whoever has that name is shut out (SQL Server error 33130)',
  );
  expect(byEntra.admitted).not.toContain('alice@contoso.example');
  expect(refusedByPlatform()).toEqual([]);
});

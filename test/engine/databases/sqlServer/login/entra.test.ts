import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { addressOf } from '../../../../../engine/databases/sqlServer/address.ts';
import { openShortConnection } from '../../../../../engine/databases/sqlServer/connection.ts';
import { databaseCredential } from '../../../../../engine/databases/sqlServer/login/entra.ts';
import { readServerFacts } from '../../../../../engine/databases/sqlServer/serverFacts.ts';
import { openJournal } from '../../../../../engine/journal/sql/sqlJournal.ts';
import { startIdentityEndpoint, type IdentityEndpoint } from '../../../../sqlServer/logins/managedIdentity.ts';
import { startStandIn, type StandIn } from '../../../../sqlServer/standIn.ts';

// The driver's library remembers the first endpoint that it finds for as long as the process lives, and each token: so there is
// one endpoint, and an identity of its own for each test.
let identity: IdentityEndpoint;
let standIn: StandIn;
let clientId: string;
beforeAll(async () => {
  identity = await startIdentityEndpoint();
});
afterAll(() => identity[Symbol.asyncDispose]());
beforeEach(async () => {
  identity.reset();
  standIn = await startStandIn({
    entra: identity.trust,
    logins: [{ name: 'rewind-worker', objectId: identity.objectId, roles: ['dbcreator'] }],
  });
  clientId = randomUUID();
  for (const [name, value] of Object.entries(identity.variables)) vi.stubEnv(name, value);
});
afterEach(() => standIn.close());

const url = (parameters = '', database = '') =>
  `mssql://${clientId}@127.0.0.1:${String(standIn.port)}/${database}?authentication=entra&trustServerCertificate=true${parameters}`;
const open = () => openShortConnection(addressOf(url()));

/** What would be a leak: every token that was given, and the secret that guards the endpoint. */
const secrets = () => [...identity.given.map(({ token }) => token), identity.variables['IDENTITY_HEADER'] ?? ''];

async function refusalOf(opening: Promise<unknown>) {
  const error = await opening.then(
    () => undefined,
    (refused: unknown) => refused,
  );
  const all = `${String(error)} ${JSON.stringify(error)} ${error instanceof Error ? (error.stack ?? '') + String(error.cause) : ''}`;
  for (const secret of secrets()) expect(all).not.toContain(secret);
  return error;
}

test('an Entra login › takes the token of the managed identity to the server that asks for it', async () => {
  await using line = await open();
  expect(await readServerFacts(line)).toMatchObject({ login: 'rewind-worker', isSysadmin: false });
  expect(identity.given.at(0)).toMatchObject({ clientId, resource: 'https://database.windows.net' });
  expect([...standIn.state.sessions.values()].every(({ isEncrypted }) => isEncrypted)).toBe(true);
});

test('an Entra login › gets a fresh token for each connection once the former is about to expire', async () => {
  identity.mood.expiresIn = 60;
  for (let connection = 0; connection < 2; connection += 1) {
    await using line = await open();
    await readServerFacts(line);
  }
  const tokens = new Set(identity.given.map(({ token }) => token));
  expect(tokens.size).toBe(identity.given.length);
  expect(tokens.size).toBeGreaterThanOrEqual(2);
});

test('an Entra login › asks once for as many connections as a token lasts', async () => {
  for (let connection = 0; connection < 3; connection += 1) {
    await using line = await open();
    await readServerFacts(line);
  }
  expect(identity.given).toHaveLength(1);
});

test.for([
  ['expired', { expiresIn: -60 }],
  ['for another service', { audience: 'https://management.azure.com/' }],
  ['signed by somebody else', { signedBy: 'somebody' }],
] as const)('an Entra login › with a token that is %s is refused by the server', async ([, mood]) => {
  Object.assign(identity.mood, mood);
  expect(await refusalOf(open())).toMatchObject({
    code: 'login-refused',
    message: `127.0.0.1:${String(standIn.port)} refuses the login of the service (Entra, managed identity ${clientId}, SQL Server error 18456)`,
  });
});

test('an Entra login › of a principal that the server does not know is refused', async () => {
  await using other = await startStandIn({ entra: identity.trust });
  const address = addressOf(url().replace(String(standIn.port), String(other.port)));
  expect(await refusalOf(openShortConnection(address))).toMatchObject({ code: 'login-refused' });
});

test('an Entra login › on a server without Entra authentication is refused, and no token is fetched', async () => {
  await using other = await startStandIn();
  const address = addressOf(url().replace(String(standIn.port), String(other.port)));
  expect(await refusalOf(openShortConnection(address))).toMatchObject({ code: 'login-refused' });
  expect(identity.given).toEqual([]);
});

test('an Entra login › hands no token for anything but a database to a server that asks for one', async () => {
  standIn.state.entraAudience = 'https://management.azure.com/';
  expect(await refusalOf(open())).toMatchObject({
    code: 'entra-audience-refused',
    message: expect.stringContaining('https://management.azure.com,') as string,
  });
  expect(identity.given).toEqual([]);
});

test('an identity endpoint that gives nothing › is named, with what to do, and tried again', async () => {
  identity.mood.refuses = true;
  expect(await refusalOf(open())).toMatchObject({
    code: 'entra-token-unavailable',
    remedy: expect.stringContaining('managed identity') as string,
  });
});

test('an identity endpoint that is silent › is given up before the login is', async () => {
  const silent = databaseCredential({
    title: 'sql01:1433',
    open: () => ({ getToken: () => new Promise(() => undefined) }),
    answerMs: 20,
  });
  await expect(silent.getToken('https://database.windows.net/.default')).rejects.toMatchObject({
    code: 'entra-token-unavailable',
    message: 'There is no Entra token for sql01:1433: no answer within 20 ms',
  });
});

test.for([
  'http://database.windows.net/.default',
  'https://database.windows.net.evil.example/.default',
  'https://evil.example/database.windows.net/.default',
  'not an address',
])('a token for %s › is never asked for', async (scope) => {
  const opened = vi.fn(() => ({ getToken: () => Promise.resolve(null) }));
  const credential = databaseCredential({ title: 'sql01:1433', open: opened });
  await expect(credential.getToken(scope)).rejects.toMatchObject({ code: 'entra-audience-refused' });
  expect(opened).not.toHaveBeenCalled();
});

test('a refusal of Entra › is told by its number alone', async () => {
  const text = 'invalid_client: AADSTS7000215: Invalid client secret provided for app 0000 secret=hunter22';
  const credential = databaseCredential({
    title: 'sql01:1433',
    open: () => ({ getToken: () => Promise.reject(new Error(text)) }),
  });
  const refusal = await refusalOf(credential.getToken('https://database.windows.net/.default'));
  expect(refusal).toMatchObject({
    code: 'entra-token-refused',
    message: 'Entra refuses a token for sql01:1433 (AADSTS7000215)',
  });
  expect(String(refusal)).not.toContain('hunter22');
});

test('a journal › is opened with an Entra token as well', async () => {
  await standIn.administer('master', 'CREATE DATABASE rewind');
  await standIn.administer(
    'rewind',
    'CREATE USER [rewind-worker] FOR LOGIN [rewind-worker]; ALTER ROLE db_owner ADD MEMBER [rewind-worker]',
  );
  await using journal = openJournal({ url: url('', 'rewind') });
  await journal.migrate();
  expect(await journal.runs({ limit: 1 })).toEqual([]);
  expect(standIn.statements.every(({ login }) => login === 'rewind-worker')).toBe(true);
});

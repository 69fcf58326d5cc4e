import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { addressOf } from '../../../../engine/environments/sqlServer/address.ts';
import { openShortLine } from '../../../../engine/environments/sqlServer/line.ts';
import { readServerFacts } from '../../../../engine/environments/sqlServer/serverFacts.ts';
import { asLogin } from './admin.ts';
import { startTestStandIn, type StandInServer } from './testServers.ts';

let server: StandInServer;
let folder: string;
beforeAll(async () => {
  server = await startTestStandIn();
  folder = await mkdtemp(join(tmpdir(), 'rewind-trust-'));
});
afterAll(async () => {
  await server[Symbol.asyncDispose]();
  await rm(folder, { recursive: true });
});

const checked = (search: string) => {
  const url = new URL(server.url);
  url.search = search;
  return addressOf(url.href);
};

test('a server whose certificate nobody vouches for › is not logged in to', async () => {
  const sessions = server.standIn.state.nextSessionId;
  await expect(openShortLine(checked(''))).rejects.toMatchObject({ code: 'server-certificate-not-trusted' });
  expect(server.standIn.state.nextSessionId).toBe(sessions);
});

test('a server whose authority is named › is talked to, encrypted', async () => {
  const file = join(folder, 'authority.pem');
  await writeFile(file, server.standIn.certificate);
  await using line = await openShortLine(checked(`ca=${encodeURIComponent(file)}`));
  expect(await readServerFacts(line)).toMatchObject({ login: 'sa', isSysadmin: true });
  expect([...server.standIn.state.sessions.values()].every(({ isEncrypted }) => isEncrypted)).toBe(true);
});

test('a wrong password › is said to be one, without it', async () => {
  const refusal = openShortLine(addressOf(asLogin(server.url, 'sa', 'not-the-password')));
  await expect(refusal).rejects.toMatchObject({
    code: 'login-refused',
    message: expect.not.stringContaining('not-the-password') as string,
  });
});

test('a server that does not answer › is a lost connection, which is tried again', async () => {
  const gone = await startTestStandIn();
  const { url } = gone;
  await gone[Symbol.asyncDispose]();
  await expect(openShortLine(addressOf(url))).rejects.toMatchObject({ code: 'connection-lost' });
});

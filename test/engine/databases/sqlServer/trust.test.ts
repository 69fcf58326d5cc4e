import { X509Certificate } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addressOf } from '../../../../engine/databases/sqlServer/address.ts';
import { openShortConnection } from '../../../../engine/databases/sqlServer/connection.ts';
import { readServerFacts } from '../../../../engine/databases/sqlServer/serverFacts.ts';
import { openJournal } from '../../../../engine/journal/sql/sqlJournal.ts';
import { startBrowser } from '../../../sqlServer/browser.ts';
import { startStandIn, type StandIn } from '../../../sqlServer/standIn.ts';
import { createAuthority, createCertificate } from '../../../sqlServer/tds/certificate.ts';

const now = new Date();
const day = 86_400_000;
const authority = createAuthority(now, 'Contoso Root');
const certified = createCertificate(now, { authority });

let standIn: StandIn;
let folder: string;
/** PEM of the authority; and the same as DER, as Windows exports it. */
let ca: string;
let der: string;
beforeAll(async () => {
  standIn = await startStandIn({ certificate: certified });
  folder = await mkdtemp(join(tmpdir(), 'rewind-trust-'));
  [ca, der] = [join(folder, 'authority.pem'), join(folder, 'authority.cer')];
  await writeFile(ca, authority.cert);
  await writeFile(der, new X509Certificate(authority.cert).raw);
});
afterAll(async () => {
  await standIn.close();
  await rm(folder, { recursive: true });
});

const at = (parameters: Readonly<Record<string, string>>, { host = '127.0.0.1', server = standIn, path = '' } = {}) => {
  const { user, password, port } = server.settings('sa');
  const place = 'instance' in parameters ? host : `${host}:${String(port)}`;
  return `mssql://${user}:${encodeURIComponent(password)}@${place}/${path}?${new URLSearchParams(parameters).toString()}`;
};
const open = (...where: Parameters<typeof at>) => openShortConnection(addressOf(at(...where)));

describe.each([
  ['TLS behind PRELOGIN', { encrypt: 'true' }],
  ['TDS 8.0', { encrypt: 'strict' }],
])('a server over %s', (_title, encrypt) => {
  test('whose authority is named › is talked to, encrypted', async () => {
    await using line = await open({ ...encrypt, ca });
    expect(await readServerFacts(line)).toMatchObject({ login: 'sa', isSysadmin: true });
    expect([...standIn.state.sessions.values()].every(({ isEncrypted }) => isEncrypted)).toBe(true);
    await using other = await open({ ...encrypt, ca: der });
    expect(await readServerFacts(other)).toMatchObject({ login: 'sa' });
  });

  test('whose certificate nobody vouches for › is not logged in to', async () => {
    const sessions = standIn.state.nextSessionId;
    await expect(open(encrypt)).rejects.toMatchObject({
      code: 'server-certificate-not-trusted',
      message: expect.stringContaining('nobody whom this machine trusts has signed it') as string,
    });
    await using own = await startStandIn();
    await expect(open({ ...encrypt, ca }, { server: own })).rejects.toMatchObject({
      code: 'server-certificate-not-trusted',
      remedy: expect.stringContaining('ca=FILE') as string,
    });
    expect(standIn.state.nextSessionId).toBe(sessions);
  });

  test.for([
    ['it has expired', { from: new Date(now.getTime() - 2 * day), to: new Date(now.getTime() - day) }],
    ['it is not valid yet', { from: new Date(now.getTime() + day), to: new Date(now.getTime() + 2 * day) }],
    ['it is for another name', { hosts: ['sql02.contoso.example'] }],
  ] as const)('whose certificate cannot be taken as %s › is not logged in to', async ([why, wish]) => {
    await using server = await startStandIn({ certificate: createCertificate(now, { authority, ...wish }) });
    await expect(open({ ...encrypt, ca }, { server })).rejects.toMatchObject({
      code: 'server-certificate-not-trusted',
      message: expect.stringMatching(new RegExp(`${why}$`)) as string,
    });
    expect(server.state.sessions.size).toBe(0);
  });

  test('whose certificate is renewed › is talked to on, when the same authority has signed it', async () => {
    await using server = await startStandIn({ certificate: certified });
    await using line = await open({ ...encrypt, ca }, { server });
    server.renewCertificate(createCertificate(now, { authority }));
    await using later = await open({ ...encrypt, ca }, { server });
    expect(await readServerFacts(line)).toMatchObject({ login: 'sa' });
    expect(await readServerFacts(later)).toMatchObject({ login: 'sa' });
    server.renewCertificate(createCertificate(now));
    await expect(open({ ...encrypt, ca }, { server })).rejects.toMatchObject({
      code: 'server-certificate-not-trusted',
    });
  });

  test('that does not encrypt › gets no login', async () => {
    await using server = await startStandIn({ tls: false });
    await expect(open({ ...encrypt, ca }, { server })).rejects.toMatchObject({
      code: encrypt.encrypt === 'strict' ? 'connection-lost' : 'server-does-not-encrypt',
    });
    expect(server.state.nextSessionId).toBe(51);
  });
});

test('a server before 2022 › has no TDS 8.0', async () => {
  await using server = await startStandIn({ certificate: certified, version: [15, 0, 4430] });
  await expect(open({ encrypt: 'strict', ca }, { server })).rejects.toMatchObject({ code: 'connection-lost' });
  await using line = await open({ ca }, { server });
  expect(await readServerFacts(line)).toMatchObject({ majorVersion: 15 });
});

test('a named instance › is found through SQL Server Browser, and said when it is not', async ({ skip }) => {
  // The driver asks port 1434 and no other.
  const browser = await startBrowser('STANDIN', [
    { name: 'OTHER', port: 1 },
    { name: 'AX', port: standIn.port },
  ]).catch(() => undefined);
  if (!browser) skip('UDP 1434 of this machine is taken');
  await using _stopped = browser;
  await using line = await open({ instance: 'ax', ca });
  expect(line.title).toBe('127.0.0.1\\ax');
  expect(await readServerFacts(line)).toMatchObject({ login: 'sa' });
  await expect(open({ instance: 'GONE', ca })).rejects.toMatchObject({
    code: 'instance-not-found',
    message: 'SQL Server Browser names no TCP port for 127.0.0.1\\GONE',
  });
});

test('a wrong password › is said to be one, without it', async () => {
  const url = new URL(at({ ca }));
  url.password = 'not-the-password';
  await expect(openShortConnection(addressOf(url.href))).rejects.toMatchObject({
    code: 'login-refused',
    message: `127.0.0.1:${String(standIn.port)} refuses the login of the service (SQL login sa, SQL Server error 18456)`,
  });
});

test('a disabled login › is said to be disabled', async () => {
  const login = standIn.state.logins[0];
  if (!login) throw new Error('sa');
  login.isDisabled = true;
  await expect(open({ ca })).rejects.toMatchObject({ remedy: 'Enable the login: ALTER LOGIN … ENABLE.' });
  login.isDisabled = false;
});

test('a server that is not there › is no connection, which is tried again', async () => {
  const gone = await startStandIn();
  const address = at({ ca }, { server: gone });
  await gone.close();
  await expect(openShortConnection(addressOf(address))).rejects.toMatchObject({ code: 'no-connection' });
});

test.for([
  ['server-certificate-not-trusted', (url: string) => url.replace(/\?.*/, '')],
  ['login-refused', (url: string) => url.replace('sa:', 'sa:wrong')],
  ['login-refused', (url: string) => url.replace('/journal', '/gone')],
] as const)('a journal without a connection › is unavailable, and says why: %s', async ([code, spoil]) => {
  await using journal = openJournal({ url: spoil(at({ ca }, { path: 'journal' })) });
  const { password } = standIn.settings('sa');
  const refusal = journal.runs({ limit: 1 });
  await expect(refusal).rejects.toMatchObject({
    code: 'journal-unavailable',
    message: expect.stringContaining(`127.0.0.1:${String(standIn.port)}`) as string,
    cause: { code },
  });
  await expect(refusal).rejects.toMatchObject({ message: expect.not.stringContaining(password) as string });
});

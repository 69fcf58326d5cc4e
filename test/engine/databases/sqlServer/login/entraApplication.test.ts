import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  startAuthorizationServer,
  type AuthorizationServer,
} from '../../../../sqlServer/logins/authorizationServer.ts';
import { startStandIn, type StandIn } from '../../../../sqlServer/standIn.ts';
import { createAuthority, createCertificate } from '../../../../sqlServer/tds/certificate.ts';

const application = { id: 'b3a1e8f0-0000-4000-8000-5d0f0f0b6a03', secret: 'hunter22~Client-Secret' };
const folder = mkdtempSync(join(tmpdir(), 'rewind-entra-'));
const ca = join(folder, 'authority.pem');
let entra: AuthorizationServer;
let standIn: StandIn;
beforeAll(async () => {
  const authority = createAuthority(new Date(), 'Contoso Root');
  writeFileSync(ca, authority.cert);
  const certificate = createCertificate(new Date(), { authority });
  entra = await startAuthorizationServer(certificate, application);
  standIn = await startStandIn({
    certificate,
    entra: entra.trust,
    logins: [{ name: 'rewind-application', objectId: entra.objectId }],
  });
});
afterAll(async () => {
  await standIn.close();
  await entra[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true });
});

/** In a process of its own: which authorities Node trusts by itself is settled when it starts. */
async function openElsewhere(secret: string): Promise<unknown> {
  const parameters = { authentication: 'entra-application', tenantId: 'adfs', ca };
  const url = `mssql://${application.id}:${encodeURIComponent(secret)}@localhost:${String(standIn.port)}?${new URLSearchParams(parameters).toString()}`;
  const child = spawn(process.execPath, [join(import.meta.dirname, 'openConnection.ts'), url], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { PATH: process.env['PATH'], NODE_EXTRA_CA_CERTS: ca, AZURE_AUTHORITY_HOST: entra.url },
  });
  const [said] = await Promise.all([text(child.stdout), once(child, 'exit')]);
  expect(said).not.toContain(secret);
  return JSON.parse(said);
}

test('an Entra application › logs in with the token that it gets for client id and secret', async () => {
  expect(await openElsewhere(application.secret)).toEqual({ login: 'rewind-application' });
});

test('an Entra application › whose secret is wrong is told so by Entra’s number', async () => {
  expect(await openElsewhere('wrong-secret')).toEqual({
    code: 'entra-token-refused',
    message: `Entra refuses a token for localhost:${String(standIn.port)} (AADSTS7000215)`,
  });
});

import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import jwt from 'jsonwebtoken';
import type { EntraTrust } from './logins/entra.ts';

/** What the endpoint answers next: a token for these claims, a refusal, or nothing. */
export interface IdentityMood {
  /** Otherwise what is asked for. */
  audience: string | undefined;
  /** Seconds from now. */
  expiresIn: number;
  signedBy: 'tenant' | 'somebody';
  answer: 'token' | 'refusal' | 'silence';
}

/** The managed identity endpoint of an App Service, on 127.0.0.1, and the tenant whose tokens it gives. */
export interface IdentityEndpoint extends AsyncDisposable {
  readonly trust: EntraTrust;
  readonly objectId: string;
  readonly mood: IdentityMood;
  /** In its usual mood again, and as if it had given nothing. */
  reset(): void;
  /** How @azure/identity finds it. */
  readonly variables: Readonly<Record<string, string>>;
  /** Every token that it gave, and the client id that was asked for. */
  readonly given: { readonly token: string; readonly clientId: string | null; readonly resource: string | null }[];
}

export async function startIdentityEndpoint(): Promise<IdentityEndpoint> {
  const keys = () => generateKeyPairSync('rsa', { modulusLength: 2048 });
  const [tenant, somebody] = [keys(), keys()];
  const [tenantId, objectId, header] = [randomUUID(), randomUUID(), randomUUID()];
  const usual: IdentityMood = { audience: undefined, expiresIn: 3600, signedBy: 'tenant', answer: 'token' };
  const mood = { ...usual };
  const given: IdentityEndpoint['given'] = [];

  const answer = (request: IncomingMessage, response: ServerResponse) => {
    const { searchParams } = new URL(request.url ?? '', 'http://127.0.0.1');
    if (mood.answer === 'silence') return;
    if (mood.answer === 'refusal' || request.headers['x-identity-header'] !== header) {
      response.writeHead(400, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ statusCode: 400, message: `no identity for ${header}`, correlationId: '1' }));
      return;
    }
    const resource = searchParams.get('resource');
    const expiresOn = Math.floor(Date.now() / 1000) + mood.expiresIn;
    const token = jwt.sign(
      {
        aud: mood.audience ?? resource,
        iss: `https://sts.windows.net/${tenantId}/`,
        oid: objectId,
        exp: expiresOn,
        jti: randomUUID(),
      },
      (mood.signedBy === 'tenant' ? tenant : somebody).privateKey,
      { algorithm: 'RS256' },
    );
    given.push({ token, clientId: searchParams.get('client_id'), resource });
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ access_token: token, expires_on: String(expiresOn), resource, token_type: 'Bearer' }));
  };

  const server = createServer(answer).listen(0, '127.0.0.1');
  await once(server, 'listening');
  // A server that listens on TCP has such an address.
  const { port } = server.address() as AddressInfo;
  return {
    trust: { tenantId, publicKey: tenant.publicKey.export({ type: 'spki', format: 'pem' }).toString() },
    objectId,
    mood,
    given,
    reset() {
      Object.assign(mood, usual);
      given.length = 0;
    },
    variables: { IDENTITY_ENDPOINT: `http://127.0.0.1:${String(port)}/msi/token`, IDENTITY_HEADER: header },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

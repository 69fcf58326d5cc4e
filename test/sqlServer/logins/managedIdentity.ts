import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createTenant, type Tenant } from './tenant.ts';

/** What the endpoint answers next. */
export interface IdentityMood {
  /** Otherwise what is asked for. */
  audience: string | undefined;
  /** Seconds from now. */
  expiresIn: number;
  signedBy: 'tenant' | 'somebody';
  refuses: boolean;
}

/** The managed identity endpoint of an App Service, on 127.0.0.1, and the tenant whose tokens it gives. */
export interface IdentityEndpoint extends AsyncDisposable, Pick<Tenant, 'trust' | 'objectId'> {
  readonly mood: IdentityMood;
  /** In its usual mood again, and as if it had given nothing. */
  reset(): void;
  /** How @azure/identity finds it. */
  readonly variables: Readonly<Record<string, string>>;
  /** Every token that it gave, and what was asked for. */
  readonly given: { readonly token: string; readonly clientId: string | null; readonly resource: string | null }[];
}

export async function startIdentityEndpoint(): Promise<IdentityEndpoint> {
  const tenant = createTenant();
  const header = randomUUID();
  const usual: IdentityMood = { audience: undefined, expiresIn: 3600, signedBy: 'tenant', refuses: false };
  const mood = { ...usual };
  const given: IdentityEndpoint['given'] = [];

  const answer = (request: IncomingMessage, response: ServerResponse) => {
    const { searchParams } = new URL(request.url ?? '', 'http://127.0.0.1');
    if (mood.refuses || request.headers['x-identity-header'] !== header) {
      response.writeHead(400, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ statusCode: 400, message: `no identity for ${header}`, correlationId: '1' }));
      return;
    }
    const resource = searchParams.get('resource');
    const { token, expiresOn } = tenant.token({ ...mood, audience: mood.audience ?? resource ?? '' });
    given.push({ token, clientId: searchParams.get('client_id'), resource });
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(
      JSON.stringify({ access_token: token, expires_on: String(expiresOn), resource, token_type: 'Bearer' }),
    );
  };

  const server = createServer(answer).listen(0, '127.0.0.1');
  await once(server, 'listening');
  // A server that listens on TCP has such an address.
  const { port } = server.address() as AddressInfo;
  return {
    ...tenant,
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

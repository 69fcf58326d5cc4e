import { once } from 'node:events';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import type { Certificate } from '../tds/certificate.ts';
import { createTenant, type Tenant } from './tenant.ts';

/** Where an application gets its tokens for client id and secret (OAuth 2.0), on 127.0.0.1 over TLS. */
export interface AuthorizationServer extends AsyncDisposable, Pick<Tenant, 'trust' | 'objectId'> {
  readonly url: string;
}

/** It is called `adfs`, because the driver's library asks Microsoft about every tenant of another name before it believes a host. */
export async function startAuthorizationServer(
  certificate: Certificate,
  application: { readonly id: string; readonly secret: string },
): Promise<AuthorizationServer> {
  const tenant = createTenant();
  const tokenFor = (form: URLSearchParams) => {
    if (form.get('client_id') !== application.id || form.get('client_secret') !== application.secret) return refusal;
    const { token } = tenant.token({ audience: 'https://database.windows.net', expiresIn: 3600 });
    return { access_token: token, token_type: 'Bearer', expires_in: 3600 };
  };
  const server = createServer(certificate, (request, response) => {
    const answer = async () =>
      request.method === 'POST' ? tokenFor(new URLSearchParams(await text(request))) : configurationOf(url);
    void answer().then((body) => {
      response.writeHead('error' in body ? 401 : 200, { 'content-type': 'application/json' });
      response.end(JSON.stringify(body));
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  // A server that listens on TCP has such an address.
  const url = `https://localhost:${String((server.address() as AddressInfo).port)}`;
  return {
    ...tenant,
    url,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

const refusal = { error: 'invalid_client', error_description: 'AADSTS7000215: Invalid client secret provided.' };

const configurationOf = (url: string) => ({
  issuer: `${url}/adfs`,
  authorization_endpoint: `${url}/adfs/oauth2/authorize/`,
  token_endpoint: `${url}/adfs/oauth2/token/`,
  end_session_endpoint: `${url}/adfs/oauth2/logout`,
  jwks_uri: `${url}/adfs/discovery/keys`,
});

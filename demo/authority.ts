import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import jwt from 'jsonwebtoken';
import { closeServer, listenOnLoopback } from './loopbackServer.ts';

/** Issues tokens as the Bot Framework service does, with keys made anew at every start and never written down. */
export interface Authority {
  readonly url: string;
  /** A token for the bot, bound to a service URL; `claims` override what a good one has, `undefined` takes one out. */
  sign(serviceUrl: string, claims?: Record<string, unknown>): string;
  close(): Promise<void>;
}

export interface AuthorityOptions {
  readonly botAppId: string;
  readonly port?: number;
  /** The channels that the key speaks for; Teams when left out. */
  readonly endorsements?: readonly string[];
}

const issuer = 'https://api.botframework.com';

/** Publishes the signing key on 127.0.0.1, where `loopbackTrust` looks for it. */
export async function createAuthority({
  botAppId,
  port = 0,
  endorsements = ['msteams'],
}: AuthorityOptions): Promise<Authority> {
  const keyid = randomUUID();
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const jwk = { ...publicKey.export({ format: 'jwk' }), kid: keyid, use: 'sig', endorsements };
  const documents = (url: string): Record<string, unknown> => ({
    '/openid': { issuer, jwks_uri: `${url}/keys`, id_token_signing_alg_values_supported: ['RS256'] },
    '/keys': { keys: [jwk] },
  });
  const server = createServer((request, response) => {
    const found = documents(url)[request.url?.replace(`/${keyid}`, '') ?? ''];
    response.writeHead(found === undefined ? 404 : 200, { 'content-type': 'application/json' });
    response.end(JSON.stringify(found ?? {}));
  });
  // A path of its own: the SDK keeps keys by their address for as long as its process runs, and a port may come again.
  const url = `${await listenOnLoopback(server, port)}/${keyid}`;
  return {
    url,
    sign: (serviceUrl, claims) =>
      jwt.sign(withoutUndefined({ iss: issuer, aud: botAppId, serviceurl: serviceUrl, ...claims }), privateKey, {
        algorithm: 'RS256',
        keyid,
        ...(claims !== undefined && 'exp' in claims ? {} : { expiresIn: '10m' }),
      }),
    close: () => closeServer(server),
  };
}

function withoutUndefined(claims: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(claims).filter(([, value]) => value !== undefined));
}

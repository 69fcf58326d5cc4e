import { InvalidTrustError } from './errors.ts';
import { guardCredentials } from './guardedCredentials.ts';
import type { CredentialsFactory, Trust } from './trust.ts';

export interface LoopbackTrustSettings {
  readonly botAppId: string;
  readonly tenantId: string;
  /** A server of this machine that publishes `/openid` and `/keys` (demo/authority.ts). */
  readonly issuerUrl: string;
}

const issuer = 'https://api.botframework.com';

/**
 * The trust of the demo and the tests: the same gate and the same tokens, with keys of their own and chat clients on
 * this machine.
 * @throws InvalidTrustError for any issuer that is not on this machine
 */
export function loopbackTrust({ botAppId, tenantId, issuerUrl }: LoopbackTrustSettings): Trust {
  if (!isLoopback(issuerUrl)) throw new InvalidTrustError(`${issuerUrl} is not on this machine`);
  return {
    botAppId,
    tenantId,
    issuer,
    openIdUrl: `${issuerUrl}/openid`,
    isServiceUrlAllowed: isLoopback,
    // The SDK takes these only all together.
    authentication: {
      ValidateAuthority: 'false',
      ToChannelFromBotLoginUrl: issuerUrl,
      ToChannelFromBotOAuthScope: issuer,
      ToBotFromChannelTokenIssuer: issuer,
      OAuthUrl: issuerUrl,
      ToBotFromChannelOpenIdMetadataUrl: `${issuerUrl}/openid`,
      ToBotFromEmulatorOpenIdMetadataUrl: `${issuerUrl}/openid`,
    },
    credentials: guardCredentials(unverifiedCredentials(botAppId), isLoopback),
  };
}

/** A chat client on this machine does not look at the bot's token. */
function unverifiedCredentials(botAppId: string): CredentialsFactory {
  return {
    isValidAppId: async (appId) => appId === botAppId,
    isAuthenticationDisabled: async () => false,
    createCredentials: async () => ({
      async signRequest(request) {
        request.headers.set('authorization', 'Bearer loopback');
        return request;
      },
    }),
  };
}

function isLoopback(text: string): boolean {
  const url = URL.parse(text);
  if (url === null || url.protocol !== 'http:' || url.username !== '' || url.password !== '') return false;
  return url.hostname === '127.0.0.1' || url.hostname === 'localhost';
}

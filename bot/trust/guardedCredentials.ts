import { UntrustedServiceUrlError } from './errors.ts';
import type { CredentialsFactory, Trust } from './trust.ts';

/**
 * Signs only what goes to an allowed address: a conversation stored long ago, or forged, must not carry the bot's
 * token elsewhere.
 */
export function guardCredentials(
  credentials: CredentialsFactory,
  isServiceUrlAllowed: Trust['isServiceUrlAllowed'],
): CredentialsFactory {
  return {
    isValidAppId: (appId) => credentials.isValidAppId(appId),
    isAuthenticationDisabled: async () => false,
    async createCredentials(...args) {
      const own = await credentials.createCredentials(...args);
      return {
        async signRequest(request) {
          if (!isServiceUrlAllowed(request.url)) throw new UntrustedServiceUrlError(hostOf(request.url));
          return own.signRequest(request);
        },
      };
    },
  };
}

function hostOf(url: string): string {
  return URL.parse(url)?.host ?? 'an address that cannot be read';
}

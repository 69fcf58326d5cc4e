import type { TokenCredential } from '@azure/identity';
import type { ConnectionConfiguration } from 'tedious';

/** Before its end a token counts as over: what begins with it may take a while to get to the server. A new one holds at least as long. */
const MARGIN_MS = 60_000;

/** The settings for one connection, and whether the token that it was opened with still holds. Without a token it always does. */
export function withTokenLife(
  settings: ConnectionConfiguration,
  nowMs: () => number,
): {
  readonly settings: ConnectionConfiguration;
  readonly holds: () => boolean;
} {
  const { authentication } = settings;
  if (authentication?.type !== 'token-credential') return { settings, holds: () => true };
  const { credential } = authentication.options;
  let holdsUntil = Infinity;
  const noting: TokenCredential = {
    async getToken(scopes, options) {
      const token = await credential.getToken(scopes, options);
      // One that seems over already was admitted all the same: by the server's clock it is not.
      if (token !== null) holdsUntil = Math.max(token.expiresOnTimestamp - MARGIN_MS, nowMs() + MARGIN_MS);
      return token;
    },
  };
  return {
    settings: { ...settings, authentication: { ...authentication, options: { credential: noting } } },
    holds: () => nowMs() < holdsUntil,
  };
}

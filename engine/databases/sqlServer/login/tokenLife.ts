import type { TokenCredential } from '@azure/identity';
import type { ConnectionConfiguration } from 'tedious';

/** Before its end a token counts as over: what begins with it may take a while to get to the server. */
const MARGIN_MS = 60_000;

/** The settings for one connection, and whether the token that it was opened with still holds. Without a token it always does. */
export function withTokenLife(settings: ConnectionConfiguration): {
  readonly settings: ConnectionConfiguration;
  readonly holds: (nowMs: number) => boolean;
} {
  const { authentication } = settings;
  if (authentication?.type !== 'token-credential') return { settings, holds: () => true };
  const { credential } = authentication.options;
  let endsAt = Infinity;
  const noting: TokenCredential = {
    async getToken(scopes, options) {
      const token = await credential.getToken(scopes, options);
      endsAt = token?.expiresOnTimestamp ?? endsAt;
      return token;
    },
  };
  return {
    settings: { ...settings, authentication: { ...authentication, options: { credential: noting } } },
    holds: (nowMs) => nowMs < endsAt - MARGIN_MS,
  };
}

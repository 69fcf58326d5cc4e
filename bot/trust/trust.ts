import type { ConfigurationBotFrameworkAuthenticationOptions } from 'botbuilder';
import type { TeamsAdapter } from '@microsoft/teams-ai';

/** Makes the bot's own tokens, for what it sends. */
export type CredentialsFactory = NonNullable<ConstructorParameters<typeof TeamsAdapter>[1]>;

/**
 * Whom the bot believes, and whom it talks to. Handed in by the composition root and never read from the environment:
 * whoever chooses the issuer chooses who may speak in the name of Teams.
 */
export interface Trust {
  readonly botAppId: string;
  /** The one tenant whose people and conversations are heard. */
  readonly tenantId: string;
  /** The exact `iss` of an inbound token. */
  readonly issuer: string;
  /** Where the issuer says with which keys it signs. */
  readonly openIdUrl: string;
  /** Where replies may be sent; asked for every inbound activity and again for every outbound call. */
  isServiceUrlAllowed(url: string): boolean;
  readonly authentication: ConfigurationBotFrameworkAuthenticationOptions;
  readonly credentials: CredentialsFactory;
}

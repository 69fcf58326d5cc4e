import { ConfigurationServiceClientCredentialFactory } from 'botbuilder';
import { z } from 'zod';
import { InvalidTrustError } from './errors.ts';
import { guardCredentials } from './guardedCredentials.ts';
import type { Trust } from './trust.ts';

const settingsSchema = z.strictObject({
  botAppId: z.guid(),
  tenantId: z.guid(),
  credential: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('secret'), secret: z.string().min(1) }),
    z.strictObject({ kind: z.literal('certificate'), thumbprint: z.string().min(1), privateKey: z.string().min(1) }),
    z.strictObject({ kind: z.literal('managed-identity') }),
  ]),
});

/** A single-tenant registration in Entra: the only kind that can still be created, and the only one accepted. */
export type TeamsTrustSettings = z.infer<typeof settingsSchema>;

/**
 * The trust of production: tokens of the Bot Framework service, replies to Teams and nowhere else.
 * @throws InvalidTrustError when anything is missing: without an application id the SDK would accept everybody.
 */
export function teamsTrust(settings: TeamsTrustSettings): Trust {
  const parsed = settingsSchema.safeParse(settings);
  // The value is not quoted: it may be a secret.
  if (!parsed.success) throw new InvalidTrustError(parsed.error.issues.map((issue) => issue.path.join('.')).join(', '));
  const { botAppId, tenantId } = parsed.data;
  return {
    botAppId,
    tenantId,
    issuer: 'https://api.botframework.com',
    openIdUrl: 'https://login.botframework.com/v1/.well-known/openidconfiguration',
    isServiceUrlAllowed: isTeams,
    authentication: {},
    credentials: guardCredentials(new ConfigurationServiceClientCredentialFactory(sdkSettings(parsed.data)), isTeams),
  };
}

/** The exact host: under trafficmanager.net anybody can register a name. */
function isTeams(text: string): boolean {
  const url = URL.parse(text);
  if (url === null || url.protocol !== 'https:' || url.hostname !== 'smba.trafficmanager.net') return false;
  return url.port === '' && url.username === '' && url.password === '';
}

function sdkSettings({ botAppId, tenantId, credential }: TeamsTrustSettings) {
  const identity = { MicrosoftAppId: botAppId, MicrosoftAppTenantId: tenantId };
  switch (credential.kind) {
    case 'secret':
      return { ...identity, MicrosoftAppType: 'SingleTenant', MicrosoftAppPassword: credential.secret };
    case 'certificate':
      return {
        ...identity,
        MicrosoftAppType: 'SingleTenant',
        CertificateThumbprint: credential.thumbprint,
        CertificatePrivateKey: credential.privateKey,
      };
    case 'managed-identity':
      return { ...identity, MicrosoftAppType: 'UserAssignedMsi' };
  }
}

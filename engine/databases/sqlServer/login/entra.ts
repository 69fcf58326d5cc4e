import type { TokenCredential } from '@azure/identity';
import { bounded, NoAnswerError } from '../../../bounded.ts';
import { loadIdentity } from '../drivers.ts';
import { EntraAudienceRefusedError, EntraTokenRefusedError, EntraTokenUnavailableError } from './errors.ts';

/** The credential of wherever the worker runs: managed identity (`clientId` if it is user-assigned), workload identity, whoever is signed in. */
export function credentialOfPlace(clientId: string | undefined): TokenCredential {
  const { DefaultAzureCredential } = loadIdentity();
  return new DefaultAzureCredential(clientId === undefined ? {} : { managedIdentityClientId: clientId });
}

export function credentialOfApplication(tenantId: string, clientId: string, secret: string): TokenCredential {
  const { ClientSecretCredential } = loadIdentity();
  return new ClientSecretCredential(tenantId, clientId, secret);
}

/** Less than any driver here waits for a login (10 s), so that silence is told by its name. */
const ANSWER_WITHIN_MS = 7_000;

/** SQL in the public cloud, on a server of one's own with Azure Arc, and in the clouds of governments. */
const DATABASE_SERVICES = new Set(['database.windows.net', 'database.usgovcloudapi.net', 'database.chinacloudapi.cn']);

interface GuardedCredential {
  /** For messages: the server's. */
  readonly title: string;
  readonly open: () => TokenCredential;
  readonly answerMs?: number;
}

/**
 * Asks for a token at each new connection; what is not about to expire comes from the memory of the credential.
 * It is the server that names the audience, so a token for anything else than a database is never handed to it.
 */
export function databaseCredential({ title, open, answerMs = ANSWER_WITHIN_MS }: GuardedCredential): TokenCredential {
  let credential: TokenCredential | undefined;
  return {
    async getToken(scopes) {
      const [audience = ''] = [scopes].flat();
      if (!isDatabase(audience)) throw new EntraAudienceRefusedError(title, nameOf(audience));
      try {
        const opened = (credential ??= open());
        const ask = (abortSignal: AbortSignal) => opened.getToken(scopes, { abortSignal });
        const token = await bounded(ask, { whom: 'Entra', withinMs: answerMs });
        if (token === null) throw new Error('no token');
        return token;
      } catch (error) {
        throw explainToken(error, title);
      }
    },
  };
}

/** As the server wrote it, so no longer than a line can bear. */
const nameOf = (audience: string) => audience.replace(/\/\.default$/, '').slice(0, 100);

function isDatabase(scope: string): boolean {
  if (!URL.canParse(scope)) return false;
  const { protocol, hostname } = new URL(scope);
  return protocol === 'https:' && DATABASE_SERVICES.has(hostname);
}

/** What credentials say names endpoints, accounts and correlations: nothing but Entra's own number is repeated. */
export function explainToken(error: unknown, title: string): Error {
  if (error instanceof NoAnswerError)
    return new EntraTokenUnavailableError(title, error.message.replace('Entra gave ', ''));
  const text = error instanceof Error ? error.message : '';
  const number = /AADSTS\d+/.exec(text)?.[0];
  if (number !== undefined) return new EntraTokenRefusedError(title, number);
  return new EntraTokenUnavailableError(title, 'no credential of this machine gives one');
}

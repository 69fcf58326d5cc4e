import type { TokenCredential } from '@azure/identity';
import type { ConnectionAuthentication } from 'tedious';
import { z } from 'zod';
import { credentialOfApplication, credentialOfPlace, databaseCredential } from './entra.ts';

export const authenticationParameters = {
  /** `ntlm` needs a domain; `entra` takes its credential from where it runs; `entra-application` is client id and secret. */
  authentication: z.enum(['sql', 'ntlm', 'entra', 'entra-application']).default('sql'),
  domain: z.string().min(1).optional(),
  tenantId: z.string().min(1).optional(),
};

type Parameters = z.infer<z.ZodObject<typeof authenticationParameters>>;

export interface Credentials {
  readonly user: string;
  readonly password: string;
}

const WAYS_OUT =
  'the driver has no Kerberos, and so no integrated authentication and no gMSA: name a SQL login, a Windows account with authentication=ntlm, or use authentication=entra';

/** Asked first: people write what they know from other drivers. */
export function integratedProblem(search: URLSearchParams): string | undefined {
  const wanted = [...search].some(
    ([name, value]) =>
      /^(integrated.?security|trusted.?connection)$/i.test(name) ||
      (name === 'authentication' && /kerberos|integrated|sspi|negotiate|windows|gmsa/i.test(value)),
  );
  return wanted ? `asks for integrated authentication: ${WAYS_OUT}` : undefined;
}

export function authenticationProblem(settings: Parameters, credentials: Credentials): string | undefined {
  const { authentication, domain, tenantId } = settings;
  const { user, password } = credentials;
  if (authentication === 'entra') return undefined;
  if (authentication === 'entra-application' && tenantId === undefined)
    return 'needs tenantId=… for an Entra application';
  if (user === '' || password === '') return `names no login and password; ${WAYS_OUT}`;
  const account = accountOf(user);
  if (authentication === 'sql' && account.domain !== undefined)
    return 'names a Windows account, which needs authentication=ntlm';
  if (authentication !== 'ntlm') return undefined;
  if (domain === undefined && account.domain === undefined)
    return 'needs domain=… for NTLM, or DOMAIN\\account as login';
  if (account.domain !== undefined && domain !== undefined && domain.toUpperCase() !== account.domain.toUpperCase())
    return 'names two domains, one in the login and one in domain=…';
  return undefined;
}

/** For messages and `rewind doctor`: never a secret. */
export function describeAuthentication({ authentication, domain }: Parameters, { user }: Credentials): string {
  switch (authentication) {
    case 'sql':
      return `SQL login ${user}`;
    case 'ntlm':
      return `NTLM as ${domain ?? accountOf(user).domain ?? ''}\\${accountOf(user).name}`;
    case 'entra':
      return user === '' ? 'Entra, whatever identity the worker has' : `Entra, managed identity ${user}`;
    case 'entra-application':
      return `Entra, application ${user}`;
  }
}

/** `title` is the server's, for messages. */
export function authenticationOf(
  settings: Parameters,
  { user, password }: Credentials,
  title: string,
): ConnectionAuthentication {
  const { authentication, domain, tenantId = '' } = settings;
  const token = (open: () => TokenCredential): ConnectionAuthentication => ({
    type: 'token-credential',
    options: { credential: databaseCredential({ title, open }) },
  });
  switch (authentication) {
    case 'sql':
      return { type: 'default', options: { userName: user, password } };
    case 'ntlm': {
      const account = accountOf(user);
      return {
        type: 'ntlm',
        options: { userName: account.name, password, domain: domain ?? account.domain ?? '' },
      };
    }
    case 'entra':
      return token(() => credentialOfPlace(user === '' ? undefined : user));
    case 'entra-application':
      return token(() => credentialOfApplication(tenantId, user, password));
  }
}

function accountOf(user: string): { readonly domain?: string; readonly name: string } {
  const at = user.indexOf('\\');
  return at < 0 ? { name: user } : { domain: user.slice(0, at), name: user.slice(at + 1) };
}

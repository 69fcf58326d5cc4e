import type { TokenCredential } from '@azure/identity';
import { z } from 'zod';
import { bounded } from '../../../bounded.ts';
import { credentialOfApplication, credentialOfPlace, explainToken } from '../../../databases/sqlServer/login/entra.ts';
import type { Cloud } from './cloud.ts';

/** Who asks Azure: the identity of the machine, one of its managed identities, or an application with a secret. */
export const identitySettings = z
  .union([
    z.strictObject({ clientId: z.string().min(1) }),
    z.strictObject({ tenantId: z.string().min(1), clientId: z.string().min(1), secret: z.string().min(1) }),
  ])
  .optional();

export type IdentitySettings = z.infer<typeof identitySettings>;

export type Token = (signal?: AbortSignal) => Promise<string>;

const ANSWER_WITHIN_MS = 20_000;

/** Tokens for Resource Manager of one cloud, and for nothing else; what is not about to expire comes from the memory of the credential. */
export function managementToken({ audience }: Cloud, identity: IdentitySettings): Token {
  let credential: TokenCredential | undefined;
  return async (signal) => {
    try {
      const opened = (credential ??= credentialOf(identity));
      const ask = (abortSignal: AbortSignal) => opened.getToken(`${audience}/.default`, { abortSignal });
      const found = await bounded(ask, { whom: 'Entra', withinMs: ANSWER_WITHIN_MS, signal });
      if (found === null) throw new Error('no token');
      return found.token;
    } catch (error) {
      signal?.throwIfAborted();
      throw explainToken(error, 'Azure Resource Manager');
    }
  };
}

function credentialOf(identity: IdentitySettings): TokenCredential {
  if (identity !== undefined && 'secret' in identity)
    return credentialOfApplication(identity.tenantId, identity.clientId, identity.secret);
  return credentialOfPlace(identity?.clientId);
}

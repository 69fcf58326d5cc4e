import { generateKeyPairSync, randomUUID } from 'node:crypto';
import jwt from 'jsonwebtoken';
import type { EntraTrust } from './entra.ts';

export interface TokenWish {
  readonly audience: string;
  /** Seconds from now. */
  readonly expiresIn: number;
  readonly signedBy?: 'tenant' | 'somebody';
  /** Milliseconds; real time unless a test has its own. */
  readonly now?: number;
}

/** A tenant of Entra, with one principal. */
export interface Tenant {
  readonly trust: EntraTrust;
  readonly objectId: string;
  token(wish: TokenWish): { readonly token: string; readonly expiresOn: number };
}

export function createTenant(): Tenant {
  const keys = () => generateKeyPairSync('rsa', { modulusLength: 2048 });
  const signers = { tenant: keys(), somebody: keys() };
  const [tenantId, objectId] = [randomUUID(), randomUUID()];
  return {
    trust: { tenantId, publicKey: signers.tenant.publicKey.export({ type: 'spki', format: 'pem' }).toString() },
    objectId,
    token({ audience, expiresIn, signedBy = 'tenant', now = Date.now() }) {
      const expiresOn = Math.floor(now / 1000) + expiresIn;
      const claims = { aud: audience, iss: `https://sts.windows.net/${tenantId}/`, oid: objectId, jti: randomUUID() };
      const { privateKey } = signers[signedBy];
      return { expiresOn, token: jwt.sign({ ...claims, exp: expiresOn }, privateKey, { algorithm: 'RS256' }) };
    },
  };
}

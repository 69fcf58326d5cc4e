import jwt from 'jsonwebtoken';

/** Whom a server with Entra authentication believes. */
export interface EntraTrust {
  readonly tenantId: string;
  /** Of the keys that the tenant's tokens are signed with. */
  readonly publicKey: string;
}

export const databaseAudience = 'https://database.windows.net/';

/** @returns the object id of whom the token is about; undefined unless it is signed, for a database, of the tenant and of now. */
export function principalOf(token: string, { tenantId, publicKey }: EntraTrust, now: number): string | undefined {
  try {
    const claims = jwt.verify(token, publicKey, {
      algorithms: ['RS256'],
      // Entra writes the audience as it was asked for.
      audience: [databaseAudience, databaseAudience.slice(0, -1)],
      issuer: `https://sts.windows.net/${tenantId}/`,
      clockTimestamp: Math.floor(now / 1000),
    });
    return typeof claims === 'object' && typeof claims['oid'] === 'string' ? claims['oid'] : undefined;
  } catch {
    return undefined;
  }
}

import jwt from 'jsonwebtoken';
import { z } from 'zod';
import type { Trust } from '../trust/trust.ts';
import { parseEnvelope, tenantsOf, type Envelope } from './activity.ts';
import { Refusal } from './refusal.ts';

/** Only what is looked at; an `aud` that is a list is not the channel's. */
const claimsSchema = z.object({ iss: z.string(), aud: z.string(), serviceurl: z.string(), tid: z.string().optional() });

const decodedSchema = z.object({ header: z.object({ alg: z.string() }), payload: claimsSchema });

/**
 * Everything that can be refused by the token alone, before a byte of the body is read.
 * @throws Refusal 401
 */
export function inspectToken(authorization: string | undefined, trust: Trust): z.infer<typeof claimsSchema> {
  const claims = readClaims(authorization);
  if (claims.iss !== trust.issuer) throw new Refusal(401, 'token of another issuer');
  if (claims.aud !== trust.botAppId) throw new Refusal(401, 'token for another audience');
  if (claims.tid !== undefined && claims.tid !== trust.tenantId) throw new Refusal(401, 'token of another tenant');
  return claims;
}

/**
 * Everything that can be refused before a signature is checked. It stands in front of the SDK because that one
 * believes unverified claims: it adds issuers of any tenant named in a token to a list of its own, for ever, and takes
 * a body without a service URL as good.
 * @throws Refusal
 */
export function inspectRequest(authorization: string | undefined, body: unknown, trust: Trust): Envelope {
  const claims = inspectToken(authorization, trust);
  const envelope = parseEnvelope(body);
  if (!trust.isServiceUrlAllowed(envelope.serviceUrl)) throw new Refusal(403, 'service URL that is not allowed');
  if (envelope.serviceUrl !== claims.serviceurl) throw new Refusal(401, 'service URL differs from the token');
  return envelope;
}

/** The protocol does not bind a token to its body, so every activity says again whose it is. */
export function checkTenant(envelope: Envelope, tenantId: string): void {
  const tenants = tenantsOf(envelope);
  if (tenants.length === 0) throw new Refusal(403, 'activity without a tenant');
  if (tenants.some((tenant) => tenant !== tenantId)) throw new Refusal(403, 'activity of another tenant');
}

function readClaims(authorization: string | undefined): z.infer<typeof claimsSchema> {
  const token = /^Bearer ([\w-]+\.[\w-]+\.[\w-]*)$/.exec(authorization ?? '')?.[1];
  if (token === undefined) throw new Refusal(401, 'no bearer token');
  const decoded = decodedSchema.safeParse(decode(token));
  if (!decoded.success) throw new Refusal(401, 'token that cannot be read');
  if (decoded.data.header.alg !== 'RS256') throw new Refusal(401, 'token signed in another way');
  return decoded.data.payload;
}

function decode(token: string): unknown {
  try {
    return jwt.decode(token, { complete: true });
  } catch {
    return undefined;
  }
}

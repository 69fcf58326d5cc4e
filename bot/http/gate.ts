import jwt from 'jsonwebtoken';
import { z } from 'zod';
import type { Trust } from '../trust/trust.ts';
import { parseEnvelope, tenantsOf, type Envelope } from './activity.ts';
import { Refusal } from './refusal.ts';

/** Only what is looked at; an `aud` that is a list is not the channel's. */
const claimsSchema = z.object({
  iss: z.string(),
  aud: z.string(),
  serviceurl: z.string(),
  // A token that never ends would be believed for ever: the libraries check only an end that is there.
  exp: z.number(),
  tid: z.string().optional(),
});

const decodedSchema = z.object({ header: z.object({ alg: z.string(), kid: z.string() }), payload: claimsSchema });

export interface Token {
  readonly text: string;
  readonly keyId: string;
  readonly claims: z.infer<typeof claimsSchema>;
}

/**
 * Everything that can be refused by what a token says of itself.
 * @throws Refusal 401
 */
export function inspectToken(authorization: string | undefined, trust: Trust): Token {
  const token = readToken(authorization);
  const { claims } = token;
  if (claims.iss !== trust.issuer) throw new Refusal(401, 'token of another issuer');
  if (claims.aud !== trust.botAppId) throw new Refusal(401, 'token for another audience');
  if (claims.tid !== undefined && claims.tid !== trust.tenantId) throw new Refusal(401, 'token of another tenant');
  return token;
}

/**
 * Everything about a body that can be refused before a turn begins. It stands in front of the SDK because that one
 * believes unverified claims: it adds issuers of any tenant named in a token to a list of its own, for ever, and takes
 * a body without a service URL as good.
 * @throws Refusal
 */
export function inspectBody(body: unknown, { claims }: Token, trust: Trust): Envelope {
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

function readToken(authorization: string | undefined): Token {
  const text = /^Bearer ([\w-]+\.[\w-]+\.[\w-]*)$/.exec(authorization ?? '')?.[1];
  if (text === undefined) throw new Refusal(401, 'no bearer token');
  const { data } = decodedSchema.safeParse(decode(text));
  if (!data) throw new Refusal(401, 'token that cannot be read');
  if (data.header.alg !== 'RS256') throw new Refusal(401, 'token signed in another way');
  return { text, keyId: data.header.kid, claims: data.payload };
}

function decode(token: string): unknown {
  try {
    return jwt.decode(token, { complete: true });
  } catch {
    return undefined;
  }
}

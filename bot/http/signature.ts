import jwt from 'jsonwebtoken';
import type { SigningKey, SigningKeys } from '../trust/signingKeys.ts';
import type { Token } from './gate.ts';
import { Refusal } from './refusal.ts';

const CHANNEL = 'msteams';
/** Clocks differ; the same tolerance as the SDK's. */
const TOLERANCE_SECONDS = 5 * 60;

/**
 * Refuses a token that its key has not signed, as soon as that can be told without waiting: what is forged costs neither
 * the reading of a body nor the SDK's many lines on standard error.
 * @returns whether that could be told
 * @throws Refusal 401
 */
export function refuseForged(token: Token, keys: SigningKeys): boolean {
  const key = keys.known(token.keyId);
  if (key) verify(token, key);
  return key !== undefined;
}

/** @throws Refusal 401, or 503 when the signing keys cannot be fetched */
export async function checkSignature(token: Token, keys: SigningKeys): Promise<void> {
  const key = await keys.find(token.keyId).catch((error: unknown) => {
    throw new Refusal(503, 'signing keys out of reach', error);
  });
  verify(token, key);
}

function verify({ text }: Token, key: SigningKey | 'missing'): void {
  if (key === 'missing') throw new Refusal(401, 'token of an unknown key');
  // The SDK takes a key without any endorsement as one for every channel.
  if (!key.endorsements.includes(CHANNEL)) throw new Refusal(401, 'token of a key that does not speak for Teams');
  try {
    jwt.verify(text, key.key, { algorithms: ['RS256'], clockTolerance: TOLERANCE_SECONDS });
  } catch (error) {
    throw new Refusal(401, 'token that does not hold', error);
  }
}

import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';
import { z } from 'zod';

export interface NamedKey {
  readonly id: string;
  readonly key: KeyObject;
}

/** `name:key`, the key in base64 as `rewind signing-key` prints it. */
export const signingKey = z.string().transform((text, context): NamedKey => readKey(text, context, privateKey));

/** Several of them, with commas between: what was signed with a former key is still believed. */
export const verifyingKeys = z
  .string()
  .transform((text, context): readonly NamedKey[] => text.split(',').map((one) => readKey(one, context, publicKey)));

const privateKey = (key: Buffer) => createPrivateKey({ key, format: 'der', type: 'pkcs8' });
const publicKey = (key: Buffer) => createPublicKey({ key, format: 'der', type: 'spki' });

function readKey(text: string, context: z.RefinementCtx, read: (key: Buffer) => KeyObject): NamedKey {
  const [id = '', encoded = ''] = text.split(':', 2).map((part) => part.trim());
  try {
    const key = read(Buffer.from(encoded, 'base64'));
    if (id !== '' && key.asymmetricKeyType === 'ed25519') return { id, key };
  } catch {
    // Its text may hold part of the key.
  }
  context.addIssue({
    code: 'custom',
    message: 'is not `name:key` with an Ed25519 key, as `rewind signing-key` prints it',
  });
  return z.NEVER;
}

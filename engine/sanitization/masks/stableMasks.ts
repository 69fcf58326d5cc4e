import { hkdfSync } from 'node:crypto';
import type { Sandbox } from '../../contracts.ts';
import { MaskSecretChangedError, MaskSecretMissingError } from '../errors.ts';
import { keyFrom, randomKey, type MaskKey } from './maskKey.ts';

/** What an installation's secret is good for. The secret itself is in nobody's hands. */
export interface StableMasks {
  /** Tells two secrets apart, and says nothing else of them: `3f9a-1c20`. */
  readonly fingerprint: string;
  /** The same for a sandbox for as long as the secret is. */
  keyFor(sandbox: string): MaskKey;
}

export function stableMasksFrom(secret: string): StableMasks {
  const derived = (info: string, length: number) =>
    Buffer.from(hkdfSync('sha256', secret, 'rewind masks', info, length));
  const [first, second] = [0, 2].map((from) => derived('fingerprint', 4).toString('hex', from, from + 2));
  return {
    fingerprint: `${first ?? ''}-${second ?? ''}`,
    keyFor: (sandbox) => keyFrom(derived(`key of ${sandbox}`, 32)),
  };
}

type Masked = Pick<Sandbox, 'name' | 'masks'>;

/** What is wrong with the secret on this machine for a sandbox whose masks are to stay the same. */
export function stableMasksProblem({ name, masks }: Masked, stable: StableMasks | undefined) {
  if (masks?.stable !== true) return undefined;
  if (stable === undefined) return new MaskSecretMissingError(name);
  return masks.fingerprint === stable.fingerprint
    ? undefined
    : new MaskSecretChangedError(name, { isNamed: masks.fingerprint !== undefined });
}

/**
 * The key of a sandbox's next masks.
 * @throws MaskSecretMissingError, MaskSecretChangedError where masks are to stay the same and would not.
 */
export function nextMaskKey(sandbox: Masked, stable: StableMasks | undefined): MaskKey {
  const problem = stableMasksProblem(sandbox, stable);
  if (problem !== undefined) throw problem;
  return sandbox.masks?.stable === true && stable !== undefined ? stable.keyFor(sandbox.name) : randomKey();
}

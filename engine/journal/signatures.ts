import { sign, verify, type KeyObject } from 'node:crypto';
import type { RunRecord, Signature } from '../contracts.ts';
import { canonicalJson } from './canonicalJson.ts';

/** A record before its signature and hash are known. */
export type Statement = Omit<RunRecord, 'hash' | 'evidence'>;
export type SignDecision = (statement: Statement) => Signature;

/** What people decide in a chat, and the bot signs. */
const PERSONS_DECISIONS: ReadonlySet<string> = new Set([
  ...['choose-moment', 'confirm', 'keep', 'approve', 'approve-first', 'reject', 'halt', 'acknowledge'],
  ...['stop', 'accept-findings', 'switch-now', 'retry'],
  ...['roll-back', 'accept', 'sign-off', 'tick-item', 'skip'],
  ...[
    'schedule-set-up',
    'schedule-paused',
    'schedule-resumed',
    'schedule-ended',
    'standing-approved',
    'standing-ended',
  ],
]);

/** Some of it Rewind does by itself as well. */
export const isPersonsDecision = ({ event, actor }: Pick<RunRecord, 'event' | 'actor'>): boolean =>
  PERSONS_DECISIONS.has(event) && actor.tenantId !== '';

/** The public half of a key that signs decisions, and the name under which records speak of it. */
export interface VerifyingKey {
  readonly id: string;
  readonly key: KeyObject;
}

/**
 * Signs decisions with Ed25519. The record before is part of what is signed, so a signature holds for one decision, at one
 * place of one run, with everything that had happened to it by then: among that the plan.
 */
export function createSigner({ id, key }: { readonly id: string; readonly key: KeyObject }): SignDecision {
  return (statement) => ({ key: id, value: sign(null, signedText(statement), key).toString('base64') });
}

export type SignatureState = 'valid' | 'absent' | 'unknown-key' | 'wrong';

export function signatureOf({ evidence, ...record }: RunRecord, keys: readonly VerifyingKey[]): SignatureState {
  const signature = evidence?.signature;
  if (!signature) return 'absent';
  const known = keys.find(({ id }) => id === signature.key);
  if (!known) return 'unknown-key';
  const isValid = verify(null, signedText(record), known.key, Buffer.from(signature.value, 'base64'));
  return isValid ? 'valid' : 'wrong';
}

/** By member: names for people to read are not signed, and what a record may carry later does not change what was. */
export function signedText({ runId, seq, at, actor, event, data, previousHash }: Statement): Buffer {
  const person = { id: actor.id, tenantId: actor.tenantId };
  return Buffer.from(canonicalJson({ runId, seq, at, person, event, data, previousHash }));
}

import { createHash } from 'node:crypto';
import type { LogLine, RunRecord } from '../contracts.ts';
import { canonicalJson } from './canonicalJson.ts';

/** Stands where the hash of a record before the first would be. */
export const CHAIN_START = '0'.repeat(64);

/** SHA-256 of the previous record's hash, followed by this record's canonical JSON; hex. */
export function hashOf({ previousHash, ...content }: Omit<RunRecord, 'hash'>): string {
  return createHash('sha256').update(previousHash).update(hashedText(content)).digest('hex');
}

/** What of a record is hashed, behind the hash of the one before. */
export function hashedText(content: Omit<RunRecord, 'hash' | 'previousHash'>): string {
  const { runId, seq, at, actor, event, data, evidence } = content;
  return canonicalJson({ runId, seq, at, actor, event, data, evidence });
}

/** The running hash of a log behind one more line. */
export function logHashOf(previousHash: string, { at, step, text }: LogLine): string {
  return createHash('sha256').update(previousHash).update(canonicalJson({ at, step, text })).digest('hex');
}

/** What is known of a chain from elsewhere: without it, records missing at its end cannot be noticed. */
export interface ChainAnchor {
  readonly length?: number;
  readonly head?: string;
}

export interface ChainVerdict {
  readonly intact: boolean;
  /** Sequence number at which the chain stops being what it was; one past the end when its end is missing. */
  readonly firstBadSeq?: number;
  /** Hash of the last record that is there. */
  readonly head: string;
}

/** Recomputes the chain of one run's records, in the order given. */
export function verifyChain(records: readonly RunRecord[], anchor: ChainAnchor = {}): ChainVerdict {
  const head = records.at(-1)?.hash ?? CHAIN_START;
  let previousHash = CHAIN_START;
  for (const [index, record] of records.entries()) {
    const fits = record.seq === index + 1 && record.previousHash === previousHash && record.hash === hashOf(record);
    if (!fits) return { intact: false, firstBadSeq: index + 1, head };
    previousHash = record.hash;
  }
  const isWhole = records.length === (anchor.length ?? records.length) && head === (anchor.head ?? head);
  return isWhole ? { intact: true, head } : { intact: false, firstBadSeq: records.length + 1, head };
}

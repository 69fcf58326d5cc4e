import { createHash, sign, verify, type KeyObject } from 'node:crypto';
import type { ReportHead } from '../contracts.ts';
import { canonicalJson } from '../journal/canonicalJson.ts';
import type { VerifyingKey } from '../journal/signatures.ts';
import { report as reportSchema, type Report } from './report.ts';

/** The installation's own half, which workers hold. */
export interface ReportKey {
  readonly id: string;
  readonly key: KeyObject;
}

/** A report as it is kept and handed on: one line of canonical JSON, so that every byte of it counts. */
export interface SignedReport {
  readonly text: string;
  readonly head: ReportHead;
}

/** Signs a report that names this key; one that names none stays unsigned, and says so itself. */
export function signReport(report: Report, key?: ReportKey): SignedReport {
  if (report.key !== key?.id) throw new TypeError('A report names the key it is signed with');
  const signature = key && sign(null, signedText(report), key.key).toString('base64');
  const text = `${canonicalJson({ report, signature })}\n`;
  const { madeAt } = report;
  return { text, head: { sha256: sha256Of(text), madeAt, ...(key === undefined ? {} : { key: key.id }) } };
}

/** What a file says of itself once every byte of it is looked at. */
export type ReportVerdict =
  | { readonly kind: 'valid'; readonly report: Report; readonly key: string }
  | { readonly kind: 'unsigned'; readonly report: Report }
  | { readonly kind: 'unknown-key'; readonly report: Report; readonly key: string }
  | { readonly kind: 'other-run'; readonly report: Report; readonly wanted: string }
  /** Some byte is another one than when the worker made it. */
  | { readonly kind: 'altered' }
  /** No report, or one of a version that this one does not know. */
  | { readonly kind: 'unreadable' };

/** Needs no journal: the file and the installation's public keys are enough. `runId`: the run that it should be about. */
export function examineReport(file: string | Uint8Array, keys: readonly VerifyingKey[], runId?: string): ReportVerdict {
  const verdict = examineFile(file, keys);
  if (runId === undefined || !('report' in verdict) || verdict.report.run === runId) return verdict;
  return { kind: 'other-run', report: verdict.report, wanted: runId };
}

function examineFile(file: string | Uint8Array, keys: readonly VerifyingKey[]): ReportVerdict {
  const bytes = Buffer.from(file);
  const content = parsed(bytes.toString());
  if (typeof content !== 'object' || content === null || !('report' in content)) return { kind: 'unreadable' };
  // One content has one spelling: spaces, order, escapes and repeated members are changes as well.
  if (!bytes.equals(Buffer.from(`${canonicalJson(content)}\n`))) return { kind: 'altered' };
  const read = reportSchema.safeParse(content.report);
  if (!read.success) return { kind: 'unreadable' };
  const { report, signature, ...more } = { signature: undefined, ...content };
  const { key } = read.data;
  if (Object.keys(more).length > 0 || (key === undefined) !== (signature === undefined)) return { kind: 'altered' };
  if (key === undefined) return { kind: 'unsigned', report: read.data };
  if (typeof signature !== 'string') return { kind: 'altered' };
  const known = keys.find(({ id }) => id === key);
  if (known === undefined) return { kind: 'unknown-key', report: read.data, key };
  const value = Buffer.from(signature, 'base64');
  // Decoding forgives spare bits and foreign characters.
  const isExact = value.toString('base64') === signature;
  const isValid = isExact && verify(null, signedText(report), known.key, value);
  return isValid ? { kind: 'valid', report: read.data, key } : { kind: 'altered' };
}

/** As `sha256sum` says it of the file. */
export const sha256Of = (text: string): string => createHash('sha256').update(text).digest('hex');

/** With its format in it: the same key may sign other things. */
const signedText = (report: unknown): Buffer => Buffer.from(canonicalJson(report));

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

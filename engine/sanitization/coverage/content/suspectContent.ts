import type { ByContent, SuspicionKind } from '../findings.ts';
import { FORMS } from './forms.ts';

/** A value as it was read: text, bytes, or nothing. */
export type Sample = string | Uint8Array | null | undefined;

/** What the values of a column are like, one suspicion of each kind, the one with the largest share. */
export function suspectContent(samples: readonly Sample[]): readonly ByContent[] {
  const values = samples.flatMap(readingsOf);
  const sampled = values.length;
  if (sampled === 0) return [];
  const found = new Map<SuspicionKind, ByContent>();
  for (const { kind, form, atLeast, isLike } of FORMS) {
    const count = values.filter((readings) => readings.some(isLike)).length;
    const share = count / sampled;
    if (count === 0 || share < atLeast || share <= (found.get(kind)?.share ?? 0)) continue;
    found.set(kind, { kind, by: 'content', form, share, sampled });
  }
  return [...found.values()];
}

/** Bytes are looked at as what they may be: UTF-8, or UTF-16 as packed containers hold it. Empty values count for nothing. */
function readingsOf(sample: Sample): readonly (readonly string[])[] {
  if (sample === null || sample === undefined || sample.length === 0) return [];
  if (typeof sample === 'string') return sample.trim() === '' ? [] : [[sample]];
  const bytes = Buffer.from(sample.buffer, sample.byteOffset, sample.byteLength);
  const plain = bytes.toString('latin1');
  return [[plain, ...(plain.includes('\0') ? [plain.replaceAll('\0', '')] : [])]];
}

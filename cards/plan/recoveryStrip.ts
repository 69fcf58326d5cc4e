import type { Instant, Survey } from '../../engine/contracts.ts';

/** A piece of the strip that shows a source's recovery window: green where a moment can be reached. */
export interface Segment {
  readonly weight: number;
  readonly glyph: '✓' | '⚠️';
  readonly style: 'good' | 'warning';
  readonly color: 'Good' | 'Warning';
}

/** No piece is narrower than this share of 100: its glyph has to fit. */
const NARROWEST = 10;
const MOST_SEGMENTS = 9;

/** Windows and gaps from left to right; none when there are too many to tell apart (the gaps stand below as text anyway). */
export function recoveryStrip({ windows, gaps }: Pick<Survey, 'windows' | 'gaps'>): readonly Segment[] {
  const pieces = [
    ...windows.map((window) => ({ ...window, isGap: false })),
    ...gaps.map((gap) => ({ ...gap, isGap: true })),
  ].sort((a, b) => (a.from < b.from ? -1 : 1));
  if (pieces.length > MOST_SEGMENTS) return [];
  const total = pieces.reduce((sum, piece) => sum + lengthOf(piece), 0);
  return pieces.map((piece) => {
    const weight = Math.max(NARROWEST, Math.round((lengthOf(piece) / Math.max(1, total)) * 100));
    return piece.isGap
      ? { weight, glyph: '⚠️', style: 'warning', color: 'Warning' }
      : { weight, glyph: '✓', style: 'good', color: 'Good' };
  });
}

function lengthOf({ from, to }: { readonly from: Instant; readonly to: Instant }): number {
  return Date.parse(to) - Date.parse(from);
}

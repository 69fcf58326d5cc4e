import type { MomentReading } from '../../../bot/moments/readMoment.ts';

/** A reading in one line: `2026-11-29 17:00` (UTC), `which? … / …`, `time? 2026-11-29`, or why it is none. */
export function meaningOf(reading: MomentReading): string {
  switch (reading.kind) {
    case 'instant':
      return shortOf(reading.at);
    case 'choice':
      return `which? ${reading.instants.map(shortOf).join(' / ')}`;
    case 'no-time':
      return `time? ${reading.dates.join(' / ')}`;
    default:
      return reading.kind;
  }
}

const shortOf = (at: string) =>
  at
    .replace('T', ' ')
    .replace('Z', '')
    .replace(/\.000$/, '')
    .replace(/:00$/, '');

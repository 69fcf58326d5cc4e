import type { Instant } from '../../engine/contracts.ts';
import type { Card } from '../card.ts';
import { readerOf, type Readership } from '../reader.ts';

/** Below the head of the card that somebody asked for by the sandbox: when the next refresh comes by itself. */
export function withNextNote(card: Card, { next, ...readership }: Readership & { readonly next: Instant | undefined }) {
  if (next === undefined) return card;
  const r = readerOf(readership);
  const note = { type: 'TextBlock', text: r.words.scheduled.next(r.moment(next)), wrap: true, spacing: 'Medium' };
  const [head, ...rest] = Array.isArray(card['body']) ? (card['body'] as readonly unknown[]) : [];
  return { ...card, body: [head, note, ...rest] };
}

import type { Person } from '../engine/contracts.ts';
import { shownText } from '../engine/shownText.ts';

/** How somebody came to act, as a line goes on after their name; empty in records that do not say. */
export function wayWords({ way }: Person): string {
  if (!way) return '';
  if (way.kind === 'teams') return ', in Teams';
  if (way.kind === 'schedule') return `, by schedule S-${String(way.schedule)}`;
  const as = way.as === undefined ? '' : ` (--as "${shownText(way.as)}")`;
  return `, in the terminal of ${shownText(way.host)}, as account ${shownText(way.account)}${as}`;
}

import type { Places } from './place.ts';

const MOST_NAMED = 10;

/** Places that this session does not see as they are. */
export interface Blind {
  readonly what: string;
  readonly why: string;
}

export const HIDDEN_ROWS: Blind = { what: 'rows of', why: 'a policy of the database hides rows from this account' };

/** A line for the report, with their names; nothing where there are none. */
export function unread(places: readonly string[], { what, why }: Blind): Places['notSearched'] {
  if (places.length === 0) return [];
  const named = places.slice(0, MOST_NAMED).join(', ');
  const more = places.length - MOST_NAMED;
  return [{ what: `${what} ${named}${more > 0 ? ` and ${String(more)} more` : ''}`, why }];
}

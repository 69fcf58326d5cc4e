import { nameOf, type Place } from '../facts/tableFacts.ts';

/**
 * Something that would write what a rule takes away, put it back, or hide rows from it: it rests while rules run, and is
 * then again exactly as it was.
 */
export interface Resting extends Place {
  /** One of those of the platform. */
  readonly kind: string;
  readonly name: string;
  /** All that is needed to bring it back. */
  readonly state: string;
}

/** Rests while both of its ends are masked alike. It is no obstacle to a later attempt, which leaves it at rest until its own end. */
export const FOREIGN_KEY = 'foreign key';

export const idOf = ({ kind, name, ...place }: Resting): string => [kind, nameOf(place), name].join(' ');

import type { DemoPerson } from '../people.ts';

/** What the page offers to whoever has not typed anything yet. */
export interface Guide {
  /** Who asks and who approves, left and right. */
  readonly people: readonly [DemoPerson, DemoPerson];
  /** Instants of production that are worth going back to, UTC. */
  readonly moments: readonly { readonly name: string; readonly at: string }[];
  readonly commands: readonly string[];
}

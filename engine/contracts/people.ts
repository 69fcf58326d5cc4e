/** UTC, ISO 8601, to the millisecond or finer. */
export type Instant = string;

/** Who acts: the Entra object id and tenant of a verified activity. `name` is for people to read, never for a decision. */
export interface Person {
  readonly id: string;
  readonly tenantId: string;
  readonly name: string;
}

/** The product itself, or the worker that carries out a run. */
export const REWIND: Person = { id: 'rewind', tenantId: '', name: 'Rewind' };

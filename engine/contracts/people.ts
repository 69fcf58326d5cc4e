/** UTC, ISO 8601, to the millisecond or finer. */
export type Instant = string;

/** Where somebody was when they acted. */
export type Way =
  | { readonly kind: 'teams'; readonly conversation: string }
  /** Nobody was there: the schedule that they have set up acts for them. */
  | { readonly kind: 'schedule'; readonly schedule: number }
  /** `as`: whom the account said it acts for, if it said so. */
  | { readonly kind: 'terminal'; readonly host: string; readonly account: string; readonly as?: string };

/** Who acts: the Entra object id and tenant of a verified activity. `name` is for people to read, never for a decision. */
export interface Person {
  readonly id: string;
  readonly tenantId: string;
  readonly name: string;
  /** How they came to act; absent for Rewind itself, and in records that are older than this member. */
  readonly way?: Way;
}

/** A person with every id that environments.yaml knows them by; what is recorded is the person alone. */
export interface Actor extends Person {
  readonly ids?: readonly string[];
}

/** The product itself, or the worker that carries out a run. */
export const REWIND: Person = { id: 'rewind', tenantId: '', name: 'Rewind' };

/** Ed25519 over what somebody decided (engine/journal/signatures.ts). */
export interface Signature {
  /** Name of the key. */
  readonly key: string;
  /** Base64. */
  readonly value: string;
}

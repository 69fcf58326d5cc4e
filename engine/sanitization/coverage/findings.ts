/** What a column seems to hold. */
export const SUSPICION_KINDS = [
  'secret',
  'payment card',
  'bank account',
  'tax or identity number',
  'private detail',
  'pay',
  'e-mail',
  'phone',
  'person name',
  'address',
  'sign-in',
  'note',
  'file',
  'endpoint',
] as const;

export type SuspicionKind = (typeof SUSPICION_KINDS)[number];

/** Why a column looks personal or secret. Never a value: a share of those that were looked at, or a piece of the column's own name. */
export type Suspicion = ByName | ByContent;

export interface ByName {
  readonly kind: SuspicionKind;
  readonly by: 'name';
  /** The piece of the column's name that says so. */
  readonly piece: string;
}

export interface ByContent {
  readonly kind: SuspicionKind;
  readonly by: 'content';
  /** What the values are like: `IBAN with right check digits`. */
  readonly form: string;
  /** Of the values looked at that are not empty, from 0 to 1. */
  readonly share: number;
  readonly sampled: number;
}

/** Worst first: what was seen counts more than what a name says, and a secret more than an address. */
export function rankOf(suspicions: readonly Suspicion[]): number {
  return Math.min(
    ...suspicions.map(
      ({ kind, by }) => (by === 'content' ? 0 : SUSPICION_KINDS.length) + SUSPICION_KINDS.indexOf(kind),
    ),
  );
}

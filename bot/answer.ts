import type { Actor, CardKind, Run } from '../engine/contracts.ts';
import type { Card } from '../cards/index.ts';

/** For whom an answer is written. */
export interface Audience {
  readonly person: Actor;
  /** IANA. */
  readonly zone: string;
  readonly locale: string;
}

/** An answer; with `shows`, the message that carries it is from now on a card of that run and moves along with it. */
export interface Answer {
  readonly card: Card;
  readonly shows?: { readonly run: Run; readonly kind: CardKind };
}

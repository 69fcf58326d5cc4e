import type { Actor, CardKind, Run, Sandbox } from '../engine/contracts.ts';
import type { Card } from '../cards/index.ts';

/** For whom an answer is written. */
export interface Audience {
  readonly person: Actor;
  /** IANA. */
  readonly zone: string;
  readonly locale: string;
  /** Others read the answer as well: what it says of a run after its draft is in the zone of its sandbox. */
  readonly isShared?: boolean;
}

/** A freeze and a reservation are read in that zone: whoever typed “until 5 Dec” knows that day again. */
export const inZoneOf = ({ timeZone }: Pick<Sandbox, 'timeZone'>, { locale }: Pick<Audience, 'locale'>) => ({
  ...{ zone: timeZone, locale },
});

/** An answer; with `shows`, the message that carries it is from now on a card of that run and moves along with it. */
export interface Answer {
  readonly card: Card;
  /** The same without what somebody typed: no row keeps that. */
  readonly kept?: Card;
  /** It asks whoever is answered for something that the run does not know of yet: nobody else is shown it. */
  readonly isQuestion?: boolean;
  /** Whose card it is, should it have to come as a message of its own. */
  readonly isCardOf?: { readonly run: Run; readonly kind: CardKind };
  readonly shows?: { readonly run: Run; readonly kind: CardKind };
}

import type { CardKind, Installation, Person, Run } from '../engine/contracts.ts';
import type { Clock } from '../engine/clock.ts';
import type { Desk } from '../engine/journal/desk.ts';
import type { Journal } from '../engine/journal/journal.ts';
import type { Card } from '../cards/index.ts';
import type { Log } from '../env/log.ts';
import type { ChatPort } from './chat/port.ts';
import type { Renderer } from './rendering/renderer.ts';
import type { LogLinks } from './logs/logLinks.ts';

/** What commands and actions work with. */
export interface BotParts {
  readonly installation: Installation;
  readonly journal: Journal;
  readonly desk: Desk;
  readonly chat: ChatPort;
  readonly renderer: Renderer;
  readonly links: LogLinks;
  readonly clock: Clock;
  readonly log: Log;
}

/** For whom an answer is written. */
export interface Audience {
  readonly person: Person;
  /** IANA. */
  readonly zone: string;
  readonly locale: string;
}

/** An answer; with `shows`, the message that carries it is from now on a card of that run and moves along with it. */
export interface Answer {
  readonly card: Card;
  readonly shows?: { readonly run: Run; readonly kind: CardKind };
}

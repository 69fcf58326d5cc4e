import type { CardAddress, CardKind, Progress, Run } from '../../engine/contracts.ts';
import type { Clock } from '../../engine/clock.ts';
import type { Journal } from '../../engine/journal/journal.ts';
import type { DueMessage, Hold } from '../../engine/journal/messages.ts';
import type { ChatReader } from '../../engine/journal/reach.ts';
import type { Card } from '../../cards/index.ts';
import type { Log } from '../../env/log.ts';
import type { ChatPort } from '../chat/port.ts';
import type { Memory } from './remembered.ts';

export interface DeliveryParts {
  readonly journal: Journal;
  readonly chat: Pick<ChatPort, 'postCard' | 'updateCard' | 'deleteMessage' | 'conversationOf' | 'isPersonal'>;
  readonly draw: Draw;
  /** What is told of a run’s end besides its cards (heads.ts). */
  readonly keepHead?: (run: Run, beside: DueMessage) => Promise<void>;
  /** The home of the run’s sandbox. */
  readonly homeOf?: (run: Run) => Promise<CardAddress | undefined>;
  readonly clock: Clock;
  readonly log: Log;
  /** 0 ≤ n < 1, for the jitter. */
  readonly random: () => number;
  readonly memory: Memory;
  readonly figuresOf: (run: Run) => Progress | undefined;
  readonly sendNow: (row: DueMessage) => void;
}

/** How a card looks to everybody in its conversation. */
export interface Draw {
  card(run: Run, kind: CardKind, under: Hold, more?: ShownTo): Promise<Card>;
  /** True for ever, whatever becomes of the run: it says that another message took this one's place. */
  replaced(run: Run): Card;
}

/** What a card depends on besides its run. */
export interface ShownTo {
  readonly progress?: Progress | undefined;
  /** As in its row: whom it was brought to. */
  readonly addressee?: string | undefined;
  /** Of a personal chat: how it is read, as far as its owner’s client has said. Absent where many read. */
  readonly reader?: Partial<ChatReader> | undefined;
}

/** `waits`: not yet, for the sake of its conversation. */
export type Outcome = 'done' | 'waits';

import type { CardAddress, CardKind, Freeze, Instant, Reservation, Unreached } from '../contracts.ts';

/** A card that follows its run; or a note, which is said once, never changed, and forgotten when it has been said. */
export type MessageKind = CardKind | 'note';

/** One message of Rewind in a chat: recorded before it is sent. What a card shows is drawn from the run when it is sent. */
export interface MessageRow {
  readonly id: string;
  /** Absent for an answer that is about no single run. */
  readonly runId?: string;
  readonly kind: MessageKind;
  /** Messages of one conversation are sent one after the other, in the order in which they were added. */
  readonly conversation: string;
  /** Of the conversation; of the message itself as soon as it lies there. */
  readonly address: CardAddress;
  /** What a note says. */
  readonly picture?: Readonly<Record<string, unknown>>;
  /** How often it was posted: 0 while it waits for it, 2 after somebody deleted it. */
  readonly posts: number;
  /** A post of it has begun, and nothing is known of its end. */
  readonly isTried: boolean;
  /** Another message took its place: it says so once more, then it is forgotten. */
  readonly isReplaced: boolean;
  /** Sequence number of the record that it shows. */
  readonly shownSeq: number;
  /** Which run held the target, and its generation, when it was drawn: another run's card depends on both. */
  readonly shownUnder: ShownUnder;
  /**
   * Whom it was brought to: `home`, or the Entra object id of whoever’s personal chat it is. Absent where it was asked for,
   * and in rows that are older than this member.
   */
  readonly addressee?: string;
  /** Since when nothing can be written there, and why. */
  readonly goneAt?: Instant;
  readonly goneWhy?: Unreached;
}

export interface Hold {
  readonly heldBy?: string;
  readonly generation: number;
  readonly freeze?: Freeze;
  readonly reservation?: Reservation;
}

/** As a message remembers it: of a freeze and a reservation, which one. */
export type ShownUnder = Omit<Hold, 'freeze' | 'reservation'> & {
  readonly freeze?: Pick<Freeze, 'number'>;
  readonly reservation?: Pick<Reservation, 'number'>;
};

/** A message that has more to say than it shows, with what its run is like now. */
export interface DueMessage extends MessageRow {
  /** Sequence number of the run's last record; 0 without a run. */
  readonly version: number;
}

export type NewMessage = Pick<MessageRow, 'runId' | 'kind' | 'conversation' | 'address' | 'picture' | 'addressee'> &
  Partial<Pick<MessageRow, 'id' | 'posts' | 'isTried' | 'isReplaced' | 'shownSeq' | 'shownUnder'>>;

/** What the chat calls the message that lies at `address`; undefined of a conversation. */
export const messageIdOf = ({ messageId }: CardAddress): string | undefined =>
  typeof messageId === 'string' ? messageId : undefined;

/** The part of the journal that says which messages there are, and which are to be sent. */
export interface JournalMessages {
  /** An older card of the same run and kind in the same conversation is replaced by it, unless it is added as replaced itself. Answers with its id. */
  addMessage(message: NewMessage): Promise<string>;
  message(id: string): Promise<MessageRow | undefined>;
  /** The cards of a run that lie in a chat or are to, in the order of CARD_KINDS, then oldest first; without replaced ones. */
  cards(runId: string): Promise<readonly MessageRow[]>;
  /** The card that lies at `address`, of whatever run, a replaced one too; in rows of which the conversation is not known as well. */
  messageAt(conversation: string, address: CardAddress): Promise<MessageRow | undefined>;
  /**
   * To be posted, to be replaced, or showing less than the run's last record or another holder of the target than there is;
   * oldest first, without those whose chat is gone.
   */
  messagesDue(limit: number): Promise<readonly DueMessage[]>;
  messageTried(id: string, isTried: boolean): Promise<void>;
  /** It lies at `address` and shows this. */
  messagePosted(id: string, address: CardAddress, seq: number, under: ShownUnder): Promise<void>;
  /** Monotonic: a smaller `seq` than the one stored changes nothing. */
  messageShown(id: string, seq: number, under: ShownUnder): Promise<void>;
  /** It is drawn again, even without news. */
  messageAgain(id: string): Promise<void>;
  forgetMessage(id: string): Promise<void>;
  /** Nothing can be written to its chat any more: it is left alone until the chat is back. */
  messageGone(id: string, why?: Unreached): Promise<void>;
  /** Oldest first. */
  messagesGone(): Promise<readonly MessageRow[]>;
  messageBack(id: string): Promise<void>;
}

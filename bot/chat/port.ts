import type { Actor, CardAddress, Person } from '../../engine/contracts.ts';
import type { ChatReader } from '../../engine/journal/reach.ts';
import type { Card } from '../../cards/index.ts';
import type { Unread } from './readText.ts';

/** What Rewind needs of a chat. Teams is one (bot/teams/); nothing else in the house knows which. */
export interface ChatPort {
  /**
   * Sends a new message; the answer is the address of that message in the same conversation.
   * @throws ChatBusyError with `late` when no answer has come in time
   */
  postCard(address: CardAddress, card: Card): Promise<CardAddress>;
  /**
   * Replaces the message at `address`.
   * @throws MessageGoneError when somebody deleted it
   */
  updateCard(address: CardAddress, card: Card): Promise<void>;
  /** Takes a message back; one that is gone already is no trouble. */
  deleteMessage(address: CardAddress): Promise<void>;
  /** Between one person and Rewind alone. */
  isPersonal(address: CardAddress): boolean;
  /** Whether somebody, by Entra object id, is in a channel or group chat. */
  hasMember(address: CardAddress, personId: string): Promise<boolean>;
  /**
   * The personal chat with somebody, who need not have spoken to Rewind; always the same one. `near`: any address of the chat.
   * @throws ChatRefusedError that says why there is none
   */
  openPersonal(person: Pick<Person, 'id' | 'tenantId'>, near: CardAddress | undefined): Promise<CardAddress>;
  /** A channel or group chat of which nothing but the id is known. */
  addressOfId(id: string, tenantId: string, near: CardAddress | undefined): CardAddress;
  /** The same conversation, for a message that begins a thread of its own. */
  withoutThread(address: CardAddress): CardAddress;
  /** Identifies the conversation of an address: a channel is one conversation whatever the thread. */
  conversationOf(address: CardAddress): string;
  /** Whether Rewind belongs to both at once: the same conversation, or channels of one team. */
  isSameMembership(one: CardAddress, other: CardAddress): boolean;
}

/** Where something was typed or clicked. */
export interface Place {
  /** Of the conversation, without a message. */
  readonly address: CardAddress;
  readonly conversation: string;
}

/** What a message or a click says about who sent it; identity comes from the verified activity alone. */
interface Sender {
  readonly person: Actor;
  readonly place: Place;
  /** IANA zone of the sender, as last told by the client; UTC until then. */
  readonly zone: string;
  readonly locale: string;
  /** What the client said of both with this very message or click. */
  readonly told?: ChatReader | undefined;
}

export interface TypedCommand extends Sender {
  /** One line, normalised (NFKC), without the mention of the bot. */
  readonly text: string;
  /** Why there is no text, where something was sent. */
  readonly unread?: Unread | undefined;
  readonly activityId: string;
}

export interface ChatAction extends Sender {
  readonly verb: string;
  /** The same whenever it is delivered again; empty where the chat gave it none. */
  readonly activityId: string;
  /** Button data and inputs as the client sent them: anything at all. */
  readonly data: unknown;
  /** The message the button stood on. */
  readonly message?: CardAddress;
}

/** None of them throws: what went wrong is a card, too. */
export interface ChatHandlers {
  onCommand(command: TypedCommand): Promise<void>;
  /** The card that takes the place of the one that was clicked. */
  onAction(action: ChatAction): Promise<Card>;
  /** For a sender who cannot be told apart from others: no Entra object id, or no tenant. */
  onStranger(): Card;
  /** Rewind was added to the team or chat at `address`; `person`: by whom, or with whom, as far as that is told. */
  onAdded(address: CardAddress, person: Person | undefined): Promise<void>;
  onRemoved(address: CardAddress, person: Person | undefined): Promise<void>;
  reply(place: Place, card: Card): Promise<void>;
}

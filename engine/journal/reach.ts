import type { CardAddress, Instant, Person } from '../contracts.ts';
import type { NewMessage } from './messages.ts';

/** The channel or group chat of a sandbox, as somebody chose it there. */
export interface Home {
  readonly conversation: string;
  readonly address: CardAddress;
  readonly chosenBy: Person;
  readonly chosenAt: Instant;
}

/** How a personal chat is read, as the client of whoever it is with said last. */
export interface ChatReader {
  /** IANA. */
  readonly zone: string;
  /** BCP 47. */
  readonly locale: string;
}

/** The part of the journal that says where people and sandboxes are found in a chat. */
export interface JournalReach {
  /** Of the first of these Entra object ids that has one. */
  personalChat(ids: readonly string[]): Promise<CardAddress | undefined>;
  rememberPersonalChat(personId: string, address: CardAddress): Promise<void>;
  forgetPersonalChat(personId: string): Promise<void>;
  /** Of a personal chat; kept without saying whose it is. */
  chatReader(conversation: string): Promise<ChatReader | undefined>;
  rememberReader(conversation: string, reader: ChatReader): Promise<void>;
  forgetReader(conversation: string): Promise<void>;
  /** Where Rewind was last written to from: whoever is written to first is in the same cloud. */
  newestAddress(): Promise<CardAddress | undefined>;
  /**
   * The first words in a conversation, once until Rewind is taken away from there: noted in the same change in which the
   * message is added.
   */
  welcomeOnce(conversation: string, message: NewMessage): Promise<{ readonly isNew: boolean }>;
  /** Should Rewind come back, it says them again. */
  forgetWelcome(conversation: string): Promise<void>;
  /** The home that somebody chose last. */
  home(target: string): Promise<Home | undefined>;
  /** All there have been, newest first. */
  homes(target: string): Promise<readonly Home[]>;
  /**
   * The former home, if there is one, is told in the same change: `farewell` makes that message. Choosing the present home
   * again changes nothing.
   */
  chooseHome(
    target: string,
    home: Omit<Home, 'chosenAt'>,
    farewell: (former: Home) => NewMessage,
  ): Promise<{ readonly isNew: boolean }>;
}

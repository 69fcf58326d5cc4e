import type { CardAddress, Unreached } from '../../engine/contracts.ts';
import { RetryableError, TerminalError } from '../../engine/errors.ts';

/** Somebody deleted the message: there is nothing to update, a new one may be posted. */
export class MessageGoneError extends TerminalError {
  override readonly code = 'message-gone';

  constructor(cause?: unknown) {
    super('The message no longer exists in its conversation', {
      remedy: 'Nothing to do: the card is posted anew.',
      cause,
    });
  }
}

/** The conversation takes nothing from Rewind any more: removed from the team, blocked, or not a trusted address. */
export class ChatRefusedError extends TerminalError {
  override readonly code = 'chat-refused';

  /** For whoever is told why somebody could not be reached. */
  readonly why: Unreached;

  constructor(words: string, { why = 'refused', cause }: { readonly why?: Unreached; readonly cause?: unknown } = {}) {
    super(`The conversation refuses messages: ${words}`, {
      remedy: 'Add Rewind to the team or chat again: its cards catch up by themselves. The run itself goes on.',
      cause,
    });
    this.why = why;
  }
}

/** The chat is busy, down, or silent for too long, or does not take this message. */
export class ChatBusyError extends RetryableError {
  override readonly code = 'chat-busy';
  /** How long the chat asked to wait. */
  readonly retryAfterMs: number | undefined;
  /** An answer about this conversation or message, not about the state of the chat: waiting may never help. */
  readonly isOwnFault: boolean;
  /** The chat said no; without it, a message may have been taken although nobody said so. */
  readonly isRefusal: boolean;
  /** Where the message lies, should the chat take it after all. */
  readonly late: Promise<CardAddress> | undefined;

  constructor(why: string, { retryAfterMs, isOwnFault = false, isRefusal = false, late, cause }: ChatTrouble = {}) {
    super(`The chat does not take messages at the moment: ${why}`, {
      remedy: 'Nothing to do: the message is sent again; the run itself goes on.',
      cause,
    });
    this.retryAfterMs = retryAfterMs;
    this.isOwnFault = isOwnFault;
    this.isRefusal = isRefusal;
    this.late = late;
  }
}

interface ChatTrouble {
  readonly retryAfterMs?: number;
  readonly isOwnFault?: boolean;
  readonly isRefusal?: boolean;
  readonly late?: Promise<CardAddress>;
  readonly cause?: unknown;
}

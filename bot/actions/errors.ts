import { TerminalError } from '../../engine/errors.ts';

/** A card was copied or forwarded: its buttons work only in the conversation that saw the run. */
export class WrongConversationError extends TerminalError {
  override readonly code = 'wrong-conversation';

  constructor(runId: string) {
    super(`${runId} lives in another conversation, so its buttons do nothing here`, {
      remedy: `Decide in the conversation where ${runId} was asked for, or type /status ${runId} here to bring its card over.`,
    });
  }
}

export class WrongConfirmationError extends TerminalError {
  override readonly code = 'wrong-confirmation';

  constructor(target: string) {
    super('The word typed to confirm is not the name of the sandbox', {
      remedy: `Type ${target}, the name of the sandbox that is replaced.`,
    });
  }
}

/** Buttons of cards from another version, or data that no card of ours carries. */
export class UnreadableClickError extends TerminalError {
  override readonly code = 'unreadable-click';

  constructor() {
    super('This button says nothing that Rewind understands', {
      remedy: 'Type /status and use the buttons of the card that comes.',
    });
  }
}

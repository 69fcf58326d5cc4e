import type { Asked } from '../../engine/contracts/mayBeDone/index.ts';
import type { TypedCommand } from '../chat/port.ts';
import type { Answer } from '../answer.ts';
import type { BotParts } from '../parts.ts';

/** One thing people can type. Help, the menu in Teams and the dispatch follow from it. */
export interface ChatCommand {
  /** The word itself, without a slash. */
  readonly name: string;
  /** One line for the menu, 128 characters at most. */
  readonly description: string;
  /** What the person must be allowed on some sandbox for it to be of use to them; left out: nothing. */
  readonly needs?: Asked;
  /** Of no use between one person and Rewind alone. */
  readonly isShared?: boolean;
  /** As on the help card: how it is typed, and what that does. */
  readonly usages: readonly { readonly usage: string; readonly does: string }[];
  run(request: CommandRequest, parts: BotParts): Promise<Answer>;
}

export interface CommandRequest extends TypedCommand {
  /** What was typed after the command's name. */
  readonly rest: string;
}

export function defineCommand(command: ChatCommand): ChatCommand {
  return command;
}

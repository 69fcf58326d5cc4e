import { TerminalError } from '../../engine/errors.ts';
import type { TypedCommand } from '../chat/port.ts';
import type { Answer } from '../answer.ts';
import type { BotParts } from '../parts.ts';
import { COMMANDS } from './index.ts';
import { notUnderstood } from './notUnderstood.ts';

/** Reads one line and carries it out. Always answers: what is not understood with the help card, what is refused with the reason. */
export async function answerCommand(command: TypedCommand, parts: BotParts): Promise<Answer> {
  const { name, found, rest } = commandOf(command.text);
  if (!found) return notUnderstood(command, parts, COMMANDS);
  try {
    return await found.run({ ...command, rest }, parts);
  } catch (error) {
    if (!(error instanceof TerminalError)) parts.log.error('command-failed', { command: name, err: error });
    return { card: parts.renderer.problem(command, error) };
  }
}

/** Which command a line names, with or without a slash, and what stands behind it. */
export function commandOf(text: string) {
  const [word = '', ...rest] = text.replace(/^(?:please|bitte),? (?=\S)/i, '').split(' ');
  const name = word.replace(/^\//, '').toLowerCase();
  return { name, found: COMMANDS.find((one) => one.name === name), rest: rest.join(' ') };
}

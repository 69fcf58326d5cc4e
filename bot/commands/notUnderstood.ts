import { MAX_TEXT_LENGTH } from '../chat/readText.ts';
import type { TypedCommand } from '../chat/port.ts';
import type { Answer } from '../answer.ts';
import type { BotParts } from '../parts.ts';
import { commandsCard } from '../rendering/commandsCard.ts';
import type { ChatCommand } from './command.ts';
import { commandMeant } from './otherWords.ts';

/** A line that names no command: what is the matter with it, and what can be typed. */
export function notUnderstood(command: TypedCommand, parts: BotParts, all: readonly ChatCommand[]): Answer {
  const { renderer } = parts;
  const remedy = 'Type one line: /refresh uat yesterday 6pm, or /help for everything that can be typed.';
  switch (command.unread) {
    case 'too-long':
      return {
        card: renderer.notice(command, {
          tone: 'refused',
          title: 'That is too long for a command',
          text: `Rewind reads ${String(MAX_TEXT_LENGTH)} characters at most. Nothing of this message was read.`,
          remedy,
        }),
      };
    case 'unreadable':
      return {
        card: renderer.notice(command, {
          tone: 'refused',
          title: 'There is no word in that',
          text: 'Rewind reads letters and numbers. Pictures, stickers and signs alone say nothing to it.',
          remedy,
        }),
      };
    case undefined: {
      const kept = commandsCard(parts, command, all);
      if (command.text === '') return { card: kept };
      const [word = '', ...rest] = command.text.split(' ');
      const typed = word.replace(/^\/+/, '');
      const names = all.map(({ name }) => name);
      const meant = commandMeant(typed, names);
      // A greeting, or the word in another language: the answer is help itself.
      if (meant === 'help') return { card: kept };
      const isJoined = meant !== undefined && typed.toLowerCase().startsWith(meant) && typed.length > meant.length + 1;
      const more = isJoined ? [typed.slice(meant.length), ...rest] : rest;
      const line = meant === undefined ? undefined : lineOf(all, meant, more);
      return { card: commandsCard(parts, command, all, { typed: command.text, meant: line }), kept };
    }
  }
}

/** As it would be typed: behind a command that takes nothing, what followed has no meaning. */
function lineOf(all: readonly ChatCommand[], name: string, more: readonly string[]): string {
  const usages = all.find((one) => one.name === name)?.usages ?? [];
  const takesNothing = usages.every(({ usage }) => usage === `/${name}`);
  return [`/${name}`, ...(takesNothing ? [] : more)].join(' ');
}

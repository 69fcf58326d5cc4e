import { commandsCard } from '../rendering/commandsCard.ts';
import { defineCommand, type ChatCommand } from './command.ts';

/** Handed the table it is part of, which exists only when this is asked. */
export const helpOf = (all: () => readonly ChatCommand[]): ChatCommand =>
  defineCommand({
    name: 'help',
    description: 'What you can type',
    usages: [{ usage: '/help', does: 'This card: what you can type here' }],
    async run(request, parts) {
      return { card: commandsCard(parts, request, all()) };
    },
  });

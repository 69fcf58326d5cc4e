import { helpCard, type Card } from '../../cards/index.ts';
import type { ChatCommand } from '../commands/command.ts';
import type { TypedCommand } from '../chat/port.ts';
import type { BotParts } from '../parts.ts';
import { isAllowed } from './access.ts';

/** What somebody can type where they are; `typed` is what was not understood, `meant` what it may have been. */
export function commandsCard(
  { renderer, installation, chat }: Pick<BotParts, 'renderer' | 'installation' | 'chat'>,
  asked: Pick<TypedCommand, 'person' | 'place' | 'zone' | 'locale'>,
  all: readonly ChatCommand[],
  { typed, meant }: { readonly typed?: string; readonly meant?: string | undefined } = {},
): Card {
  const isPersonal = chat.isPersonal(asked.place.address);
  const here = all.filter(({ isShared = false }) => !(isShared && isPersonal));
  const isOf = ({ needs }: ChatCommand) =>
    needs === undefined || installation.sandboxes.some((one) => isAllowed(one, asked.person, needs));
  return helpCard({
    ...renderer.readership(asked),
    commands: here.filter(isOf).flatMap(({ usages }) => usages),
    others: here.filter((one) => !isOf(one)).map(({ name }) => `/${name}`),
    typed,
    meant,
  });
}

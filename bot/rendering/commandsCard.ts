import { helpCard, type Card } from '../../cards/index.ts';
import type { ChatCommand } from '../commands/command.ts';
import type { TypedCommand } from '../chat/port.ts';
import type { BotParts } from '../parts.ts';
import { isAllowed, mayAskSomewhere } from './access.ts';

/** The table of commands begins with these. */
const USED_MOST = 5;

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
  const own = here.filter(isOf);
  // Whoever has mistyped looks for one line, not for all of them.
  const shown =
    typed === undefined
      ? own.flatMap(({ usages }) => usages)
      : own.flatMap(({ usages }) => usages.slice(0, 1)).slice(0, USED_MOST);
  return helpCard({
    ...renderer.readership(asked),
    commands: shown,
    others: typed === undefined ? here.filter((one) => !isOf(one)).map(({ name }) => `/${name}`) : [],
    mayAsk: mayAskSomewhere(installation, asked.person),
    typed,
    meant,
  });
}

import { helpCard, type Card } from '../../cards/index.ts';
import type { ChatCommand } from '../commands/command.ts';
import type { Audience } from '../answer.ts';
import type { BotParts } from '../parts.ts';

/** What can be typed; `typed` is what was not understood. */
export function commandsCard(
  { renderer }: Pick<BotParts, 'renderer'>,
  audience: Pick<Audience, 'zone' | 'locale'>,
  commands: readonly ChatCommand[],
  typed?: string,
): Card {
  return helpCard({ ...renderer.readership(audience), commands: commands.flatMap(({ usages }) => usages), typed });
}

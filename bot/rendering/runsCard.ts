import type { Sandbox } from '../../engine/contracts.ts';
import { runsByAttention } from '../../engine/journal/attention.ts';
import { historyCard, type Card } from '../../cards/index.ts';
import type { Audience } from '../answer.ts';
import type { BotParts } from '../parts.ts';
import { isAllowed } from './access.ts';

const SHOWN = 10;

/** Runs of one sandbox, or of all that the person has to do with, ten at a time: what waits for people first. */
export async function runsCard(
  { installation, journal, renderer }: Pick<BotParts, 'installation' | 'journal' | 'renderer'>,
  audience: Audience,
  { sandbox, page = 0 }: { readonly sandbox?: Sandbox; readonly page?: number } = {},
): Promise<Card> {
  const own = installation.sandboxes.filter((one) => isAllowed(one, audience.person, 'read'));
  const asked = sandbox ? [sandbox] : own;
  const targets = asked.map(({ name }) => name);
  const { runs, hasMore } = await runsByAttention(journal, { targets, from: page * SHOWN, count: SHOWN });
  return historyCard({
    ...renderer.readership(audience),
    targetTitle: sandbox?.title,
    target: sandbox?.name,
    runs: runs.map((run) => ({ run, targetTitle: asked.find(({ name }) => name === run.target)?.title ?? run.target })),
    page,
    hasMore,
  });
}

import type { Sandbox } from '../../engine/contracts.ts';
import { historyCard, type Card } from '../../cards/index.ts';
import type { Audience } from '../answer.ts';
import type { BotParts } from '../parts.ts';
import { isAllowed } from './access.ts';

const SHOWN = 10;
/** Enough to find as many among requests that came to nothing. */
const LOOKED_AT = 100;

/** The last runs of one sandbox, or of all that the person has to do with. */
export async function runsCard(
  { installation, journal, renderer }: Pick<BotParts, 'installation' | 'journal' | 'renderer'>,
  audience: Audience,
  sandbox?: Sandbox,
): Promise<Card> {
  const own = installation.sandboxes.filter((one) => isAllowed(one, audience.person, 'read'));
  const asked = sandbox ? [sandbox] : own;
  const perSandbox = asked.map(async ({ name, title }) =>
    (await journal.runs({ target: name, limit: LOOKED_AT }))
      // Looked at and left, without a moment chosen: nothing that anybody would look for.
      .filter((run) => run.at !== undefined)
      .map((run) => ({ run, targetTitle: title })),
  );
  const runs = (await Promise.all(perSandbox))
    .flat()
    .sort((a, b) => b.run.createdAt.localeCompare(a.run.createdAt))
    .slice(0, SHOWN);
  return historyCard({ ...renderer.readership(audience), targetTitle: sandbox?.title, runs });
}

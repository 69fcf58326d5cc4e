import { statusCard, type Card } from '../../cards/index.ts';
import type { Audience } from '../answer.ts';
import type { BotParts } from '../parts.ts';
import { isAllowed } from './access.ts';
import { presentRefresh } from '../../engine/journal/presentRefresh.ts';

/** More requests for one sandbox than anybody makes. */
const WAITING = 5;

/** Every sandbox that the person has to do with: free, or held by which run. */
export async function sandboxesCard(
  { installation, journal, renderer }: Pick<BotParts, 'installation' | 'journal' | 'renderer'>,
  audience: Audience,
): Promise<Card> {
  const own = installation.sandboxes.filter((sandbox) => isAllowed(sandbox, audience.person, 'read'));
  const sandboxes = own.map(async ({ name, title, sources }) => {
    const { heldBy, freeze } = await journal.hold(name);
    return {
      title,
      sourceTitle: installation.sources.find((source) => source.name === sources[0])?.title ?? sources[0] ?? '',
      run: heldBy === undefined ? undefined : await journal.run(heldBy),
      waiting: await journal.runs({ target: name, states: ['awaiting-approval'], limit: WAITING }),
      lastRun: await presentRefresh(journal, name),
      survey: await journal.survey(name),
      freeze,
    };
  });
  return statusCard({ ...renderer.readership(audience), sandboxes: await Promise.all(sandboxes) });
}

import { idsOfActor } from '../../engine/contracts/mayBeDone/index.ts';
import type { Actor, Run } from '../../engine/contracts.ts';
import { waitsFor } from '../../engine/contracts/mayBeDone/index.ts';
import { TRANSITIONS } from '../../engine/journal/events.ts';
import type { BotParts } from '../parts.ts';
import { runsCard } from '../rendering/runsCard.ts';
import { defineCommand } from './command.ts';

export const mine = defineCommand({
  name: 'mine',
  description: 'Your own requests and open drafts',
  needs: 'read',
  usages: [
    {
      usage: '/mine',
      does: 'What you asked for, had a hand in or approved, your open drafts, and urgent refreshes that wait for your word',
    },
  ],
  async run(request, parts) {
    const by = { ids: idsOfActor(request.person) };
    const search = { search: { by, drafts: 'open' }, text: 'open by me', by: 'me' } as const;
    return { card: await runsCard(parts, request, { search, first: await unseenBy(parts, request.person) }) };
  },
});

const LOOKED_AT = 20;

/** Urgent refreshes that somebody has still to acknowledge, and may. */
async function unseenBy({ installation, journal, desk, clock }: BotParts, person: Actor): Promise<readonly Run[]> {
  const targets = installation.sandboxes.filter(({ urgent }) => urgent !== undefined);
  const runs = await Promise.all(
    targets.map(({ name }) => journal.runs({ target: name, states: TRANSITIONS.acknowledge.from, limit: LOOKED_AT })),
  );
  const now = clock.now();
  return runs
    .flat()
    .filter(
      (run) => run.isUrgent && waitsFor(run, { now, actor: person, house: desk.house(run.target) }) === 'acknowledge',
    );
}

import { idsOfActor } from '../../engine/contracts/mayBeDone/index.ts';
import { runsCard } from '../rendering/runsCard.ts';
import { defineCommand } from './command.ts';

export const mine = defineCommand({
  name: 'mine',
  description: 'Your own requests and open drafts',
  needs: 'read',
  usages: [{ usage: '/mine', does: 'What you asked for, had a hand in or approved, and your open drafts' }],
  async run(request, parts) {
    const by = { ids: idsOfActor(request.person) };
    const search = { search: { by, drafts: 'open' }, text: 'open by me', by: 'me' } as const;
    return { card: await runsCard(parts, request, { search }) };
  },
});

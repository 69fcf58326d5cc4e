import { authorise } from '../../engine/journal/authority.ts';
import { runsCard } from '../rendering/runsCard.ts';
import { defineCommand } from './command.ts';

export const history = defineCommand({
  name: 'history',
  description: 'Runs of a sandbox, or of all',
  usages: [
    { usage: '/history uat', does: 'Its runs, what waits for people first; without a name those of all sandboxes' },
  ],
  async run(request, parts) {
    if (request.rest === '') return { card: await runsCard(parts, request) };
    const sandbox = parts.desk.sandbox(request.rest.toLowerCase());
    authorise(sandbox, request.person, 'read');
    return { card: await runsCard(parts, request, { sandbox }) };
  },
});

import { authorise } from '../../engine/journal/authority.ts';
import { runsCard } from '../rendering/runsCard.ts';
import { defineCommand } from './command.ts';
import { isSearchWord, readSearch } from './readSearch.ts';

export const history = defineCommand({
  name: 'history',
  description: 'Runs of a sandbox, or of all',
  needs: 'read',
  usages: [
    { usage: '/history uat', does: 'Its runs, what waits for people first; without a name those of all sandboxes' },
    {
      usage: '/history uat failed',
      does: 'Only those that failed; also by Jonas, since 1 Nov, until 15 Nov, drafts, or several of these',
    },
  ],
  async run(request, parts) {
    const { desk, installation, clock } = parts;
    const rest = request.rest.replace(/^(?:all|alle)(?: |$)/i, '');
    const [first = '', ...more] = rest.split(' ');
    const isKnown = installation.sandboxes.some(({ name }) => name === first.toLowerCase());
    const isNarrowed = first === '' || (isSearchWord(first) && !isKnown);
    const sandbox = isNarrowed ? undefined : desk.sandbox(first.toLowerCase());
    if (sandbox) authorise(sandbox, request.person, 'read');
    const { person, zone } = request;
    const context = { now: clock.now(), zone, named: installation.moments, people: installation.people, person };
    const search = readSearch(isNarrowed ? rest : more.join(' '), context);
    return { card: await runsCard(parts, request, { sandbox, search }) };
  },
});

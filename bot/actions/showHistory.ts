import { z } from 'zod';
import { authorise } from '../../engine/journal/authority.ts';
import { runsCard } from '../rendering/runsCard.ts';
import { readSearch } from '../commands/readSearch.ts';
import { defineAction } from './action.ts';
import { shortText } from './data.ts';

export const showHistory = defineAction({
  verb: 'show-history',
  effect: 'read',
  data: z.object({
    target: z.string().max(32).optional(),
    n: z.int().min(0).max(1000).default(0),
    search: shortText.default(''),
  }),
  async run({ target, n: page, search: text }, click, parts) {
    const { installation, desk, clock } = parts;
    const sandbox = target === undefined ? undefined : desk.sandbox(target);
    if (sandbox) authorise(sandbox, click.person, 'read');
    const { person, zone } = click;
    const search = readSearch(text, { now: clock.now(), zone, people: installation.people, person });
    return { card: await runsCard(parts, click, { sandbox, page, search }) };
  },
});

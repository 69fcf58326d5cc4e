import { z } from 'zod';
import { authorise } from '../../engine/journal/authority.ts';
import { runsCard } from '../rendering/runsCard.ts';
import { defineAction } from './action.ts';

export const showHistory = defineAction({
  verb: 'show-history',
  effect: 'read',
  data: z.object({ target: z.string().max(32).optional(), n: z.int().min(0).max(1000).default(0) }),
  async run({ target, n: page }, click, parts) {
    if (target === undefined) return { card: await runsCard(parts, click, { page }) };
    const sandbox = parts.desk.sandbox(target);
    authorise(sandbox, click.person, 'read');
    return { card: await runsCard(parts, click, { sandbox, page }) };
  },
});

import { z } from 'zod';
import { sandboxesCard } from '../rendering/sandboxesCard.ts';
import { defineAction } from './action.ts';

export const showStatus = defineAction({
  verb: 'show-status',
  effect: 'read',
  data: z.object({ n: z.int().min(0).max(1000).default(0) }),
  run: async ({ n: page }, click, parts) => ({ card: await sandboxesCard(parts, click, page) }),
});

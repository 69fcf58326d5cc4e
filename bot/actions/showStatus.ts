import { z } from 'zod';
import { sandboxesCard } from '../rendering/sandboxesCard.ts';
import { defineAction } from './action.ts';

export const showStatus = defineAction({
  verb: 'show-status',
  effect: 'read',
  data: z.object({}),
  run: async (_data, click, parts) => ({ card: await sandboxesCard(parts, click) }),
});

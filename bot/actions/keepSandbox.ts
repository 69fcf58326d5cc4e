import { z } from 'zod';
import { release, takeOver } from '../commands/reserve.ts';
import { defineAction } from './action.ts';
import { shortText } from './data.ts';

const data = z.object({ target: z.string().max(32) });

/** “Release”, on the card that says who keeps a sandbox; about a sandbox, so no run's conversation has to be asked. */
export const releaseReservation = defineAction({
  verb: 'release-reservation',
  effect: 'read',
  data,
  run: async ({ target }, click, parts) => ({ card: await release(parts, click, parts.desk.sandbox(target)) }),
});

/** “Take it over”: explicit, with a reason, and told to whoever kept it. */
export const takeOverReservation = defineAction({
  verb: 'take-over-reservation',
  effect: 'read',
  data: data.extend({ why: shortText.default('') }),
  run: async ({ target, why }, click, parts) => ({
    card: await takeOver(parts, click, parts.desk.sandbox(target), why.trim()),
  }),
});

import { z } from 'zod';
import { lift } from '../commands/freeze.ts';
import { defineAction } from './action.ts';

/** “Lift the freeze”, on the card that says that there is one; about a sandbox, so no run's conversation has to be asked. */
export const liftFreeze = defineAction({
  verb: 'lift-freeze',
  effect: 'read',
  data: z.object({ target: z.string().max(32) }),
  run: async ({ target }, click, parts) => ({ card: await lift(parts, click, parts.desk.sandbox(target)) }),
});

import { z } from 'zod';
import { NotAllowedError } from '../../engine/journal/errors.ts';
import { isAllowed } from '../rendering/access.ts';
import { defineAction } from './action.ts';

/** “Refresh a sandbox” on a list: the list becomes the choose card of a new run. */
export const refreshTarget = defineAction({
  verb: 'refresh-target',
  effect: 'read',
  data: z.object({ target: z.string().max(32).optional() }),
  async run({ target }, click, { installation, desk, renderer }) {
    const own = installation.sandboxes.find((sandbox) => isAllowed(sandbox, click.person, 'draft'));
    const name = target ?? own?.name;
    if (name === undefined) throw new NotAllowedError('ask for a refresh', 'any sandbox');
    const run = await desk.draft(click.person, name, click.zone);
    return { card: await renderer.choose(click, run), shows: { run, kind: 'run' } };
  },
});

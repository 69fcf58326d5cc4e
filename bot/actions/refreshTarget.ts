import { z } from 'zod';
import { NotAllowedError } from '../../engine/journal/errors.ts';
import { isAllowed } from '../rendering/access.ts';
import { postAnswer } from '../outbox.ts';
import { defineAction } from './action.ts';
import { runData } from './data.ts';

/** “Refresh a sandbox” on a list: the list becomes the choose card of a new run. “New draft” on a run's card posts one beside it. */
export const refreshTarget = defineAction({
  verb: 'refresh-target',
  effect: 'read',
  data: z.object({ target: z.string().max(32).optional(), runId: runData.shape.runId.optional() }),
  async run({ target, runId }, click, parts) {
    const { installation, desk, renderer, journal, repeats } = parts;
    const own = installation.sandboxes.find((sandbox) => isAllowed(sandbox, click.person, 'draft'));
    const name = target ?? own?.name;
    if (name === undefined) throw new NotAllowedError('ask for a refresh', 'any sandbox');
    const press = { ...click, button: `${click.verb} ${name} ${runId ?? ''}` };
    const { run, isNew } = await repeats.begin(press, (pressed) =>
      desk.draft(click.person, name, click.zone, undefined, undefined, { pressed }),
    );
    const begun = { card: await renderer.choose(click, run), shows: { run, kind: 'run' } } as const;
    const former = runId === undefined ? undefined : await journal.run(runId);
    if (!former) return begun;
    // The card of another run stays that run's.
    if (isNew) await postAnswer(parts, click.place, begun);
    const itself = { run: former, kind: click.kind ?? 'run' } as const;
    return { card: await renderer.run(click, former, itself.kind), isQuestion: false, isCardOf: itself };
  },
});

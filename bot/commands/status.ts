import { authorise } from '../../engine/journal/authority.ts';
import { withNextNote } from '../../cards/index.ts';
import { sandboxesCard } from '../rendering/sandboxesCard.ts';
import { nextStart } from '../schedules/nextStart.ts';
import { defineCommand } from './command.ts';
import { NoSuchRunError } from './errors.ts';
import { findRun, runIdIn } from './findRun.ts';
import { showRun } from './showRun.ts';

export const status = defineCommand({
  name: 'status',
  description: 'What is running, and which sandboxes are free',
  needs: 'read',
  usages: [
    { usage: '/status', does: 'All sandboxes: what each holds, who has it, and what waits for you' },
    { usage: '/status R-1042', does: 'Bring the card of a run, or of a sandbox’s last one, here with its buttons' },
  ],
  async run(request, parts) {
    if (request.rest === '' || isAll(request.rest)) return { card: await sandboxesCard(parts, request) };
    const sandbox = runIdIn(parts, request.rest) ? undefined : parts.desk.sandbox(request.rest.toLowerCase());
    if (sandbox) authorise(sandbox, request.person, 'read');
    const next = sandbox && (await nextStart(parts, sandbox));
    const run = await findRun(parts, 'status', request.rest, {
      // What somebody is only thinking about must not hide what happens to the sandbox.
      prefers: ({ reason }) => reason !== undefined,
      what: 'is known',
    }).catch(unlessNone);
    if (!run) return { card: await sandboxesCard(parts, request, 0, sandbox) };
    authorise(parts.desk.sandbox(run.target), request.person, 'read');
    const answer = await showRun(parts, run, request);
    return { ...answer, card: withNextNote(answer.card, { ...parts.renderer.readership(request), next }) };
  },
});

const isAll = (rest: string): boolean => /^(all|alle)$/i.test(rest);

/** A sandbox that was never refreshed has a state all the same. */
function unlessNone(error: unknown): undefined {
  if (!(error instanceof NoSuchRunError)) throw error;
}

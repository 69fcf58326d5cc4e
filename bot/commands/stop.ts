import { whyNot, type Deed } from '../../engine/contracts/mayBeDone/index.ts';
import type { Run } from '../../engine/contracts.ts';
import { askFirst } from './askFirst.ts';
import { defineCommand } from './command.ts';
import { findRun } from './findRun.ts';
import { showRun } from './showRun.ts';

export const stop = defineCommand({
  name: 'stop',
  description: 'Stop a run before it switches; the sandbox stays as it is',
  needs: 'stop',
  usages: [
    {
      usage: '/stop uat',
      does: 'Stop the run before it switches, once you have confirmed; the sandbox stays as it is',
    },
  ],
  async run(request, parts) {
    const may = (run: Run, deed: Deed) => whyNot(run, deed, { now: parts.clock.now() })?.code !== 'outdated-request';
    const run = await findRun(parts, 'stop', request.rest, {
      fits: (one) => (one.state !== 'draft' && may(one, 'keep')) || may(one, 'stop') || may(one, 'halt'),
      what: 'is under way',
    });
    if (may(run, 'halt')) return showRun(parts, await parts.desk.halt(request.person, run.runId), request);
    // A request that nobody has approved yet is simply over.
    if (may(run, 'keep')) return showRun(parts, await parts.desk.keep(request.person, run.runId), request);
    return askFirst(parts, request, run, 'stop');
  },
});

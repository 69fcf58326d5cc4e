import type { RunState } from '../../engine/contracts.ts';
import { defineCommand } from './command.ts';
import { findRun } from './findRun.ts';
import { showRun } from './showRun.ts';

const BEFORE_APPROVAL: ReadonlySet<RunState> = new Set(['draft', 'awaiting-approval']);
const UNDER_WAY: ReadonlySet<RunState> = new Set(['awaiting-approval', 'queued', 'in-progress', 'awaiting-cutover']);

export const stop = defineCommand({
  name: 'stop',
  description: 'Stop a run before it switches; the sandbox stays as it is',
  usages: [{ usage: '/stop uat', does: 'Stop the run before it switches; the sandbox stays as it is' }],
  async run(request, parts) {
    const run = await findRun(parts, 'stop', request.rest, {
      fits: ({ state }) => UNDER_WAY.has(state),
      what: 'is under way',
    });
    const ask = BEFORE_APPROVAL.has(run.state) ? parts.desk.keep : parts.desk.stop;
    return showRun(parts, await ask(request.person, run.runId), request);
  },
});

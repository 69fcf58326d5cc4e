import { defineCommand } from './command.ts';
import { findRun } from './findRun.ts';
import { showRun } from './showRun.ts';

export const signoff = defineCommand({
  name: 'signoff',
  description: 'Accept a completed refresh; the former database is given up',
  usages: [{ usage: '/signoff uat', does: 'Accept the refresh; the former database is given up' }],
  async run(request, parts) {
    const run = await findRun(parts, 'signoff', request.rest, {
      fits: ({ generation }) => generation !== undefined,
      what: 'can be signed off',
    });
    return showRun(parts, await parts.desk.signOff(request.person, run.runId), request);
  },
});

import { defineCommand } from './command.ts';
import { findRun } from './findRun.ts';
import { refuseUnlessPossible } from './askFirst.ts';
import { showRun } from './showRun.ts';

export const rollback = defineCommand({
  name: 'rollback',
  description: 'Bring a sandbox back to what it was before its last refresh',
  needs: 'roll-back',
  usages: [{ usage: '/rollback uat', does: 'Bring back what the sandbox held before the last refresh' }],
  async run(request, parts) {
    const run = await findRun(parts, 'rollback', request.rest, {
      fits: ({ generation }) => generation !== undefined,
      what: 'can be rolled back',
    });
    const { person } = request;
    await refuseUnlessPossible(parts, run, 'roll-back', person);
    // After a failure the sandbox is closed and nothing can get lost; after success, or once it was left to its people,
    // they may have worked in it since, so the card says what goes and its button decides.
    if ((run.targetState === 'closed' || run.targetState === 'none') && !run.acceptedBy)
      return showRun(parts, await parts.desk.rollBack(person, run.runId), request);
    return showRun(parts, run, request);
  },
});

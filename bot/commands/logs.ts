import { authorise } from '../../engine/journal/authority.ts';
import { defineCommand } from './command.ts';
import { findRun } from './findRun.ts';

export const logs = defineCommand({
  name: 'logs',
  description: 'The log of a run, as a file',
  needs: 'read',
  usages: [{ usage: '/logs R-1042', does: 'A link to the log of a run, or of the last run of a sandbox' }],
  async run(request, parts) {
    const run = await findRun(parts, 'logs', request.rest, {
      fits: ({ startedAt }) => startedAt !== undefined,
      what: 'has started',
    });
    const sandbox = parts.desk.sandbox(run.target);
    authorise(sandbox, request.person, 'read');
    return {
      card: parts.renderer.notice(request, {
        tone: 'info',
        title: `Log of ${run.runId}, ${sandbox.title}`,
        text: 'Step by step, in UTC. The link opens without signing in and expires within 24 hours.',
        runId: run.runId,
        logUrl: parts.links.urlFor(run.runId),
      }),
    };
  },
});

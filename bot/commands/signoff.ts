import { askFirst } from './askFirst.ts';
import { defineCommand } from './command.ts';
import { findRun } from './findRun.ts';

export const signoff = defineCommand({
  name: 'signoff',
  description: 'Accept a completed refresh; the former database is given up once you have confirmed',
  needs: 'sign-off',
  usages: [{ usage: '/signoff uat', does: 'Accept the refresh; asks before the former database is given up' }],
  async run(request, parts) {
    const run = await findRun(parts, 'signoff', request.rest, {
      fits: ({ generation }) => generation !== undefined,
      what: 'can be signed off',
    });
    return askFirst(parts, request, run, 'sign-off');
  },
});

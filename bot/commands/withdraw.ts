import { isSamePerson, shapersOf, whyNot } from '../../engine/contracts/mayBeDone/index.ts';
import { defineCommand } from './command.ts';
import { findRun } from './findRun.ts';
import { showRun } from './showRun.ts';

/** “Cancel” of a draft’s card, typed: also where its card is out of sight. */
export const withdraw = defineCommand({
  name: 'withdraw',
  description: 'Take back a draft or a request of yours that nobody has approved yet',
  needs: 'keep',
  usages: [{ usage: '/withdraw uat', does: 'Take back your draft or request that nobody has approved yet' }],
  async run(request, parts) {
    const { person } = request;
    const run = await findRun(parts, 'withdraw', request.rest, {
      fits: (one) =>
        whyNot(one, 'keep', { now: parts.clock.now() }) === undefined &&
        shapersOf(one).some((hand) => isSamePerson(person, hand)),
      what: 'is yours and still open',
    });
    return showRun(parts, await parts.desk.keep(person, run.runId), request);
  },
});

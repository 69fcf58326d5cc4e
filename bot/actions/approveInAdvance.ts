import { RunNotFoundError } from '../../engine/journal/errors.ts';
import { findSchedule } from '../schedules/decide.ts';
import { defineAction } from './action.ts';
import { digestText, runData, shortText } from './data.ts';

/** “Approve in advance”: this plan, and those of the same schedule that differ from it in nothing but their moment. */
export const approveInAdvance = defineAction({
  verb: 'approve-in-advance',
  effect: 'change',
  on: 'approval',
  data: runData.extend({ digest: digestText, comment: shortText.default('') }),
  async run({ runId, digest, comment }, click, parts) {
    const { desk, journal, renderer } = parts;
    const run = await journal.run(runId);
    if (!run?.scheduled || !run.plan) throw new RunNotFoundError(runId);
    const schedule = await findSchedule(parts, run.scheduled.schedule);
    // Both or none: what could be said of no coming plan is not approved for this one either.
    desk.refuseStanding(click.person, schedule, run.plan);
    const approved = await desk.approve(click.person, runId, digest, comment.trim());
    await desk.approveStanding(click.person, schedule, run.plan);
    return { card: await renderer.run(click, approved, click.kind ?? 'approval') };
  },
});

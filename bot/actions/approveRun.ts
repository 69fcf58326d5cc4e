import { askDesk } from './action.ts';
import { digestText, runData } from './data.ts';

const data = runData.extend({ digest: digestText });

/** Approves the plan that the card showed: its digest comes back with the click. */
export const approveRun = askDesk('approve-run', 'approval', data, (desk, person, { runId, digest }) =>
  desk.approve(person, runId, digest),
);

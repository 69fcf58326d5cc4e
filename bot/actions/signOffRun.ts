import { askDesk } from './action.ts';
import { runData } from './data.ts';

export const signOffRun = askDesk('sign-off-run', 'outcome', runData, (desk, person, { runId }) =>
  desk.signOff(person, runId),
);

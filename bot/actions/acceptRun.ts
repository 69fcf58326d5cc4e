import { askDesk } from './action.ts';
import { runData } from './data.ts';

export const acceptRun = askDesk('accept-run', 'outcome', runData, (desk, person, { runId }) =>
  desk.accept(person, runId),
);

import { askDesk } from './action.ts';
import { runData } from './data.ts';

export const rollBackRun = askDesk('roll-back-run', 'outcome', runData, (desk, person, { runId }) =>
  desk.rollBack(person, runId),
);

import { askDesk } from './action.ts';
import { runData } from './data.ts';

export const retryRun = askDesk('retry-run', 'outcome', runData, (desk, person, { runId }) =>
  desk.retry(person, runId),
);

import { askDesk } from './action.ts';
import { runData, shortText } from './data.ts';

const data = runData.extend({ why: shortText.default('') });

export const rejectRun = askDesk('reject-run', 'approval', data, (desk, person, { runId, why }) =>
  desk.reject(person, runId, why.trim()),
);

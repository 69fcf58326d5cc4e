import { askDesk } from './action.ts';
import { runData } from './data.ts';

export const stopRun = askDesk('stop-run', 'run', runData, (desk, person, { runId }) => desk.stop(person, runId));

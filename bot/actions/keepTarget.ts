import { askDesk } from './action.ts';
import { runData } from './data.ts';

export const keepTarget = askDesk('keep-target', 'run', runData, (desk, person, { runId }) => desk.keep(person, runId));

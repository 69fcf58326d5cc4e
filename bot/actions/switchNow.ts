import { askDesk } from './action.ts';
import { runData } from './data.ts';

export const switchNow = askDesk('switch-now', 'cutover', runData, (desk, person, { runId }) =>
  desk.switchNow(person, runId),
);

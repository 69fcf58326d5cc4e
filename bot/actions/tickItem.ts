import { z } from 'zod';
import { askDesk } from './action.ts';
import { runData } from './data.ts';

const data = runData.extend({ n: z.int().min(0).max(1000) });

export const tickItem = askDesk('tick-item', 'outcome', data, (desk, person, { runId, n }) =>
  desk.tickItem(person, runId, n),
);

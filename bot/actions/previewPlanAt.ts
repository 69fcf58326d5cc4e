import { z } from 'zod';
import { pickedMoment } from '../moments/momentOf.ts';
import { defineAction } from './action.ts';
import { runData } from './data.ts';
import { planMoment } from './planMoment.ts';

const field = z.string().max(64).default('');

/** A date, a time and a zone; `min` and `max` of the fields are not enforced by every client. */
export const previewPlanAt = defineAction({
  verb: 'preview-plan-at',
  effect: 'change',
  data: runData.extend({
    target: z.string().max(32).optional(),
    source: z.string().max(32).optional(),
    date: field,
    time: field,
    zone: field,
  }),
  run: (data, click, parts) =>
    planMoment(data, click, parts, (survey, context) =>
      pickedMoment({ ...data, zone: data.zone || context.zone }, survey, context),
    ),
});

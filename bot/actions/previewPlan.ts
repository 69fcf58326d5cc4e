import { z } from 'zod';
import { offeredMoment } from '../moments/momentOf.ts';
import { defineAction } from './action.ts';
import { runData, shortText } from './data.ts';
import { planMoment } from './planMoment.ts';

/** One of the moments offered on the card. */
export const previewPlan = defineAction({
  verb: 'preview-plan',
  effect: 'change',
  data: runData.extend({
    target: z.string().max(32).optional(),
    source: z.string().max(32).optional(),
    point: shortText.default(''),
  }),
  run: (data, click, parts) =>
    planMoment(data, click, parts, (survey, context) => offeredMoment(data.point, survey, context)),
});

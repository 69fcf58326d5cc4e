import { z } from 'zod';
import { typedMoment } from '../moments/momentOf.ts';
import { defineAction } from './action.ts';
import { runData, shortText } from './data.ts';
import { planMoment } from './planMoment.ts';

/** One of the moments offered on the card; it may have gone out of reach since. */
export const previewPlan = defineAction({
  verb: 'preview-plan',
  effect: 'change',
  data: runData.extend({ target: z.string().max(32).optional(), point: shortText.default('') }),
  run: (data, click, parts) =>
    planMoment(data, click, parts, (survey, context) => typedMoment(data.point, survey, context)),
});

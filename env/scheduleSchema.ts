import { z } from 'zod';
import { SCHEDULE_DEFAULTS } from '../engine/contracts.ts';
import { durationMs } from './duration.ts';

const HOUR = 3_600_000;

const timeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'is not a time of day (HH:mm)');

/** Of refreshes that come by themselves. */
export const schedules = z.strictObject({
  planAhead: durationMs
    .default(SCHEDULE_DEFAULTS.planAheadMs)
    .refine((ms) => ms >= HOUR, 'must be 1h at least: a plan is made and read before it is approved')
    .refine((ms) => ms <= 7 * 24 * HOUR, 'must not exceed 7d'),
  askAhead: z.int().min(0).max(10, 'must not exceed 10 working days').default(SCHEDULE_DEFAULTS.askAheadDays),
  workingHours: z
    .strictObject({ from: timeOfDay, to: timeOfDay })
    .refine(({ from, to }) => from < to, 'ends before it begins')
    .default({ ...SCHEDULE_DEFAULTS.workingHours }),
  latestSwitch: timeOfDay.optional(),
  backBy: timeOfDay.optional(),
  tooLate: z.enum(['keep', 'drop']).default(SCHEDULE_DEFAULTS.tooLate),
  onCall: z.guid('is not an Entra object id').toLowerCase().optional(),
});

import type { MomentRule, Recurrence, ScheduleRule } from '../../engine/contracts.ts';

const DAYS = ['', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'] as const;

/** A rule as somebody would type it: `readSchedule` reads the same rule out of it. */
export function writeSchedule({ every, moment }: Pick<ScheduleRule, 'every' | 'moment'>): string {
  return `${whenOf(every)} ${every.time}${asOf(moment)}`;
}

function whenOf(every: Recurrence): string {
  switch (every.kind) {
    case 'once':
      return `once ${every.date}`;
    case 'weekly':
      if (every.days.length === 7) return 'every day';
      if (every.days.join('') === '12345') return 'every weekday';
      return `every ${every.days.map((day) => DAYS[day]).join(' and ')}`;
    case 'monthly': {
      const nth = every.nth === -1 ? 'last' : `${String(every.nth)}${endingOf(every.nth)}`;
      return `every month on the ${nth} ${typeof every.of === 'number' ? (DAYS[every.of] ?? '') : every.of}`;
    }
  }
}

function asOf(moment: MomentRule): string {
  if (moment.kind === 'latest') return '';
  const { days, time } = moment;
  if (days === 0) return ` as of the same day ${time}`;
  return days === 1 ? ` as of the day before ${time}` : ` as of ${String(days)} days before ${time}`;
}

function endingOf(nth: number): string {
  if (nth > 10 && nth < 14) return 'th';
  return ['th', 'st', 'nd', 'rd'][nth % 10] ?? 'th';
}

import type { Person, Schedule } from '../../engine/contracts.ts';

/** Whoever has set it up, or approved it in advance, as they are recorded where nobody was there. */
export const asSchedule = ({ by, number }: Schedule, person: Person = by): Person => ({
  ...person,
  way: { kind: 'schedule', schedule: number },
});

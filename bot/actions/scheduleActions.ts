import { z } from 'zod';
import { authorise } from '../../engine/journal/authority.ts';
import type { Verb } from '../../cards/index.ts';
import { oneScheduleCard, scheduleListCard } from '../rendering/scheduleCards.ts';
import { authoriseRead, decide, draftNow, findSchedule, type ScheduleDeed } from '../schedules/decide.ts';
import { postAnswer } from '../outbox.ts';
import { defineAction, type Action } from './action.ts';

const scheduleData = z.object({ schedule: z.int().min(1).max(999_999) });

/** About a sandbox, so no run's conversation has to be asked; who may is asked each time. */
const decision = (verb: Verb, deed: ScheduleDeed): Action =>
  defineAction({
    verb,
    effect: 'read',
    data: scheduleData,
    run: async ({ schedule }, click, parts) => ({
      card: await oneScheduleCard(parts, click, await decide(parts, click.person, schedule, deed)),
    }),
  });

/** The buttons of a schedule's card, and those that lead to it. */
export const SCHEDULE_ACTIONS: readonly Action[] = [
  defineAction({
    verb: 'skip-occurrence',
    effect: 'read',
    // The occurrence that the card has shown: a click that comes again skips no other one.
    data: scheduleData.extend({ at: z.iso.datetime() }),
    run: async ({ schedule, at }, click, parts) => ({
      card: await oneScheduleCard(parts, click, await decide(parts, click.person, schedule, 'skip', at)),
    }),
  }),
  decision('pause-schedule', 'pause'),
  decision('resume-schedule', 'resume'),
  decision('end-schedule', 'end'),
  decision('end-standing', 'ask'),
  defineAction({
    verb: 'run-schedule',
    effect: 'read',
    data: scheduleData,
    async run({ schedule }, click, parts) {
      const press = { ...click, button: `${click.verb} ${String(schedule)}` };
      const { run, isNew } = await parts.repeats.begin(press, (pressed) => draftNow(parts, click, schedule, pressed));
      const card = await parts.renderer.run(click, run, 'run');
      if (isNew) await postAnswer(parts, click.place, { card, shows: { run, kind: 'run' } });
      return { card: await oneScheduleCard(parts, click, await findSchedule(parts, schedule)) };
    },
  }),
  defineAction({
    verb: 'show-schedule',
    effect: 'read',
    data: scheduleData,
    async run({ schedule }, click, parts) {
      const found = await findSchedule(parts, schedule);
      authoriseRead(parts, click.person, found);
      return { card: await oneScheduleCard(parts, click, found) };
    },
  }),
  defineAction({
    verb: 'show-schedules',
    effect: 'read',
    data: z.object({ target: z.string().max(32).optional(), n: z.int().min(0).max(1000).default(0) }),
    async run({ target, n: page }, click, parts) {
      const sandbox = target === undefined ? undefined : parts.desk.sandbox(target);
      if (sandbox) authorise(sandbox, click.person, 'read');
      return { card: await scheduleListCard(parts, click, { sandbox, page }) };
    },
  }),
];

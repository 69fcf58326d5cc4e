import { pressOf } from '../../actions/repeats.ts';
import type { Schedule } from '../../../engine/contracts.ts';
import { authorise } from '../../../engine/journal/authority.ts';
import type { Answer } from '../../answer.ts';
import type { BotParts } from '../../parts.ts';
import { isAllowed } from '../../rendering/access.ts';
import { oneScheduleCard, scheduleListCard } from '../../rendering/scheduleCards.ts';
import { openForm } from '../../rendering/scheduleForms.ts';
import {
  authoriseRead,
  decide,
  draftNow,
  findSchedule,
  SCHEDULE_DEEDS,
  type ScheduleDeed,
} from '../../schedules/decide.ts';
import { ScheduleUnclearError, WhichScheduleError } from '../../schedules/errors.ts';
import { setUp, type Wish } from '../../schedules/setUp.ts';
import { defineCommand, type CommandRequest } from '../command.ts';
import { NameMissingError } from '../errors.ts';

/** Refreshes that come by themselves: set up, looked at, and stopped by one line each. */
export const schedule = defineCommand({
  name: 'schedule',
  description: 'Let refreshes come by themselves, and look at what is scheduled',
  needs: 'read',
  usages: [
    {
      usage: '/schedule uat every Sunday 22:00 as of Saturday 23:00',
      does: 'Refresh UAT every week, in its zone; also every weekday 20:00, or once tonight 22:00. Each time somebody else approves the plan before',
    },
    {
      usage: '/schedule uat',
      does: 'Without a schedule, a form to fill in; with one, its next dates, with Skip next, Run now, Change, Pause and End; also /schedule S-3',
    },
    {
      usage: '/schedule uat pause',
      does: 'Also resume, skip (the next one), run (now), ask (each time, where approved in advance) and end',
    },
  ],
  async run(request, parts) {
    const [name = '', ...words] = request.rest.split(' ');
    const rest = words.join(' ').trim();
    if (name === '') throw new NameMissingError('schedule', 'uat every Sunday 22:00', { takesRuns: false });
    const number = /^s-?(\d{1,6})$/i.exec(name)?.[1];
    const deed = rest.toLowerCase();
    if (number !== undefined) return actOn(parts, request, await findSchedule(parts, Number(number)), deed);
    const sandbox = parts.desk.sandbox(name.toLowerCase());
    if (rest === '' || deed === 'run' || isDeed(deed)) {
      authorise(sandbox, request.person, 'read');
      const own = await parts.journal.schedules({ target: sandbox.name, states: ['active', 'paused'] });
      const [only, ...others] = own;
      if (only && others.length === 0) return actOn(parts, request, only, deed);
      if (rest !== '')
        throw new WhichScheduleError(
          sandbox.title,
          own.map((one) => one.number),
          deed,
        );
      const isNew = own.length === 0 && isAllowed(sandbox, request.person, 'schedule');
      return { card: isNew ? openForm(parts, request, sandbox) : await scheduleListCard(parts, request, { sandbox }) };
    }
    const made = await setUp(parts, request, sandbox, readWish(rest));
    return { card: await oneScheduleCard(parts, request, made) };
  },
});

const isDeed = (word: string): word is ScheduleDeed => SCHEDULE_DEEDS.some((deed) => deed === word);

async function actOn(parts: BotParts, request: CommandRequest, found: Schedule, deed: string): Promise<Answer> {
  if (deed === 'run') {
    const press = JSON.stringify([request.place.conversation, request.activityId, deed, found.number]);
    const run = await draftNow(parts, request, found.number, request.activityId === '' ? undefined : pressOf(press));
    return { card: await parts.renderer.run(request, run, 'run'), shows: { run, kind: 'run' } };
  }
  if (deed !== '' && !isDeed(deed))
    throw new ScheduleUnclearError(
      `“${deed}” is nothing that is done with a schedule: pause, resume, skip, run, ask or end`,
    );
  authoriseRead(parts, request.person, found);
  const shown = deed === '' ? found : await decide(parts, request.person, found.number, deed);
  return { card: await oneScheduleCard(parts, request, shown) };
}

const BECAUSE = /\s(?:because|weil|grund:|reason:)\s/i;

/** `[from SOURCE] RULE [because REASON]` */
function readWish(rest: string): Wish {
  const [wish = '', ...reasons] = rest.split(BECAUSE);
  const words = wish.split(' ');
  const source = words[0]?.toLowerCase() === 'from' ? words.splice(0, 2)[1]?.toLowerCase() : undefined;
  return { source, text: words.join(' '), reason: reasons.join(' ').trim().slice(0, 300) };
}

import { pressOf } from '../../actions/repeats.ts';
import type { Sandbox, Schedule } from '../../../engine/contracts.ts';
import { approversLeft, approversWanted, knownAs, missingIn } from '../../../engine/contracts/mayBeDone/index.ts';
import { authorise } from '../../../engine/journal/authority.ts';
import { NobodyLeftError, SourceNotListedError } from '../../../engine/journal/errors.ts';
import { ScheduleUnattendedError } from '../../../engine/journal/schedules/errors.ts';
import { whyNotUnattended } from '../../../engine/schedules/unattended.ts';
import type { Answer } from '../../answer.ts';
import type { BotParts } from '../../parts.ts';
import { oneScheduleCard, scheduleListCard } from '../../rendering/scheduleCards.ts';
import {
  authoriseRead,
  decide,
  draftNow,
  findSchedule,
  SCHEDULE_DEEDS,
  type ScheduleDeed,
} from '../../schedules/decide.ts';
import { ScheduleTwiceError, ScheduleUnclearError, WhichScheduleError } from '../../schedules/errors.ts';
import { readSchedule } from '../../schedules/readSchedule.ts';
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
    { usage: '/schedule uat', does: 'The next dates, with Skip next, Run now, Pause and End; also /schedule S-3' },
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
      return { card: await scheduleListCard(parts, request, { sandbox }) };
    }
    return { card: await oneScheduleCard(parts, request, await setUp(parts, request, sandbox, rest)) };
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

/** @throws ScheduleUnclearError, ScheduleTwiceError, ScheduleUnattendedError, and what a request is refused by */
async function setUp(parts: BotParts, request: CommandRequest, sandbox: Sandbox, rest: string): Promise<Schedule> {
  const { journal, desk, installation, clock, log } = parts;
  authorise(sandbox, request.person, 'schedule');
  const { source, text, reason } = readWish(rest);
  const from = source ?? sandbox.sources[0] ?? '';
  if (!sandbox.sources.includes(from)) throw new SourceNotListedError(sandbox, from);
  const reading = readSchedule(text, { now: clock.now(), zone: sandbox.timeZone });
  if (reading.kind === 'past') throw new ScheduleUnclearError(`“${text}” is over already`, sandbox.name);
  if (reading.kind === 'unclear')
    throw new ScheduleUnclearError(
      reading.what === 'when'
        ? `“${reading.words}” does not say when: a day and a time that is of the morning or of the evening`
        : `“${reading.words}” does not say as of when: latest, 18:00 the day before, or Saturday 23:00`,
      sandbox.name,
    );
  const unattended = whyNotUnattended(sandbox);
  if (unattended) throw new ScheduleUnattendedError(sandbox.title, unattended);
  const house = { sandbox, people: installation.people };
  if (approversLeft([], house, knownAs(installation.people, request.person)).length < approversWanted(sandbox))
    throw new NobodyLeftError(sandbox.title);
  const missing = missingIn(reason, sandbox.requests);
  if (missing)
    throw new ScheduleUnclearError(
      missing === 'reason'
        ? `${sandbox.title} asks for a reason, and there is none`
        : `${sandbox.title} asks for a ticket such as ${sandbox.requests?.ticket?.example ?? ''}, and the reason names none`,
      sandbox.name,
    );
  const rule = { every: reading.every, moment: reading.moment, zone: sandbox.timeZone };
  const others = await journal.schedules({ target: sandbox.name, states: ['active', 'paused'] });
  const twin = others.find((one) => JSON.stringify(one.rule.every) === JSON.stringify(rule.every));
  if (twin) throw new ScheduleTwiceError(sandbox.title, twin.number);
  const { conversation, address } = request.place;
  const made = await desk.addSchedule(request.person, {
    ...{ target: sandbox.name, source: from, rule, reason, conversation, address },
    shownZone: request.zone,
  });
  log.info('scheduled', { schedule: made.number, target: made.target });
  return made;
}

const BECAUSE = /\s(?:because|weil|grund:|reason:)\s/i;

/** `[from SOURCE] RULE [because REASON]` */
function readWish(rest: string) {
  const [wish = '', ...reasons] = rest.split(BECAUSE);
  const words = wish.split(' ');
  const source = words[0]?.toLowerCase() === 'from' ? words.splice(0, 2)[1]?.toLowerCase() : undefined;
  return { source, text: words.join(' '), reason: reasons.join(' ').trim().slice(0, 300) };
}

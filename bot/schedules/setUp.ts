import type { Actor, Sandbox, Schedule, ScheduleRule } from '../../engine/contracts.ts';
import { approversLeft, approversWanted, knownAs, missingIn } from '../../engine/contracts/mayBeDone/index.ts';
import { authorise } from '../../engine/journal/authority.ts';
import { NobodyLeftError, SourceNotListedError } from '../../engine/journal/errors.ts';
import { ScheduleTwiceError, ScheduleUnattendedError } from '../../engine/journal/schedules/errors.ts';
import { isSameTimes } from '../../engine/journal/schedules/schedules.ts';
import { whyNotUnattended } from '../../engine/schedules/unattended.ts';
import type { Place } from '../chat/port.ts';
import type { BotParts } from '../parts.ts';
import { ScheduleUnclearError } from './errors.ts';
import { readSchedule } from './readSchedule.ts';

/** Who asks for it, and where. */
export interface Asking {
  readonly person: Actor;
  readonly zone: string;
  readonly place: Place;
}

/** What somebody has typed or filled in; without a source, the sandbox's first. */
export interface Wish {
  readonly source?: string | undefined;
  /** As it is typed behind the name of the sandbox. */
  readonly text: string;
  readonly reason: string;
}

/**
 * What keeps every schedule of a sandbox from being set up by this person, whatever it says.
 * @throws NotAllowedError, ScheduleUnattendedError, NobodyLeftError
 */
export function refuseSetUp({ installation }: Pick<BotParts, 'installation'>, sandbox: Sandbox, person: Actor): void {
  authorise(sandbox, person, 'schedule');
  const unattended = whyNotUnattended(sandbox);
  if (unattended) throw new ScheduleUnattendedError(sandbox.title, unattended);
  if (approversFor(installation, sandbox, person).length < approversWanted(sandbox))
    throw new NobodyLeftError(sandbox.title);
}

/** Who could approve what this person asks for. */
export function approversFor(
  { people }: Pick<BotParts['installation'], 'people'>,
  sandbox: Sandbox,
  person: Actor,
): readonly Actor[] {
  return approversLeft([], { sandbox, people }, knownAs(people, person));
}

/**
 * Everything that is refused before a schedule is set up, and its rule. `insteadOf`: one that ends with it.
 * @throws ScheduleUnclearError, SourceNotListedError, ScheduleTwiceError, and what refuseSetUp does
 */
export async function checkWish(
  parts: Pick<BotParts, 'installation' | 'journal' | 'clock'>,
  person: Actor,
  sandbox: Sandbox,
  { source = sandbox.sources[0] ?? '', text, reason }: Wish,
  insteadOf?: Schedule,
): Promise<{ readonly source: string; readonly rule: ScheduleRule; readonly reason: string }> {
  const { journal, clock } = parts;
  refuseSetUp(parts, sandbox, person);
  if (!sandbox.sources.includes(source)) throw new SourceNotListedError(sandbox, source);
  const reading = readSchedule(text, { now: clock.now(), zone: sandbox.timeZone });
  if (reading.kind === 'past') throw new ScheduleUnclearError(`“${text}” is over already`, sandbox.name);
  if (reading.kind === 'unclear')
    throw new ScheduleUnclearError(
      reading.what === 'when'
        ? `“${reading.words}” does not say when: a day and a time that is of the morning or of the evening`
        : `“${reading.words}” does not say as of when: latest, 18:00 the day before, or Saturday 23:00`,
      sandbox.name,
    );
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
  const twin = others.find((one) => one.number !== insteadOf?.number && isSameTimes(one.rule, rule));
  if (twin) throw new ScheduleTwiceError(sandbox.title, twin.number);
  return { source, rule, reason };
}

/** Sets up what somebody wants, by whichever way they have said it. @throws what checkWish does, NotAllowedError, ScheduleOutdatedError */
export async function setUp(
  parts: BotParts,
  { person, zone, place }: Asking,
  sandbox: Sandbox,
  wish: Wish,
  insteadOf?: Schedule,
): Promise<Schedule> {
  const wanted = await checkWish(parts, person, sandbox, wish, insteadOf);
  const { conversation, address } = place;
  const made = await parts.desk.addSchedule(
    person,
    { target: sandbox.name, ...wanted, conversation, address, shownZone: zone },
    insteadOf ? { insteadOf } : {},
  );
  parts.log.info('scheduled', { schedule: made.number, target: made.target });
  return made;
}

import type { Instant, Sandbox, Schedule } from '../../engine/contracts.ts';
import { isSamePerson, knownAs, ofReservation } from '../../engine/contracts/mayBeDone/index.ts';
import { OPEN_OCCURRENCES } from '../../engine/journal/schedules/schedules.ts';
import { scheduleCard, schedulesCard, type Card } from '../../cards/index.ts';
import type { Audience } from '../answer.ts';
import type { BotParts } from '../parts.ts';
import { askAt } from '../../engine/schedules/timing.ts';
import { comingOf, rulesOf, type Coming } from '../schedules/outlook.ts';
import { isAllowed } from './access.ts';

type Parts = Pick<BotParts, 'installation' | 'journal' | 'renderer' | 'clock'>;

const SHOWN = 3;

/** One schedule as it is at the moment. */
export async function oneScheduleCard(parts: Parts, audience: Audience, schedule: Schedule): Promise<Card> {
  const { installation, journal, renderer, clock } = parts;
  const now = clock.now();
  const sandbox = installation.sandboxes.find(({ name }) => name === schedule.target);
  const [coming, past, hold] = await Promise.all([
    comingOf(journal, schedule, { sandbox, now, count: SHOWN }),
    journal.pastOccurrences(schedule.number, SHOWN * 4),
    journal.hold(schedule.target),
  ]);
  const onCall = installation.people.find(({ id }) => id === sandbox?.schedules?.onCall)?.name;
  return scheduleCard({
    ...renderer.readership(audience),
    schedule,
    targetTitle: sandbox?.title ?? schedule.target,
    sourceTitle: installation.sources.find(({ name }) => name === schedule.source)?.title ?? schedule.source,
    coming: coming.map((one) => ({ ...one, askAt: one.run ? one.askAt : afterHold(one, hold) })),
    last: past.find(({ state }) => !OPEN_OCCURRENCES.some((open) => open === state)),
    rules: sandbox?.schedules,
    onCall,
    ...(sandbox?.policy.approvals ? { approvals: sandbox.policy.approvals } : {}),
    freeze: hold.freeze,
  });

  /** Nothing is asked while the sandbox is frozen, or somebody else keeps it; what lasts until the start is said apart. */
  function afterHold({ at, askAt: asked }: Pick<Coming, 'at' | 'askAt'>, { freeze, reservation }: Hold): Instant {
    const kept = ofReservation(reservation, knownAs(installation.people, schedule.by));
    const ends = [freeze?.until, kept?.until].flatMap((end) =>
      end !== undefined && end > now && end < at ? [end] : [],
    );
    const end = ends.toSorted().at(-1) ?? asked;
    return end > asked ? askAt({ at }, schedule.rule.zone, rulesOf(sandbox), end) : asked;
  }
}

type Hold = Awaited<ReturnType<BotParts['journal']['hold']>>;

/** Those that are not over, of one sandbox or of all that the person may look at. */
export async function scheduleListCard(
  parts: Parts,
  audience: Audience,
  { sandbox, page = 0 }: { readonly sandbox?: Sandbox; readonly page?: number } = {},
): Promise<Card> {
  const { installation, journal, renderer, clock } = parts;
  const own = installation.sandboxes.filter((one) => isAllowed(one, audience.person, 'read'));
  const shown = sandbox ? [sandbox] : own;
  const all = await journal.schedules({ states: ['active', 'paused'] });
  const listed = async (schedule: Schedule, of: Sandbox | undefined) => {
    const [next] = await comingOf(journal, schedule, { sandbox: of, now: clock.now(), count: 1 });
    return { schedule, targetTitle: of?.title ?? schedule.target, next: of && next?.at };
  };
  // Where the file names the sandbox no more, whoever has set it up still finds it, to end it.
  const isLost = ({ target, by }: Schedule): boolean =>
    !sandbox && isSamePerson(audience.person, by) && !installation.sandboxes.some(({ name }) => name === target);
  return schedulesCard({
    ...renderer.readership(audience),
    targetTitle: sandbox?.title,
    schedules: await Promise.all(
      all.flatMap((schedule) => {
        const of = shown.find(({ name }) => name === schedule.target);
        return of || isLost(schedule) ? [listed(schedule, of)] : [];
      }),
    ),
    ...(sandbox && isAllowed(sandbox, audience.person, 'schedule') ? { newFor: sandbox.name } : {}),
    example: `/schedule ${(sandbox ?? own[0])?.name ?? 'uat'} every Sunday 22:00 as of Saturday 23:00`,
    page,
  });
}

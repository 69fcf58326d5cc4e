import { LONGEST_RESERVATION_DAYS, type Reservation, type Sandbox } from '../../engine/contracts.ts';
import { isSamePerson, knownAs, reservationOf } from '../../engine/contracts/mayBeDone/index.ts';
import { authorise } from '../../engine/journal/authority.ts';
import type { Card } from '../../cards/index.ts';
import { inZoneOf, type Audience } from '../answer.ts';
import type { BotParts } from '../parts.ts';
import { isAllowed } from '../rendering/access.ts';
import { keepFor, releaseFor } from '../reservations.ts';
import { defineCommand } from './command.ts';
import { ReservationUnclearError } from './errors.ts';
import { readSpan, type SpanRules } from './readSpan.ts';

const RULES: SpanRules = {
  ...{ command: 'reserve', example: 'uat until Friday, UAT round 3', ends: /^(release|end|off|freigeben)$/i },
  ...{ longestDays: LONGEST_RESERVATION_DAYS, Unclear: ReservationUnclearError, name: 'A reservation' },
  why: 'What is it kept for? The reason stands on its cards',
};

/** Somebody keeps a sandbox for a while: nobody else replaces it without taking it over. */
export const reserve = defineCommand({
  name: 'reserve',
  description: 'Keep a sandbox for yourself for a while, or see who does',
  needs: 'reserve',
  usages: [
    {
      usage: '/reserve uat until Friday, UAT round 3',
      does: 'Until the end of that day nobody else refreshes UAT without taking it over; also until Friday 18:00, in the zone of UAT',
    },
    { usage: '/reserve uat release', does: 'End it now; /reserve uat says who keeps UAT, and takes it over' },
  ],
  async run(request, parts) {
    const { journal, clock } = parts;
    const asked = readSpan(request, parts, RULES);
    const { sandbox } = asked;
    if (asked.kind === 'end') return { card: await release(parts, request, sandbox) };
    if (asked.kind === 'see') {
      const present = reservationOf(await journal.hold(sandbox.name), clock.now());
      return { card: reservationCard(parts, request, sandbox, present) };
    }
    const { reservation, former } = await keepFor(parts, request.person, sandbox, { ...asked.span, takesOver: false });
    return { card: reservationCard(parts, request, sandbox, reservation ?? former) };
  },
});

/** @throws NotAllowedError unless it is theirs, or they may approve or administer */
export async function release(parts: BotParts, audience: Audience, sandbox: Sandbox): Promise<Card> {
  const released = await releaseFor(parts, audience.person, sandbox);
  if (!released) return reservationCard(parts, audience, sandbox, undefined);
  return parts.renderer.notice(inZoneOf(sandbox, audience), {
    tone: 'info',
    title: `${sandbox.title} is no longer reserved`,
    text: `${released.by.name} had reserved it until ${released.until}: ${released.reason}`,
  });
}

/** “Take over…”: until the same end, for a reason of one's own. */
export async function takeOver(parts: BotParts, audience: Audience, sandbox: Sandbox, reason: string): Promise<Card> {
  const { journal, clock } = parts;
  authorise(sandbox, audience.person, 'reserve');
  const present = reservationOf(await journal.hold(sandbox.name), clock.now());
  if (!present) return reservationCard(parts, audience, sandbox, undefined);
  if (reason === '') throw new ReservationUnclearError('What do you need it for? The reason stands on its cards');
  const { reservation } = await keepFor(parts, audience.person, sandbox, {
    ...{ until: present.until, reason, takesOver: true },
  });
  return reservationCard(parts, audience, sandbox, reservation);
}

export function reservationCard(
  { renderer, installation }: Pick<BotParts, 'renderer' | 'installation'>,
  audience: Audience,
  sandbox: Sandbox,
  reservation: Reservation | undefined,
): Card {
  const { title, name } = sandbox;
  if (!reservation)
    return renderer.notice(audience, {
      tone: 'info',
      title: `${title} is not reserved`,
      text: `Whoever may ask for a refresh of ${title} can have it replaced.`,
      remedy: `To keep it for a while: /reserve ${name} until Friday, UAT round 3.`,
    });
  const person = knownAs(installation.people, audience.person);
  const isOwn = isSamePerson(person, reservation.by);
  const mayKeep = isAllowed(sandbox, person, 'reserve');
  return renderer.notice(inZoneOf(sandbox, audience), {
    tone: 'info',
    title: `${title} is reserved`,
    text: `By ${reservation.by.name}, from ${reservation.from} until ${reservation.until}: ${reservation.reason}`,
    remedy: isOwn
      ? 'Nobody else confirms a refresh of it until then without taking it over, which you are told. It ends by itself.'
      : `Agree with ${reservation.by.name}, or take it over: that is recorded, and ${reservation.by.name} is told.`,
    ...(isOwn || mayKeep
      ? {
          kept: {
            target: name,
            by: reservation.by.name,
            offers: isOwn ? ('release' as const) : ('take-over' as const),
          },
        }
      : {}),
  });
}

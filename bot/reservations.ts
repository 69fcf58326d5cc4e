import type { Person, Reservation, Sandbox } from '../engine/contracts.ts';
import { idsOfActor, isSamePerson, knownAs, personOf, reservationOf } from '../engine/contracts/mayBeDone/index.ts';
import { authorise } from '../engine/journal/authority.ts';
import type { ReservationWish } from '../engine/journal/freezes.ts';
import { inZoneOf } from './answer.ts';
import type { BotParts } from './parts.ts';
import { homeOf } from './reach/homeOf.ts';

type Parts = Pick<BotParts, 'journal' | 'installation' | 'renderer' | 'outbox' | 'chat' | 'clock' | 'log'>;

/** Keeps a sandbox for somebody; whoever kept it before, and is somebody else, is told. */
export async function keepFor(
  parts: Parts,
  person: Person,
  sandbox: Sandbox,
  wish: Pick<ReservationWish, 'until' | 'reason' | 'takesOver'>,
): Promise<{ readonly reservation?: Reservation; readonly former?: Reservation }> {
  const { journal, installation, log } = parts;
  const actor = knownAs(installation.people, person);
  const done = await journal.reserve(sandbox.name, { ...wish, by: personOf(actor), ids: idsOfActor(actor) });
  const { reservation, former } = done;
  if (!reservation) return done;
  log.info('reserved', { target: sandbox.name, until: reservation.until, tookOver: former !== undefined });
  if (former && !isSamePerson(actor, former.by)) await tellFormer(parts, sandbox, former, reservation);
  return done;
}

/** @throws NotAllowedError */
export async function releaseFor(
  { journal, installation, clock, log }: Parts,
  person: Person,
  sandbox: Sandbox,
): Promise<Reservation | undefined> {
  const actor = knownAs(installation.people, person);
  const present = reservationOf(await journal.hold(sandbox.name), clock.now());
  authorise(sandbox, actor, present && !isSamePerson(actor, present.by) ? 'release' : 'reserve');
  const released = present && (await journal.release(sandbox.name, personOf(actor)));
  if (released) log.info('reservation-released', { target: sandbox.name });
  return released;
}

/** In their personal chat where it is known, and in the home of the sandbox. */
async function tellFormer(
  parts: Parts,
  sandbox: Sandbox,
  former: Reservation,
  { by, until, reason }: Reservation,
): Promise<void> {
  const { journal, installation, renderer, outbox, chat } = parts;
  const { name, title } = sandbox;
  const notice = {
    tone: 'info' as const,
    title: `${by.name} has taken ${title} over`,
    text: `${former.by.name} had reserved it until ${former.until}: ${former.reason}. It is kept by ${by.name} until ${until}: ${reason}`,
    remedy: `Talk to ${by.name}, or take it over again: /reserve ${name}.`,
  };
  const own = await journal.personalChat(idsOfActor(knownAs(installation.people, former.by)));
  const home = await homeOf(parts, { house: { sandbox } });
  for (const address of [own, home]) {
    if (!address) continue;
    const conversation = chat.conversationOf(address);
    // Alone, in their own zone; where many read, in the sandbox's.
    const reader = address === own ? await journal.chatReader(conversation) : undefined;
    const picture = renderer.notice(reader ?? inZoneOf(sandbox, { locale: 'en' }), notice);
    await outbox.post({ address, conversation, kind: 'note', picture }, picture);
  }
}

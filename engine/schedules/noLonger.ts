import type { Installation, Instant, Person, Reservation, Sandbox, Skip } from '../contracts.ts';
import { hasRoleFor, knownAs, ofReservation, reservationOf } from '../contracts/mayBeDone/index.ts';

/**
 * Whether whoever set up a schedule may replace the sandbox at this moment, as at the confirmation of any other request: days may
 * lie between an approval and the start.
 */
export function noLonger(
  by: Person,
  sandbox: Sandbox,
  { people }: Pick<Installation, 'people'>,
  { hold, now }: { readonly hold: { readonly reservation?: Reservation }; readonly now: Instant },
): { readonly why: Skip; readonly detail: string } | undefined {
  const actor = knownAs(people, by);
  if (!hasRoleFor('confirm', sandbox, actor))
    return { why: 'not-allowed', detail: `${by.name} may no longer ask for a refresh of ${sandbox.title}` };
  const kept = ofReservation(reservationOf(hold, now), actor);
  return kept && { why: 'reserved', detail: `By ${kept.by} until ${kept.until}: ${kept.reason}` };
}

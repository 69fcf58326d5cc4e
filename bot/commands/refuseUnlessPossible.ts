import type { Person, Run } from '../../engine/contracts.ts';
import { whyNot, type Deed } from '../../engine/contracts/mayBeDone/index.ts';
import { errorOf } from '../../engine/journal/refusals.ts';
import type { BotParts } from '../parts.ts';

/** Nobody is asked a question whose answer would be refused. @throws what the desk would throw */
export async function refuseUnlessPossible(
  { desk, journal, clock }: Pick<BotParts, 'desk' | 'journal' | 'clock'>,
  run: Run,
  deed: Deed,
  actor: Person,
): Promise<void> {
  const house = desk.house(run.target);
  const refusal = whyNot(run, deed, { now: clock.now(), actor, house, hold: await journal.hold(run.target) });
  if (refusal) throw errorOf(refusal, run, deed, house.sandbox.title);
}

import type { Instant, Sandbox } from '../../engine/contracts.ts';
import type { BotParts } from '../parts.ts';
import { comingOf } from './outlook.ts';

/** When a schedule begins the next refresh of a sandbox. */
export async function nextStart(
  { journal, clock }: Pick<BotParts, 'journal' | 'clock'>,
  sandbox: Sandbox,
): Promise<Instant | undefined> {
  const now = clock.now();
  const schedules = await journal.schedules({ target: sandbox.name, states: ['active'] });
  const coming = await Promise.all(schedules.map((one) => comingOf(journal, one, { sandbox, now, count: 1 })));
  return coming
    .flat()
    .map(({ at }) => at)
    .filter((at) => at > now)
    .sort()[0];
}

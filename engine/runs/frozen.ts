import { isInForce } from '../contracts/mayBeDone/index.ts';
import type { EngineParts } from '../parts.ts';

export async function isFrozen({ journal, clock }: EngineParts, target: string): Promise<boolean> {
  const { freeze } = await journal.hold(target);
  return isInForce(freeze, clock.now());
}

import type { CheckResult, Instant, LeftOut } from '../contracts.ts';
import { dayOf } from '../dayOf.ts';
import { blocked } from '../prerequisites/condition.ts';

/** A usual pack is left out for a while: after its last day the plan is refused until somebody has decided anew. */
export function leftOutChecks(
  leftOut: readonly LeftOut[],
  now: Instant,
  timeZone: string | undefined,
): readonly CheckResult[] {
  const limited = leftOut.filter(({ until }) => until !== undefined);
  if (limited.length === 0) return [];
  const today = dayOf(now, timeZone);
  return limited
    .filter(({ until = '' }) => until < today)
    .map(({ pack, until = '', owner = '' }) => ({
      name: 'pack-left-out',
      title: `Pack ${pack} was left out until ${until}`,
      ...blocked('declared', `${owner} answers for it; today is ${today}`, REMEDY),
    }));
}

const REMEDY = 'Take it out of withoutPacks in environments.yaml, or write a later day there, then plan again.';

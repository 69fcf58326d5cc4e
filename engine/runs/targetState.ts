import type { TargetState } from '../contracts.ts';
import type { Observation } from '../environments/observation.ts';

/** What people read of that which stands under the target's name. Only what answers as a whole is called old or new. */
export function stateOf(observed: Observation): TargetState {
  if (observed.target === 'old') return 'old';
  if (observed.target !== 'new') return 'none';
  return observed.isOpen ? 'new' : 'closed';
}

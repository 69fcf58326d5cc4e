import type { TargetState } from '../contracts.ts';
import type { Observation } from '../environments/provider.ts';

/** What people read of that which stands under the target's name. Only what answers as a whole is called old or new. */
export function stateOf(world: Observation): TargetState {
  if (world.target === 'old') return 'old';
  if (world.target !== 'new') return 'none';
  return world.isOpen ? 'new' : 'closed';
}

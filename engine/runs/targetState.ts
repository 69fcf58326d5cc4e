import type { TargetState } from '../contracts.ts';
import type { Observation } from '../environments/provider.ts';

/** The three words people read for what stands under the target's name. */
export function stateOf(world: Observation): TargetState {
  if (world.target === 'old') return 'old';
  return world.target === 'new' && world.isOpen ? 'new' : 'closed';
}

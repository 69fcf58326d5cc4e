import type { TargetState } from '../contracts.ts';
import type { World } from '../environments/provider.ts';

/** The three words people read for what stands under the target's name. */
export function stateOf(world: World): TargetState {
  if (world.target === 'old') return 'old';
  return world.target === 'new' && world.isOpen ? 'new' : 'closed';
}

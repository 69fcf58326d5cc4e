import type { Action, ActContext, Provider } from '../../../engine/environments/provider.ts';

/** One act of a worker that takes the target for it alone. */
export const actOn = (provider: Provider, action: Action, context: ActContext): Promise<void> =>
  provider.open(context.target, context, context.source).act(action, context);

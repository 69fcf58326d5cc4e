import type { Actor, Installation, Sandbox } from '../../engine/contracts.ts';
import { hasRoleFor } from '../../engine/contracts/mayBeDone/index.ts';
import type { authorise } from '../../engine/journal/authority.ts';

/** The same question as `authorise`, where a no is an answer and not a refusal. */
export const isAllowed = (sandbox: Sandbox, person: Actor, action: Parameters<typeof authorise>[2]): boolean =>
  hasRoleFor(action, sandbox, person);

/** Whether a button that begins a refresh leads anywhere but to a refusal. */
export const mayAskSomewhere = ({ sandboxes }: Pick<Installation, 'sandboxes'>, person: Actor): boolean =>
  sandboxes.some((one) => isAllowed(one, person, 'draft'));

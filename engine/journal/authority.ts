import type { Actor, Sandbox } from '../contracts.ts';
import { hasRoleFor, wordsFor, type NoDeed } from '../contracts/mayBeDone/index.ts';
import { NotAllowedError } from './errors.ts';
import type { EventKind } from './events.ts';

/** @throws NotAllowedError unless one of the person's Entra object ids, and the tenant, carry the role for this sandbox. */
export function authorise(sandbox: Sandbox, person: Actor, action: EventKind | NoDeed): void {
  if (!hasRoleFor(action, sandbox, person)) throw new NotAllowedError(wordsFor(action), sandbox.title);
}

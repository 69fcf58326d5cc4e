import type { Actor, Sandbox } from '../../engine/contracts.ts';
import { knownAs, rolesOf } from '../../engine/contracts/mayBeDone/index.ts';
import { TOLD_DEEDS, type SandboxRights } from '../../cards/index.ts';
import type { BotParts } from '../parts.ts';
import { isAllowed } from './access.ts';

type Parts = Pick<BotParts, 'installation'>;

/** What somebody may do on each sandbox of which they have a role; without a person, all of them. */
export function rightsOf({ installation }: Parts, person: Actor | undefined): readonly SandboxRights[] {
  const { sandboxes, people } = installation;
  if (!person) return sandboxes.map((sandbox) => rightsOn({ installation }, sandbox, undefined));
  const actor = knownAs(people, person);
  return sandboxes
    .filter((sandbox) => rolesOf(sandbox, actor).length > 0)
    .map((sandbox) => rightsOn({ installation }, sandbox, actor));
}

export function rightsOn(
  { installation: { people } }: Parts,
  sandbox: Sandbox,
  actor: Actor | undefined,
): SandboxRights {
  const { tenantId } = sandbox.administrator;
  const approvers = sandbox.approvers.map((id) => knownAs(people, { id, tenantId, name: '' }));
  // By another of their ids, the same person.
  const once = approvers.filter((one, n) => approvers.findIndex(({ ids, id }) => (ids ?? [id]).includes(one.id)) === n);
  const names = once
    .flatMap(({ id }) => people.filter((one) => one.id === id || one.ids?.includes(id)))
    .map(({ name }) => name);
  return {
    title: sandbox.title,
    ...(actor
      ? { roles: rolesOf(sandbox, actor), may: TOLD_DEEDS.filter((deed) => isAllowed(sandbox, actor, deed)) }
      : {}),
    approvers: names,
    unnamedApprovers: once.length - names.length,
  };
}

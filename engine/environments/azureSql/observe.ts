import { DATABASE_ROLES } from '../../contracts.ts';
import type { Artefact, Observation } from '../observation.ts';
import { roleByName } from '../sqlServer/names.ts';
import type { DatabaseResource } from './resourceManager/resources.ts';
import { runOfIntermediate } from './resourceManager/writable.ts';
import { accessOnTarget, isComplete, type RoleScan, scanWorld, targetOf, type World } from './world.ts';

export async function observe(world: World, runId: string): Promise<Observation> {
  const [roles, lying, beside] = await Promise.all([scanWorld(world, runId), listOnTarget(world), listOnSource(world)]);
  const intermediates = beside.map(({ runId: run, resource }): Artefact => {
    const state = resource.properties.status === 'Online' ? 'open' : 'restoring';
    return { role: 'incoming', name: resource.name, runId: run, at: 'source', state };
  });
  return {
    target: targetOf(roles),
    isOpen: isOpen(roles),
    artefacts: [...artefactsOf(roles, runId, lying), ...intermediates],
  };
}

export const isOpen = (roles: readonly RoleScan[]): boolean =>
  roles.every(({ target }) => target?.isOnline === true && target.userAccess === 'MULTI_USER');

interface Lying {
  readonly role: 'target' | 'incoming' | 'previous';
  readonly runId: string | undefined;
  readonly resource: DatabaseResource;
  readonly userAccess: string | undefined;
}

/** By names: what the target has on its server, of whichever run. */
export async function listOnTarget(world: World): Promise<readonly Lying[]> {
  const { target, targetManager, targetServer } = world;
  const [{ databases }, access] = await Promise.all([targetManager.databases(targetServer), accessOnTarget(world)]);
  return databases.flatMap((resource) =>
    DATABASE_ROLES.flatMap((databaseRole) => {
      const found = roleByName(target.databases[databaseRole], resource.name);
      const userAccess = access.get(resource.name.toLowerCase());
      return found === undefined ? [] : [{ role: found.role, runId: found.runId, resource, userAccess }];
    }),
  );
}

/** Intermediates on the source's server, of whichever run of this target. */
export async function listOnSource({
  source,
  sourceManager,
  sourceServer,
  target,
  targetServer,
}: World): Promise<readonly { readonly runId: string; readonly resource: DatabaseResource }[]> {
  const { databases } = await sourceManager.databases(sourceServer);
  const own = `${targetServer.server}/${target.databases.application}`.toLowerCase();
  return databases.flatMap((resource) => {
    const runId = DATABASE_ROLES.flatMap((role) => runOfIntermediate(source.databases[role], resource.name) ?? [])[0];
    return runId === undefined || resource.tags?.['rewind-target'] !== own ? [] : [{ runId, resource }];
  });
}

/** One artefact per role and run: the databases of an environment belong together. */
function artefactsOf(roles: readonly RoleScan[], runId: string, lying: readonly Lying[]): Artefact[] {
  const groups = Map.groupBy(lying, (one) => `${one.role} ${one.runId ?? ''}`);
  return [...groups.values()].flatMap((members): Artefact[] => {
    const [first] = members;
    if (first === undefined) return [];
    const run = first.role === 'target' ? roles[0]?.target?.marks?.get('Rewind.Run') : first.runId;
    return [
      {
        role: first.role,
        name: members.map(({ resource }) => resource.name).join(', '),
        ...(run === undefined ? {} : { runId: run }),
        state: stateOf(members, roles, runId),
      },
    ];
  });
}

function stateOf(members: readonly Lying[], roles: readonly RoleScan[], runId: string): Artefact['state'] {
  const [first] = members;
  const isOwnCopy = first?.role === 'incoming' && first.runId === runId;
  const isUnfinished =
    isOwnCopy && roles.some(({ incoming }) => incoming === undefined || !isComplete(incoming, runId));
  const isWhole = members.length === roles.length || first?.role !== 'incoming';
  if (
    isUnfinished ||
    !isWhole ||
    members.some(({ resource }) => /^(Restoring|Copying|Creating)$/.test(resource.properties.status))
  )
    return 'restoring';
  if (members.some(({ resource }) => !/^(Online|Paused|Resuming)$/.test(resource.properties.status))) return 'stopped';
  return members.some(({ userAccess }) => userAccess === 'MULTI_USER') ? 'open' : 'closed';
}

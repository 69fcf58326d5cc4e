import type { Sandbox } from '../../contracts.ts';
import type { Artefact, Observation } from '../observation.ts';
import { type Database, markOf } from './databases.ts';
import type { Connection } from '../../databases/sqlServer/connection.ts';
import { isComplete, namedFor, type NamedDatabase, scanTarget, type TargetScan } from './scanTarget.ts';

export async function observe(connection: Connection, target: Sandbox, runId: string): Promise<Observation> {
  const scan = await scanTarget(connection, target, runId);
  return { target: targetOf(scan), isOpen: isOpen(scan), artefacts: artefactsOf(scan, target) };
}

export function targetOf({ roles }: TargetScan): Observation['target'] {
  // A database that is not online answers nobody, whosever it is.
  const found = new Set(
    roles.map(({ shape, target }) => (target?.database.state === 'ONLINE' ? shape.split(' ')[0] : 'none')),
  );
  const [only] = found;
  if (found.size !== 1) return 'split';
  return only === 'old' || only === 'new' ? only : 'none';
}

const isOpen = ({ roles }: TargetScan): boolean =>
  roles.every(({ target }) => target?.database.state === 'ONLINE' && target.database.userAccess === 'MULTI_USER');

/** One artefact per role and run: the databases of an environment belong together. */
function artefactsOf(scan: TargetScan, target: Sandbox): Artefact[] {
  const groups = Map.groupBy(namedFor(target, scan.databases), ({ role, runId }) => `${role} ${runId ?? ''}`);
  return [...groups.values()].flatMap((members) => {
    const [first] = members;
    if (first === undefined) return [];
    const runId = first.role === 'target' ? runUnderTarget(scan) : first.runId;
    return [
      {
        role: first.role,
        name: members.map(({ database }) => database.name).join(', '),
        ...(runId === undefined ? {} : { runId }),
        state: stateOf(members, scan),
      },
    ];
  });
}

const runUnderTarget = ({ roles }: TargetScan) => markOf(roles[0]?.target?.marks, 'Rewind.Run');

function stateOf(members: readonly NamedDatabase[], scan: TargetScan): Artefact['state'] {
  const states = new Set(
    members.map(({ database, role }) => stateOfOne(database, role === 'incoming' && isUnfinished(database, scan))),
  );
  const isWhole = members.length === scan.roles.length;
  if (states.has('restoring') || (!isWhole && members[0]?.role === 'incoming')) return 'restoring';
  if (states.has('stopped')) return 'stopped';
  return states.has('open') ? 'open' : 'closed';
}

function isUnfinished(database: Database, { roles, runId }: TargetScan): boolean {
  const own = roles.find(({ incoming }) => incoming?.database.id === database.id)?.incoming;
  return own !== undefined && !isComplete(own, runId);
}

function stateOfOne({ state, userAccess }: Database, isUnfinished: boolean): Artefact['state'] {
  if (isUnfinished || state === 'RESTORING' || state === 'RECOVERING') return 'restoring';
  if (state !== 'ONLINE') return 'stopped';
  return userAccess === 'MULTI_USER' ? 'open' : 'closed';
}

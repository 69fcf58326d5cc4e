import { DATABASE_ROLES, type Environment } from '../../../contracts.ts';
import type { Permission } from '../../providerDefinition.ts';
import { databaseId, type LogicalServer, serverId } from '../resourceManager/addresses.ts';
import type { ResourceManager } from '../resourceManager/resourceManager.ts';
import type { Granted } from '../resourceManager/resources.ts';
import { runOfIntermediate } from '../resourceManager/writable.ts';
import { sandboxSettings, sourceSettings } from '../settings.ts';
import { type SqlAddress, strayHosts } from './hosts.ts';
import { locksIn } from './obstacles.ts';

type Kind = 'source' | 'target';

interface Right {
  readonly action: string;
  readonly why: string;
  /** Without it something is not said beforehand. */
  readonly isNeeded?: false;
}

const SHARED: readonly Right[] = [
  { action: 'servers/read', why: 'find the server’s region and address' },
  { action: 'servers/databases/read', why: 'look at the databases' },
  { action: 'servers/databases/write', why: 'restore, copy and tag a run’s own databases' },
  { action: 'servers/databases/delete', why: 'delete what a run has made' },
  { action: 'servers/databases/operations/read', why: 'find an operation again after a crash' },
  { action: 'servers/databases/usages/read', why: 'say how large the databases are' },
  { action: 'servers/databases/backupShortTermRetentionPolicies/read', why: 'see how long backups are kept' },
  {
    action: 'servers/databases/backupShortTermRetentionPolicies/write',
    why: 'keep unsanitized backups for one day only',
  },
  { action: 'servers/usages/read', why: 'see in the plan whether its quota leaves room', isNeeded: false },
];

const OF_TARGET: readonly Right[] = [
  { action: 'servers/databases/move/action', why: 'switch by renames' },
  { action: 'servers/databases/replicationLinks/read', why: 'refuse a sandbox that is replicated' },
  { action: 'servers/databases/backupLongTermRetentionPolicies/read', why: 'refuse a sandbox with long-term backups' },
  { action: 'servers/failoverGroups/read', why: 'refuse a sandbox in a failover group' },
  { action: 'servers/elasticPools/read', why: 'see whether the pool takes a copy' },
];

const LOCKS: Right = {
  action: 'Microsoft.Authorization/locks/read',
  why: 'see that production is locked against deletion',
};

/** What the identity may do on one server, by its roles; what it must not; and what else has to be so there. */
export async function listRights(
  environment: Environment,
  kind: Kind,
  server: LogicalServer,
  manager: ResourceManager,
): Promise<readonly Permission[]> {
  const granted = await manager.permissions(serverId(server));
  const wanted = [...SHARED, ...(kind === 'target' ? OF_TARGET : []), LOCKS];
  const rights = wanted.map(({ action, why, isNeeded = true }): Permission => {
    const name = action.includes('/') && action.startsWith('Microsoft.') ? action : `Microsoft.Sql/${action}`;
    const has = isGranted(granted, name);
    return { name, has, isNeeded, why, statement: has ? '' : ROLE };
  });
  if (rights.some(({ name, has }) => /servers\/read$|databases\/read$|locks\/read$/.test(name) && has !== true))
    return rights;
  const stray = await strayHosts(manager, server, addressOf(environment, kind));
  return [
    ...rights,
    hostLine(addressOf(environment, kind), stray[0]),
    ...(kind === 'source'
      ? await ofSource(environment, server, manager, granted)
      : await ofTarget(environment, server, manager)),
  ];
}

const addressOf = ({ settings }: Environment, kind: Kind): SqlAddress =>
  kind === 'target'
    ? { setting: 'sql', url: sandboxSettings.parse(settings).sql }
    : { setting: 'closer', url: sourceSettings.parse(settings).closer };

const hostLine = (
  { setting }: SqlAddress,
  stray: Awaited<ReturnType<typeof strayHosts>>[number] | undefined,
): Permission => ({
  name: `${setting} leads to the server`,
  has: stray === undefined,
  isNeeded: true,
  why: 'SQL has to reach the databases that Azure is asked about',
  statement: stray === undefined ? '' : `set the host of ${setting} to ${stray.expected}; it is ${stray.host}`,
});

const ROLE = 'az role assignment create … with the role of docs/providers/azure-sql.md';

const MOVE = 'Microsoft.Sql/servers/databases/move/action';

async function ofSource(
  environment: Environment,
  server: LogicalServer,
  manager: ResourceManager,
  granted: readonly Granted[],
): Promise<readonly Permission[]> {
  const names = DATABASE_ROLES.map((role) => environment.databases[role]);
  const [locks, { databases }] = await Promise.all([locksIn(manager, server, names), manager.databases(server)]);
  const left = databases
    .map(({ name }) => name)
    .filter((name) => names.some((one) => runOfIntermediate(one, name) !== undefined));
  return [
    {
      name: `no ${MOVE}`,
      has: !isGranted(granted, MOVE),
      isNeeded: false,
      why: 'whoever restores beside production must not be able to rename it',
      statement: isGranted(granted, MOVE) ? `put ${MOVE} under NotActions of the role` : '',
    },
    // A sandbox that is a source as well has to be deleted when its way back ends.
    ...(environment.kind === 'production' ? locks : []).map(({ name, isOwn }) => ({
      name: `CanNotDelete lock on ${name}`,
      has: isOwn,
      isNeeded: true,
      why: 'the right to delete cannot be narrowed to names',
      statement: isOwn
        ? ''
        : `az lock create --lock-type CanNotDelete --name keep --resource '${databaseId(server, name)}'`,
    })),
    {
      name: 'no lock above the databases',
      has: !locks.some(({ isAbove }) => isAbove),
      isNeeded: true,
      why: 'it would keep the intermediates as well',
      statement: locks.some(({ isAbove }) => isAbove) ? 'az lock delete … for the lock of the server or its group' : '',
    },
    {
      name: 'no intermediates left behind',
      has: left.length === 0,
      isNeeded: false,
      why: 'they hold production’s data, unsanitized; one of a run that goes on now is no leftover',
      statement: left.map((name) => `az sql db delete --ids '${databaseId(server, name)}'`).join('; '),
    },
  ];
}

async function ofTarget(
  environment: Environment,
  server: LogicalServer,
  manager: ResourceManager,
): Promise<readonly Permission[]> {
  const names = DATABASE_ROLES.map((role) => environment.databases[role]);
  const locked = (await locksIn(manager, server, names)).filter(({ isOwn, isAbove }) => isOwn || isAbove);
  return [
    {
      name: 'no lock on the sandbox',
      has: locked.length === 0,
      isNeeded: true,
      why: 'a run deletes its copies and, later, the former databases',
      statement: locked.map(({ name }) => `az lock delete … for ${name}`).join('; '),
    },
  ];
}

/** A pattern of a role may hold asterisks; what a role takes away it does not give, but another may. */
function isGranted(granted: readonly Granted[], action: string): boolean {
  const matches = (pattern: string) =>
    new RegExp(
      `^${pattern
        .split('*')
        .map((part) => part.replaceAll(/[.\\/+?^${}()|[\]]/g, String.raw`\$&`))
        .join('.*')}$`,
      'i',
    ).test(action);
  return granted.some(({ actions, notActions }) => actions.some(matches) && !notActions.some(matches));
}

import { DATABASE_ROLES } from '../../../contracts.ts';
import { databaseId, type LogicalServer, poolId, serverId } from '../resourceManager/addresses.ts';
import type { ResourceManager } from '../resourceManager/resourceManager.ts';
import { failoverGroup, linkResource, longTermRetention, poolResource } from '../resourceManager/resources.ts';
import type { World } from '../world.ts';
import { strayHosts } from './hosts.ts';
import type { Both, Obstacle } from './obstacle.ts';
import { ofQuota } from './quota.ts';

/** Everything that would stop a run, asked before there is one; each with what to do. */
export async function findObstacles(world: World, both: Both): Promise<readonly Obstacle[]> {
  const found = await Promise.all([
    Promise.resolve(ofPlaces(world)),
    ofSource(world, both),
    ofTarget(world, both),
    ofLocks(world),
    ofPool(world, both),
    ofControl(world),
    ofHosts(world),
    ofQuota(world, both),
  ]);
  return found.flat();
}

function ofPlaces({ source, target, sourceServer, targetServer }: World): readonly Obstacle[] {
  const isOne = sourceServer.subscription.toLowerCase() === targetServer.subscription.toLowerCase();
  return [
    ...(isOne
      ? []
      : [
          {
            what: `${source.name} lies in another subscription`,
            remedy: 'Azure copies within one subscription: move the sandbox’s server.',
          },
        ]),
    ...(source.settings.closeIntermediate === 'required' && source.settings.closer === undefined
      ? [
          {
            what: `${source.name} requires its intermediates to be closed, and names no login that could`,
            remedy: 'Give the source `closer`, or another `closeIntermediate`.',
          },
        ]
      : []),
    ...(source.settings.cloud === target.settings.cloud
      ? []
      : [{ what: `${source.name} lies in another cloud`, remedy: 'Azure copies within one cloud.' }]),
  ];
}

async function ofHosts({ source, sourceManager, sourceServer, target, targetManager, targetServer }: World) {
  const found = await Promise.all([
    strayHosts(sourceManager, sourceServer, { setting: 'closer', url: source.settings.closer }),
    strayHosts(targetManager, targetServer, { setting: 'sql', url: target.settings.sql }),
  ]);
  return found.flat().map(({ setting, host, expected }) => ({
    what: `\`${setting}\` leads to ${host}, and the server is ${expected}`,
    remedy: `Give \`${setting}\` the address ${expected}, or correct \`server\`.`,
  }));
}

async function ofSource({ source }: World, { sources }: Both): Promise<readonly Obstacle[]> {
  return DATABASE_ROLES.flatMap((role, index) => {
    const [name, found] = [source.databases[role], sources[index]];
    if (found === undefined) return [{ what: `${name} is not there`, remedy: 'Correct the databases of the source.' }];
    if (found.properties.secondaryType !== undefined)
      return [
        {
          what: `${name} is a geo-secondary, of which Azure restores nothing`,
          remedy: 'Name the primary as the source.',
        },
      ];
    return [];
  });
}

/** A database that replicates cannot be renamed (40680); long-term backups would keep unsanitized data for weeks. */
async function ofTarget(
  { target, targetManager: manager, targetServer: server }: World,
  { targets }: Both,
): Promise<readonly Obstacle[]> {
  const groups = await manager.list(serverId(server), '/failoverGroups', failoverGroup);
  const grouped = new Set(groups.flatMap(({ properties }) => properties.databases.map((id) => id.toLowerCase())));
  const each = DATABASE_ROLES.map(async (role, index): Promise<readonly Obstacle[]> => {
    const [name, found] = [target.databases[role], targets[index]];
    if (found === undefined) return [{ what: `${name} is not there`, remedy: 'Correct the databases of the sandbox.' }];
    const id = databaseId(server, name);
    const [links, longTerm] = await Promise.all([
      manager.list(id, '/replicationLinks', linkResource),
      manager.read(id, '/backupLongTermRetentionPolicies/default', longTermRetention),
    ]);
    const { weeklyRetention, monthlyRetention, yearlyRetention } = longTerm?.properties ?? {};
    const isLong = [weeklyRetention, monthlyRetention, yearlyRetention].some(
      (one) => one !== undefined && one !== 'PT0S',
    );
    return [
      ...(links.length > 0 || grouped.has(id.toLowerCase())
        ? [
            {
              what: `${name} is replicated, and cannot be renamed`,
              remedy: 'Take it out of geo-replication or its failover group.',
            },
          ]
        : []),
      ...(isLong
        ? [
            {
              what: `${name} has long-term retention, which would keep backups from before the sanitization`,
              remedy: 'Take its long-term retention away.',
            },
          ]
        : []),
      ...(/^(Online|Paused|Resuming)$/.test(found.properties.status)
        ? []
        : [{ what: `${name} is ${found.properties.status}`, remedy: 'Bring it online.' }]),
    ];
  });
  return (await Promise.all(each)).flat();
}

/**
 * The right to delete on production's server cannot be narrowed to names, so each production database has to be locked against it, and
 * nothing above: that would keep the intermediates as well.
 */
async function ofLocks({
  source,
  sourceManager,
  sourceServer,
  target,
  targetManager,
  targetServer,
}: World): Promise<readonly Obstacle[]> {
  const [onSource, onTarget] = await Promise.all([
    locksIn(
      sourceManager,
      sourceServer,
      DATABASE_ROLES.map((role) => source.databases[role]),
    ),
    locksIn(
      targetManager,
      targetServer,
      DATABASE_ROLES.map((role) => target.databases[role]),
    ),
  ]);
  const unlocked = source.kind === 'production' ? onSource.filter(({ isOwn }) => !isOwn) : [];
  const server = (one: LogicalServer, isAbove: boolean) =>
    isAbove
      ? [
          {
            what: `a lock above the databases of ${one.server} would keep what a run has to delete`,
            remedy: 'Lock the databases themselves, not their server or its group.',
          },
        ]
      : [];
  return [
    ...unlocked.map(({ name }) => ({
      what: `${name} is not locked against deletion`,
      remedy: `Put a CanNotDelete lock on it: az lock create --lock-type CanNotDelete --name keep --resource '${databaseId(sourceServer, name)}'.`,
    })),
    ...server(
      sourceServer,
      onSource.some(({ isAbove }) => isAbove),
    ),
    ...server(
      targetServer,
      onTarget.some(({ isAbove }) => isAbove),
    ),
    ...onTarget
      .filter(({ isOwn }) => isOwn)
      .map(({ name }) => ({
        what: `${name} is locked, and would stay behind when its way back ends`,
        remedy: `Take the lock of ${name} away.`,
      })),
  ];
}

/** Whether a database has a lock of its own, and whether one lies above it; its scope tells, whatever else the list holds. */
export async function locksIn(manager: ResourceManager, server: LogicalServer, names: readonly string[]) {
  return Promise.all(
    names.map(async (name) => {
      const id = databaseId(server, name).toLowerCase();
      const locks = await manager.locks(databaseId(server, name));
      const above = (scope: string) => serverId(server).toLowerCase().startsWith(scope) || id.startsWith(`${scope}/`);
      const scopes = locks.map(({ scope }) => scope.toLowerCase());
      return { name, isOwn: scopes.includes(id), isAbove: scopes.some((scope) => scope !== id && above(scope)) };
    }),
  );
}

async function ofPool(
  { target, targetManager: manager, targetServer: server }: World,
  { sources }: Both,
): Promise<readonly Obstacle[]> {
  const { copy } = target.settings;
  const isHyperscale = sources.some((one) => one?.sku?.tier === 'Hyperscale');
  if ('sku' in copy)
    return isHyperscale && copy.sku.tier !== 'Hyperscale'
      ? [
          {
            what: 'production is Hyperscale, which is copied to Hyperscale alone',
            remedy: 'Give `copy` a service objective of Hyperscale.',
          },
        ]
      : [];
  const pool = await manager.read(poolId(server, copy.elasticPool), '', poolResource);
  if (pool === undefined)
    return [
      { what: `there is no elastic pool ${copy.elasticPool}`, remedy: 'Correct `copy.elasticPool`, or make the pool.' },
    ];
  return pool.properties.state === undefined || pool.properties.state === 'Ready'
    ? []
    : [{ what: `the elastic pool ${copy.elasticPool} is ${pool.properties.state}`, remedy: 'Wait until it is ready.' }];
}

async function ofControl({
  target,
  targetManager: manager,
  targetServer: server,
}: World): Promise<readonly Obstacle[]> {
  const { controlDatabase } = target.settings;
  if ((await manager.database(server, controlDatabase)) !== undefined) return [];
  return [
    {
      what: `there is no database ${controlDatabase} for the fence`,
      remedy: `Have the server’s administrator make ${controlDatabase} (Basic is enough), with the service as db_owner.`,
    },
  ];
}

import { DATABASE_ROLES } from '../../../contracts.ts';
import { roleByName } from '../../sqlServer/names.ts';
import { listOnSource } from '../observe.ts';
import type { LogicalServer } from '../resourceManager/addresses.ts';
import { AzureRightMissingError } from '../resourceManager/errors.ts';
import { isRefusal } from '../resourceManager/classify.ts';
import type { ResourceManager } from '../resourceManager/resourceManager.ts';
import type { DatabaseResource, UsageResource } from '../resourceManager/resources.ts';
import type { World } from '../world.ts';
import type { Both, Obstacle } from './obstacle.ts';

interface Load {
  readonly vcores: number;
  readonly dtus: number;
}

/** Both at once, for both databases: the copies come while the intermediates are still there. */
interface Wanted {
  readonly manager: ResourceManager;
  readonly server: LogicalServer;
  readonly locations: readonly string[];
  readonly load: Load;
  /** `intermediates`. */
  readonly what: string;
  readonly setting: string;
}

/**
 * What a run makes has to fit into what subscription and server may have: asked where Azure tells it, and left to the request that it
 * refuses where it does not, or where the identity may not ask.
 */
export async function ofQuota(world: World, { sources, targets }: Both): Promise<readonly Obstacle[]> {
  const { source, sourceManager, sourceServer, target, targetManager, targetServer } = world;
  const { copy } = target.settings;
  const intermediates: Wanted = {
    ...{ manager: sourceManager, server: sourceServer, locations: locationsOf(sources) },
    ...{ load: twice(loadOf(source.settings.intermediate)), what: 'the intermediates', setting: '`intermediate`' },
  };
  const copies: Wanted = {
    ...{ manager: targetManager, server: targetServer, locations: locationsOf(targets) },
    // What lies in a pool is counted with the pool.
    ...{
      load: 'sku' in copy ? twice(loadOf(copy.sku)) : { vcores: 0, dtus: 0 },
      what: 'the copies',
      setting: '`copy`',
    },
  };
  const look = async (given: readonly Wanted[]) => {
    const found = await Promise.all([...given.map(ofServer), ofRegions(sourceManager, sourceServer, given)]);
    return found.flat();
  };
  const found = await look([intermediates, copies]);
  if (found.length === 0) return found;
  const [beside, lying] = await Promise.all([listOnSource(world), listOfRuns(world)]);
  return look([
    less(
      intermediates,
      beside.map(({ resource }) => resource),
    ),
    less(copies, lying),
  ]);
}

/** What earlier runs have left on the target's server, the former databases among them: some of it goes before a copy comes. */
async function listOfRuns({ target, targetManager, targetServer }: World): Promise<readonly DatabaseResource[]> {
  const { databases } = await targetManager.databases(targetServer);
  const isOfRun = ({ name }: DatabaseResource) =>
    DATABASE_ROLES.some((role) => roleByName(target.databases[role], name)?.runId !== undefined);
  return databases.filter(isOfRun);
}

/** Counted as free: a plan that is refused in vain is worse than a request that Azure refuses. */
function less(wanted: Wanted, lying: readonly DatabaseResource[]): Wanted {
  const loads = lying.filter(({ properties }) => properties.elasticPoolId === undefined).map(loadOfResource);
  const sum = (of: keyof Load) => loads.reduce((all, load) => all + load[of], 0);
  return { ...wanted, load: { vcores: wanted.load.vcores - sum('vcores'), dtus: wanted.load.dtus - sum('dtus') } };
}

/** Resource Manager gives the number of either as the capacity. */
function loadOfResource({ sku }: DatabaseResource): Load {
  const capacity = sku?.capacity ?? 0;
  return /^(GP|BC|HS)_/.test(sku?.name ?? '') ? { vcores: capacity, dtus: 0 } : { vcores: 0, dtus: capacity };
}

const locationsOf = (databases: readonly (DatabaseResource | undefined)[]): readonly string[] => [
  ...new Set(databases.flatMap((one) => one?.location.toLowerCase() ?? [])),
];

const twice = ({ vcores, dtus }: Load): Load => ({ vcores: 2 * vcores, dtus: 2 * dtus });

/** `GP_Gen5_4` has four vCores, serverless (`GP_S_Gen5_4`) at most so many; `S3` and `P6` have DTUs. */
export function loadOf({ name }: { readonly name: string }): Load {
  const vcores = /^(?:GP|BC|HS)(?:_S)?_[A-Za-z]+\d*_(\d+)$/.exec(name)?.[1];
  return { vcores: Number(vcores ?? 0), dtus: DTUS[name.toUpperCase()] ?? 0 };
}

/** "Resource limits for single databases using the DTU purchasing model". */
const DTUS: Readonly<Record<string, number>> = {
  ...{ BASIC: 5, S0: 10, S1: 20, S2: 50, S3: 100, S4: 200, S6: 400, S7: 800, S9: 1600, S12: 3000 },
  ...{ P1: 125, P2: 250, P4: 500, P6: 1000, P11: 1750, P15: 4000 },
};

async function ofServer({ manager, server, load, what, setting }: Wanted): Promise<readonly Obstacle[]> {
  if (load.dtus <= 0) return [];
  const usages = await ifTold(manager.serverUsages(server));
  return usages.flatMap((usage) =>
    usage.name === 'server_dtu_quota_current'
      ? lacking(usage, load.dtus, `DTUs of ${server.server}`, what, setting)
      : [],
  );
}

/** One subscription has both servers; what is made in one region counts together. */
async function ofRegions(
  manager: ResourceManager,
  { subscription }: LogicalServer,
  wanted: readonly Wanted[],
): Promise<readonly Obstacle[]> {
  const locations = [...new Set(wanted.flatMap(({ locations: all }) => all))];
  const found = await Promise.all(
    locations.map(async (location) => {
      const here = wanted.filter(({ locations: all }) => all[0] === location);
      const vcores = here.reduce((sum, { load }) => sum + load.vcores, 0);
      if (vcores <= 0) return [];
      const usages = await ifTold(manager.regionUsages(subscription, location));
      const taking = here.filter(({ load }) => load.vcores > 0);
      const [what, setting] = [
        taking.map((one) => one.what).join(' and '),
        taking.map((one) => one.setting).join(' or '),
      ];
      return usages.flatMap((usage) =>
        usage.name.startsWith('RegionalVCoreQuota')
          ? lacking(usage, vcores, `vCores in ${location}`, what, setting)
          : [],
      );
    }),
  );
  return found.flat();
}

/** A right that nothing else needs, and figures that not every subscription has: without them nothing is refused. */
async function ifTold(asked: Promise<readonly UsageResource[]>): Promise<readonly UsageResource[]> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof AzureRightMissingError || isRefusal(error, 404) || isRefusal(error, 400)) return [];
    throw error;
  }
}

function lacking(
  { properties: { currentValue, limit } }: UsageResource,
  needed: number,
  of: string,
  what: string,
  setting: string,
): readonly Obstacle[] {
  if (limit === undefined || currentValue + needed <= limit) return [];
  const free = Math.max(0, limit - currentValue);
  return [
    {
      what: `${what} take ${String(needed)} ${of}, of which ${String(free)} of ${String(limit)} are free`,
      remedy: `Give ${setting} a smaller service objective, drop what is no longer needed, or have the quota raised.`,
    },
  ];
}

import { z } from 'zod';
import { unlessAborted } from '../../bounded.ts';
import type { Clock } from '../../clock.ts';
import { DATABASE_ROLES, type DatabaseRole } from '../../contracts.ts';
import type { ServerAddress } from '../../databases/sqlServer/address.ts';
import type { Connection } from '../../databases/sqlServer/connection.ts';
import { LoginRefusedError } from '../../databases/sqlServer/login/errors.ts';
import { type Names, namesOf } from '../sqlServer/names.ts';
import type { Shape } from '../sqlServer/swap/repairTable.ts';
import { type Marks, readMarksIn } from './marks.ts';
import { openDatabase } from './openDatabase.ts';
import type { LogicalServer } from './resourceManager/addresses.ts';
import type { ResourceManager } from './resourceManager/resourceManager.ts';
import type { DatabaseResource } from './resourceManager/resources.ts';
import { intermediateName, type Writables } from './resourceManager/writable.ts';
import { readAccessOf } from './statements.ts';
import type { AzureSandbox, AzureSource } from './settings.ts';

/** A source and a target of Azure SQL, and how both are reached. */
export interface World {
  readonly source: AzureSource;
  readonly target: AzureSandbox;
  readonly sourceServer: LogicalServer;
  readonly targetServer: LogicalServer;
  readonly sourceManager: ResourceManager;
  readonly targetManager: ResourceManager;
  readonly writables: Writables;
  /** Where the target's server speaks SQL. */
  readonly address: ServerAddress;
  readonly closer: ServerAddress | undefined;
  /** To the target's master: for looking. */
  master(): Promise<Connection>;
  readonly clock: Clock;
  /** Of the hold by which it is looked at: whoever lets go waits for no login any more. */
  readonly signal?: AbortSignal | undefined;
  readonly say?: ((sentence: string) => void) | undefined;
}

export interface Placed {
  readonly resource: DatabaseResource;
  readonly isOnline: boolean;
  readonly userAccess: string | undefined;
  /** Absent where it could not be read: not online, or not the service's. */
  readonly marks?: Marks;
}

/** What lies on both servers of one database of the target, seen from one run. */
export interface RoleScan {
  readonly role: DatabaseRole;
  readonly names: Names;
  readonly intermediate: DatabaseResource | undefined;
  readonly target: Placed | undefined;
  readonly incoming: Placed | undefined;
  readonly previous: Placed | undefined;
  readonly shape: Shape;
}

/** Who a run's databases say they belong to: another installation on the same server counts its runs as well. */
export const tagsOf = ({ target, targetServer }: World, runId: string) => ({
  'rewind-run': runId,
  'rewind-target': `${targetServer.server}/${target.databases.application}`.toLowerCase(),
});

export function isTaggedFor(world: World, { tags = {} }: DatabaseResource, runId: string): boolean {
  return Object.entries(tagsOf(world, runId)).every(([name, value]) => tags[name] === value);
}

/** Name by name, for a list may be late: states, who may enter, and the marks that the databases carry. */
export async function scanWorld(world: World, runId: string): Promise<readonly RoleScan[]> {
  const access = await accessOnTarget(world);
  return Promise.all(DATABASE_ROLES.map((role) => scanRole(world, runId, role, access)));
}

const accessRow = z.object({ name: z.string(), userAccess: z.string() });

export async function accessOnTarget(world: World): Promise<ReadonlyMap<string, string>> {
  const { signal } = world;
  const master = await unlessAborted(world.master(), signal);
  const rows = await master.ask(readAccessOf(), accessRow, {
    doing: 'reading who may enter which database',
    ...(signal === undefined ? {} : { signal }),
  });
  return new Map(rows.map(({ name, userAccess }) => [name.toLowerCase(), userAccess]));
}

async function scanRole(
  world: World,
  runId: string,
  role: DatabaseRole,
  access: ReadonlyMap<string, string>,
): Promise<RoleScan> {
  const { source, target, sourceManager, sourceServer, targetManager, targetServer } = world;
  const names = namesOf(target.databases[role], runId);
  const [intermediate, ...resources] = await Promise.all([
    sourceManager.database(sourceServer, intermediateName(source.databases[role], runId)),
    ...(['target', 'incoming', 'previous'] as const).map((place) => targetManager.database(targetServer, names[place])),
  ]);
  const [standing, incoming, previous] = await Promise.all(
    resources.map(async (resource, index) => resource && place(world, resource, access, index === 0)),
  );
  const placed = { target: standing, incoming, previous };
  return { role, names, intermediate, ...placed, shape: shapeOf(placed, runId) };
}

/** A paused database wakes up for whoever logs in. */
const ANSWERING = /^(Online|Paused|Resuming)$/;

/** `mustAnswer`: what only lies beside the target may be somebody else's, and turn the service away. */
async function place(
  world: World,
  resource: DatabaseResource,
  access: ReadonlyMap<string, string>,
  mustAnswer: boolean,
): Promise<Placed> {
  const userAccess = access.get(resource.name.toLowerCase());
  const isOnline = ANSWERING.test(resource.properties.status);
  if (!isOnline) return { resource, isOnline, userAccess };
  try {
    await using connection = await openDatabase(world.address, resource.name, world);
    return { resource, isOnline, userAccess, marks: await readMarksIn(connection, resource.name) };
  } catch (error) {
    if (mustAnswer || !(error instanceof LoginRefusedError)) throw error;
    return { resource, isOnline, userAccess };
  }
}

export const isComplete = ({ isOnline, marks }: Placed, runId: string): boolean =>
  isOnline && marks?.get('Rewind.Run') === runId;

/** As on a SQL Server: beside the former database that a run put aside, with no copy of that run left, what stands there is the run's. */
function shapeOf(
  { target, incoming, previous }: Pick<RoleScan, 'target' | 'incoming' | 'previous'>,
  runId: string,
): Shape {
  const isCopyHere = incoming !== undefined && isComplete(incoming, runId);
  const isElimination = previous !== undefined && !isCopyHere;
  const found = target === undefined ? 'none' : (isMarkedFor(target, runId) ?? isElimination) ? 'new' : 'old';
  return `${found} ${isCopyHere ? 'incoming' : '-'} ${previous === undefined ? '-' : 'previous'}`;
}

export function isMarkedFor({ marks }: Placed, runId: string): boolean | undefined {
  const run = marks?.get('Rewind.Run');
  return run === undefined || run === '' ? undefined : run === runId;
}

export function targetOf(roles: readonly RoleScan[]): 'old' | 'new' | 'none' | 'split' {
  const found = new Set(roles.map(({ shape, target }) => (target?.isOnline === true ? shape.split(' ')[0] : 'none')));
  const [only] = found;
  if (found.size !== 1) return 'split';
  return only === 'old' || only === 'new' ? only : 'none';
}

import { DATABASE_ROLES, type Instant, type Retirement } from '../../../contracts.ts';
import { refuseUnreachable } from '../../../recovery/refuseUnreachable.ts';
import type { RestorePlan } from '../../provider.ts';
import { TargetIsProductionError } from '../../errors.ts';
import { AzureObstacleError } from '../errors.ts';
import { identityOf } from '../identity.ts';
import { listOnSource, listOnTarget } from '../observe.ts';
import { azureWords, surveySource } from '../survey.ts';
import type { DatabaseResource } from '../resourceManager/resources.ts';
import { intermediateName } from '../resourceManager/writable.ts';
import { namesOf } from '../../sqlServer/names.ts';
import type { World } from '../world.ts';
import { surroundingChecks } from './checks.ts';
import type { Both } from './obstacle.ts';
import { findObstacles } from './obstacles.ts';

/** Looks at both servers; every refusal here is one that no restore has to find out after hours. */
export async function planRestore(world: World, at: Instant): Promise<RestorePlan> {
  const { source, target, sourceManager, sourceServer, targetManager, targetServer, clock } = world;
  const survey = await surveySource(source, { manager: sourceManager, server: sourceServer, clock });
  refuseUnreachable(survey, at, azureWords);
  const [sources, targets] = await Promise.all([
    Promise.all(DATABASE_ROLES.map((role) => sourceManager.database(sourceServer, source.databases[role]))),
    Promise.all(DATABASE_ROLES.map((role) => targetManager.database(targetServer, target.databases[role]))),
  ]);
  const both: Both = { sources, targets };
  const ids = (found: Both['sources']) => found.flatMap((one) => one?.properties.databaseId ?? []);
  if (ids(sources).some((id) => ids(targets).includes(id))) throw new TargetIsProductionError(target.name, source.name);
  const obstacles = await findObstacles(world, both);
  if (obstacles.length > 0) throw new AzureObstacleError(target.name, obstacles);
  const [lying, beside] = await Promise.all([listOnTarget(world), listOnSource(world)]);
  const lyingAs = (wanted: 'incoming' | 'previous') => lying.filter(({ role }) => role === wanted);
  const sizes = await Promise.all(
    DATABASE_ROLES.map((role) => sourceManager.usedBytes(sourceServer, source.databases[role]).catch(() => undefined)),
  );
  const restoreBytes = sizes.reduce<number>((sum, bytes) => sum + (bytes ?? 0), 0);
  return {
    sourceIdentity: identityOf(sources),
    targetIdentity: identityOf(targets),
    at: { application: at, financialReporting: at },
    chain: chainOf(world),
    checks: surroundingChecks(world, both),
    copies: retirements(world, [...lyingAs('incoming'), ...beside]),
    formers: retirements(world, lyingAs('previous')),
    ...(restoreBytes === 0 ? {} : { restoreBytes }),
  };
}

/** One line per database: where it is restored from Azure's own backups, and where it is copied to. */
const chainOf = ({ source, target, sourceServer, targetServer }: World): readonly string[] =>
  DATABASE_ROLES.map((role) => {
    const intermediate = intermediateName(source.databases[role], 'RUN');
    const { incoming } = namesOf(target.databases[role], 'RUN');
    return `Azure’s backups of ${source.databases[role]}: restored as ${intermediate} on ${sourceServer.server}, copied to ${incoming} on ${targetServer.server}`;
  });

function retirements(
  { target }: World,
  lying: readonly { readonly runId: string | undefined; readonly resource: DatabaseResource }[],
): readonly Retirement[] {
  const found = lying.filter(({ runId }) => runId !== undefined);
  return [...Map.groupBy(found, ({ runId }) => runId ?? '')].map(([runId, members]) => ({
    runId,
    names: members.map(({ resource }) => resource.name).toSorted(byRole(target.databases.application)),
    // What it is billed for: Azure says it per database.
    sizeBytes: members.reduce((sum, { resource }) => sum + (resource.properties.maxSizeBytes ?? 0), 0),
  }));
}

const byRole = (application: string) => (left: string, right: string) =>
  Number(right.startsWith(application)) - Number(left.startsWith(application)) || left.localeCompare(right);

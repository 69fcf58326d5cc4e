import type { Clock } from '../../clock.ts';
import { DATABASE_ROLES, type DatabaseRole, type Instant, type Sandbox, type Source } from '../../contracts.ts';
import { RecoveryPointUnreachableError, TargetIsProductionError } from '../errors.ts';
import type { RestorePlan } from '../provider.ts';
import {
  backupFilesOf,
  type BackupFile,
  chainLine,
  listSourceFiles,
  proveFilesExist,
  type SourceFile,
} from './backupFiles.ts';
import type { ChainWarning } from './chain/chainWarnings.ts';
import { RestoreChainRefusal } from './chain/errors.ts';
import { planRestoreChain, type ChainRequest } from './chain/restoreChain.ts';
import { type Database, findDatabase, listDatabases } from './databases.ts';
import { TargetObstacleError } from './errors.ts';
import { EditionLacksFeatureError } from './faults.ts';
import { identityOfHistory, newestOf, type SourceHistory } from './history.ts';
import type { Line } from './line.ts';
import { certificatesOf } from './certificates.ts';
import { identityOfTarget } from './measure.ts';
import { findObstacles } from './obstacles.ts';
import { foldersOf, listFiles } from './placement.ts';
import { readServerFacts, type ServerFacts } from './serverFacts.ts';
import { sandboxSettings, sourceSettings } from './settings.ts';
import { listVolumes, proveSpace } from './space.ts';
import { nearestTo, surveyHistory, whyUnreachable } from './survey.ts';

export interface PlanNeeds {
  readonly line: Line;
  readonly clock: Clock;
  readonly history: SourceHistory;
}

/** Looks at history, files, server and target; every refusal here is one that no restore has to find out. */
export async function planRestore(
  { line, clock, history }: PlanNeeds,
  source: Source,
  target: Sandbox,
  at: Instant,
): Promise<RestorePlan> {
  const survey = surveyHistory(source, history, clock);
  const why = whyUnreachable(survey, at);
  if (why !== undefined) throw new RecoveryPointUnreachableError(source.name, at, why, nearestTo(survey, at));

  const server = await readServerFacts(line);
  const databases = await listDatabases(line);
  refuseProduction(source, target, history, databases);
  const obstacles = await findObstacles(line, target, databases);
  if (obstacles.length > 0) throw new TargetObstacleError(target.name, obstacles);

  const request = await requestFor(line, server, at);
  const chains = DATABASE_ROLES.map((role) => ({ role, ...chainOf(source, role, history, request) }));
  await proveFilesExist(
    line,
    chains.flatMap(({ files }) => files),
  );
  const sizes = await Promise.all(chains.map(({ files }) => allocatedFiles(line, files)));
  refuseTooLarge(line, server, sizes);
  const settings = sandboxSettings.parse(target.settings);
  const name = target.databases.application;
  proveSpace(
    sizes.flat(),
    foldersOf(await listFiles(line, name), settings, server),
    await listVolumes(line, name),
    line.title,
  );
  return {
    sourceIdentity: identityOfHistory(history),
    targetIdentity: identityOfTarget(target, databases),
    at: { application: at, financialReporting: at },
    chain: chains.flatMap(({ role, files }) => files.map((file) => chainLine(role, source.databases[role], file))),
    warnings: [
      ...chains.flatMap(({ role, warnings }) => warnings.map(({ message }) => `${source.databases[role]}: ${message}`)),
      ...history.notes,
    ],
    restoreBytes: sizes.flat().reduce((sum, { Size }) => sum + Size, 0),
  };
}

/** The target by GUID and fork: an alias, another spelling or a second name changes neither. */
function refuseProduction(
  source: Source,
  target: Sandbox,
  history: SourceHistory,
  databases: readonly Database[],
): void {
  for (const role of DATABASE_ROLES) {
    const found = findDatabase(databases, target.databases[role]);
    const isProduction = DATABASE_ROLES.some((sourceRole) => {
      const newest = newestOf(history[sourceRole]);
      return (
        newest !== undefined && newest.familyGuid === found?.familyGuid && newest.lastFork === found.recoveryForkGuid
      );
    });
    if (isProduction) throw new TargetIsProductionError(target.name, source.name);
  }
}

async function requestFor(line: Line, { majorVersion }: ServerFacts, at: Instant): Promise<ChainRequest> {
  const thumbprints = await certificatesOf(line);
  return {
    at: Date.parse(at),
    target: {
      ...(majorVersion === undefined ? {} : { softwareMajorVersion: majorVersion }),
      ...(thumbprints === undefined ? {} : { certificateThumbprints: thumbprints }),
    },
  };
}

function chainOf(
  source: Source,
  role: DatabaseRole,
  history: SourceHistory,
  request: ChainRequest,
): { readonly files: readonly BackupFile[]; readonly warnings: readonly ChainWarning[] } {
  try {
    const { steps, warnings } = planRestoreChain(history[role], request);
    return { files: backupFilesOf(steps, sourceSettings.parse(source.settings)), warnings };
  } catch (error) {
    if (!(error instanceof RestoreChainRefusal) || error.nearest.length === 0) throw error;
    const at = new Date(request.at).toISOString();
    throw new RecoveryPointUnreachableError(source.name, at, error.message, error.nearest);
  }
}

/** The full backup lists what has to be placed; later backups add little. */
async function allocatedFiles(line: Line, [full]: readonly BackupFile[]): Promise<readonly SourceFile[]> {
  return full === undefined ? [] : listSourceFiles(line, full);
}

const EXPRESS_BYTES = 10 * 1_073_741_824;

function refuseTooLarge(
  line: Line,
  { isExpress, edition }: ServerFacts,
  sizes: readonly (readonly SourceFile[])[],
): void {
  if (!isExpress) return;
  for (const files of sizes) {
    const bytes = files.filter(({ Type }) => Type === 'D').reduce((sum, { Size }) => sum + Size, 0);
    if (bytes <= EXPRESS_BYTES) continue;
    const doing = `planning: ${edition} holds 10 GB per database`;
    throw new EditionLacksFeatureError({ number: 1827, state: 0, server: line.title, doing, objects: [] });
  }
}

import type { Clock } from '../../../clock.ts';
import { DATABASE_ROLES, type Instant, type Sandbox, type Source } from '../../../contracts.ts';
import { TargetIsProductionError } from '../../errors.ts';
import type { RestorePlan } from '../../provider.ts';
import { refuseUnreachable } from '../../../recovery/refuseUnreachable.ts';
import { chainLine, listSourceFiles, proveFilesExist, proveHeader } from '../source/backupFiles.ts';
import { listCertificates } from '../source/certificates.ts';
import { chainOf, requestFor } from '../source/chainOf.ts';
import { type Database, findDatabase, listDatabases, marksOf } from '../databases.ts';
import { describeEncryption, proveKeys } from '../copy/encryption.ts';
import { TargetObstacleError } from '../errors.ts';
import { guessRestore } from './guessRestore.ts';
import { identityOfHistory, newestOf, type SourceHistory } from '../source/history.ts';
import type { Connection } from '../../../databases/sqlServer/connection.ts';
import { identityOfTarget, measuresOf } from './measure.ts';
import { findObstacles } from './obstacles.ts';
import { chainChecks, encryptionChecks, noteChecks, surroundingChecks } from './planChecks.ts';
import { readServerFacts, type ServerFacts } from '../../../databases/sqlServer/serverFacts.ts';
import type { SqlServerSandbox, SqlServerSource } from '../settings.ts';
import { planSpace } from './space.ts';
import { spaceRequest } from './spaceRequest.ts';
import { judgeSuitability, refuseUnsuited, type SourceDatabase } from './suitability.ts';
import { sqlServerWords, surveyHistory } from '../source/survey.ts';

export interface PlanNeeds {
  readonly connection: Connection;
  readonly clock: Clock;
  readonly history: SourceHistory;
}

/** Looks at history, files, server and target; every refusal here is one that no restore has to find out. */
export async function planRestore(
  { connection, clock, history }: PlanNeeds,
  source: SqlServerSource,
  target: SqlServerSandbox,
  at: Instant,
): Promise<RestorePlan> {
  const survey = surveyHistory(source, history, clock);
  refuseUnreachable(survey, at, sqlServerWords);

  const server = await readServerFacts(connection);
  const databases = await listDatabases(connection);
  refuseServer(target, server);
  refuseProduction(source, target, history, databases);
  const { obstacles, isLogShippingSeen } = await findObstacles(connection, target, databases);
  if (obstacles.length > 0) throw new TargetObstacleError(target.name, obstacles);
  await proveEntry(connection, target, databases);

  const certificates = await listCertificates(connection);
  const request = requestFor(server, certificates, at);
  const chains = DATABASE_ROLES.map((role) => ({ role, ...chainOf(source, role, history, request) }));
  await proveFilesExist(
    connection,
    chains.flatMap(({ files }) => files),
  );
  const sources = await Promise.all(
    chains.map(async ({ role, files: [full] }): Promise<SourceDatabase> => {
      if (full === undefined) throw new TypeError('A chain begins with a full backup');
      const former = findDatabase(databases, target.databases[role]);
      const { collation } = await proveHeader(connection, full);
      // The full backup lists what has to be placed; later backups add little.
      return { name: source.databases[role], files: await listSourceFiles(connection, full), collation, former };
    }),
  );
  refuseUnsuited(connection.title, server, sources);
  proveKeys(connection.title, target, sources, certificates);
  const space = planSpace(await spaceRequest(connection, target, server, databases, sources));
  const restoreGuess = guessRestore(
    chains.map(({ files }, index) => ({ steps: files.map(({ step }) => step), files: sources[index]?.files ?? [] })),
  );
  return {
    sourceIdentity: identityOfHistory(history),
    sourceMeasures: measuresOf(history, survey),
    targetIdentity: identityOfTarget(target, databases),
    at: { application: at, financialReporting: at },
    chain: chains.flatMap(({ role, files }) => files.map((file) => chainLine(role, source.databases[role], file))),
    checks: [
      ...chains.flatMap(({ role, warnings }) => chainChecks(source.databases[role], warnings)),
      ...noteChecks(history.notes),
      ...judgeSuitability(server, sources),
      ...encryptionChecks(describeEncryption(target.settings, sources)),
      ...space.checks,
      ...(await surroundingChecks(connection, target, { name: server.name, databases, isLogShippingSeen })),
    ],
    copies: space.copies,
    formers: space.formers,
    retires: space.retires,
    restoreBytes: sources.flatMap(({ files }) => files).reduce((sum, { Size }) => sum + Size, 0),
    ...(restoreGuess ? { restoreGuess } : {}),
  };
}

const AZURE_SQL_DATABASE = 5;
const MANAGED_INSTANCE = 8;

function refuseServer({ name }: Sandbox, { engineEdition, edition, isWithoutCounts }: ServerFacts): void {
  // It restores one full backup and nothing after it, and turns RESTRICTED_USER into MULTI_USER ("RESTORE", Azure SQL Managed Instance).
  if (engineEdition === MANAGED_INSTANCE || engineEdition === AZURE_SQL_DATABASE) {
    const what = `its server is ${edition}, which restores no log backups and keeps no copy closed`;
    throw new TargetObstacleError(name, [{ what, remedy: 'Use a SQL Server as the target’s server.' }]);
  }
  // Sanitization would take the first of its batches for the last.
  if (isWithoutCounts) {
    const what = 'its server does not tell how many rows a statement changed: its `user options` have NOCOUNT';
    const remedy = "Take 512 out of them (sp_configure 'user options').";
    throw new TargetObstacleError(name, [{ what, remedy }]);
  }
}

/** Marks, users and rights are read and written inside: a login that may only rename would be turned away after hours (916). */
async function proveEntry(connection: Connection, target: Sandbox, databases: readonly Database[]): Promise<void> {
  for (const role of DATABASE_ROLES) {
    const database = findDatabase(databases, target.databases[role]);
    if (database !== undefined) await marksOf(connection, database);
  }
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
    if (found?.state === 'ONLINE' && (found.familyGuid === null || found.recoveryForkGuid === null)) {
      const what = `${found.name} does not show its GUIDs, so it cannot be told from production`;
      throw new TargetObstacleError(target.name, [
        { what, remedy: 'Run `rewind doctor` and give the right it names.' },
      ]);
    }
    const isProduction = DATABASE_ROLES.some((sourceRole) => {
      const newest = newestOf(history[sourceRole]);
      return (
        newest !== undefined && newest.familyGuid === found?.familyGuid && newest.lastFork === found.recoveryForkGuid
      );
    });
    if (isProduction) throw new TargetIsProductionError(target.name, source.name);
  }
}

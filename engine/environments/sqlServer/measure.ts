import { DATABASE_ROLES, type Environment, type Source } from '../../contracts.ts';
import type { Measures } from '../provider.ts';
import { type Database, findDatabase, listDatabases } from './databases.ts';
import type { HistoryNeeds } from './headers/backupLocation.ts';
import { identityOf, identityOfHistory, readSourceHistory } from './history.ts';
import type { Line } from './line.ts';
import { listFiles } from './placement.ts';
import { readServerFacts } from './serverFacts.ts';
import { listVolumes, type Volume } from './space.ts';
import { surveyHistory } from './survey.ts';

/** A source is known by its backups alone: nobody connects to its databases for this. */
export async function measureSource(source: Environment, needs: HistoryNeeds): Promise<Measures> {
  const history = await readSourceHistory(source, needs);
  const { sizeBytes } = surveyHistory(
    { ...source, kind: 'production', retentionDays: 30 } satisfies Source,
    history,
    needs.clock,
  );
  return { identity: identityOfHistory(history), ...(sizeBytes === undefined ? {} : { sizeBytes }) };
}

export async function measureSandbox(target: Environment, line: Line): Promise<Measures> {
  const databases = await listDatabases(line);
  const names = DATABASE_ROLES.map((role) => target.databases[role]);
  const files = (await Promise.all(names.map((name) => listFiles(line, name)))).flat();
  const volumes = (await Promise.all(names.map((name) => listVolumes(line, name)))).flat();
  const { utcTime } = await readServerFacts(line);
  return {
    sizeBytes: files.reduce((sum, file) => sum + file.sizeBytes, 0),
    ...(volumes.length === 0 ? {} : { freeBytes: sumOnce(volumes) }),
    identity: identityOfTarget(target, databases),
    serverTime: utcTime,
  };
}

/** A database that was restored from production has its family, but a recovery fork of its own. */
export const identityOfTarget = (target: Environment, databases: readonly Database[]): string =>
  identityOf(
    DATABASE_ROLES.map((role) => findDatabase(databases, target.databases[role])).map((found) => [
      found?.familyGuid,
      found?.recoveryForkGuid,
    ]),
  );

const sumOnce = (volumes: readonly Volume[]): number =>
  [...new Map(volumes.map(({ volume, freeBytes }) => [volume, freeBytes])).values()].reduce(
    (sum, bytes) => sum + bytes,
    0,
  );

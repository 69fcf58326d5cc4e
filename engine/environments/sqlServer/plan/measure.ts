import { DATABASE_ROLES, type Environment, type Survey } from '../../../contracts.ts';
import type { Measures } from '../../provider.ts';
import { type Database, findDatabase, listDatabases } from '../databases.ts';
import type { HistoryNeeds } from '../source/headers/backupLocation.ts';
import {
  databaseIdentitiesOf,
  guidsOfHistory,
  identityOf,
  identityOfHistory,
  readSourceHistory,
  type Guids,
  type SourceHistory,
} from '../source/history.ts';
import type { Connection } from '../../../databases/sqlServer/connection.ts';
import { type Folders, foldersOf, listFiles } from '../copy/placement.ts';
import { readServerFacts } from '../../../databases/sqlServer/serverFacts.ts';
import type { SqlServerSandbox, SqlServerSource } from '../settings.ts';
import { listVolumes, type Volume, volumeOf } from './space.ts';
import { surveyHistory } from '../source/survey.ts';

/** A source is known by its backups alone: nobody connects to its databases for this. */
export async function measureSource(source: SqlServerSource, needs: HistoryNeeds): Promise<Measures> {
  const history = await readSourceHistory(source, needs);
  return measuresOf(history, surveyHistory(source, history, needs.clock));
}

export function measuresOf(history: SourceHistory, { sizeBytes }: Pick<Survey, 'sizeBytes'>): Measures {
  const databaseIdentities = databaseIdentitiesOf(guidsOfHistory(history));
  return {
    identity: identityOfHistory(history),
    databaseIdentities,
    ...(sizeBytes === undefined ? {} : { sizeBytes }),
  };
}

export async function measureSandbox(connection: Connection, target: SqlServerSandbox): Promise<Measures> {
  const databases = await listDatabases(connection);
  const names = DATABASE_ROLES.map((role) => target.databases[role]);
  const files = await Promise.all(names.map((name) => listFiles(connection, name)));
  const facts = await readServerFacts(connection);
  const { settings } = target;
  const freeBytes = freeAt(
    files.map((own) => foldersOf(own, settings, facts)),
    await listVolumes(connection),
  );
  return {
    sizeBytes: files.flat().reduce((sum, file) => sum + file.sizeBytes, 0),
    ...(freeBytes === undefined ? {} : { freeBytes }),
    identity: identityOfTarget(target, databases),
    databaseIdentities: databaseIdentitiesOf(guidsOfTarget(target, databases)),
    serverTime: facts.utcTime,
  };
}

/** On the volumes where copies would go; undefined when one of them is not known. The plan counts each by itself. */
function freeAt(places: readonly Folders[], known: readonly Volume[]): number | undefined {
  const volumes = new Set(places.flatMap(({ data, log }) => [data, log]).map((folder) => volumeOf(folder, known)));
  return [...volumes].reduce<number | undefined>(
    (sum, volume) => (sum === undefined || volume === undefined ? undefined : sum + volume.freeBytes),
    0,
  );
}

/** A database that was restored from production has its family, but a recovery fork of its own. */
export const identityOfTarget = (target: Environment, databases: readonly Database[]): string =>
  identityOf(guidsOfTarget(target, databases));

const guidsOfTarget = (target: Environment, databases: readonly Database[]): readonly Guids[] =>
  DATABASE_ROLES.map((role) => findDatabase(databases, target.databases[role])).map((found) => [
    found?.familyGuid,
    found?.recoveryForkGuid,
  ]);

import { DATABASE_ROLES, type Survey } from '../../contracts.ts';
import type { RecoveryWords } from '../../recovery/refuseUnreachable.ts';
import type { Clock } from '../../clock.ts';
import type { LogicalServer } from './resourceManager/addresses.ts';
import type { ResourceManager } from './resourceManager/resourceManager.ts';
import type { DatabaseResource } from './resourceManager/resources.ts';
import type { AzureSource } from './settings.ts';

interface SurveyNeeds {
  readonly manager: ResourceManager;
  readonly server: LogicalServer;
  readonly clock: Clock;
}

const DAY_MS = 86_400_000;

/** The latest of both beginnings to a while behind now. The platform keeps the backups itself: there are no gaps in what it offers. */
export async function surveySource(source: AzureSource, { manager, server, clock }: SurveyNeeds): Promise<Survey> {
  const [databases, sizes] = await Promise.all([
    Promise.all(DATABASE_ROLES.map((role) => manager.database(server, source.databases[role]))),
    Promise.all(DATABASE_ROLES.map((role) => manager.usedBytes(server, source.databases[role]).catch(() => undefined))),
  ]);
  const measuredAt = clock.now();
  const earliest = databases.map((one) => Date.parse(one?.properties.earliestRestoreDate ?? ''));
  const notBefore = source.notBefore === undefined ? 0 : Date.parse(source.notBefore);
  const from = Math.max(...earliest, notBefore, Date.parse(measuredAt) - source.retentionDays * DAY_MS);
  // A second is promised, so the window ends with a whole one.
  const to = Math.floor((Date.parse(measuredAt) - source.settings.lagMinutes * 60_000) / 1000) * 1000;
  const isReachable = earliest.every((one) => !Number.isNaN(one)) && from <= to;
  const notes = DATABASE_ROLES.flatMap((role, index) => noteOf(source.databases[role], databases[index]));
  const known = sizes.flatMap((bytes) => bytes ?? []);
  return {
    source: source.name,
    measuredAt,
    windows: isReachable ? [{ from: new Date(from).toISOString(), to: new Date(to).toISOString() }] : [],
    gaps: [],
    precisionMs: 1000,
    ...(known.length === DATABASE_ROLES.length ? { sizeBytes: known.reduce((sum, bytes) => sum + bytes, 0) } : {}),
    ...(notes.length === 0 ? {} : { notes }),
  };
}

function noteOf(name: string, found: DatabaseResource | undefined): readonly string[] {
  if (found === undefined) return [`${name} is not there`];
  const { earliestRestoreDate, creationDate = 'an unknown time', status } = found.properties;
  if (earliestRestoreDate !== undefined) return [];
  return [`${name} cannot be restored yet: it was made at ${creationDate}, is ${status}, and has no first backup`];
}

export const azureWords: RecoveryWords = {
  noWindow: 'Azure has no backup yet that it could be restored from',
  after: (last) => `the platform’s newest backups are taken to reach ${last}`,
};

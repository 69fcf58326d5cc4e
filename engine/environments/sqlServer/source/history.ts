import { access, constants } from 'node:fs/promises';
import { z } from 'zod';
import { DATABASE_ROLES, type DatabaseRole, type Environment } from '../../../contracts.ts';
import { arrangeBackups, type Arrangement } from '../chain/arrangement.ts';
import { readBackupHistory } from '../chain/history/backupHistory.ts';
import type { BackupSet, DatabaseHistory } from '../chain/backupSet.ts';
import { readBackupHistoryFile } from '../chain/history/historyFile.ts';
import { describeOddRows } from '../chain/history/oddRows.ts';
import { describeParallelForks } from '../chain/parallelForks.ts';
import { SourceHistoryError, SourceLoginTooPowerfulError } from '../errors.ts';
import { ServerSettingsError } from '../../../databases/sqlServer/errors.ts';
import { type HistoryNeeds, type LocationHistory, readBackupLocation } from './headers/backupLocation.ts';
import { isSameName } from '../names.ts';
import type { Servers } from '../../../databases/sqlServer/servers.ts';
import type { SourceSettings, SqlServerSource } from '../settings.ts';
import * as statements from '../statements/backupHistory.ts';

/** The backups of one source: per database its history, sorted once. */
export interface SourceHistory extends Readonly<Record<DatabaseRole, Arrangement>> {
  /** What is odd about them, whether a chain needs them or not. */
  readonly notes: readonly string[];
}

/** A full backup that is older than the retention by more than this is no base for anything within it. */
const BASE_BEFORE_DAYS = 60;

export async function readSourceHistory(source: SqlServerSource, needs: HistoryNeeds): Promise<SourceHistory> {
  const { settings } = source;
  const { histories, notes } = await readHistories(source, settings, needs);
  const [application, financialReporting] = DATABASE_ROLES.map((role) => pick(source, role, histories, settings));
  if (application === undefined || financialReporting === undefined)
    throw new TypeError('two databases per environment');
  const arranged = { application: arrangeBackups(application), financialReporting: arrangeBackups(financialReporting) };
  const parallel = Object.values(arranged).flatMap((one) => describeParallelForks(one) ?? []);
  return { ...arranged, notes: [...notes, ...parallel] };
}

async function readHistories(
  source: SqlServerSource,
  settings: SourceSettings,
  needs: HistoryNeeds,
): Promise<LocationHistory> {
  const days = source.retentionDays + BASE_BEFORE_DAYS;
  const since = new Date(Date.parse(needs.clock.now()) - days * 86_400_000).toISOString().slice(0, 23);
  switch (settings.from) {
    case 'history-file':
      return readFileOf(source, settings.file);
    case 'connection':
      return askServer(source, settings.server, needs.servers, since);
    case 'backup-location':
      return readBackupLocation(source, settings, since, needs);
  }
}

async function readFileOf(source: Environment, file: string): Promise<LocationHistory> {
  await access(file, constants.R_OK).catch(() => {
    throw new ServerSettingsError(source.name, `the backup history ${file} cannot be read`);
  });
  const { databases, notes } = await readBackupHistoryFile(file);
  return { histories: databases, notes };
}

const roleRow = z.object({ isSysadmin: z.number().nullable() });
const versionRow = z.object({ version: z.number().nullable() });
const setRow = z.looseObject({ media_set_id: z.number(), family_count: z.number().nullable() });
const familyRow = z.looseObject({ media_set_id: z.number() });
const SQL_SERVER_2022 = 16;

/** Four SELECTs, three of them on the backup tables of msdb; nothing else is ever asked of production. */
async function askServer(source: Environment, url: string, servers: Servers, since: string): Promise<LocationHistory> {
  const connection = await servers.connection(url);
  const options = { doing: `reading the backup history of ${source.name}` };
  const [role] = await connection.ask(statements.readSourceRole(), roleRow, options);
  if (role?.isSysadmin !== 0) throw new SourceLoginTooPowerfulError(source.name);
  const [newest] = await connection.ask(statements.readHistoryVersion(), versionRow, options);
  const names = DATABASE_ROLES.map((databaseRole) => source.databases[databaseRole]);
  const hasValidTime = (newest?.version ?? 0) >= SQL_SERVER_2022;
  // Years of history that nobody purges: many servers keep millions of rows there.
  const long = { ...options, isSlow: true };
  const sets = await connection.ask(statements.readBackupSets(names, since, hasValidTime), setRow, long);
  const families = Map.groupBy(
    await connection.ask(statements.readBackupFamilies(names, since), familyRow, long),
    (family) => family.media_set_id,
  );
  const reader = readBackupHistory();
  for (const set of sets) reader.add({ ...set, families: families.get(set.media_set_id) ?? [] });
  if (sets.length === 0)
    throw new SourceHistoryError(source.name, 'msdb knows no backup of its databases', backUpFirst);
  return { histories: reader.databases(), notes: describeOddRows(reader.oddRows()) };
}

const backUpFirst = 'Take a full backup of both databases, and log backups after it.';

function pick(
  source: SqlServerSource,
  role: DatabaseRole,
  histories: readonly DatabaseHistory[],
  settings: SourceSettings,
): DatabaseHistory {
  const name = source.databases[role];
  const family = settings.familyGuids[role]?.toLowerCase();
  const found = historiesOf(name, histories).filter(({ familyGuid }) => family === undefined || familyGuid === family);
  const [only] = found;
  if (only === undefined) throw new SourceHistoryError(source.name, `it holds no backup of ${name}`, backUpFirst);
  // Whatever a sandbox was refreshed from, its name is that of its newest backups.
  if (found.length > 1 && source.kind === 'sandbox-backups') return newestOfAll(found);
  if (found.length > 1) {
    const guids = found.map(({ familyGuid }) => familyGuid).join(', ');
    throw new SourceHistoryError(
      source.name,
      `it holds ${String(found.length)} different databases called ${name} (families ${guids})`,
      `Say which with familyGuids.${role} in the settings of ${source.name}.`,
    );
  }
  return only;
}

function newestOfAll(histories: readonly DatabaseHistory[]): DatabaseHistory {
  const endOf = (history: DatabaseHistory) => {
    const arranged = arrangeBackups(history);
    const newest = newestOf(arranged);
    return newest === undefined ? -Infinity : arranged.timesOf(newest).finishedAt;
  };
  return histories.reduce((one, other) => (endOf(other) > endOf(one) ? other : one));
}

/** By its present name, or else by one that it had before. */
function historiesOf(name: string, histories: readonly DatabaseHistory[]): readonly DatabaseHistory[] {
  const present = histories.filter(({ databaseName }) => isSameName(databaseName, name));
  const former = histories.filter(({ formerNames }) => formerNames.some((one) => isSameName(one, name)));
  return present.length > 0 ? present : former;
}

/** Who a source is: family and present recovery fork of each database, as its own server counts them. */
export const identityOfHistory = (history: SourceHistory): string => identityOf(guidsOfHistory(history));

export const guidsOfHistory = (history: SourceHistory): readonly Guids[] =>
  DATABASE_ROLES.map((role) => newestOf(history[role])).map((set) => [set?.familyGuid, set?.lastFork]);

/** Family and recovery fork of one database. */
export type Guids = readonly (string | null | undefined)[];

export const identityOf = (databases: readonly Guids[]): string =>
  `sqlserver:${databases.map((guids) => guids.map((guid) => guid ?? 'unknown').join('@')).join('+')}`;

/** Those that are known as a whole. */
export const databaseIdentitiesOf = (databases: readonly Guids[]): readonly string[] =>
  databases.filter((guids) => guids.every((guid) => typeof guid === 'string')).map((guids) => identityOf([guids]));

export function newestOf({ sets, timesOf }: Arrangement): BackupSet | undefined {
  const finished = sets.filter((set) => timesOf(set).finishedAt < Infinity);
  return finished.reduce<BackupSet | undefined>(
    (newest, set) => (newest === undefined || timesOf(set).finishedAt >= timesOf(newest).finishedAt ? set : newest),
    undefined,
  );
}

import type { DatabaseRole } from '../../../contracts.ts';
import type { Act } from '../act.ts';
import { type BackupFile, backupFilesOf, listSourceFiles, proveHeader, verifyFile } from '../source/backupFiles.ts';
import { planRestoreChain } from '../chain/restoreChain.ts';
import { MarkUnclearError } from '../../errors.ts';
import { markOf, marksOf } from '../databases.ts';
import { closeCopy } from './close.ts';
import { dropDatabases } from './drop.ts';
import { isServerError } from '../../../databases/sqlServer/faults.ts';
import type { SourceHistory } from '../source/history.ts';
import { type Connection, openLongConnection } from '../../../databases/sqlServer/connection.ts';
import { removeMark, writeMark } from '../marks.ts';
import { adviceFor } from '../plan/neighbours.ts';
import { foldersOf, listFiles, placeFiles, stemOf } from './placement.ts';
import { createRestoreProgress, type RestoreProgress } from './progress.ts';
import { readServerFacts, type ServerFacts } from '../../../databases/sqlServer/serverFacts.ts';
import { recoverCopy } from './recover.ts';
import { settleCopy } from './settle.ts';
import { type Move, restoreDatabase, restoreLog } from '../statements/restore.ts';
import { isComplete, isMarkedFor, type Placed, scanTarget, type RoleScan } from '../scanTarget.ts';

/**
 * Restores both databases of the source to `at` beside the target, closed to all but the service. A copy that is whole is
 * left alone; one that was recovered is closed and settled; anything less is dropped and restored again.
 */
export async function restoreBeside(act: Act, history: SourceHistory): Promise<void> {
  const { connection, target, runId, log } = act;
  const scan = await scanTarget(connection, target, runId);
  if (scan.roles.some(({ shape }) => shape.startsWith('new') || shape.endsWith('previous'))) {
    return log(`The databases of ${runId} are being swapped already`);
  }
  const missing = scan.roles.filter(({ incoming }) => incoming === undefined || !isComplete(incoming, runId));
  if (missing.length === 0) return log(`The copies of ${runId} are complete`);
  for (const { role, incoming } of missing) if (!mayHaveInherited(act, role)) refuseForeign(incoming, runId);
  log(adviceFor(target));
  await using session = await openLongConnection(act.address);
  const facts = await readServerFacts(session);
  const plans = missing.map((role) => prepare(facts, history, act, role));
  const files = plans.flatMap((plan) => plan.files);
  for (const file of files) await proveHeader(connection, file, act.signal);
  if (target.settings.verifyBackups) {
    for (const file of files) {
      log(`${file.title} is verified`);
      await verifyFile(session, file, act.signal);
    }
  }
  const bytes = files.reduce((sum, file) => sum + bytesOf(file), 0);
  const progress = createRestoreProgress(bytes, act.progress, act.clock);
  const watch = progress.watch(connection, facts.session);
  try {
    for (const plan of plans) await restoreOne({ act, facts, session, progress }, plan);
  } finally {
    await watch.stop();
  }
  progress.end();
}

/** A sandbox that was refreshed itself carries the marks of that run, and so does what is restored from it until it has its own. */
const mayHaveInherited = ({ source, remembered }: Act, role: DatabaseRole): boolean =>
  source.kind !== 'production' && remembered[`backups-${role}`] !== undefined;

/** Somebody has given another database the name of this run's copy. */
function refuseForeign(incoming: Placed | undefined, runId: string): void {
  if (incoming === undefined || isMarkedFor(incoming, runId) !== false) return;
  throw new MarkUnclearError(
    incoming.database.name,
    `it is marked for ${markOf(incoming.marks, 'Rewind.Run') ?? ''}`,
    'Rename it, or drop it if nobody needs it; then start the refresh again.',
  );
}

interface CopyPlan {
  readonly scan: RoleScan;
  readonly role: DatabaseRole;
  readonly files: readonly BackupFile[];
}

function prepare({ majorVersion }: ServerFacts, history: SourceHistory, { source, at }: Act, scan: RoleScan): CopyPlan {
  const request = {
    at: Date.parse(at),
    target: majorVersion === undefined ? {} : { softwareMajorVersion: majorVersion },
  };
  const { steps } = planRestoreChain(history[scan.role], request);
  return { scan, role: scan.role, files: backupFilesOf(steps, source.settings) };
}

interface Work {
  readonly act: Act;
  readonly facts: ServerFacts;
  readonly session: Connection;
  readonly progress: RestoreProgress;
}

async function restoreOne(work: Work, { scan, role, files }: CopyPlan): Promise<void> {
  const { act, facts, session, progress } = work;
  const { names, incoming } = scan;
  // Recovered before a crash: RESTORE has done its part.
  if (incoming?.database.state !== 'ONLINE') {
    if (incoming !== undefined) {
      act.log(`${names.incoming} was left in ${incoming.database.state}; it is dropped and restored again`);
      await dropDatabases(act, [names.incoming]);
    }
    const moves = await placeAll(work, names.target, files);
    await act.remember(`backups-${role}`, files.map(({ step }) => step.backup.uuid).join(' '));
    for (const [index, file] of files.entries()) {
      progress.begin(file.title, bytesOf(file));
      act.log(
        `${names.incoming}: restores ${file.title}${file.step.stopAt === null ? '' : `, STOPAT ${file.step.stopAt}`}`,
      );
      if (!(await restoreBackup(work, names.incoming, file, moves[index] ?? [], index === files.length - 1))) break;
    }
    await recoverCopy(act, session, names.incoming);
  }
  await closeCopy(act, names.incoming);
  act.signal.throwIfAborted();
  await settleCopy(act, facts, role);
  // The mark of the run comes last: a copy that carries it is whole.
  const copy = { name: names.incoming, state: 'ONLINE' };
  const marks = await marksOf(act.connection, copy);
  await removeMark(act, copy, marks, 'Rewind.Before');
  await writeMark(act, copy, marks, 'Rewind.RestoredTo', act.at);
  await writeMark(act, copy, marks, 'Rewind.Fence', String(act.fence));
  await writeMark(act, copy, marks, 'Rewind.Run', act.runId);
}

/** MOVE for every file at its first appearance: a log backup brings the files that were added while it was written. */
async function placeAll(
  { act, facts }: Work,
  target: string,
  files: readonly BackupFile[],
): Promise<(readonly Move[])[]> {
  const { connection } = act;
  const folders = foldersOf(await listFiles(connection, target), act.target.settings, facts);
  const stem = stemOf(target, act.runId, act.fence);
  const known = new Set<string>();
  const moves: (readonly Move[])[] = [];
  for (const file of files) {
    const listed = await listSourceFiles(connection, file, act.signal);
    const added = listed.filter(({ LogicalName }) => !known.has(LogicalName.toLowerCase()));
    for (const { LogicalName } of added) known.add(LogicalName.toLowerCase());
    moves.push(placeFiles(added, folders, stem));
  }
  return moves;
}

/**
 * Said of every log backup that ends before the stop point. Of the last one it means that nothing was committed any more: the plan
 * rests on a log backup that began at the moment or later (chain/timing.ts), and one without a log record is not restored. Of one
 * that a secondary took it may mean that the secondary lagged; the plan warned of that.
 */
const STOP_POINT_NOT_REACHED = 4322;
/** RESTORE LOG was halted behind the stop point: what comes now is no longer needed. */
const HALTED_AT_STOP_POINT = 4332;
const WHOLLY_AFTER_STOP_POINT: ReadonlySet<number> = new Set([4335, 4338]);
const ENDS_BEFORE_THE_DATABASE = 4326;

/** @returns false when the moment lies in the log backup before this one. */
async function restoreBackup(
  work: Work,
  copy: string,
  file: BackupFile,
  moves: readonly Move[],
  isLast: boolean,
): Promise<boolean> {
  const { act, session, progress } = work;
  const { backup, stopAt, isReserve } = file.step;
  const text =
    backup.type === 'log' ? restoreLog(copy, file.media, moves, stopAt) : restoreDatabase(copy, file.media, moves);
  let isStopAhead = false;
  const onInfo = (info: { readonly number: number; readonly message: string }) => {
    isStopAhead ||= info.number === STOP_POINT_NOT_REACHED;
    progress.onInfo(info);
  };
  try {
    await act.change([text], {
      doing: `restoring ${copy} from ${file.title}`,
      on: session,
      onInfo,
    });
  } catch (error) {
    if (!isNoFailure(error, isReserve)) throw error;
    if (isServerError(error, 'restore-chain-refused')) return true;
    act.log(`${copy}: the recovery point lies in the backup before`);
    return false;
  }
  if (isStopAhead && isLast)
    act.log(
      `${copy}: nothing was committed between the end of its last log backup and the recovery point${file.step.mayLag ? ', unless the secondary that took it lagged behind' : ''}`,
    );
  return true;
}

function isNoFailure(error: unknown, isReserve: boolean): boolean {
  if (isServerError(error, 'statement-refused')) return error.number === HALTED_AT_STOP_POINT;
  if (isServerError(error, 'stop-point-refused')) return isReserve && WHOLLY_AFTER_STOP_POINT.has(error.number);
  return isServerError(error, 'restore-chain-refused') && error.number === ENDS_BEFORE_THE_DATABASE;
}

const bytesOf = ({ step }: BackupFile) => Math.max(1, Number(step.backup.sizeBytes ?? 1));

import { join } from 'node:path';
import type { Clock } from '../../../clock.ts';
import type { Instant, RecoveryGap, RecoveryWindow, Survey } from '../../../contracts.ts';
import { earliestMoment } from '../../../recovery/earliestMoment.ts';
import { type RecoveryWords, refuseUnreachable } from '../../../recovery/refuseUnreachable.ts';
import { RecoveryPointUnreachableError } from '../../errors.ts';
import type { PostgresSource } from '../settings.ts';
import { type BaseBackup, openWalArchive, readBaseBackups, type WalArchive, type WalRun } from './walArchive.ts';

/** One base backup and the archived WAL that must be replayed to reach a recovery point. */
export interface RestoreChain {
  readonly backup: BaseBackup;
  readonly segments: readonly string[];
  readonly segmentBytes: number;
  /** Where the segments lie. */
  readonly archiveFolder: string;
}

export interface RecoveryWindows {
  survey(source: PostgresSource): Promise<Survey>;
  /** @throws RecoveryPointUnreachableError */
  chainTo(source: PostgresSource, at: Instant): Promise<RestoreChain>;
  newestBackup(source: PostgresSource): Promise<BaseBackup | undefined>;
}

export function createRecoveryWindows(clock: Clock): RecoveryWindows {
  const cache = new Map<string, bigint | null>();

  async function read(source: PostgresSource) {
    const { archiveFolder, backupsFolder } = source.settings;
    const backups = (await readBaseBackups(backupsFolder)).filter((backup) => isOfNow(source, backup));
    const coverages = backups.map(async (backup) => {
      const archive = await openWalArchive(join(archiveFolder, backup.archive ?? ''), cache);
      return cover(backup, archive);
    });
    return Promise.all(coverages);
  }

  async function survey(source: PostgresSource): Promise<Survey> {
    const now = clock.now();
    const coverages = await read(source);
    const earliest = earliestMoment(source, now);
    const sizeBytes = coverages.at(-1)?.backup.sizeBytes;
    return {
      source: source.name,
      measuredAt: now,
      windows: clip(windowsOf(coverages), earliest),
      gaps: clip(gapsOf(coverages), earliest),
      precisionMs: 1,
      ...(sizeBytes === undefined ? {} : { sizeBytes }),
    };
  }

  return {
    survey,
    async newestBackup(source) {
      const backups = await readBaseBackups(source.settings.backupsFolder);
      return backups.findLast((backup) => isOfNow(source, backup));
    },
    async chainTo(source, at) {
      const seen = await survey(source);
      refuseUnreachable(seen, at, words);
      const coverages = await read(source);
      const usable = coverages.findLast(
        ({ window }) => window !== undefined && ms(window.from) <= ms(at) && ms(at) <= ms(window.to),
      );
      // Only an archive that shrinks between two looks leads here.
      if (usable === undefined) {
        throw new RecoveryPointUnreachableError(
          source.name,
          at,
          'no base backup and unbroken WAL reach it any more',
          [],
        );
      }
      const { backup, run, archive } = usable;
      return {
        backup,
        segments: await segmentsTo(at, run, archive),
        segmentBytes: archive.segmentBytes,
        archiveFolder: archive.folder,
      };
    },
  };
}

interface Coverage {
  readonly backup: BaseBackup;
  readonly archive: WalArchive;
  readonly run: WalRun;
  readonly window?: RecoveryWindow;
  /** Time of the last commit after the hole. */
  readonly resumesUntil?: Instant;
}

/** A backup from before a sandbox was switched is of another database. */
const isOfNow = ({ notBefore }: PostgresSource, { stoppedAt }: BaseBackup): boolean =>
  notBefore === undefined || ms(stoppedAt) >= ms(notBefore);

async function cover(backup: BaseBackup, archive: WalArchive): Promise<Coverage> {
  const run = archive.runFrom(backup.startWal);
  const last = run.segments.includes(backup.stopWal) ? await lastCommit(run.segments, archive) : undefined;
  const beyond = await lastCommit(run.beyond, archive);
  // PostgreSQL must meet a later commit, or recovery ends with "recovery ended before configured recovery target was reached".
  const to = last === undefined ? undefined : toInstant(last - 1n);
  // The backup is consistent from here on; its end is rounded to the millisecond, in a direction that we do not know.
  const from = new Date(ms(backup.stoppedAt) + 1).toISOString();
  return {
    ...{ backup, archive, run },
    ...(to !== undefined && ms(to) >= ms(from) ? { window: { from, to } } : {}),
    ...(beyond === undefined ? {} : { resumesUntil: toInstant(beyond) }),
  };
}

async function lastCommit(segments: readonly string[], archive: WalArchive): Promise<bigint | undefined> {
  for (let index = segments.length - 1; index >= 0; index -= 1) {
    const commit = await archive.commitIn(segments, index);
    if (commit !== undefined) return commit;
  }
  return undefined;
}

/** Up to the first segment with a commit after `at`: recovery stops there. */
async function segmentsTo(at: Instant, run: WalRun, archive: WalArchive): Promise<readonly string[]> {
  const stop = BigInt(ms(at)) * 1000n;
  for (let index = 0; index < run.segments.length; index += 1) {
    const commit = await archive.commitIn(run.segments, index);
    if (commit !== undefined && commit > stop) return run.segments.slice(0, index + 1);
  }
  return run.segments;
}

function windowsOf(coverages: readonly Coverage[]): RecoveryWindow[] {
  const windows: RecoveryWindow[] = [];
  for (const { window } of coverages) {
    const before = windows.at(-1);
    if (window === undefined) continue;
    if (before === undefined || ms(window.from) > ms(before.to)) windows.push(window);
    else windows[windows.length - 1] = { from: before.from, to: later(before.to, window.to) };
  }
  return windows;
}

function gapsOf(coverages: readonly Coverage[]): RecoveryGap[] {
  const windows = windowsOf(coverages);
  const gaps: RecoveryGap[] = [];
  for (const { backup, run, window, resumesUntil } of coverages) {
    if (run.missing === undefined) continue;
    const from = window?.to ?? backup.stoppedAt;
    const to = windows.find((other) => ms(other.from) > ms(from))?.from ?? resumesUntil;
    const isCovered = windows.some((other) => ms(other.from) <= ms(from) && ms(from) < ms(other.to));
    if (to === undefined || ms(to) <= ms(from) || isCovered || gaps.some((gap) => ms(gap.to) > ms(from))) continue;
    gaps.push({ from, to, reason: `WAL segment ${run.missing} is missing` });
  }
  return gaps;
}

function clip<Span extends RecoveryWindow>(spans: readonly Span[], earliestMs: number): Span[] {
  const [first, ...rest] = spans.filter(({ to }) => ms(to) >= earliestMs);
  if (first === undefined || ms(first.from) >= earliestMs) return first === undefined ? [] : [first, ...rest];
  return [{ ...first, from: new Date(earliestMs).toISOString() }, ...rest];
}

const words: RecoveryWords = {
  noWindow: 'no commit after a whole base backup is archived',
  after: (last) => `no commit later than ${last} is archived yet`,
};

const ms = (instant: Instant) => Date.parse(instant);
const later = (a: Instant, b: Instant) => (ms(a) > ms(b) ? a : b);
/** Rounds down to the millisecond. */
const toInstant = (us: bigint): Instant => new Date(Number(us / 1000n)).toISOString();

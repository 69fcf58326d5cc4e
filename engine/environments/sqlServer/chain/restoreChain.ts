import { arrangeBackups, finishedAt } from './arrangement.ts';
import type { Arrangement } from './arrangement.ts';
import { describeBackup } from './backupSet.ts';
import type { BackupSet, DatabaseHistory } from './backupSet.ts';
import { findChainWarnings } from './chainWarnings.ts';
import type { ChainWarning } from './chainWarnings.ts';
import { BackupCertificateMissingError, BackupFromNewerServerError, RecoveryPathAmbiguousError } from './errors.ts';
import { walkLogs } from './logWalk.ts';
import type { Walk } from './logWalk.ts';
import { refuseRecoveryPoint } from './refusal.ts';
import { findReserves } from './reserves.ts';
import type { Reserves } from './reserves.ts';
import { formatInstant } from './serverTime.ts';
import { placeStopAt } from './stopAt.ts';

/** The backups that bring a copy to the moment asked for, in the order of their restore. */
export interface RestoreChain {
  readonly databaseName: string;
  readonly familyGuid: string;
  /** The moment asked for, milliseconds since 1970. */
  readonly recoveryPoint: number;
  /** Where the copy will stand: earlier than asked for when no log backup leads further (simple recovery model). */
  readonly effectivePoint: number;
  /** Wall time of the server that wrote the last log backup; null when everything is restored to its end. */
  readonly stopAt: string | null;
  readonly stopAtZoneMinutes: number | null;
  readonly steps: readonly RestoreStep[];
  readonly warnings: readonly ChainWarning[];
  /** What the target server must have. */
  readonly needs: { readonly softwareMajorVersion: number | null; readonly certificateThumbprints: readonly string[] };
}

export interface RestoreStep {
  readonly backup: BackupSet;
  /** The STOPAT of this RESTORE LOG, in the wall time of its own server clock; null where it does not apply. */
  readonly stopAt: string | null;
  /** The moment may already lie in the log backup before: this one is then answered with 4332 or 4338, which is no failure. */
  readonly isReserve: boolean;
  /** The last of the chain, taken on a secondary that nothing proves to have been up to date. */
  readonly mayLag: boolean;
}

export interface ChainRequest {
  /** Milliseconds since 1970. */
  readonly at: number;
  /** What is known of the server to restore on; what is absent is not checked. */
  readonly target?: {
    readonly softwareMajorVersion?: number;
    /** Thumbprints in its master.sys.certificates. */
    readonly certificateThumbprints?: readonly string[];
  };
}

/**
 * Chooses the newest full backup, its newest differential and the fewest log backups that reach `at`
 * (docs/plan-from-history.md, R1 to R12). Coverage is proved by the history or refused, never assumed.
 * @throws RestoreChainRefusal one class per cause, with the nearest reachable moments.
 */
export function planRestoreChain(source: DatabaseHistory | Arrangement, { at, target }: ChainRequest): RestoreChain {
  const arrangement = 'history' in source ? source : arrangeBackups(source);
  const found = findCoveredChain(arrangement, at) ?? findWholeBackup(arrangement, at);
  if (found === undefined) throw refuseRecoveryPoint(arrangement, at);

  const { proof } = found;
  const reserves = proof === undefined ? noReserves : findReserves(arrangement, found.indexes, proof, at);
  const indexes = [...found.indexes, ...reserves.indexes];
  const backups = indexes.flatMap((index) => arrangement.sets[index] ?? []);
  const stop = proof === undefined ? null : placeStopAt(arrangement, indexes, at, reserves.indexes.length);
  const thumbprints = backups.flatMap(({ encryptorThumbprint }) => encryptorThumbprint ?? []);
  const versions = backups.flatMap(({ softwareMajorVersion }) => softwareMajorVersion ?? []);
  const chain: RestoreChain = {
    databaseName: arrangement.history.databaseName,
    familyGuid: arrangement.history.familyGuid,
    recoveryPoint: at,
    effectivePoint: proof === undefined ? finishedAt(arrangement, indexes.at(-1) ?? 0) : at,
    stopAt: stop?.stopAt ?? null,
    stopAtZoneMinutes: stop?.zoneMinutes ?? null,
    steps: backups.map((backup, step) => ({
      backup,
      stopAt: stop?.perStep[step] ?? null,
      isReserve: stop !== null && step >= backups.length - stop.reserves,
      mayLag: reserves.isOpen && step === backups.length - 1,
    })),
    warnings: findChainWarnings(arrangement, { indexes, proof, isLagOpen: reserves.isOpen }, at),
    needs: {
      softwareMajorVersion: versions.length === 0 ? null : Math.max(...versions),
      certificateThumbprints: [...new Set(thumbprints)],
    },
  };
  if (target !== undefined) checkTarget(chain, target);
  return chain;
}

const noReserves: Reserves = { indexes: [], isOpen: false };

export interface FoundChain {
  /** Into `arrangement.sets`, in the order of restore. */
  readonly indexes: readonly number[];
  /** The log backup that proves the coverage: the last of the chain, or an empty one that is not restored. */
  readonly proof: number | undefined;
}

/** More log backups than any chain has; base rank and chain length share one number. */
const rankWeight = 2 ** 24;

function findCoveredChain(arrangement: Arrangement, at: number): FoundChain | undefined {
  const { sets, times, fork, bridgeStart, baseRank } = arrangement;
  const walk = walkLogs(arrangement, {
    start: (base) =>
      finishedAt(arrangement, base) <= at && sets[base]?.isSimpleRecovery !== true
        ? (baseRank[base] ?? 0) * rankWeight
        : Infinity,
    apply: (log, before) => ((times[log]?.wholeUntil ?? Infinity) <= at ? before + 1 : Infinity),
    cross: (log, before) => ((bridgeStart[fork[log] ?? 0] ?? Infinity) < at ? before : Infinity),
  });

  const bestPerFork = new Map<number, number>();
  const ends = (index: number) => times[index]?.coveredUntil ?? -Infinity;
  for (const index of sets.keys()) {
    const value = walk.value[index] ?? Infinity;
    if (value === Infinity || ends(index) < at) continue;
    const onto = fork[index] ?? 0;
    const best = bestPerFork.get(onto) ?? -1;
    const bestValue = walk.value[best] ?? Infinity;
    // Of log backups that do equally well, the one that reaches least far beyond the moment.
    if (value < bestValue || (value === bestValue && ends(index) < ends(best))) bestPerFork.set(onto, index);
  }
  const [proof, other] = bestPerFork.values();
  if (proof === undefined) return undefined;
  if (other !== undefined) throw refuseTwoPaths(arrangement, at, [...bestPerFork.values()]);
  return { indexes: followBack(arrangement, walk, proof), proof };
}

function followBack(arrangement: Arrangement, { before }: Walk, proof: number): number[] {
  const indexes: number[] = [];
  for (let index = proof; index >= 0; index = before[index] ?? -1) {
    if (arrangement.isEmpty[index] === 0) indexes.push(index);
  }
  const full = arrangement.baseOf[indexes.at(-1) ?? 0] ?? -1;
  if (full >= 0) indexes.push(full);
  return indexes.toReversed();
}

/**
 * Without log backups: a backup that ended at exactly this moment, or, in the simple recovery model,
 * the last one that ended before it.
 */
function findWholeBackup(arrangement: Arrangement, at: number): FoundChain | undefined {
  const { sets, baseOf } = arrangement;
  let newest = -1;
  let newestAt = -Infinity;
  for (const index of sets.keys()) {
    const ended = finishedAt(arrangement, index);
    if (ended > at || ended < newestAt) continue;
    // At the same moment the base to prefer, and any base rather than a log backup.
    if (ended === newestAt && rankOf(arrangement, index) >= rankOf(arrangement, newest)) continue;
    newest = index;
    newestAt = ended;
  }
  if (rankOf(arrangement, newest) === Infinity) return undefined;
  if (newestAt !== at && sets[newest]?.isSimpleRecovery !== true) return undefined;
  const full = baseOf[newest] ?? -1;
  return { indexes: full < 0 ? [newest] : [full, newest], proof: undefined };
}

/** Infinity for log backups. */
function rankOf(arrangement: Arrangement, index: number): number {
  const rank = arrangement.baseRank[index] ?? -1;
  return rank < 0 ? Infinity : rank;
}

function refuseTwoPaths(arrangement: Arrangement, at: number, proofs: readonly number[]): RecoveryPathAmbiguousError {
  const paths = proofs.flatMap((index) => {
    const set = arrangement.sets[index];
    return set === undefined ? [] : [`fork ${set.lastFork} on ${set.serverName} (${describeBackup(set)})`];
  });
  return new RecoveryPathAmbiguousError({
    database: arrangement.history.databaseName,
    at: formatInstant(at),
    detail: `two databases of this name and family were in use then: ${paths.join('; ')}`,
    nearest: refuseRecoveryPoint(arrangement, at).nearest,
  });
}

function checkTarget(chain: RestoreChain, target: NonNullable<ChainRequest['target']>): void {
  const refusal = { database: chain.databaseName, at: formatInstant(chain.recoveryPoint), nearest: [] };
  const { softwareMajorVersion: needed, certificateThumbprints } = chain.needs;
  const { softwareMajorVersion: version, certificateThumbprints: present } = target;
  if (needed !== null && version !== undefined && needed > version) {
    const detail = `the backups come from SQL Server version ${String(needed)}, the target server has version ${String(version)}`;
    throw new BackupFromNewerServerError({ ...refusal, detail });
  }
  const held = present?.map((thumbprint) => thumbprint.toLowerCase());
  const absent = held && certificateThumbprints.filter((thumbprint) => !held.includes(thumbprint.toLowerCase()));
  if (absent !== undefined && absent.length > 0) {
    const detail = `the backups are encrypted with a certificate that the target server lacks (thumbprint ${absent.join(', ')})`;
    throw new BackupCertificateMissingError({ ...refusal, detail });
  }
}

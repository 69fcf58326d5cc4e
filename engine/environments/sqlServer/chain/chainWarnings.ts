import { finishedAt } from './arrangement.ts';
import type { Arrangement } from './arrangement.ts';
import { describeBackup } from './backupSet.ts';
import { describeDefect, whyUnusable } from './gapReasons.ts';
import { formatInstant, formatZone } from './serverTime.ts';

export interface ChainWarning {
  readonly code:
    | 'earlier-than-asked'
    | 'recovery-path-changed'
    | 'older-full-backup'
    | 'mixed-versions'
    | 'time-zone-unknown'
    | 'incomplete-metadata'
    | 'differential-not-used'
    | 'replica-may-lag'
    | 'replica-in-another-zone';
  readonly message: string;
}

interface Chosen {
  readonly indexes: readonly number[];
  readonly proof: number | undefined;
  /** Nothing in the history makes up for a secondary that lagged. */
  readonly isLagOpen: boolean;
}

/** What a careful administrator would want to know before running the chain. */
export function findChainWarnings(
  arrangement: Arrangement,
  { indexes, proof, isLagOpen }: Chosen,
  at: number,
): readonly ChainWarning[] {
  const { sets, fork, bridgeStart } = arrangement;
  const warnings: ChainWarning[] = [];
  const chain = indexes.flatMap((index) => sets[index] ?? []);
  const lastIndex = indexes.at(-1) ?? 0;

  const effective = finishedAt(arrangement, lastIndex);
  if (proof === undefined && effective < at) {
    warnings.push({
      code: 'earlier-than-asked',
      message: `Simple recovery model: the copy will stand at ${formatInstant(effective)}, the end of ${describeBackup(sets[lastIndex] ?? chainless())}`,
    });
  }
  const bridge = indexes.findLast(
    (index, step) =>
      sets[index]?.type === 'log' &&
      sets[indexes[step - 1] ?? 0]?.lastFork !== sets[index]?.lastFork &&
      at <= certainlyAfter(arrangement, index),
  );
  if (bridge !== undefined) {
    const since = bridgeStart[fork[bridge] ?? 0] ?? -Infinity;
    const bound = since === -Infinity ? 'before the moment' : `after ${formatInstant(since)}`;
    warnings.push({
      code: 'recovery-path-changed',
      message: `The source itself was restored to an earlier moment, some time ${bound}; if that was after ${formatInstant(at)}, the copy lacks what was lost then`,
    });
  }
  const skipped = findSkippedFull(arrangement, indexes[0] ?? 0, at);
  if (skipped !== undefined) {
    warnings.push({
      code: 'older-full-backup',
      message: `The newer ${describeBackup(skipped)} is not used: ${skipped.defect === null ? 'no unbroken chain leads from it to the moment' : describeDefect(skipped.defect)}`,
    });
  }
  const multiBase = findMultiBase(arrangement, indexes, at);
  if (multiBase !== undefined) {
    warnings.push({
      code: 'differential-not-used',
      message: `The newer ${describeBackup(multiBase)} is not used: ${whyUnusable(multiBase)}`,
    });
  }
  warnings.push(...findReplicaWarnings(arrangement, indexes, isLagOpen));
  const versions = new Set(chain.flatMap(({ softwareMajorVersion }) => softwareMajorVersion ?? []));
  if (versions.size > 1) {
    warnings.push({
      code: 'mixed-versions',
      message: `The backups come from SQL Server versions ${[...versions].sort((left, right) => left - right).join(' and ')}`,
    });
  }
  const undated = chain.find(({ zoneMinutes }) => zoneMinutes === null);
  if (undated !== undefined) {
    warnings.push({
      code: 'time-zone-unknown',
      message: `The time zone of ${describeBackup(undated)} is unknown; it was placed by its LSNs`,
    });
  }
  const torn = chain.find(({ hasIncompleteMetadata }) => hasIncompleteMetadata);
  if (torn !== undefined) {
    warnings.push({
      code: 'incomplete-metadata',
      message: `${describeBackup(torn)} is a tail-log backup of a damaged database with incomplete metadata`,
    });
  }
  return warnings;
}

function findMultiBase(arrangement: Arrangement, indexes: readonly number[], at: number) {
  const base = indexes.findLast((index) => (arrangement.baseRank[index] ?? -1) >= 0) ?? 0;
  const since = finishedAt(arrangement, base);
  return arrangement.unusable.findLast((set) => {
    const ended = arrangement.timesOf(set).finishedAt;
    const isMultiBase = set.type === 'differential' && set.defect === null && set.differentialBaseGuid === null;
    return isMultiBase && ended <= at && ended > since;
  });
}

function findReplicaWarnings({ sets, times }: Arrangement, indexes: readonly number[], isLagOpen: boolean) {
  const warnings: ChainWarning[] = [];
  const last = sets[indexes.at(-1) ?? 0];
  if (isLagOpen && last !== undefined) {
    warnings.push({
      code: 'replica-may-lag',
      message: `${describeBackup(last)} was taken on ${last.serverName}, which is not where the full backups come from, and no later log backup follows: if that replica lagged behind, the copy stands earlier than asked`,
    });
  }
  const elsewhere = indexes.findLast((index) => {
    const zone = times[index]?.logZoneMinutes ?? null;
    return zone !== null && zone !== sets[index]?.zoneMinutes;
  });
  const [log, own] = elsewhere === undefined ? [] : [sets[elsewhere], times[elsewhere]];
  if (log !== undefined && own !== undefined) {
    warnings.push({
      code: 'replica-in-another-zone',
      message: `${describeBackup(log)} was taken on ${log.serverName} in ${formatZone(log.zoneMinutes ?? 0)}, but the log carries the wall time of the primary: STOPAT is in ${formatZone(own.logZoneMinutes ?? 0)}, as its other backups tell`,
    });
  }
  return warnings;
}

/** A moment later than this lies behind the restore of the source that the log backup leads over. */
function certainlyAfter({ sets, times }: Arrangement, bridge: number): number {
  const isDated = sets[bridge]?.zoneMinutes !== null;
  return (isDated ? times[bridge]?.coveredUntil : times[bridge]?.finishedAt) ?? Infinity;
}

function findSkippedFull(arrangement: Arrangement, used: number, at: number) {
  const rank = arrangement.baseRank[used] ?? -1;
  const newer = [...arrangement.sets.keys()].filter((index) => {
    const otherRank = arrangement.baseRank[index] ?? -1;
    const isFull = arrangement.sets[index]?.type === 'full';
    return isFull && otherRank >= 0 && otherRank < rank && finishedAt(arrangement, index) <= at;
  });
  const usable = newer.sort((left, right) => (arrangement.baseRank[left] ?? 0) - (arrangement.baseRank[right] ?? 0))[0];
  if (usable !== undefined) return arrangement.sets[usable];
  const since = finishedAt(arrangement, used);
  return arrangement.unusable.findLast((set) => {
    const ended = arrangement.timesOf(set).finishedAt;
    return set.type === 'full' && ended <= at && ended > since;
  });
}

function chainless(): never {
  throw new TypeError('a chain without backups');
}

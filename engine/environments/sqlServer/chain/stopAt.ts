import type { Arrangement } from './arrangement.ts';
import { formatStopAt } from './serverTime.ts';

export interface StopPlacement {
  /** Null when no log backup needs it. */
  readonly stopAt: string | null;
  readonly zoneMinutes: number;
  /** One entry per backup of the chain. */
  readonly perStep: readonly (string | null)[];
  readonly lastIsReserve: boolean;
}

/**
 * STOPAT in the wall time of the server that wrote the log, on every log backup of the chain
 * (Microsoft: "an identical STOPAT clause in every RESTORE LOG").
 *
 * Except on log backups that are wholly older than the moment and yet carry a later wall time, from before the clock
 * was put back: there STOPAT would stop up to an hour early.
 */
export function placeStopAt(
  { sets, times }: Arrangement,
  indexes: readonly number[],
  proof: number,
  at: number,
): StopPlacement {
  // Where an empty log backup proves the coverage, the one before it is the last with transactions to stop among.
  const lastLog = indexes.findLast((index) => sets[index]?.type === 'log') ?? proof;
  const zoneMinutes = sets[lastLog]?.zoneMinutes ?? sets[proof]?.zoneMinutes ?? 0;
  const stopAt = formatStopAt(at, zoneMinutes);
  const localAt = at + zoneMinutes * 60_000;

  /** Log backups run one after the other: the next one starts after this one's last transaction. */
  const endOf = (step: number): number => {
    const next = indexes[step + 1] ?? proof;
    const isDatedLog = next !== indexes[step] && sets[next]?.zoneMinutes !== null;
    const nextStart = isDatedLog ? (times[next]?.startedAt ?? Infinity) : Infinity;
    return Math.min(times[indexes[step] ?? -1]?.finishedAt ?? Infinity, nextStart);
  };

  const perStep = indexes.map((index, step) => {
    const set = sets[index];
    if (set?.type !== 'log' || times[index]?.crossesClockChange === true) return null;
    return endOf(step) <= at && Math.max(set.startedLocal, set.finishedLocal) > localAt ? null : stopAt;
  });
  const previous = indexes.length - 2;
  const hasTwoLogs = lastLog === indexes.at(-1) && sets[indexes[previous] ?? -1]?.type === 'log';
  return {
    stopAt: perStep.includes(stopAt) ? stopAt : null,
    zoneMinutes,
    perStep,
    lastIsReserve: hasTwoLogs && endOf(previous) >= at,
  };
}

import type { Arrangement } from './arrangement.ts';
import { formatStopAt } from './serverTime.ts';

export interface StopPlacement {
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
  const zoneMinutes = sets[proof]?.zoneMinutes ?? 0;
  const stopAt = formatStopAt(at, zoneMinutes);
  const localAt = at + zoneMinutes * 60_000;
  const perStep = indexes.map((index) => {
    const set = sets[index];
    const time = times[index];
    if (set?.type !== 'log' || time === undefined) return null;
    const isOlder = time.finishedAt < at;
    return isOlder && (time.crossesClockChange || set.finishedLocal > localAt) ? null : stopAt;
  });
  const last = indexes.at(-1) ?? 0;
  const previous = indexes.at(-2) ?? -1;
  const hasProofInside = last === proof && sets[previous]?.type === 'log';
  return {
    stopAt: perStep.includes(stopAt) ? stopAt : null,
    zoneMinutes,
    perStep,
    lastIsReserve: hasProofInside && (times[previous]?.finishedAt ?? -Infinity) >= at,
  };
}

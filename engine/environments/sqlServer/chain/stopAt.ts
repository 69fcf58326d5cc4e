import type { Arrangement } from './arrangement.ts';
import { formatStopAt } from './serverTime.ts';

export interface StopPlacement {
  /** Of the last log backup that has one; null when none needs it. */
  readonly stopAt: string | null;
  readonly zoneMinutes: number | null;
  /** One entry per backup of the chain. */
  readonly perStep: readonly (string | null)[];
  /** How many log backups at the end may not be needed: the moment may already lie in one before. */
  readonly reserves: number;
}

/**
 * STOPAT on every log backup of the chain (Microsoft: "in every RESTORE LOG statement"), each time as the wall time that
 * the server had when it wrote that log: around a change of its clock one instant has two wall times, and the one of the
 * last log backup would stop an earlier one up to an hour early.
 * A log backup that can only be restored as a whole because its wall times name no moment takes none.
 */
export function placeStopAt(
  { sets, times }: Arrangement,
  indexes: readonly number[],
  at: number,
  added: number,
): StopPlacement {
  const zones = indexes.map((index) => {
    const set = sets[index];
    return set?.type !== 'log' || times[index]?.crossesClockChange === true
      ? null
      : (times[index]?.logZoneMinutes ?? null);
  });
  const perStep = zones.map((zone) => (zone === null ? null : formatStopAt(at, zone)));
  const previous = indexes.at(-2 - added) ?? -1;
  const isAfterLog = sets[previous]?.type === 'log';
  return {
    stopAt: perStep.findLast((literal) => literal !== null) ?? null,
    zoneMinutes: zones.findLast((zone) => zone !== null) ?? null,
    perStep,
    reserves: added + (isAfterLog && (times[previous]?.finishedAt ?? -Infinity) >= at ? 1 : 0),
  };
}

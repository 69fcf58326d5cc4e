import type { Skipped } from './backupHeader.ts';
import type { HistoryRow } from './historyRows.ts';
import type { Dating } from './zones.ts';

const MOST_NAMES = 5;

/** How many files do not count, and why the first of them do not. */
export function skippedNote(skipped: readonly Skipped[]): readonly string[] {
  if (skipped.length === 0) return [];
  const named = skipped.slice(0, MOST_NAMES).map(({ name, why }) => `${name}: ${why}`);
  const more = skipped.length - named.length;
  const count = skipped.length === 1 ? 'One backup file does' : `${String(skipped.length)} backup files do`;
  return [`${count} not count. ${named.join('; ')}${more > 0 ? `; and ${String(more)} more` : ''}`];
}

/** What nobody measured: STOPAT is wall time of production, so a wrong zone restores another moment. */
export function zoneNotes({ declared, undated, contradiction }: Dating, zone: string | undefined): readonly string[] {
  const count = (backups: number) => (backups === 1 ? 'one backup' : `${String(backups)} backups`);
  return [
    ...(contradiction === undefined
      ? []
      : [
          `Production’s clock is not that of ${zone ?? ''}: the header of ${firstFile(contradiction)} tells another offset`,
        ]),
    ...(declared === 0
      ? []
      : [`The zone of production’s clock is declared, not measured, for ${count(declared)}: ${zone ?? ''}`]),
    ...(undated === 0 || (zone !== undefined && contradiction === undefined)
      ? []
      : [`Nothing tells the zone of production’s clock for ${count(undated)}: declare \`serverTimeZone\``]),
  ];
}

export const firstFile = ({ families }: HistoryRow): string => families[0]?.physical_device_name ?? '';

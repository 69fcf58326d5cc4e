import { Temporal } from 'temporal-polyfill';
import type { HistoryRow } from './historyRows.ts';

/** Rows with the offset of production's clock where it is known, and how it came to be known. */
export interface Dating {
  readonly rows: readonly HistoryRow[];
  /** Dated by the declared zone, which no header confirms. */
  readonly declared: number;
  readonly undated: number;
  /** A log backup whose header tells another offset than the declared zone: the declaration is not used then. */
  readonly contradiction?: HistoryRow;
}

/**
 * Only log backups that SQL Server 2022 or later wrote tell their offset. The others are dated by the zone that the settings
 * declare, or by the log backups around them where these agree.
 */
export function dateRows(rows: readonly HistoryRow[], zone: string | undefined): Dating {
  const contradiction =
    zone === undefined
      ? undefined
      : rows.find(({ time_zone: told, backup_start_date: start }) => {
          const declared = told === null ? undefined : quarterHoursOf(start, zone);
          return declared !== undefined && declared !== told;
        });
  const usable = contradiction === undefined ? zone : undefined;
  const isConfirmed = rows.some((row) => row.time_zone !== null);
  const around = usable === undefined ? offsetsAround(rows) : new Map<HistoryRow, number>();
  let declared = 0;
  let undated = 0;
  const dated = rows.map((row): HistoryRow => {
    if (row.time_zone !== null) return row;
    const offset = usable === undefined ? around.get(row) : quarterHoursOf(row.backup_start_date, usable);
    if (offset === undefined) undated += 1;
    else if (usable !== undefined && !isConfirmed) declared += 1;
    return { ...row, time_zone: offset ?? null };
  });
  return { rows: dated, declared, undated, ...(contradiction && { contradiction }) };
}

/** Further apart, a clock may have been changed and changed back between two log backups. */
const LONGEST_BETWEEN_MS = 7 * 86_400_000;

function offsetsAround(rows: readonly HistoryRow[]): ReadonlyMap<HistoryRow, number> {
  const offsets = new Map<HistoryRow, number>();
  for (const own of Map.groupBy(rows, ({ server_name: server }) => server).values()) {
    const sorted = own.toSorted((one, other) => (one.backup_start_date < other.backup_start_date ? -1 : 1));
    let before: HistoryRow | undefined;
    let waiting: HistoryRow[] = [];
    for (const row of sorted) {
      if (row.time_zone === null) {
        waiting.push(row);
        continue;
      }
      if (before?.time_zone === row.time_zone && timeOf(row) - timeOf(before) <= LONGEST_BETWEEN_MS)
        for (const one of waiting) offsets.set(one, row.time_zone);
      before = row;
      waiting = [];
    }
  }
  return offsets;
}

const timeOf = ({ backup_start_date: start }: HistoryRow) => Date.parse(`${start}Z`);

/** Quarter hours east of UTC of a zone at a wall time; undefined where that time comes twice or not at all. */
export function quarterHoursOf(wallTime: string, zone: string): number | undefined {
  try {
    const at = Temporal.PlainDateTime.from(wallTime).toZonedDateTime(zone, { disambiguation: 'reject' });
    const quarters = at.offsetNanoseconds / QUARTER_NS;
    return Number.isInteger(quarters) ? quarters : undefined;
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return undefined;
  }
}

const QUARTER_NS = 900e9;

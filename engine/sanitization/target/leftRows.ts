import type { Planned } from './plannedRows.ts';
import type { TargetRow } from './targetRows.ts';
import { counted } from '../../counted.ts';

const MOST_NAMED = 10;

/** Rows of the sandbox that were not so when the plan was made: they stay behind, and are listed by their record numbers alone. */
export interface LeftRows {
  /** A page less those rows. */
  without(page: readonly TargetRow[], planned: Planned): readonly TargetRow[];
  readonly rows: number;
  /** For a log. */
  readonly said: string;
}

export function leftRows(): LeftRows {
  let rows = 0;
  const named: string[] = [];
  return {
    without: (page, planned) =>
      page.filter((row) => {
        if (planned.holds(row)) return true;
        rows += 1;
        const { RECID: recId } = row;
        if (named.length < MOST_NAMED && typeof recId === 'string' && /^-?\d+$/.test(recId)) named.push(recId);
        return false;
      }),
    get rows() {
      return rows;
    },
    get said() {
      const which = named.length === 0 ? '' : ` (RECID ${named.join(', ')}${named.length < rows ? ', …' : ''})`;
      return `${counted(rows, 'row')} left, added or changed since the plan${which}`;
    },
  };
}

import type { ProofFinding } from '../contracts.ts';
import { kindOfNumber, VALUE_KINDS, type ValueKind } from './kinds.ts';

type Named = Omit<ProofFinding, 'kind' | 'count'>;

/** Counts rows by place and kind; what was found is never told. */
export interface Tally {
  /** A number for a place, by which the scanner knows it. */
  place(named: Named): number;
  /** Of the row that is being read. */
  readonly row: number;
  nextRow(): void;
  found(place: number, row: number, kind: number): void;
  findings(kinds: ReadonlySet<ValueKind>): readonly ProofFinding[];
}

export function createTally(): Tally {
  const names: Named[] = [];
  const numbers = new Map<string, number>();
  const counts = new Map<number, { count: number; row: number }>();
  let row = 0;
  return {
    place(named) {
      const key = Object.values(named).join('\0');
      const known = numbers.get(key);
      if (known !== undefined) return known;
      numbers.set(key, names.length);
      names.push(named);
      return names.length - 1;
    },
    get row() {
      return row;
    },
    nextRow: () => void (row += 1),
    found(place, at, kind) {
      const slot = place * (VALUE_KINDS.length + 1) + kind;
      const known = counts.get(slot);
      if (known === undefined) counts.set(slot, { count: 1, row: at });
      else if (known.row !== at) Object.assign(known, { count: known.count + 1, row: at });
    },
    findings: (kinds) =>
      [...counts]
        .map(([slot, { count }]) => {
          const kind = kindOfNumber(slot % (VALUE_KINDS.length + 1));
          const named = names[Math.floor(slot / (VALUE_KINDS.length + 1))];
          return { database: '', schema: '', table: '', column: '', ...named, kind, count };
        })
        .filter(({ kind }) => kinds.has(kind))
        .toSorted((one, other) => shown(one).localeCompare(shown(other))),
  };
}

const shown = ({ database, schema, table, column, kind }: ProofFinding): string =>
  [database, schema, table, column, kind].join('\0');

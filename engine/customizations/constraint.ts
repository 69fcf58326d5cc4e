import type { Place } from '../sanitization/rules/catalogue.ts';

/** A unique index or a constraint that a database enforces, as its catalogue has it. */
export type Constraint = UniqueIndex | CheckConstraint | ForeignKey;

interface Named extends Place {
  readonly name: string;
}

/** Also what stands behind a primary key or a unique constraint. Included columns are no part of it. */
export interface UniqueIndex extends Named {
  readonly kind: 'unique';
  readonly keys: readonly Key[];
  readonly filter?: string;
  /** Two NULLs are the same value: always so on SQL Server. */
  readonly nullsAreEqual: boolean;
}

/** A column, or an expression in the server's own words. */
export interface Key {
  readonly column?: string;
  readonly text: string;
  /** Only where it is another one than the column's. */
  readonly collation?: { readonly schema: string; readonly name: string };
}

export interface CheckConstraint extends Named {
  readonly kind: 'check';
  readonly definition: string;
}

export interface ForeignKey extends Named {
  readonly kind: 'foreign-key';
  readonly columns: readonly string[];
  readonly to: Place;
  readonly toColumns: readonly string[];
}

/** What it says, without its name: the same in two databases where nothing has to be tried. */
export function meaningOf(constraint: Constraint): string {
  const { kind, schema, table } = constraint;
  const about = [kind, schema, table];
  switch (kind) {
    case 'unique': {
      const { keys, filter = null, nullsAreEqual } = constraint;
      const said = keys.map(({ text, collation }) => JSON.stringify([text, collation ?? null])).toSorted();
      return JSON.stringify([...about, said, filter, nullsAreEqual]);
    }
    case 'check':
      return JSON.stringify([...about, constraint.definition]);
    case 'foreign-key': {
      const { columns, to, toColumns } = constraint;
      const pairs = columns.map((column, index) => JSON.stringify([column, toColumns[index] ?? ''])).toSorted();
      return JSON.stringify([...about, pairs, to.schema, to.table]);
    }
  }
}

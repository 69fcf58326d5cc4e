import type { Place } from '../../rules/catalogue.ts';

export { nameOf } from '../../fit/obstacles.ts';
export type { Place };

export interface KeyColumn {
  readonly name: string;
  /** As it is declared, to read a value of it back from its text. */
  readonly type: string;
}

/** What the catalogue says about one table, as far as it decides how its rows are changed. */
export interface TableFacts extends Place {
  /** Of the server's own page size; 0 where rows tell the size. */
  readonly pages: number;
  /** As the server last counted them. */
  readonly rows: number;
  /** One heap of its own: no partition, no child, no parent. A row's address names one row of it. */
  readonly isWhole: boolean;
  /** A foreign key of these tables refers to it. */
  readonly referredBy: readonly Place[];
  /** Emptying it at once is refused, or takes more along than its rows. */
  readonly isTruncationRefused: boolean;
  /** Orders by which its rows can be walked through; the best one first. None may be NULL. */
  readonly keys: readonly (readonly KeyColumn[])[];
  /** Columns whose type can be stated again, with that type; the others are held by something that depends on them. */
  readonly rewritable: ReadonlyMap<string, string>;
}

/** Facts by `nameOf`. A table of which the catalogue says nothing is changed by one statement. */
export type Facts = ReadonlyMap<string, TableFacts>;

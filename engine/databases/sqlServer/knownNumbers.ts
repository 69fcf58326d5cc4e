import { backupCauses } from './causes/backups.ts';
import type { Cause } from './causes/cause.ts';
import { databaseCauses } from './causes/databases.ts';
import { placeCauses } from './causes/places.ts';
import { statementCauses } from './causes/statements.ts';
import { QUOTED, type Quoted } from './serverFault.ts';

const all = [...backupCauses, ...placeCauses, ...databaseCauses, ...statementCauses];
export type CauseCode = (typeof all)[number]['code'];
export const causes: readonly (Cause & { readonly code: CauseCode })[] = all;

/** What is known of one number of sys.messages. */
export interface KnownNumber {
  readonly number: number;
  readonly code: CauseCode;
  /** One word for each pair of quotation marks in its message. */
  readonly quotes: readonly Quoted[];
  /** From general knowledge: its text was read in no list of Microsoft’s. */
  readonly isAssumed: boolean;
}

/** Their numbers and what they quote are from general knowledge, and stand with a ? in docs/errors.md. */
const ASSUMED: ReadonlySet<number> = new Set([
  229, 297, 300, 605, 701, 802, 823, 824, 845, 911, 916, 932, 976, 978, 983, 1807, 1827, 1844, 2571, 5590, 5591, 5592,
  5593, 6102, 7983, 8645, 8651, 8921, 8967, 9001, 9772,
]);

const isQuoted = (word: string): word is Quoted => QUOTED.some((known) => known === word);

/** Rows of the table: number to cause, and what its message quotes. */
export const knownNumbers: readonly KnownNumber[] = causes.flatMap(({ code, numbers }) =>
  Object.entries(numbers).flatMap(([quotes, list]) =>
    list.map((number) => ({
      number,
      code,
      quotes: quotes.split(' ').filter(isQuoted),
      isAssumed: ASSUMED.has(number),
    })),
  ),
);

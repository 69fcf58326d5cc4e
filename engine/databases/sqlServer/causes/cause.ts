import type { Quoted, ServerFault } from '../serverFault.ts';

/** One thing that somebody can do something about, and the numbers of sys.messages that say it. */
export interface Cause {
  readonly code: string;
  /** It may pass by itself: the step is tried again a few times. */
  readonly isRetryable?: true;
  /** No to this one statement: neither database nor disk nor backup is at fault. */
  readonly isOfStatement?: true;
  /**
   * By what the message quotes, in its order, one word for each pair of quotation marks: `file database` for "The file '…'
   * is being used by database '…'". Whatever stands in no quotation marks is not looked at.
   */
  readonly numbers: Readonly<Record<string, readonly number[]>>;
  /** Said before the number: `AxDB is held by another session`. */
  readonly what: (fault: ServerFault) => string;
  readonly remedy: string | ((fault: ServerFault) => string);
}

/** The first name of one of these kinds. */
export const named = ({ objects }: ServerFault, kinds: readonly Quoted[], otherwise: string): string =>
  objects.find(({ kind }) => kinds.includes(kind))?.name ?? otherwise;
